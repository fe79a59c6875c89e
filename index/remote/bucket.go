package remote

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// A bucket is a store in S3-compatible storage. A file is one object, which
// may have up to 5 GiB.
type bucket struct{ tree }

// newBucket returns the store of s3://BUCKET/PREFIX, with endpoint, region and
// anonymous=true as parameters.
func newBucket(u *url.URL) (store, error) {
	name, prefix := u.Host, strings.Trim(u.Path, "/")
	if name == "" || name == "." || name == ".." || prefix != "" && !fs.ValidPath(prefix) || u.Fragment != "" || strings.ContainsFunc(name+prefix, unsafeInKey) {
		return nil, errors.New("it is not of the form s3://BUCKET/PREFIX, of letters, digits and - _ . /")
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, errors.New("its parameters cannot be parsed")
	}
	for k := range q {
		if k != "endpoint" && k != "region" && k != "anonymous" {
			return nil, fmt.Errorf("unknown parameter %q: there are endpoint, region and anonymous", k)
		}
	}
	region := cmp.Or(q.Get("region"), os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"))
	if region == "" {
		region = cmp.Or(profileRegion(), "us-east-1")
	}
	base, err := endpoint(cmp.Or(q.Get("endpoint"), os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL")), region, name)
	if err != nil {
		return nil, err
	}
	t := tree{base: base.JoinPath(prefix), client: &http.Client{Transport: newTransport(), CheckRedirect: stay}}
	if q.Get("anonymous") != "true" {
		t.signer = newSigner(region)
	}
	return bucket{t}, nil
}

// stay follows no redirect: a request is signed for one host, and a session
// token is not to go to another.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// unsafeInKey reports whether servers differ on how to escape r in the text
// that is signed.
func unsafeInKey(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !letter && !strings.ContainsRune("-_./", r)
}

// endpoint returns the address of a bucket.
func endpoint(at, region, name string) (*url.URL, error) {
	if at == "" {
		if strings.Contains(name, ".") { // no certificate covers it as a host name
			return url.Parse("https://s3." + region + ".amazonaws.com/" + name)
		}
		return url.Parse("https://" + name + ".s3." + region + ".amazonaws.com")
	}
	u, err := url.Parse(at)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("its endpoint is not of the form https://HOST")
	}
	return u.JoinPath(name), nil
}

// has reports whether the object is there, with the right size and, where the
// storage tells it, the right digest.
func (s bucket) has(ctx context.Context, b blob) (bool, error) {
	res, err := s.ask(ctx, request{method: http.MethodHead, name: b.path(), header: map[string]string{"X-Amz-Checksum-Mode": "ENABLED"}})
	if status(err) == http.StatusNotFound || hidden(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	sum := res.Header.Get(checksumHeader)
	return res.ContentLength == b.size && (sum == "" || sum == b.checksum()), res.Body.Close()
}

// hidden reports whether err may mean that an object is not there: to who may
// not list a bucket, that looks forbidden.
func hidden(err error) bool { return status(err) == http.StatusForbidden && !passes(err) }

// checksumHeader holds the SHA-256 of an object in base64.
const checksumHeader = "X-Amz-Checksum-Sha256"

func (b blob) checksum() string {
	sum, err := hex.DecodeString(b.digest)
	if err != nil {
		return "" // which no object has
	}
	return base64.StdEncoding.EncodeToString(sum)
}

func (s bucket) put(ctx context.Context, b blob) error {
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	res, err := s.ask(ctx, request{
		method: http.MethodPut, name: b.path(), header: map[string]string{checksumHeader: b.checksum()},
		body: struct{ io.Reader }{r}, size: b.size, digest: b.digest,
	})
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func (s bucket) remove(ctx context.Context, b blob) error {
	res, err := s.ask(ctx, request{method: http.MethodDelete, name: b.path()})
	if status(err) == http.StatusNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// unseenMark is the mark of a pointer that may not be read, if there is one.
const unseenMark = "unseen"

// point replaces the pointer if its ETag is still the mark, where the storage
// knows how to.
func (s bucket) point(ctx context.Context, p pointer, _ artifact, mark string) error {
	condition := map[string]string{"If-Match": mark}
	if mark == "" || mark == unseenMark {
		condition = map[string]string{"If-None-Match": "*"}
	}
	err := s.write(ctx, p, condition)
	switch code := status(err); {
	case code == http.StatusPreconditionFailed:
		return ErrMoved
	case code == http.StatusConflict: // two at the same moment
		return transient(err, 0)
	case code == http.StatusNotImplemented && mark != unseenMark:
		return s.write(ctx, p, nil)
	}
	return err
}

func (s bucket) write(ctx context.Context, p pointer, header map[string]string) error {
	data := p.encode()
	sum := sha256.Sum256(data)
	h := map[string]string{"Content-Type": "application/json", "Cache-Control": "no-cache"}
	maps.Copy(h, header)
	res, err := s.ask(ctx, request{
		method: http.MethodPut, name: pointerFile, header: h,
		body: bytes.NewReader(data), size: int64(len(data)), digest: hex.EncodeToString(sum[:]),
	})
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// A signer signs requests with the credentials of the environment.
type signer struct {
	region      string
	credentials aws.CredentialsProvider
	v4          *v4.Signer
	skew        atomic.Int64 // nanoseconds that the server's clock is ahead
}

func newSigner(region string) *signer {
	return &signer{
		region: region, credentials: aws.NewCredentialsCache(chain{region}),
		v4: v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }),
	}
}

func (s *signer) sign(req *http.Request, payload string) error {
	c, err := s.credentials.Retrieve(req.Context())
	if err != nil {
		return cmp.Or(errors.Unwrap(err), err) // without what the cache says
	}
	req.Header.Set("X-Amz-Content-Sha256", payload)
	return s.v4.SignHTTP(req.Context(), c, req, payload, "s3", s.region, time.Now().Add(time.Duration(s.skew.Load())))
}

// tolerated is by how much the clocks of signer and server may differ. Servers
// refuse from 15 minutes on.
const tolerated = 5 * time.Minute

// adjusted reports whether the clock of a server that refused a request was
// far from the one that it was signed by, and sets that one by it.
func (s *signer) adjusted(header http.Header) bool {
	theirs, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return false
	}
	skew := time.Until(theirs)
	if (skew - time.Duration(s.skew.Load())).Abs() < tolerated {
		return false
	}
	s.skew.Store(int64(skew))
	return true
}
