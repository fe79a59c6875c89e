package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"kb/content"
	"kb/content/data"
	"kb/index"
	"kb/index/embed"
)

func (a *app) modelCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "model",
		Short: "bring a model of meaning",
		Long: `Bring a model of meaning, for another language or better than the one that ships
with kb, which knows English. An index holds the model that its vectors are of.`,
		Example: example(`
			kb model import potion-base-8M
			kb model import --help`),
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.importCommand())
	return cmd
}

func (a *app) importCommand() *cobra.Command {
	var (
		out       string
		languages []string
	)
	cmd := &cobra.Command{
		Use:   "import FOLDER",
		Short: "make a model of kb from one of model2vec",
		Long: `Make a model of kb from a folder of model2vec: model.safetensors, tokenizer.json
(WordPiece or Unigram) and README.md, whose front matter names its languages.
Use it by a key in kb.yaml, model: FILE, or by --model FILE.`,
		Example: example(`
			kb model import potion-base-8M
			kb model import potion-multilingual-128M -o model.kbv --language it --language de`),
		Args: one("the folder of a model"),
		RunE: func(_ *cobra.Command, args []string) error { return a.importModel(args[0], out, languages) },
	}
	cmd.Flags().StringVarP(&out, "output", "o", "model.kbv", "`file` to write to")
	cmd.Flags().StringArrayVar(&languages, "language", nil, "a `language` that the model knows, * for all; may be repeated")
	return cmd
}

func (a *app) importModel(dir, out string, languages []string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return hinted(fmt.Errorf("import model %s: no such folder", dir), "kb model import FOLDER, which has model.safetensors and tokenizer.json")
	}
	folder := os.DirFS(dir)
	if len(languages) == 0 {
		var err error
		if languages, err = readmeLanguages(folder); err != nil {
			return hinted(fmt.Errorf("import model %s: %w", dir, bareIn(err)), "kb model import %s --language en", quoted(dir))
		}
	}
	if len(languages) == 0 {
		return hinted(fmt.Errorf("import model %s: no README.md says its languages", dir), "kb model import %s --language en", quoted(dir))
	}
	languages, err := basesOf(languages)
	if err != nil {
		return fmt.Errorf("import model %s: %w", dir, err)
	}
	made, err := embed.Model2Vec(folder, languages)
	if err != nil {
		return fmt.Errorf("import model %s: %w", dir, bareIn(err))
	}
	m, err := embed.Parse(string(made))
	if err != nil {
		return fmt.Errorf("import model %s: %w", dir, err)
	}
	if err := writeOut(out, made); err != nil {
		return err
	}
	a.out.printf("wrote %s, a model of %d dimensions for %s\n  model %s\n", out, m.Dim(), spoken(languages), m.Digest())
	a.out.printf("use it: kb index --model %s …, or in %s: model: %[1]s\n", quoted(out), content.SiteFile)
	return nil
}

// readmeLanguages returns the languages that the front matter of the README of a
// model names, none if there is no README.
func readmeLanguages(folder fs.FS) ([]string, error) {
	const name = "README.md"
	text, err := fs.ReadFile(folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	text = bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	front, err := data.FrontMatter(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return front.Value.Field("language").Strings(), nil
}

// everyLanguage is the language of a model that was made for all of them.
const everyLanguage = "*"

// basesOf returns the bases of BCP 47 tags, each once.
func basesOf(tags []string) ([]string, error) {
	var bases []string
	for _, tag := range tags {
		base := everyLanguage
		if tag != everyLanguage && tag != "multilingual" {
			parsed, err := language.Parse(tag)
			if err != nil {
				return nil, fmt.Errorf("%q is no language: want a tag as de or pt-BR, or %s for all", tag, everyLanguage)
			}
			known, _ := parsed.Base()
			base = known.String()
		}
		if !slices.Contains(bases, base) {
			bases = append(bases, base)
		}
	}
	return bases, nil
}

// bareIn returns an error of reading in a folder with the file it is of.
func bareIn(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return fmt.Errorf("%s: %w", pe.Path, pe.Err)
	}
	return err
}

func spoken(languages []string) string {
	if strings.Join(languages, "") == everyLanguage {
		return "every language"
	}
	return strings.Join(languages, ", ")
}

// with returns how an index of the library's corpus is built: by the model that
// a flag names, else the site, else by the one that ships.
func (l library) with(c *content.Corpus) ([]index.Option, error) {
	name := l.model
	if name == "" && c.Site.Model != "" && len(l.places) > 0 {
		name = filepath.Join(l.siteDir(), filepath.FromSlash(c.Site.Model))
	}
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, hinted(fmt.Errorf("read model %s: %w", name, bare(err)), "make one: kb model import FOLDER -o %s", quoted(name))
	}
	m, err := embed.Parse(string(data))
	if err != nil {
		return nil, hinted(fmt.Errorf("read model %s: %w", name, err), "make one: kb model import FOLDER -o %s", quoted(name))
	}
	return []index.Option{index.WithModel(m)}, nil
}

// siteDir returns the root that has the SiteFile.
func (l library) siteDir() string {
	for _, p := range l.places {
		if _, err := os.Stat(filepath.Join(p.dir, content.SiteFile)); err == nil {
			return p.dir
		}
	}
	return l.places[0].dir
}

// stampModel writes what tells that the model may be another one.
func (l library) stampModel(w io.Writer) {
	if l.model != "" {
		stampFile(w, l.model, l.model)
		return
	}
	for _, p := range l.places {
		name := filepath.Join(p.dir, content.SiteFile)
		text, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(text, []byte("model")) {
			continue // the key is not there
		}
		if site, err := parseSite(name, text); err == nil && site.Model != "" {
			stampFile(w, site.Model, filepath.Join(p.dir, filepath.FromSlash(site.Model)))
		}
	}
}
