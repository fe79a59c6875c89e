package markdown_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestScore measures the reader on real documents with answers checked by
// hand, which lie beside a checkout where the project is developed.
func TestScore(t *testing.T) {
	score, err := filepath.Abs("../../../shared/extraction/score.py")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(score); err != nil {
		t.Skipf("the documents are not here: %v", err)
	}
	if testing.Short() {
		t.Skip("builds and runs kb a hundred times")
	}
	kb := filepath.Join(t.TempDir(), "kb")
	if out, err := exec.Command("go", "build", "-o", kb, "kb/cmd/kb").CombinedOutput(); err != nil {
		t.Fatalf("build kb: %v\n%s", err, out)
	}
	out, err := exec.Command("python3", score, "--kb", kb, "--json", "-v").Output()
	if err != nil {
		t.Fatalf("score.py: %v", err)
	}
	t.Logf("%s", out)
	var got struct {
		Documents, Exact, Errors                          int
		F1, Answers, Boundaries, Sections, Anchors, Flags float64
	}
	if err := json.Unmarshal(lastLine(out), &got); err != nil {
		t.Fatalf("score.py --json: %v", err)
	}
	if got.Errors > 0 || got.Exact < got.Documents-1 {
		t.Errorf("%d of %d documents exact, %d errors; want all but one, and none", got.Exact, got.Documents, got.Errors)
	}
	for name, share := range map[string]float64{
		"answers": got.Answers, "boundaries": got.Boundaries, "sections": got.Sections, "anchors": got.Anchors, "flags": got.Flags,
	} {
		if share < 0.99 {
			t.Errorf("%s %.3f, want 0.99", name, share)
		}
	}
	if got.F1 < 0.995 {
		t.Errorf("F1 of questions %.4f, want 0.995", got.F1)
	}
}

func lastLine(text []byte) []byte {
	end := len(text)
	for end > 0 && text[end-1] == '\n' {
		end--
	}
	start := end
	for start > 0 && text[start-1] != '\n' {
		start--
	}
	return text[start:end]
}
