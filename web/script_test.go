package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kb/web"
)

// TestScripts runs the scripts of testdata. A script is a list of requests,
// separated by empty lines:
//
//	# what this shows
//	GET /path
//	> Name: value            a header to send
//	code == 200              what must be true of the response:
//	header Name == value     code, header and body
//	body contains text       ==, contains, !contains or ~ (a regular expression)
//
// The first lines of a file may give the options of the site, as # base /faq,
// and the folder of testdata that it is over, as # faq loose.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { runScript(t, file) })
	}
}

func runScript(t *testing.T, file string) {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	folder, opt := scriptOptions(string(src))
	srv := newServerOf(t, folder, opt)
	line := 1
	for block := range strings.SplitSeq(string(src), "\n\n") {
		runRequest(t, srv, file, line, strings.Split(block, "\n"))
		line += strings.Count(block, "\n") + 2
	}
}

func scriptOptions(src string) (folder string, opt web.Options) {
	folder = "faq"
	for line := range strings.Lines(src) {
		fields := strings.Fields(line)
		if len(fields) != 3 || fields[0] != "#" {
			break
		}
		switch fields[1] {
		case "faq":
			folder = fields[2]
		case "base":
			opt.BasePath = fields[2]
		case "public":
			opt.PublicURL = fields[2]
		case "origin":
			opt.Origins = append(opt.Origins, fields[2])
		}
	}
	return folder, opt
}

// runRequest sends the request of a block and checks the response.
func runRequest(t *testing.T, srv *httptest.Server, file string, line int, block []string) {
	var req *http.Request
	var res *response
	for i, text := range block {
		at := fmt.Sprintf("%s:%d", file, line+i)
		switch method, target, _ := strings.Cut(text, " "); {
		case text == "" || strings.HasPrefix(text, "#"):
		case req == nil:
			req = newRequest(t, at, method, srv.URL+target)
		case method == ">":
			name, value, _ := strings.Cut(target, ": ")
			req.Header.Set(name, value)
		default:
			if res == nil {
				res = do(t, at, req)
			}
			res.check(t, at, text)
		}
	}
	if req != nil && res == nil {
		t.Errorf("%s:%d: a request without a check", file, line)
	}
}

func newRequest(t *testing.T, at, method, target string) *http.Request {
	req, err := http.NewRequest(method, target, nil)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	return req
}

// A response is one that was read to its end.
type response struct {
	*http.Response
	body string
}

func do(t *testing.T, at string, req *http.Request) *response {
	res, err := http.DefaultTransport.RoundTrip(req) // follows no redirect
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	return &response{res, string(body)}
}

var check = regexp.MustCompile(`^(code|body|header (\S+)) (==|contains|!contains|~)(?: (.*))?$`)

func (r *response) check(t *testing.T, at, text string) {
	m := check.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%s: no check: %s", at, text)
	}
	got := strings.TrimRight(r.body, "\n")
	switch {
	case m[1] == "code":
		got = fmt.Sprint(r.StatusCode)
	case m[2] != "":
		got = strings.Join(r.Header.Values(m[2]), ", ")
	}
	if !holds(got, m[3], m[4]) {
		t.Errorf("%s: %s\ngot %s", at, text, cut(got))
	}
}

func holds(got, relation, want string) bool {
	switch relation {
	case "==":
		return got == want
	case "contains":
		return strings.Contains(got, want)
	case "!contains":
		return !strings.Contains(got, want)
	}
	return regexp.MustCompile(want).MatchString(got)
}

// cut keeps a report short enough to read.
func cut(s string) string {
	if len(s) > 1500 {
		return s[:1500] + "…"
	}
	return s
}
