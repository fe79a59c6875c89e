package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"kb/index"
	"kb/index/remote"
)

// An edition is what there is to tell of an index on disk.
type edition struct {
	Dir         string    `json:"dir"`
	Entries     int       `json:"entries"`
	Answered    int       `json:"answered"`
	Fingerprint string    `json:"fingerprint"` // of the content
	Digest      string    `json:"digest"`      // of the index
	Format      int       `json:"format"`
	Version     string    `json:"version"` // of the kb that built it
	Since       time.Time `json:"since"`   // when it came to be in the folder
	Older       int       `json:"older"`   // indexes that kb index --rollback can go back to
}

// editionOf reads every byte of the live index below dir and tells of it.
func editionOf(dir string) (edition, error) {
	s, err := index.OpenVerified(dir)
	if err != nil {
		return edition{}, indexError(dir, err)
	}
	defer s.Close()
	since, err := s.Since()
	if err != nil {
		return edition{}, err
	}
	names, err := index.History(dir)
	if err != nil {
		return edition{}, indexError(dir, err)
	}
	info := s.Info()
	return edition{
		dir, info.Entries, info.Answered, info.Fingerprint, s.Digest(), info.Format, info.Version,
		since.UTC().Truncate(time.Second), len(names) - 1,
	}, nil
}

// versionOf tells of the live index below dir.
func (a *app) versionOf(dir string, asJSON bool) error {
	if remote.Is(dir) {
		return publishedError(dir)
	}
	e, err := editionOf(dir)
	if err != nil {
		return err
	}
	if asJSON {
		return a.out.json(e)
	}
	a.out.put(span{bold, e.Dir}, span{plain, ", " + e.size() + "\n"})
	a.edition(e)
	return nil
}

// rollback makes the index before the live one below dir the live one.
func (a *app) rollback(args []string, dir string, asJSON bool) error {
	if len(args) > 0 {
		return hinted(errors.New("--rollback builds nothing, and so takes no PATH"), "kb index --rollback -o %s", quoted(dir))
	}
	if _, err := os.Stat(dir); err != nil {
		return indexError(dir, fmt.Errorf("roll back index %s: %w", dir, index.ErrNoIndex))
	}
	_, err := index.Rollback(dir)
	switch {
	case errors.Is(err, index.ErrOldest):
		return hinted(err, "kb index --keep says how many are kept; kb version --index %s tells of the live one", quoted(dir))
	case errors.Is(err, index.ErrNoIndex), errors.Is(err, index.ErrCorrupt):
		return indexError(dir, err)
	case err != nil:
		return unwritten(dir, err)
	}
	e, err := editionOf(dir)
	if err != nil {
		return err
	}
	if asJSON {
		return a.out.json(e)
	}
	a.out.put(span{plain, "rolled back "}, span{bold, e.Dir}, span{plain, ", now " + e.size() + "\n"})
	a.edition(e)
	a.out.printf("forward again, to what the content is now: kb index … -o %s\n", quoted(e.Dir))
	return nil
}

func (e edition) size() string {
	return fmt.Sprintf("an index of %s, %d answered", count(e.Entries, "question"), e.Answered)
}

func (e edition) behind() string {
	if e.Older == 1 {
		return "1 older one"
	}
	return fmt.Sprintf("%d older ones", e.Older)
}

// edition prints the lines that tell one index from another.
func (a *app) edition(e edition) {
	a.out.printf("  content %s\n  index   %s\n", e.Fingerprint, e.Digest)
	a.out.printf("  format %d, built by kb %s, here since %s, %s behind it\n",
		e.Format, e.Version, e.Since.Format(time.RFC3339), e.behind())
}
