package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// A site is a folder that was published to, as a web server shows it.
type site struct {
	base   *url.URL
	client *http.Client
}

func newSite(u *url.URL) (store, error) {
	if u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("it is not of the form https://HOST/FOLDER")
	}
	return site{u, &http.Client{Transport: newTransport()}}, nil
}

// ask asks for a file. A status of 300 or more is a *statusError.
func (s site) ask(ctx context.Context, name, key, value string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base.JoinPath(name).String(), nil)
	if err != nil {
		return nil, err
	}
	if key != "" {
		req.Header.Set(key, value)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return nil, unaddressed(err)
	}
	if res.StatusCode >= 300 {
		err := &statusError{res.StatusCode, "", res.Header}
		return nil, errors.Join(ofStatus(err, res.StatusCode, res.Header), res.Body.Close())
	}
	return res, nil
}

func (s site) get(ctx context.Context, b blob, offset int64) (io.ReadCloser, error) {
	key, value := "", ""
	if offset > 0 {
		key, value = "Range", "bytes="+strconv.FormatInt(offset, 10)+"-"
	}
	res, err := s.ask(ctx, b.path(), key, value)
	if err != nil {
		return nil, err
	}
	if res.StatusCode == http.StatusPartialContent {
		offset = 0
	}
	return skipped(res.Body, offset)
}

// skipped returns a body without its first n bytes.
func skipped(body io.ReadCloser, n int64) (io.ReadCloser, error) {
	if _, err := io.CopyN(io.Discard, body, n); err != nil {
		return nil, errors.Join(err, body.Close())
	}
	return body, nil
}

// pointer returns the pointer, which nobody moves there.
func (s site) pointer(ctx context.Context) (pointer, string, error) {
	res, err := s.ask(ctx, pointerFile, "Cache-Control", "no-cache")
	if status(err) == http.StatusNotFound {
		return pointer{}, "", ErrNothing
	}
	if err != nil {
		return pointer{}, "", err
	}
	defer res.Body.Close()
	p, err := readPointer(res.Body)
	return p, "", err
}

func (site) has(context.Context, blob) (bool, error) { return false, ErrReadOnly }

func (site) put(context.Context, blob) error { return ErrReadOnly }

func (site) point(context.Context, pointer, artifact, string) error { return ErrReadOnly }

func (site) remove(context.Context, blob) error { return ErrReadOnly }

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

// status returns the status that err is of, or 0.
func status(err error) int {
	if e := (*statusError)(nil); errors.As(err, &e) {
		return e.status
	}
	return 0
}
