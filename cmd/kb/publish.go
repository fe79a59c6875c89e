package main

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kb/index"
	"kb/index/remote"
)

// A moved is what kb publish and kb pull have to tell.
type moved struct {
	Place   string `json:"place"`
	Dir     string `json:"dir"`
	Digest  string `json:"digest"` // of the index
	Changed bool   `json:"changed"`
	Entries int    `json:"entries"`
	Files   int    `json:"files"` // sent or fetched
	Bytes   int64  `json:"bytes"` // sent or fetched
}

func newMoved(place, dir string, r remote.Report) moved {
	return moved{place, dir, r.Digest, r.Changed, r.Info.Entries, r.Moved, r.Bytes}
}

func (a *app) publishCommand() *cobra.Command {
	var (
		dir, key string
		keep     int
		again    bool
		asJSON   bool
	)
	cmd := &cobra.Command{
		Use:   "publish DEST",
		Short: "publish an index for servers to pull",
		Long: `Publish an index: to a folder, to S3-compatible storage (s3://), or to an OCI
registry (oci://). Every byte of it is checked first, files that are there
already are not sent again, and servers see it when all are there. Credentials
come from the environment, and from the files of docker and aws.`,
		Example: example(`
			kb publish /srv/kb
			kb publish s3://faq/main?endpoint=https://s3.example.com
			kb publish oci://ghcr.io/example/faq:main --sign kb.key`),
		Args: one("a place to publish to"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := keepable(keep); err != nil {
				return err
			}
			place, err := remote.At(args[0])
			if err != nil {
				return remoteError(args[0], err)
			}
			private, err := privateKey(key)
			if err != nil {
				return err
			}
			r, err := place.Publish(cmd.Context(), dir, remote.Options{Key: private, Keep: keep, Again: again})
			if err != nil {
				return remoteError(args[0], unpublished(dir, err))
			}
			if r.Left != nil {
				a.err.note("older indexes were not removed: %s", message(r.Left))
			}
			if asJSON {
				return a.out.json(newMoved(args[0], dir, r))
			}
			a.published(args[0], r)
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "index", indexDir(), "`folder` of the index ($KB_INDEX)")
	cmd.Flags().StringVar(&key, "sign", "", "`file` of the private key to sign with, as openssl genpkey -algorithm ed25519 makes it")
	cmd.Flags().IntVar(&keep, "keep", remote.Kept, "older indexes to keep there, others go a day later; a registry keeps what it likes")
	cmd.Flags().BoolVar(&again, "again", false, "send also the files that are there, which may be damaged")
	jsonFlag(cmd, &asJSON)
	return cmd
}

// keepable returns an error for a number of indexes that no place can keep.
func keepable(n int) error {
	switch {
	case n < 0:
		return fmt.Errorf("--keep: %d is less than none", n)
	case n > remote.MostKept:
		return fmt.Errorf("--keep: a place names %d at most", remote.MostKept)
	}
	return nil
}

func indexDir() string {
	if dir := os.Getenv("KB_INDEX"); dir != "" {
		return dir
	}
	return indexFolder
}

// privateKey reads the key in the named file; without a name it is nil.
func privateKey(name string) (ed25519.PrivateKey, error) {
	if name == "" {
		return nil, nil
	}
	key, err := remote.ReadPrivateKey(name)
	return key, hinted(err, "make one: openssl genpkey -algorithm ed25519 -out kb.key")
}

// unpublished hints at what is wrong with the index, if that is the trouble.
func unpublished(dir string, err error) error {
	if errors.Is(err, index.ErrNoIndex) || errors.Is(err, index.ErrCorrupt) || errors.Is(err, index.ErrFormat) {
		return indexError(dir, err)
	}
	return err
}

func (a *app) published(place string, r remote.Report) {
	verb := "published to "
	if !r.Changed {
		verb = "already published to "
	}
	a.out.put(span{plain, verb}, span{bold, place}, span{plain, ", " + count(r.Info.Entries, "question") + "\n"})
	a.out.printf("  index %s\n  sent  %s, %d bytes\n", r.Digest, count(r.Moved, "file"), r.Bytes)
	a.out.printf("serve it: kb serve --index %s\n", quoted(place))
}
