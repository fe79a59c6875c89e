package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "explain kb or a command",
		Example: example(`
			kb help
			kb help search`),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return commandNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Root().Help()
			}
			topic, _, err := cmd.Root().Find(args)
			if err != nil || topic == cmd.Root() {
				return noTopic(cmd.Root(), args)
			}
			topic.InitDefaultHelpFlag()
			return topic.Help()
		},
	}
}

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, cmd := range root.Commands() {
		if !cmd.Hidden {
			names = append(names, cmd.Name())
		}
	}
	return names
}

// noTopic explains that there is no help of what args name.
func noTopic(root *cobra.Command, args []string) error {
	err := fmt.Errorf("no command %q", args[0])
	if likely := nearest(args[0], commandNames(root)); likely != "" {
		return hinted(err, "kb help %s", likely)
	}
	return hinted(err, "kb help lists the commands")
}

// noCommand explains that there is no command of the name args begins with.
func noCommand(root *cobra.Command, args []string) error {
	err := fmt.Errorf("no command %q", args[0])
	if likely := nearest(args[0], commandNames(root)); likely != "" {
		return hinted(err, "%s", strings.Join(append([]string{"kb", likely}, shellWords(args[1:])...), " "))
	}
	return hinted(err, "kb search %s", strings.Join(shellWords(args), " "))
}

func (a *app) completionCommand() *cobra.Command {
	shells := map[string]func(root *cobra.Command) error{
		"bash":       func(root *cobra.Command) error { return root.GenBashCompletionV2(a.out, true) },
		"zsh":        func(root *cobra.Command) error { return root.GenZshCompletion(a.out) },
		"fish":       func(root *cobra.Command) error { return root.GenFishCompletion(a.out, true) },
		"powershell": func(root *cobra.Command) error { return root.GenPowerShellCompletionWithDesc(a.out) },
	}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "print a script that completes kb's commands in a shell",
		Long: `Print a script that completes kb's commands in bash, zsh, fish or powershell. In
bash it needs the package bash-completion.`,
		Example: example(`
			source <(kb completion bash)
			kb completion fish | source`),
		Args:      wants("a shell"),
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		RunE: func(cmd *cobra.Command, args []string) error {
			if write, ok := shells[args[0]]; ok && len(args) == 1 {
				return write(cmd.Root())
			}
			return hinted(fmt.Errorf("no shell %q", strings.Join(args, " ")), "bash, zsh, fish or powershell")
		},
	}
}
