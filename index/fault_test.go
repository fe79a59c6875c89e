package index

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var kills = flag.Int("kills", 30, "number of builders to kill at random moments")

// stages are those of a build, in about the order of their coming.
var stages = []string{
	"sidecars", "chunk", "merge", "order", "root", "manifest", "sync", "verify", "rename", "switch", "done",
}

// programs are the names under which builders are tested: one that makes all
// anew, and one that takes from the generation before what has not changed,
// which of an edition is every entry.
var programs = []string{"", "me"}

func TestStages(t *testing.T) {
	var mu sync.Mutex
	var got []string
	mustBuild(t, t.TempDir(), edition(1), withFault(func(stage string) error {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, stage)
		return nil
	}))
	want := slices.Sorted(slices.Values(stages))
	if diff := cmp.Diff(want, slices.Sorted(slices.Values(got))); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

// wantOneOf holds that the live index is that before a build which ended
// early, or that after it, and that the next build leaves nothing of it.
func wantOneOf(t *testing.T, dir string, before, after int) {
	t.Helper()
	live := liveEdition(t, dir)
	if live != fmt.Sprint("edition ", before) && live != fmt.Sprint("edition ", after) {
		t.Errorf("live is %s", live)
	}
	mustBuild(t, dir, edition(99), Again("me"))
	wantLive(t, dir, 99)
	for _, name := range names(t, dir) {
		if !slices.Contains([]string{"current", "gen", "lock"}, name) {
			t.Errorf("%s is left", name)
		}
	}
}

func TestErrorAtEveryStage(t *testing.T) {
	errFault := errors.New("fault")
	for _, program := range programs {
		for _, stage := range stages {
			dir := t.TempDir()
			mustBuild(t, dir, edition(1), Again(program))
			_, built, err := Build(t.Context(), dir, edition(2), Again(program), withFault(func(s string) error {
				if s == stage {
					return errFault
				}
				return nil
			}))
			if built || !errors.Is(err, errFault) {
				t.Errorf("%s: built %v, %v", stage, built, err)
			}
			for _, name := range names(t, dir) {
				if !slices.Contains([]string{"current", "gen", "lock"}, name) {
					t.Errorf("%s: %s is left", stage, name)
				}
			}
			wantOneOf(t, dir, 1, 2)
		}
	}
}

func TestCancelAtEveryStage(t *testing.T) {
	for _, stage := range stages[:slices.Index(stages, "rename")] {
		dir := t.TempDir()
		mustBuild(t, dir, edition(1))
		ctx, cancel := context.WithCancel(t.Context())
		_, built, err := Build(ctx, dir, edition(2), withFault(func(s string) error {
			if s == stage {
				cancel()
			}
			return nil
		}))
		if built || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: built %v, %v", stage, built, err)
		}
		wantNames(t, dir, "current", "gen", "lock")
		wantLive(t, dir, 1)
	}
}

// Environment of a test binary that is to build edition 2 in a folder, and to
// kill itself at a stage.
const (
	envDir   = "KB_TEST_BUILD_DIR"
	envStage = "KB_TEST_KILL_STAGE"
	envName  = "KB_TEST_PROGRAM"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(envDir); dir != "" {
		os.Exit(buildAndDie(dir, os.Getenv(envStage), os.Getenv(envName)))
	}
	os.Exit(m.Run())
}

func buildAndDie(dir, last, program string) int {
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		panic(err)
	}
	_, _, err = Build(context.Background(), dir, edition(2), Again(program), withFault(func(stage string) error {
		if stage == last {
			self.Kill()
			select {}
		}
		return nil
	}))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func builder2(ctx context.Context, t *testing.T, dir, stage, program string) *exec.Cmd {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, exe)
	cmd.Env = append(os.Environ(), envDir+"="+dir, envStage+"="+stage, envName+"="+program)
	cmd.Stderr = os.Stderr
	return cmd
}

func TestKilledAtEveryStage(t *testing.T) {
	for _, program := range programs {
		for _, stage := range stages {
			dir := t.TempDir()
			mustBuild(t, dir, edition(1), Again(program))
			if err := builder2(t.Context(), t, dir, stage, program).Run(); err == nil {
				t.Errorf("%s: it lived on", stage)
			}
			wantOneOf(t, dir, 1, 2)
		}
	}
}

func TestKilledAtRandomMoments(t *testing.T) {
	start := time.Now()
	dir := t.TempDir()
	if err := builder2(t.Context(), t, dir, "", "me").Run(); err != nil {
		t.Fatal(err)
	}
	usual := time.Since(start)
	killed := 0
	for n := range *kills {
		dir, program := t.TempDir(), programs[n%len(programs)]
		mustBuild(t, dir, edition(1), Again(program))
		ctx, cancel := context.WithTimeout(t.Context(), rand.N(2*usual))
		if err := builder2(ctx, t, dir, "", program).Run(); err != nil {
			killed++
		}
		cancel()
		wantOneOf(t, dir, 1, 2)
	}
	t.Logf("%d of %d builders killed within %v", killed, *kills, 2*usual)
}
