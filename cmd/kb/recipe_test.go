package main

import (
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cuelabs.dev/go/oci/ociregistry/ocimem"
	"cuelabs.dev/go/oci/ociregistry/ociserver"
	"go.yaml.in/yaml/v3"
)

// A step is one of a recipe for CI.
type step struct {
	ID   string
	Uses string
	If   string
	Run  string
	Env  map[string]string
	With map[string]string
}

type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct{ Steps []step }
}

type workflow struct {
	Jobs map[string]struct{ Steps []step }
}

func readRecipe(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// A runner runs the steps of a recipe as a machine for CI does: each by bash,
// in the folder of the project, with files to tell the next ones what it found.
type runner struct {
	t      *testing.T
	dir    string            // of the project
	temp   string            // of the machine
	env    map[string]string // of every step
	values map[string]string // of expressions
	said   strings.Builder
}

func newRunner(t *testing.T, dir, temp string) *runner {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return &runner{t: t, dir: dir, temp: temp,
		env: map[string]string{
			"GITHUB_ACTION_PATH": root, "RUNNER_TEMP": temp, "GITHUB_OUTPUT": filepath.Join(temp, "output"),
			"GITHUB_STEP_SUMMARY": filepath.Join(dir, "summary.md"),
			"GITHUB_PATH":         filepath.Join(temp, "path"), "GITHUB_REPOSITORY": "Me/KB", "GITHUB_REF": "refs/heads/main",
			"DOCKER_CONFIG": temp,
		},
		values: map[string]string{"github.action_path": root, "github.ref": "refs/heads/main", "github.actor": "me", "github.token": "none"},
	}
}

var expression = regexp.MustCompile(`\$\{\{ *([^} ]+) *\}\}`)

// expand replaces the expressions in text, of which it must know all.
func (r *runner) expand(text string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		name := expression.FindStringSubmatch(e)[1]
		v, ok := r.values[name]
		if !ok {
			r.t.Fatalf("nothing is known of %s", name)
		}
		return v
	})
}

var condition = regexp.MustCompile(`^(\S+) != ''$`)

func (r *runner) wanted(s step) bool {
	if s.If == "" {
		return true
	}
	m := condition.FindStringSubmatch(s.If)
	if m == nil {
		r.t.Fatalf("no such condition is known: %s", s.If)
	}
	return r.values[m[1]] != ""
}

// run runs one step with bash, as the documented default shells do.
func (r *runner) run(s step) error {
	script := filepath.Join(r.temp, "step.sh")
	if err := os.WriteFile(script, []byte(r.expand(s.Run)), 0o644); err != nil {
		r.t.Fatal(err)
	}
	cmd := exec.CommandContext(r.t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", script)
	cmd.Dir = r.dir
	cmd.Env = os.Environ()
	for k, v := range r.env {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	for k, v := range s.Env {
		cmd.Env = append(cmd.Env, k+"="+r.expand(v))
	}
	if added, err := os.ReadFile(r.env["GITHUB_PATH"]); err == nil {
		cmd.Env = append(cmd.Env, "PATH="+strings.ReplaceAll(string(added), "\n", ":")+os.Getenv("PATH"))
	}
	out, err := cmd.CombinedOutput()
	r.said.Write(out)
	r.collect(s)
	return err
}

// collect takes up what a step told the next ones.
func (r *runner) collect(s step) {
	text, _ := os.ReadFile(r.env["GITHUB_OUTPUT"]) // a step need not tell anything
	os.Remove(r.env["GITHUB_OUTPUT"])
	for line := range strings.Lines(string(text)) {
		k, v, _ := strings.Cut(strings.TrimSpace(line), "=")
		r.values["steps."+s.ID+".outputs."+k] = v
	}
}

// act runs the action with some inputs. It returns the number of steps that
// were run, and the error of the last one.
func (r *runner) act(with map[string]string) (int, error) {
	var a action
	readRecipe(r.t, "action.yml", &a)
	for name := range with {
		if _, ok := a.Inputs[name]; !ok {
			r.t.Fatalf("the action has no input %s", name)
		}
	}
	for name, in := range a.Inputs {
		r.values["inputs."+name] = in.Default
		if v, ok := with[name]; ok {
			r.values["inputs."+name] = r.expand(v)
		}
	}
	ran := 0
	for _, s := range a.Runs.Steps {
		if s.Uses != "" || !r.wanted(s) {
			continue
		}
		ran++
		if err := r.run(s); err != nil {
			return ran, err
		}
	}
	return ran, nil
}

// registry starts an OCI registry and returns its address.
func registry(t *testing.T) string {
	s := httptest.NewServer(ociserver.New(ocimem.New(), nil))
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func wantPublished(t *testing.T, place, digest string) {
	t.Helper()
	p := placeAt(t, place)
	now, err := p.Current(t.Context(), nil)
	if err != nil || now != digest || digest == "" {
		t.Errorf("published is %s, %v; want %s", now, err, digest)
	}
}

// unanswered is what a faqProject asks in order to be found wanting.
const unanswered = "Who knows?\n\n## What is a passkey?"

// faqProject makes a project with a FAQ, queries and the answers to them.
func faqProject(t *testing.T, question string) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"content/faq.md": "## " + question + "\n\nA passkey is a way to sign in without a password.\n\n## Who pays the shipping of a parcel?\n\nWe do, for every parcel that you order.\n",
		"topics.tsv":     "t1\twhat is a passkey\n",
		"qrels.tsv":      "t1 0 what-is-a-passkey 2\n",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAction(t *testing.T) {
	addr, temp := registry(t), t.TempDir()
	gate := map[string]string{"topics": "topics.tsv", "qrels": "qrels.tsv", "min": "R@1=0.9 MRR@10=0.9"}
	for _, c := range []struct {
		name, question string
		steps          int
		fails          bool
		with           map[string]string
	}{
		{"only", "What is a passkey?", 3, false, nil},
		{"published", "What is a passkey?", 5, false, gate},
		{"checked", unanswered, 2, true, gate},
		{"measured", "How is beer brewed?", 4, true, gate},
	} {
		t.Run(c.name, func(t *testing.T) {
			place := "oci://" + addr + "/" + c.name + ":main"
			r := newRunner(t, faqProject(t, c.question), temp)
			const before = "what other steps said\n"
			if err := os.WriteFile(r.env["GITHUB_STEP_SUMMARY"], []byte(before), 0o644); err != nil {
				t.Fatal(err)
			}
			with := maps.Clone(c.with)
			if with != nil {
				with["publish"] = place
			}
			steps, err := r.act(with)
			if steps != c.steps || (err != nil) != c.fails {
				t.Fatalf("%d steps, %v; want %d\n%s", steps, err, c.steps, r.said.String())
			}
			summary, err := os.ReadFile(r.env["GITHUB_STEP_SUMMARY"])
			if said, ok := strings.CutPrefix(string(summary), before); err != nil || !ok || strings.HasPrefix(said, "## Ranking") != (c.steps >= 4) {
				t.Errorf("the summary is %q, %v", summary, err)
			}
			if with != nil && !c.fails {
				wantPublished(t, place, r.values["steps.index.outputs.digest"])
			}
			if c.fails {
				if _, err := placeAt(t, place).Current(t.Context(), nil); err == nil {
					t.Error("it was published all the same")
				}
			}
		})
	}
}

// TestOwnWorkflow does with the FAQ that ships with kb what its workflow does.
func TestOwnWorkflow(t *testing.T) {
	var w workflow
	readRecipe(t, ".github/workflows/faq.yml", &w)
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	r := newRunner(t, root, t.TempDir())
	r.env["GITHUB_STEP_SUMMARY"] = filepath.Join(r.temp, "summary.md")
	used := false
	for _, s := range w.Jobs["faq"].Steps {
		switch s.Uses {
		case "":
			if err := r.run(s); err != nil {
				t.Fatalf("%v\n%s", err, r.said.String())
			}
		case "./":
			used = true
			if got := r.expand(s.With["publish"]); got != "oci://ghcr.io/me/kb/faq:main" {
				t.Errorf("it would publish to %q", got)
			}
			place := "oci://" + registry(t) + "/me/kb/faq:main"
			s.With["publish"], s.With["output"] = place, filepath.Join(t.TempDir(), "index")
			steps, err := r.act(s.With)
			if steps != 5 || err != nil {
				t.Fatalf("%d steps, %v\n%s", steps, err, r.said.String())
			}
			wantPublished(t, place, r.values["steps.index.outputs.digest"])
		}
	}
	if !used {
		t.Error("it does not use the action")
	}
}

// TestGitLab runs the job of the snippet on a project of its own.
func TestGitLab(t *testing.T) {
	var snippet struct {
		Variables map[string]string
		KB        struct{ Script []string } `yaml:"kb"`
	}
	readRecipe(t, ".gitlab/kb.yml", &snippet)
	addr := registry(t)
	r := newRunner(t, faqProject(t, "What is a passkey?"), t.TempDir())
	r.env["CI_PROJECT_DIR"], r.env["CI_REGISTRY"], r.env["CI_REGISTRY_IMAGE"] = r.dir, addr, addr+"/group/site"
	r.env["CI_COMMIT_BRANCH"], r.env["CI_DEFAULT_BRANCH"], r.env["CI_COMMIT_REF_SLUG"] = "main", "main", "main"
	r.env["CI_REGISTRY_USER"], r.env["CI_REGISTRY_PASSWORD"] = "me", "none"
	maps.Copy(r.env, snippet.Variables)
	r.env["KB_DEST"] = os.Expand(snippet.Variables["KB_DEST"], func(k string) string { return r.env[k] })
	r.env["KB_SOURCE"], r.env["KB_REF"] = sourceOfKB(t), "main"
	r.env["KB_TOPICS"], r.env["KB_QRELS"], r.env["KB_MIN"] = "topics.tsv", "qrels.tsv", "R@1=0.9"
	if err := r.run(step{Run: strings.Join(snippet.KB.Script, "\n")}); err != nil {
		t.Fatalf("%v\n%s", err, r.said.String())
	}
	digest := regexp.MustCompile(`index   (sha256:\w+)`).FindStringSubmatch(r.said.String())
	if len(digest) < 2 {
		t.Fatalf("no index was built:\n%s", r.said.String())
	}
	wantPublished(t, r.env["KB_DEST"], digest[1])
}

// sourceOfKB returns a git repository with the sources of this program, as
// they are now.
func sourceOfKB(t *testing.T) string {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := `git init -q -b main . && (cd "$ROOT" && tar c --exclude=node_modules --exclude=./kb --exclude=.git --exclude=testdata .) | tar x &&
		git add -A && git -c user.name=me -c user.email=me@example.org commit -qm all`
	cmd := exec.CommandContext(t.Context(), "bash", "-eo", "pipefail", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "ROOT="+root)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return "file://" + dir
}

// TestPreCommitHook installs kb as pre-commit does and runs the entry.
func TestPreCommitHook(t *testing.T) {
	var hooks []struct {
		ID, Entry, Language, Files string
		PassFilenames              bool `yaml:"pass_filenames"`
	}
	readRecipe(t, ".pre-commit-hooks.yaml", &hooks)
	bin := t.TempDir()
	install := exec.CommandContext(t.Context(), "go", "install", "./...")
	install.Dir = "../.."
	install.Env = append(os.Environ(), "GOBIN="+bin)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, h := range hooks {
		if h.Language != "golang" || h.PassFilenames {
			t.Errorf("%s: language %s, pass_filenames %v", h.ID, h.Language, h.PassFilenames)
		}
		if files := regexp.MustCompile(h.Files); !files.MatchString("content/faq.md") || files.MatchString("main.go") {
			t.Errorf("%s: files %s", h.ID, h.Files)
		}
		for question, want := range map[string]int{"What is a passkey?": 0, unanswered: 1} {
			cmd := exec.CommandContext(t.Context(), "bash", "-c", h.Entry)
			cmd.Dir, cmd.Env = faqProject(t, question), append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
			out, _ := cmd.CombinedOutput()
			if got := cmd.ProcessState.ExitCode(); got != want {
				t.Errorf("%s: status %d, want %d: %s", h.ID, got, want, out)
			}
		}
	}
}

// TestRecipesAreNamed holds that the readme shows no input that the action does
// not have.
func TestRecipesAreNamed(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"action.yml", ".gitlab/kb.yml", "kb-check"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the readme does not tell of %s", want)
		}
	}
}
