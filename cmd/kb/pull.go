package main

import (
	"errors"

	"github.com/spf13/cobra"

	"kb/index"
	"kb/index/remote"
)

func (a *app) pullCommand() *cobra.Command {
	var (
		dir, key string
		asJSON   bool
	)
	cmd := &cobra.Command{
		Use:   "pull SOURCE",
		Short: "fetch a published index",
		Long: `Fetch a published index, from where kb publish put it or from a web server that
shows a folder of it (https://). Every byte is checked before the index is put
beside the one in use and takes its place. What is there already is not fetched
again; what was interrupted goes on.`,
		Example: example(`
			kb pull /srv/kb -o /var/lib/kb
			kb pull oci://ghcr.io/example/faq:main -o idx --verify-key kb.pub`),
		Args: one("a place to pull from"),
		RunE: func(cmd *cobra.Command, args []string) error {
			place, err := remote.At(args[0])
			if err != nil {
				return remoteError(args[0], err)
			}
			public, err := publicKey(key)
			if err != nil {
				return err
			}
			r, err := place.Pull(cmd.Context(), dir, public)
			if err != nil {
				return remoteError(args[0], unpulled(dir, err))
			}
			if asJSON {
				return a.out.json(newMoved(args[0], dir, r))
			}
			a.pulled(args[0], dir, r)
			return nil
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", indexDir(), "`folder` to write to ($KB_INDEX)")
	verifyFlag(cmd, &key, "`file` of the public key that the index must be signed with")
	jsonFlag(cmd, &asJSON)
	return cmd
}

// unpulled hints at what is wrong with the folder, if that is the trouble.
func unpulled(dir string, err error) error {
	if errors.Is(err, index.ErrBusy) {
		return unwritten(dir, err)
	}
	return err
}

func (a *app) pulled(place, dir string, r remote.Report) {
	verb := "pulled to "
	if !r.Changed {
		verb = "nothing new for "
	}
	a.out.put(span{plain, verb}, span{bold, dir}, span{plain, " from " + place + ", " + count(r.Info.Entries, "question") + "\n"})
	a.out.printf("  index   %s\n  fetched %s, %d bytes\n", r.Digest, count(r.Moved, "file"), r.Bytes)
	a.out.printf("ask it: kb search --index %s …\nserve it: kb serve --index %[1]s\n", quoted(dir))
}
