package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// A tree is files below an address, read and written over HTTP.
type tree struct {
	base   *url.URL
	client *http.Client
	signer *signer // nil to ask as anybody
}

// emptyDigest is the SHA-256 of nothing.
const emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// A request is for one file of a tree.
type request struct {
	method, name string
	header       map[string]string
	body         io.Reader
	size         int64
	digest       string // hex SHA-256 of body; "" for none
}

// ask sends a request. A status of 300 or more is a *statusError.
func (t tree) ask(ctx context.Context, r request) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, t.base.JoinPath(r.name).String(), r.body)
	if err != nil {
		return nil, err
	}
	if r.digest == "" {
		r.digest = emptyDigest
	}
	req.ContentLength = r.size
	for k, v := range r.header {
		req.Header.Set(k, v)
	}
	if t.signer != nil {
		if err := t.signer.sign(req, r.digest); err != nil {
			return nil, err
		}
	}
	res, err := t.client.Do(req)
	if err != nil {
		return nil, unaddressed(err)
	}
	if res.StatusCode >= 300 {
		defer res.Body.Close()
		err := newStatusError(res)
		if t.signer != nil && res.StatusCode == http.StatusForbidden && t.signer.adjusted(res.Header) {
			err = transient(err, 0)
		}
		return nil, err
	}
	return res, nil
}

// unaddressed returns an error of an http.Client without the address that it
// quotes, which after a redirect may hold what is secret.
func unaddressed(err error) error {
	var of *url.Error
	if !errors.As(err, &of) {
		return err
	}
	host := "server"
	if u, parseErr := url.Parse(of.URL); parseErr == nil && u.Host != "" {
		host = u.Host
	}
	return &url.Error{Op: of.Op, URL: host, Err: of.Err}
}

// A statusError is a response that is not what was asked for.
type statusError struct {
	status int
	code   string // of S3, as NoSuchKey; often ""
	header http.Header
}

func (e *statusError) Error() string {
	text := fmt.Sprintf("%d %s", e.status, http.StatusText(e.status))
	if e.code != "" {
		text += " (" + e.code + ")"
	}
	return text
}

// Is reports whether target is ErrDenied, and the status says so.
func (e *statusError) Is(target error) bool {
	return target == ErrDenied && (e.status == http.StatusUnauthorized || e.status == http.StatusForbidden)
}

// maxTrouble is how many bytes of an error page are read.
const maxTrouble = 4 << 10

// newStatusError returns the error of a response, marked if it may pass.
func newStatusError(res *http.Response) error {
	body, _ := io.ReadAll(io.LimitReader(res.Body, maxTrouble)) // without it the status says enough
	_, code, _ := strings.Cut(string(body), "<Code>")
	code, _, found := strings.Cut(code, "</Code>")
	if !found {
		code = ""
	}
	return ofStatus(&statusError{res.StatusCode, code, res.Header}, res.StatusCode, res.Header)
}

// status returns the status that err is of, or 0.
func status(err error) int {
	if e := (*statusError)(nil); errors.As(err, &e) {
		return e.status
	}
	return 0
}

func (t tree) get(ctx context.Context, b blob, offset int64) (io.ReadCloser, error) {
	r := request{method: http.MethodGet, name: b.path()}
	if offset > 0 {
		r.header = map[string]string{"Range": "bytes=" + strconv.FormatInt(offset, 10) + "-"}
	}
	res, err := t.ask(ctx, r)
	if err != nil {
		return nil, err
	}
	if offset > 0 && res.StatusCode != http.StatusPartialContent {
		if _, err := io.CopyN(io.Discard, res.Body, offset); err != nil {
			return nil, errors.Join(err, res.Body.Close())
		}
	}
	return res.Body, nil
}

// pointer returns the pointer. Its mark is its ETag.
func (t tree) pointer(ctx context.Context) (pointer, string, error) {
	res, err := t.ask(ctx, request{method: http.MethodGet, name: pointerFile, header: map[string]string{"Cache-Control": "no-cache"}})
	if status(err) == http.StatusNotFound {
		return pointer{}, "", ErrNothing
	}
	if err != nil {
		return pointer{}, "", err
	}
	defer res.Body.Close()
	p, err := readPointer(res.Body)
	return p, res.Header.Get("ETag"), err
}

// A site is a folder that was published to, as a web server shows it.
type site struct{ tree }

func newSite(u *url.URL) (store, error) {
	if u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("it is not of the form https://HOST/FOLDER")
	}
	return site{tree{base: u, client: &http.Client{Transport: newTransport()}}}, nil
}

func (site) has(context.Context, blob) (bool, error) { return false, ErrReadOnly }

func (site) put(context.Context, blob) error { return ErrReadOnly }

func (site) point(context.Context, pointer, artifact, string) error { return ErrReadOnly }

func (site) remove(context.Context, blob) error { return ErrReadOnly }
