package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// dashed returns a command line on which the words of a query that begin with
// a dash, to be left out, are not taken for flags: those after the first word
// of the query that make no flag. It moves the query behind "--".
func dashed(root *cobra.Command, args []string) []string {
	if len(args) == 0 || args[0] != "search" {
		return args
	}
	cmd, _, err := root.Find(args)
	if err != nil || cmd == root {
		return args
	}
	cmd.InitDefaultHelpFlag()
	flags, words := separated(cmd.Flags(), args[1:])
	if len(words) > 0 {
		words = slices.Insert(words, 0, "--")
	}
	return slices.Concat(args[:1], flags, words)
}

// separated separates flags, with their values, from the words between them.
func separated(known *pflag.FlagSet, args []string) (flags, words []string) {
	for len(args) > 0 {
		arg, size := args[0], 0
		switch {
		case arg == "--":
			return flags, append(words, args[1:]...)
		case len(arg) < 2 || arg[0] != '-':
		case arg[1] == '-':
			size = longhand(known, arg[2:])
		default:
			size = shorthand(known, arg[1:])
		}
		if size == 0 && (len(words) > 0 || !strings.HasPrefix(arg, "-")) {
			words, args = append(words, arg), args[1:]
			continue
		}
		size = max(size, 1)
		if size > len(args) {
			return args, nil // the missing value is all that there is to say
		}
		flags, args = append(flags, args[:size]...), args[size:]
	}
	return flags, words
}

// longhand returns how many arguments --text takes up: with its value, 1 or 2; 0
// if it is neither a flag nor like one.
func longhand(known *pflag.FlagSet, text string) int {
	name, _, valued := strings.Cut(text, "=")
	f := known.Lookup(name)
	switch {
	case f == nil && nearest(name, flagNames(known)) == "":
		return 0
	case f == nil || valued || f.NoOptDefVal != "":
		return 1
	}
	return 2
}

// shorthand returns how many arguments -text takes up: with its value, 1 or 2; 0 if
// it is not made of flags.
func shorthand(known *pflag.FlagSet, text string) int {
	for i := range len(text) {
		f := known.ShorthandLookup(text[i : i+1])
		switch {
		case f == nil:
			return 0
		case f.NoOptDefVal != "":
			continue
		case i+1 == len(text):
			return 2
		case f.Value.Type() == "int" && !isNumber(strings.TrimPrefix(text[i+1:], "=")):
			return 0 // -note leaves out notes
		}
		return 1
	}
	return 1
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

func flagNames(flags *pflag.FlagSet) []string {
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
