package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
)

// params are the query parameters of a request, read one by one. The first
// that is wrong stays in err, and those after it read as their default.
type params struct {
	url.Values
	asked []string // names of those that were read
	err   error
}

func readParams(r *http.Request) *params {
	v, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		err = &badParam{"query string", r.URL.RawQuery, "of the form name=value&name=value, percent-encoded"}
	}
	return &params{Values: v, err: err}
}

// one returns the first value of a parameter.
func (p *params) one(name string) string {
	p.asked = append(p.asked, name)
	return p.Get(name)
}

// only returns the first error of the parameters, or one that names a
// parameter that nobody has asked for.
func (p *params) only() error {
	if p.err != nil {
		return p.err
	}
	for _, name := range slices.Sorted(maps.Keys(p.Values)) {
		if !slices.Contains(p.asked, name) {
			return &strayParam{name, p.asked}
		}
	}
	return nil
}

// text returns a parameter that can be any text; bytes that are no UTF-8 are
// replaced.
func (p *params) text(name string) string {
	return strings.ToValidUTF8(p.one(name), "\uFFFD")
}

// number returns a whole number from min to max; without one it is missing.
func (p *params) number(name string, min, max, missing int) int {
	v := p.one(name)
	if v == "" {
		return missing
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < min || n > max {
		p.bad(name, v, fmt.Sprintf("a whole number from %d to %d", min, max))
		return missing
	}
	return n
}

func (p *params) flag(name string) bool {
	switch v := p.one(name); v {
	case "", "0", "false":
		return false
	case "1", "true":
		return true
	default:
		p.bad(name, v, "true or false")
		return false
	}
}

func (p *params) bad(name, value, want string) {
	if p.err == nil {
		p.err = &badParam{name, value, want}
	}
}

// likeliest returns the name that needs the fewest letters changed to become
// the one that was given, or "" of none.
func likeliest(given string, names []string) string {
	best, least := "", 0
	for _, name := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(given), name); best == "" || d < least {
			best, least = name, d
		}
	}
	return best
}
