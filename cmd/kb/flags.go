package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func jsonFlag(cmd *cobra.Command, asJSON *bool) {
	cmd.Flags().BoolVar(asJSON, "json", false, "print JSON, for programs")
}

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return hinted(fmt.Errorf("%s takes no argument, got %q", cmd.CommandPath(), args[0]), "%s --help", cmd.CommandPath())
}

// wants returns a check for at least one argument, called what.
func wants(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if strings.TrimSpace(strings.Join(args, "")) != "" {
			return nil
		}
		sample := strings.TrimSpace(cmd.Example)
		sample, _, _ = strings.Cut(sample, "\n")
		return hinted(fmt.Errorf("%s needs %s", cmd.CommandPath(), what), "%s", sample)
	}
}

// one returns a check for exactly one argument, called what.
func one(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return hinted(fmt.Errorf("%s takes one argument, got %d", cmd.CommandPath(), len(args)), "%s --help", cmd.CommandPath())
		}
		return wants(what)(cmd, args)
	}
}

// An origin is the part of a command line that says which index to ask.
type origin struct {
	index   string
	content []string
	model   string        // file of the model of meaning for content
	verify  bool          // read every byte of the index first
	remind  bool          // tell of unreadable files even if they were told when the index was built
	refresh time.Duration // between two looks at a place that index is pulled from; 0 if it may not be one
	key     string        // file of the public key that a pulled index must be signed with
}

func (o *origin) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.index, "index", "", "ask the index in this `folder` ($KB_INDEX)")
	modelFlag(cmd, &o.model)
	cmd.Flags().StringArrayVar(&o.content, "content", nil, "ask the content of this file or folder, `path` ($KB_CONTENT); may be repeated")
}

// verifyFlag adds the flag that names the file of a public key. It refuses an
// empty name, as of a variable that is not set, which would ask for no key.
func verifyFlag(cmd *cobra.Command, name *string, usage string) {
	cmd.Flags().Var((*keyFile)(name), "verify-key", usage)
}

// A keyFile is the name of a file.
type keyFile string

func (f *keyFile) String() string { return string(*f) }

func (f *keyFile) Type() string { return "file" }

func (f *keyFile) Set(name string) error {
	if name == "" {
		return errors.New("no file")
	}
	*f = keyFile(name)
	return nil
}

func modelFlag(cmd *cobra.Command, model *string) {
	cmd.Flags().StringVar(model, "model", "", "find meaning by the model in this `file` (model: in kb.yaml)")
}

// args returns the flags that were given, as one would type them.
func (o *origin) args() string {
	if o.index != "" {
		return " --index " + quoted(o.index)
	}
	var args strings.Builder
	for _, c := range o.content {
		args.WriteString(" --content " + quoted(c))
	}
	return args.String()
}
