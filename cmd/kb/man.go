package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man [FOLDER]",
		Short: "print the manual, or write its pages to a folder",
		Example: example(`
			kb man | man -l -
			kb man /usr/local/share/man/man1`),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				manPage(a.out, cmd.Root())
				return nil
			case 1:
				return writeManual(args[0], cmd.Root())
			}
			return hinted(fmt.Errorf("kb man takes one folder, got %d", len(args)), "kb man %s", quoted(args[0]))
		},
	}
}

// writeManual writes a page for root and one for each command to dir.
func writeManual(dir string, root *cobra.Command) error {
	for _, cmd := range append([]*cobra.Command{root}, documented(root)...) {
		var page strings.Builder
		manPage(&page, cmd)
		name := filepath.Join(dir, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
		if err := renameio.WriteFile(name, []byte(page.String()), 0o644); err != nil {
			return hinted(fmt.Errorf("write %s: %w", name, bare(err)), "mkdir -p %s", quoted(dir))
		}
	}
	return nil
}

func documented(root *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, cmd := range root.Commands() {
		if cmd.IsAvailableCommand() {
			all = append(all, cmd)
		}
	}
	return all
}

// manPage writes the page of one command in the man macros of roff, see
// man(7).
func manPage(w io.Writer, cmd *cobra.Command) {
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	fmt.Fprintf(w, ".TH %s 1 \"\" \"kb %s\"\n", roff(strings.ToUpper(name)), roff(newBuild().Version))
	fmt.Fprintf(w, ".SH NAME\n%s \\- %s\n.SH SYNOPSIS\n\\fB%s\\fP\n", roff(name), roff(cmd.Short), roff(cmd.UseLine()))
	fmt.Fprintf(w, ".SH DESCRIPTION\n%s\n", roff(cmp.Or(cmd.Long, cmd.Short)))
	if subs := documented(cmd); len(subs) > 0 {
		fmt.Fprintf(w, ".SH COMMANDS\n")
		for _, sub := range subs {
			fmt.Fprintf(w, ".TP\n\\fB%s\\fP\n%s; see %s(1)\n", roff(sub.Name()), roff(sub.Short), roff(name+"-"+sub.Name()))
		}
	}
	cmd.InitDefaultHelpFlag()
	fmt.Fprintf(w, ".SH OPTIONS\n")
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) { manFlag(w, f) })
	fmt.Fprintf(w, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(cmd.Example))
	fmt.Fprintf(w, ".SH EXIT STATUS\n0 done; 1 done and found wanting; 2 not done\n")
	if cmd.HasParent() {
		fmt.Fprintf(w, ".SH SEE ALSO\nkb(1)\n")
		return
	}
	manEnvironment(w)
}

func manFlag(w io.Writer, f *pflag.Flag) {
	arg, usage := pflag.UnquoteUsage(f)
	short := ""
	if f.Shorthand != "" {
		short = "-" + f.Shorthand + ", "
	}
	fmt.Fprintf(w, ".TP\n\\fB%s\\fP \\fI%s\\fP\n%s\n", roff(short+"--"+f.Name), roff(arg), roff(usage))
}

func manEnvironment(w io.Writer) {
	fmt.Fprintf(w, ".SH ENVIRONMENT\n")
	for _, v := range [][2]string{
		{"KB_INDEX", "the index to ask, and the folder that kb index writes to"},
		{"KB_CONTENT", "the content to read where no path is given"},
		{"KB_ADDR", "the address to serve at"},
		{"NO_COLOR", "any value turns colours off"},
		{"TERM", "dumb turns colours off"},
	} {
		fmt.Fprintf(w, ".TP\n%s\n%s\n", roff(v[0]), roff(v[1]))
	}
}

// roff returns text with what roff would take for a request or an escape made
// harmless.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			b.WriteString(`\&`)
		}
		b.WriteString(line)
	}
	return b.String()
}
