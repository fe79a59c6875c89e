package main

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// An app is what all commands share.
type app struct {
	out, err *terminal
	pace     int // GC percentage of commands that go on
}

const about = `kb searches a FAQ kept in Markdown.

Without --index and --content it answers from $KB_INDEX, else from the content
in $KB_CONTENT, in ./content or in a current folder that has a kb.yaml, else from
the FAQ that ships with it.`

// root returns the command tree.
func (a *app) root() *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "kb",
		Short: "search a FAQ kept in Markdown",
		Long:  about,
		Example: example(`
			kb search "multi-device credential"
			kb serve`),
		Args:             cobra.ArbitraryArgs,
		PersistentPreRun: a.settle,
		RunE: func(cmd *cobra.Command, args []string) error {
			if version {
				a.version()
				return nil
			}
			return a.unknown(cmd, args)
		},
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.Flags().BoolVarP(&version, "version", "v", false, "print which kb this is")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(a.helpCommand())
	root.AddCommand(a.searchCommand(), a.showCommand(), a.listCommand(), a.checkCommand(),
		a.indexCommand(), a.publishCommand(), a.pullCommand(), a.serveCommand(), a.evalCommand(), a.modelCommand(), a.versionCommand(), a.completionCommand(), a.manCommand())
	return root
}

// settle makes a command collect garbage at the usual pace and end with a signal
// in good order. Those that are over in no time have nothing to put in order,
// unless they build an index: for them, either would be a part of the time. To list
// leaves nothing behind, so a signal ends it at once.
func (a *app) settle(cmd *cobra.Command, _ []string) {
	switch cmd.Name() {
	case "search", "show", "version":
	case "list":
		debug.SetGCPercent(a.pace)
	default:
		debug.SetGCPercent(a.pace)
		ctx, _ := untilSignal(cmd.Context()) // which run stops
		cmd.SetContext(ctx)
	}
}

// unknown is run where no command was named.
func (a *app) unknown(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	return noCommand(cmd, args)
}

func shellWords(args []string) []string {
	words := make([]string, len(args))
	for i, arg := range args {
		words[i] = quoted(arg)
	}
	return words
}

// flagError adds to a complaint about flags what was meant.
func flagError(cmd *cobra.Command, err error) error {
	if errors.Is(err, pflag.ErrHelp) {
		return err
	}
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) {
		f := wrong.GetFlag()
		return hinted(fmt.Errorf("--%s: %q is not of type %s", f.Name, wrong.GetValue(), f.Value.Type()), "%s --help", cmd.CommandPath())
	}
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return hinted(err, "%s --help", cmd.CommandPath())
	}
	name := missing.GetSpecifiedName()
	if missing.GetSpecifiedShortnames() != "" && cmd.Name() == "search" {
		return hinted(fmt.Errorf("unknown flag -%s", name), "if it is part of the query: kb search -- …")
	}
	if likely := nearest(name, flagNames(cmd.Flags())); likely != "" {
		return hinted(err, "did you mean --%s?", likely)
	}
	return hinted(err, "%s --help", cmd.CommandPath())
}

// example indents the lines of an example as help shows them.
func example(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(text)) {
		b.WriteString("  " + strings.TrimSpace(line) + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
