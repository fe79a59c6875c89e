package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kb/content"
	"kb/content/check"
	"kb/index"
	searchcheck "kb/search/check"
)

// A checking is what kb check is asked to do.
type checking struct {
	format, maxAge string
	strict, fix    bool
	rules          bool
}

func (a *app) checkCommand() *cobra.Command {
	var o checking
	cmd := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "tell authors what to mend",
		Long: `Tell authors what to mend in files and folders, as file:line: message (rule).
Every question is also searched for, as it stands and with a typing error. The
exit status is 0 if there is nothing to mend but notes, 1 if there is something,
2 if the content could not be read or has no question.

--rules lists the rules. kb.yaml switches one off, or makes it a note or an
error (check: {near-duplicate: off}); so does a comment above a question, a
section or a paragraph: <!-- kb-check-ignore near-duplicate --> or, for a whole
page, <!-- kb-check-ignore-file near-duplicate -->.`,
		Example: example(`
			kb check content/faq
			kb check content/faq --format github --max-age 365d`),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.rules {
				return a.listRules(args, o.format == "json")
			}
			return a.check(cmd.Context(), args, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "text", "text, json, sarif or github (annotations in a workflow's log)")
	f.BoolVar(&o.strict, "strict", false, "notes are to be mended, too")
	f.StringVar(&o.maxAge, "max-age", "", "answers that were not updated for this `time` are stale: 90d, 26w or 2y")
	f.BoolVar(&o.fix, "fix", false, "write missing and duplicate ids into headings, whatever those rules are worth")
	f.BoolVar(&o.rules, "rules", false, "list the rules and what they are worth")
	return cmd
}

func (a *app) check(ctx context.Context, args []string, o checking) error {
	write := reporters()[o.format]
	if write == nil {
		return hinted(fmt.Errorf("no format %q", o.format), "kb check --format text, json, github or sarif")
	}
	findings, err := a.findings(ctx, args, o)
	if len(findings) == 0 && err != nil && o.format != "text" {
		findings = []check.Finding{findingOf(err)} // a program looks at standard output alone
	}
	if err := write(a, findings); err != nil {
		return err
	}
	return err
}

// findings returns what is to be mended, and an error unless that is notes at
// most.
func (a *app) findings(ctx context.Context, args []string, o checking) ([]check.Finding, error) {
	oldest, err := o.oldest(time.Now())
	if err != nil {
		return nil, err
	}
	l, err := locateOwn(args, "kb check")
	if err != nil {
		return nil, err
	}
	c, found, err := a.inspect(ctx, l, oldest)
	faulty := slices.ContainsFunc(found, func(f check.Finding) bool { return f.Rule == "site-file" })
	if err == nil && o.fix && faulty {
		a.err.note("wrote no id: mend %s first, which says how files are read", content.SiteFile)
	}
	if err == nil && o.fix && !faulty {
		if err := a.fix(l, c); err != nil {
			return found, err
		}
		c, found, err = a.inspect(ctx, l, oldest)
	}
	if err != nil {
		return found, err
	}
	return found, a.verdict(c, found, l, o.strict)
}

// inspect reads a library and asks it everything.
func (a *app) inspect(ctx context.Context, l library, oldest time.Time) (*content.Corpus, []check.Finding, error) {
	sources, release, err := l.sources()
	if err != nil {
		return nil, nil, err
	}
	defer release()
	c, faults, err := l.loadFaulty(sources)
	if err != nil {
		return nil, nil, err
	}
	problems := check.Problems(check.Input{Corpus: c, Roots: roots(sources), Oldest: oldest})
	problems = append(problems, faults...)
	if len(c.Entries) == 0 {
		return c, check.Judge(c, problems), questionless(l)
	}
	asked, err := a.interrogate(ctx, l, c)
	return c, check.Judge(c, append(problems, asked...)), err
}

// loadFaulty reads the sources even if their SiteFile is wrong, of which it
// keeps what rules are worth, and returns what is wrong.
func (l library) loadFaulty(sources []content.Source) (*content.Corpus, []content.Problem, error) {
	site, err := l.site(sources)
	faults := siteFault(err)
	if err != nil && faults == nil {
		return nil, nil, mendable(err)
	}
	if err != nil {
		site = content.Site{FAQ: true, Check: site.Check}
	}
	c, err := l.loadAs(site, reading{outline: true}, sources)
	if pins := siteFault(err); pins != nil {
		return c, append(faults, pins...), nil
	}
	return c, faults, err
}

// siteFault returns what is wrong with the SiteFile, if that is the error.
func siteFault(err error) []content.Problem {
	if re := (*content.ReadError)(nil); errors.As(err, &re) && re.Rule == "site-file" {
		return append([]content.Problem{re.Problem}, re.Others...)
	}
	return nil
}

// roots returns the folders that links may lead to: of a mount what it shows,
// since what is beside that cannot be told to be missing.
func roots(sources []content.Source) []check.Root {
	all := make([]check.Root, len(sources))
	for i, src := range sources {
		all[i] = check.Root{FS: src.FS, Name: src.Name}
		if m, ok := src.FS.(mount); ok {
			all[i] = check.Root{FS: m.fs, Name: m.at}
		}
	}
	return all
}

// interrogate asks an index of the corpus, which is there for this alone.
func (a *app) interrogate(ctx context.Context, l library, c *content.Corpus) ([]content.Problem, error) {
	if !searchcheck.Wanted(c.Site) {
		return nil, nil
	}
	with, err := l.with(c)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "kb-check-")
	if err != nil {
		return nil, fmt.Errorf("index for searches: %w", err)
	}
	defer os.RemoveAll(dir)
	if _, _, err := index.Build(ctx, dir, c, with...); err != nil {
		return nil, err
	}
	s, err := openIndex(dir, index.Open)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	bar := a.progress()
	defer bar.done()
	problems, err := searchcheck.Problems(ctx, s, c, bar.show)
	if !l.whole() { // what a synonym finds may be elsewhere
		problems = slices.DeleteFunc(problems, func(p content.Problem) bool { return p.Rule == "idle-synonym" })
	}
	return problems, err
}

// verdict tells what was found, as an error if it is to be mended.
func (a *app) verdict(c *content.Corpus, found []check.Finding, l library, strict bool) error {
	faults, notes := 0, 0
	for _, f := range found {
		if f.Severity == content.Error {
			faults++
		} else {
			notes++
		}
	}
	var parts []string
	if faults > 0 {
		parts = append(parts, count(faults, "problem"))
	}
	if notes > 0 {
		parts = append(parts, count(notes, "note"))
	}
	told := strings.Join(parts, " and ")
	if faults > 0 || strict && notes > 0 {
		return shortfall(told + " in " + l.String())
	}
	all := count(len(c.Entries), "question") + " in " + count(len(c.Pages), "file")
	if notes > 0 {
		a.err.note("%s, nothing that must be mended, %s", all, told)
		return nil
	}
	a.err.note("%s, nothing to mend", all)
	return nil
}

// oldest returns the time before which an answer is stale, or zero.
func (o checking) oldest(now time.Time) (time.Time, error) {
	if o.maxAge == "" {
		return time.Time{}, nil
	}
	n, err := strconv.Atoi(o.maxAge[:len(o.maxAge)-1])
	days := map[byte]int{'d': 1, 'w': 7, 'y': 365}[o.maxAge[len(o.maxAge)-1]]
	if err != nil || n < 1 || days == 0 || n > 1000*365/days {
		return time.Time{}, hinted(fmt.Errorf("--max-age: %q is not a time in days, weeks or years", o.maxAge), "kb check --max-age 365d")
	}
	return now.AddDate(0, 0, -n*days), nil
}

// A ruled is a rule as kb check --rules prints it in JSON.
type ruled struct {
	Name     string           `json:"name"`
	Severity content.Severity `json:"severity"`
	Doc      string           `json:"doc"`
}

// listRules prints the rules and what they are worth for the content.
func (a *app) listRules(args []string, asJSON bool) error {
	l, err := locate(args)
	if err != nil {
		return err
	}
	sources, release, err := l.sources()
	if err != nil {
		return err
	}
	defer release()
	site, err := l.site(sources)
	if err != nil {
		return mendable(err)
	}
	var all []ruled
	for _, r := range content.Rules() {
		all = append(all, ruled{r.Name, site.Severity(r.Name), r.Doc})
	}
	if asJSON {
		return a.out.json(all)
	}
	for _, r := range all {
		a.out.printf("%-15s %-6s %s\n", r.Name, r.Severity, r.Doc)
	}
	return nil
}
