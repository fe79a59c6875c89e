package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write writes files below dir.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// model2vec writes a model that takes auto for wagen, in German.
func model2vec(t *testing.T, dir string) {
	t.Helper()
	head := `{"embeddings": {"dtype": "I8", "shape": [5, 2], "data_offsets": [0, 10]}}`
	write(t, dir, map[string]string{
		"README.md":      "---\nlanguage:\n- de\n---\n",
		"tokenizer.json": `{"normalizer": {"type": "BertNormalizer", "lowercase": true}, "model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "auto": 1, "wagen": 2, "garten": 3, "mein": 4}}}`,
		"model.safetensors": string(binary.LittleEndian.AppendUint64(nil, uint64(len(head)))) + head +
			"\x00\x00" + "\x7f\x00" + "\x7f\x08" + "\x00\x7f" + "\x01\x01",
	})
}

func TestModelImport(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	model2vec(t, "german")
	write(t, dir, map[string]string{
		"faq/kb.yaml": "language: de\n",
		"faq/faq.md":  "### Wo steht mein Wagen? {#wagen}\n\nIm Hof.\n\n### Wie groß ist der Garten? {#garten}\n\nSehr.\n",
	})
	succeeds(t, "wrote german.kbv, a model of 2 dimensions for de\n", "model", "import", "german", "-o", "german.kbv")

	if status, stdout, _ := output(t, "search", "--content", "faq", "auto"); status != 1 {
		t.Errorf("without the model: status %d\n%s", status, stdout)
	}
	succeeds(t, "Wo steht mein Wagen?", "search", "--content", "faq", "--model", "german.kbv", "auto")
	succeeds(t, "built out", "index", "faq", "-o", "out", "--model", "german.kbv")
	if err := os.Remove("german.kbv"); err != nil {
		t.Fatal(err)
	}
	succeeds(t, "Wo steht mein Wagen?", "search", "--index", "out", "--verify", "auto")
	fails(t, "an index has a model of its own", "search", "--index", "out", "--model", "german.kbv", "auto")
	fails(t, "read model german.kbv: no such file", "search", "--content", "faq", "--model", "german.kbv", "auto")

	write(t, dir, map[string]string{"faq/kb.yaml": "language: de\nmodel: models/de.kbv\n"})
	fails(t, "read model faq/models/de.kbv: no such file", "search", "--content", "faq", "auto")
	succeeds(t, "wrote faq/models", "model", "import", "german", "-o", made(t, "faq/models/de.kbv"), "--language", "de")
	succeeds(t, "Wo steht mein Wagen?", "search", "--content", "faq", "auto")

	write(t, dir, map[string]string{"faq/models/de.kbv": "KBV2 and no more"})
	fails(t, "not a model of kb", "search", "--content", "faq", "auto")
}

func TestModelImportErrors(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	model2vec(t, "german")
	fails(t, "import model none: no such folder", "model", "import", "none", "--language", "de")
	if err := os.Remove("german/README.md"); err != nil {
		t.Fatal(err)
	}
	fails(t, "no README.md says its languages\nkb: hint: kb model import german --language en", "model", "import", "german")
	if _, err := os.Stat("model.kbv"); err == nil {
		t.Error("a failed import left a file")
	}
}

func TestModelLanguages(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	model2vec(t, "german")
	for front, want := range map[string]string{
		"language: [de]\n":                                "for de\n",
		"language: de # and no other\n":                   "for de\n",
		"license: mit\r\nlanguage:\r\n- it\r\n- DE\r\n":   "for it, de\n",
		"language:\n  - EN-us # x\n  - 'en'\n  - zh-Hant": "for en, zh\n",
		"language:\n- multilingual\ntags:\n- a\n":         "for every language\n",
	} {
		write(t, dir, map[string]string{"german/README.md": strings.TrimSpace("---\n"+front) + "\n---\n# A model\n"})
		succeeds(t, want, "model", "import", "german")
	}
	for front, want := range map[string]string{
		"language: code\n":        `import model german: "code" is no language: want a tag as de or pt-BR, or * for all`,
		"language: [de\n":         "import model german: README.md: front matter: line 2",
		"license: language\n":     "no README.md says its languages\nkb: hint: kb model import german --language en",
		"a: 1\n---\nlanguage: de": "no README.md says its languages",
	} {
		write(t, dir, map[string]string{"german/README.md": "---\n" + front + "\n---\n"})
		fails(t, want, "model", "import", "german")
	}
	fails(t, `"klingon!" is no language`, "model", "import", "german", "--language", "klingon!")

	write(t, dir, map[string]string{"faq.md": "### Wo steht mein Wagen? {#wagen}\n\nIm Hof.\n\n### Wie groß ist der Garten? {#garten}\n\nSehr.\n", "kb.yaml": "language: de\n"})
	for _, tag := range []string{"de-DE", "DE", "de_AT"} {
		succeeds(t, "for de\n", "model", "import", "german", "--language", tag)
		succeeds(t, "Wo steht mein Wagen?", "search", "--content", ".", "--model", "model.kbv", "auto")
	}
}

// made makes the folder of a file.
func made(t *testing.T, name string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	return name
}

func succeeds(t *testing.T, want string, args ...string) {
	t.Helper()
	if status, stdout, stderr := output(t, args...); status != 0 || !strings.Contains(stdout, want) {
		t.Errorf("kb %s: status %d, want %q in\n%s%s", strings.Join(args, " "), status, want, stdout, stderr)
	}
}

func fails(t *testing.T, want string, args ...string) {
	t.Helper()
	if status, _, stderr := output(t, args...); status != 2 || !strings.Contains(stderr, want) {
		t.Errorf("kb %s: status %d, want %q in\n%s", strings.Join(args, " "), status, want, stderr)
	}
}
