package index

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"kb/content"
	"kb/index/embed"
	"kb/index/lang"
	"kb/index/likeness"
)

// Files beside the bleve index, which say of the entries what postings cannot.
const (
	vectorsFile   = "vectors.kbe"
	questionsFile = "questions.kbq"
	modelFile     = "model.kbv"
)

// WithModel makes Build embed the entries by m instead of the model that ships
// with kb.
func WithModel(m *embed.Model) Option { return func(b *builder) { b.model = m } }

// writeSidecars writes the files beside the bleve index.
func (b *builder) writeSidecars(dir string) error {
	if err := b.fault("sidecars"); err != nil {
		return err
	}
	if err := writeSidecar(filepath.Join(dir, questionsFile), func(w io.Writer) error {
		old, from := b.former.questions()
		return likeness.Rewrite(w, b.keys(from), old, from)
	}); err != nil {
		return err
	}
	if err := writeSidecar(filepath.Join(dir, modelFile), b.writeModel); err != nil {
		return err
	}
	return writeSidecar(filepath.Join(dir, vectorsFile), func(w io.Writer) error {
		old, from := b.former.vectors()
		return embed.Rewrite(w, b.model, b.texts(), old, from)
	})
}

// writeModel writes the model of the vectors, so that whoever has the index has
// it: its digest alone where it ships with kb.
func (b *builder) writeModel(w io.Writer) error {
	text := b.model.Bytes()
	if b.model.Digest() == embed.ShippedDigest {
		text = embed.ShippedDigest + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

// Model returns the model that the vectors are of.
func (s *Snapshot) Model() (*embed.Model, error) {
	if s.manifest.Model == embed.ShippedDigest {
		return embed.Shipped()
	}
	data, err := os.ReadFile(filepath.Join(s.dir, modelFile))
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	if string(data) == s.manifest.Model+"\n" { // it ships with another kb
		return embed.Shipped()
	}
	m, err := embed.Parse(string(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCorrupt, modelFile, err)
	}
	return m, nil
}

func writeSidecar(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// keys returns the keys of the question and the aliases of each entry that is
// not taken from elsewhere.
func (b *builder) keys(from []int) iter.Seq2[int, []string] {
	var made analyzers
	return func(yield func(int, []string) bool) {
		for i, e := range b.entries {
			var keys []string
			if from == nil || from[i] == none {
				keys = made.of(lang.Of(b.lang(e))).keys(e)
			}
			if !yield(i, keys) {
				return
			}
		}
	}
}

func (a *analyzer) keys(e *content.Entry) []string {
	keys := []string{a.key(e.Question)}
	for _, alias := range e.Aliases {
		keys = append(keys, a.key(alias))
	}
	return keys
}

// key returns the key of a text.
func (a *analyzer) key(text string) string {
	var words []string
	for _, t := range a.words(fold(a.Language, text).text, new(tokenBuffer)) {
		words = append(words, string(t.Term))
	}
	return likeness.Key(words)
}

// Key returns what a text in a language has in common with all texts that
// differ from it in case, accents and punctuation alone.
func (s *Snapshot) Key(tag, text string) string {
	return s.analyzer(tag).key(text)
}

// texts returns what the model can say something of: nothing of an entry in a
// language that it does not know.
func (b *builder) texts() iter.Seq2[int, embed.Text] {
	return func(yield func(int, embed.Text) bool) {
		for i, e := range b.entries {
			var text embed.Text
			if b.model.Covers(b.lang(e)) {
				text = embed.Text{Questions: append([]string{e.Question}, e.Aliases...), Answer: e.Answer.Text}
			}
			if !yield(i, text) {
				return
			}
		}
	}
}

func (b *builder) lang(e *content.Entry) string {
	if e.Lang != "" {
		return e.Lang
	}
	return b.corpus.Site.Lang()
}

// Questions returns the questions of the entries, by their number in the
// segment. It is read once.
func (s *Snapshot) Questions() (*likeness.Questions, error) {
	if s.closed.Load() {
		return nil, fmt.Errorf("read questions: %w", ErrClosed)
	}
	return s.questions()
}

func (s *Snapshot) readQuestions() (*likeness.Questions, error) {
	data, err := s.mapped(questionsFile)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	q, err := likeness.Read(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCorrupt, questionsFile, err)
	}
	if n := q.Entries(); n != s.manifest.Entries {
		return nil, fmt.Errorf("%w: %s: %d entries instead of %d", ErrCorrupt, questionsFile, n, s.manifest.Entries)
	}
	return q, nil
}

// Vectors returns the vectors of the entries, by their number in the segment,
// if m made them; if another model did, it is embed.ErrVectors. They are of use
// until the snapshot is closed.
func (s *Snapshot) Vectors(m *embed.Model) (*embed.Vectors, error) {
	if s.closed.Load() {
		return nil, fmt.Errorf("read vectors: %w", ErrClosed)
	}
	data, err := s.mapped(vectorsFile)
	if err != nil {
		return nil, fmt.Errorf("read vectors: %w", err)
	}
	v, err := embed.ReadVectors(data, m)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCorrupt, vectorsFile, err)
	}
	if n := v.Entries(); n != s.manifest.Entries {
		return nil, fmt.Errorf("%w: %s: %d entries instead of %d", ErrCorrupt, vectorsFile, n, s.manifest.Entries)
	}
	return v, nil
}
