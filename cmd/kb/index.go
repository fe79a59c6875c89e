package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kb/content"
	"kb/content/check"
	"kb/index"
)

// indexFolder is where kb index writes unless it is told where.
var indexFolder = filepath.Join(".kb", "index")

// A built is what kb index has to tell.
type built struct {
	Dir         string `json:"dir"`
	Built       bool   `json:"built"` // false if the index was of the same content already
	Entries     int    `json:"entries"`
	Answered    int    `json:"answered"`
	Problems    int    `json:"problems"`
	Fingerprint string `json:"fingerprint"` // of the content
	Digest      string `json:"digest"`      // of the index
}

func (a *app) indexCommand() *cobra.Command {
	var (
		dir, model           string
		keep                 int
		strict, back, asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "index [PATH…]",
		Short: "build an index of files and folders",
		Long: `Build an index of files and folders, beside the one that may be in use, and put
it in its place when it is complete. The same content is not built twice, and what
has not changed is taken from the index before.

--rollback makes the index before the live one the live one again.`,
		Example: example(`
			kb index content/faq
			kb index content/faq -o /tmp/kb-index --strict --json
			kb index --rollback -o /tmp/kb-index`),
		RunE: func(cmd *cobra.Command, args []string) error {
			if keep < 0 {
				return fmt.Errorf("--keep: %d is less than none", keep)
			}
			if back {
				return a.rollback(args, dir, asJSON)
			}
			l, err := locate(args)
			if err != nil {
				return err
			}
			l.model = model
			b, err := a.index(cmd.Context(), l, dir, strict, index.Keep(keep))
			if err != nil {
				return err
			}
			if l.shipped() {
				a.err.note(noContent, l)
			}
			if asJSON {
				return a.out.json(b)
			}
			a.built(b, l)
			return nil
		},
	}
	where := os.Getenv("KB_INDEX")
	if where == "" {
		where = indexFolder
	}
	cmd.Flags().StringVarP(&dir, "output", "o", where, "`folder` to write to ($KB_INDEX)")
	modelFlag(cmd, &model)
	cmd.Flags().IntVar(&keep, "keep", index.Kept, "older indexes to keep, which --rollback can go back to")
	cmd.Flags().BoolVar(&back, "rollback", false, "go back to the index before the live one, and build nothing")
	cmd.Flags().BoolVar(&strict, "strict", false, "build nothing if a file cannot be read")
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (a *app) index(ctx context.Context, l library, dir string, strict bool, opts ...index.Option) (built, error) {
	if slices.ContainsFunc(l.places, func(p place) bool { return p.walks(dir) }) {
		return built{}, hinted(fmt.Errorf("write index %s: the folder is part of the content", dir),
			"kb index %s -o %s", strings.Join(shellWords(l.args()), " "), indexFolder)
	}
	kept := openPages(dir, program())
	reader := a.progress()
	c, err := l.load(reading{pages: kept, read: reader.read})
	reader.done()
	if err != nil {
		return built{}, err
	}
	unread := unreadable(c)
	a.err.printf("%s", listed(unread))
	if len(c.Entries) == 0 {
		return built{}, questionless(l)
	}
	if strict && len(unread) > 0 {
		return built{}, hinted(fmt.Errorf("%s cannot be read, and so no index was built", count(len(unread), "file")),
			"mend them, or build without --strict")
	}
	with, err := l.with(c)
	if err != nil {
		return built{}, err
	}
	opts = append(opts, with...)
	bar := a.progress()
	info, made, err := index.Build(ctx, dir, c, append(opts, index.Progress(bar.show), index.Again(kept.program))...)
	bar.done()
	if err != nil {
		return built{}, unwritten(dir, err)
	}
	kept.save()
	digest, err := digestOf(dir)
	return built{
		Dir: dir, Built: made, Entries: info.Entries, Answered: info.Answered, Problems: len(check.Judge(c, c.Problems)),
		Fingerprint: info.Fingerprint, Digest: digest,
	}, err
}

// unreadable returns the problems that stand for whole files.
func unreadable(c *content.Corpus) []content.Problem {
	var all []content.Problem
	for _, p := range c.Problems {
		if p.Rule == "unreadable" {
			all = append(all, p)
		}
	}
	return all
}

// unwritten explains that an index could not be built in dir.
func unwritten(dir string, err error) error {
	var pe *os.PathError
	switch {
	case errors.Is(err, index.ErrBusy):
		return hinted(err, "wait for it, or write elsewhere with -o")
	case errors.As(err, &pe):
		return hinted(err, "is %s a folder that you may write to? -o names another", dir)
	}
	return err
}

func digestOf(dir string) (string, error) {
	s, err := index.Open(dir)
	if err != nil {
		return "", indexError(dir, err)
	}
	defer s.Close()
	return s.Digest(), nil
}

// built tells a person what was built.
func (a *app) built(b built, l library) {
	verb := "built"
	if !b.Built {
		verb = "nothing changed in"
	}
	a.out.put(span{plain, verb + " "}, span{bold, b.Dir}, span{plain, ", an index of " + l.String() + "\n"})
	a.out.printf("  %s, %d answered, %s\n", count(b.Entries, "question"), b.Answered, count(b.Problems, "problem"))
	a.out.printf("  content %s\n  index   %s\n", b.Fingerprint, b.Digest)
	if b.Problems > 0 {
		a.out.printf("see the problems: %s\n", strings.Join(append([]string{"kb check"}, shellWords(l.args())...), " "))
	}
	a.out.printf("ask it: kb search --index %s …\nserve it: kb serve --index %[1]s\n", quoted(b.Dir))
}
