package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// params are the query parameters of a request, read one by one. The first
// that is wrong stays in err, and those after it read as their default.
type params struct {
	url.Values
	err error
}

func readParams(r *http.Request) *params {
	v, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		err = &badParam{"query string", r.URL.RawQuery, "of the form name=value&name=value, percent-encoded"}
	}
	return &params{v, err}
}

// text returns a parameter that can be any text; bytes that are no UTF-8 are
// replaced.
func (p *params) text(name string) string {
	return strings.ToValidUTF8(p.Get(name), "\uFFFD")
}

// number returns a whole number from min to max; without one it is missing.
func (p *params) number(name string, min, max, missing int) int {
	v := p.Get(name)
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
	switch v := p.Get(name); v {
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
