package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// A build is what the binary knows of its making.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // of the source, if it was built in a checkout
	Modified bool   `json:"modified,omitempty"` // whether the checkout had changes
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func newBuild() build {
	b := build{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

func (a *app) version() {
	b := newBuild()
	a.out.printf("kb %s %s %s\n", b.Version, b.Go, b.Platform)
}

func (a *app) versionCommand() *cobra.Command {
	var (
		dir    string
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "version",
		Short: "print which kb this is, or which index",
		Example: example(`
			kb version
			kb version --index .kb/index --json`),
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if dir != "" {
				return a.versionOf(dir, asJSON)
			}
			if asJSON {
				return a.out.json(newBuild())
			}
			a.version()
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "index", "", "`folder` of an index to tell of instead")
	jsonFlag(cmd, &asJSON)
	return cmd
}
