package remote

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsretry "github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// A bucket is a store in S3-compatible storage. A file is one object, which
// may have up to 5 GiB.
type bucket struct {
	name, prefix string
	client       func() (*s3.Client, error)
}

// newBucket returns the store of s3://BUCKET/PREFIX, with endpoint, region and
// anonymous=true as parameters. What they do not say, the SDK finds where it
// finds credentials.
func newBucket(u *url.URL) (store, error) {
	name, prefix := u.Host, strings.Trim(u.Path, "/")
	if name == "" || name == "." || name == ".." || prefix != "" && !fs.ValidPath(prefix) || u.Fragment != "" || strings.ContainsFunc(name+prefix, unsafeInKey) {
		return nil, errors.New("it is not of the form s3://BUCKET/PREFIX, of letters, digits and - _ . /")
	}
	q, err := parameters(u.RawQuery)
	if err != nil {
		return nil, err
	}
	return bucket{name, prefix, sync.OnceValues(func() (*s3.Client, error) { return connect(q) })}, nil
}

func parameters(query string) (url.Values, error) {
	q, err := url.ParseQuery(query)
	if err != nil {
		return nil, errors.New("its parameters cannot be parsed")
	}
	for k := range q {
		if k != "endpoint" && k != "region" && k != "anonymous" {
			return nil, fmt.Errorf("unknown parameter %q: there are endpoint, region and anonymous", k)
		}
	}
	if at := q.Get("endpoint"); at != "" && !isEndpoint(at) {
		return nil, errors.New("its endpoint is not of the form https://HOST")
	}
	return q, nil
}

func connect(q url.Values) (*s3.Client, error) {
	c, err := awsConfig(q.Get("region"), q.Get("anonymous") == "true")
	if err != nil {
		return nil, err
	}
	client := newClient(c, q.Get("endpoint"), newTransport())
	if at := client.Options().BaseEndpoint; at != nil && !isEndpoint(*at) {
		return nil, errors.New("the endpoint in the environment is not of the form https://HOST")
	}
	return client, nil
}

// unsafeInKey reports whether servers differ on how to escape r in the text
// that is signed.
func unsafeInKey(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !letter && !strings.ContainsRune("-_./", r)
}

func isEndpoint(at string) bool {
	u, err := url.Parse(at)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http")
}

// awsConfig returns what the environment and the files of the aws command say.
func awsConfig(region string, anonymous bool) (aws.Config, error) {
	options := []func(*config.LoadOptions) error{config.WithRegion(region), config.WithDefaultRegion("us-east-1"), config.WithLogger(logging.Nop{})}
	if anonymous {
		options = append(options, config.WithCredentialsProvider(aws.AnonymousCredentials{}))
	}
	c, err := config.LoadDefaultConfig(context.Background(), options...)
	if err != nil {
		return c, uncredited(err)
	}
	if !anonymous {
		c.Credentials = chain{silent(c)}
	}
	return c, nil
}

// newClient returns a client that asks once, since retry asks again, and sends
// no checksum that a storage need not know.
func newClient(c aws.Config, endpoint string, t transport) *s3.Client {
	return s3.NewFromConfig(c, func(o *s3.Options) {
		if endpoint != "" {
			o.BaseEndpoint = &endpoint
		}
		o.UsePathStyle = o.BaseEndpoint != nil
		o.HTTPClient = &http.Client{Transport: t, CheckRedirect: stay}
		o.Retryer = aws.NopRetryer{}
		o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
	})
}

// stay follows no redirect: a request is signed for one host, and a session
// token is not to go to another.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func (s bucket) key(name string) *string { return aws.String(path.Join(s.prefix, name)) }

// has reports whether the object is there, with the right size and, where the
// storage tells it, the right digest.
func (s bucket) has(ctx context.Context, b blob) (bool, error) {
	c, err := s.client()
	if err != nil {
		return false, err
	}
	o, err := c.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &s.name, Key: s.key(b.path()), ChecksumMode: types.ChecksumModeEnabled})
	err = bucketError(err)
	if status(err) == http.StatusNotFound || hidden(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	sum := aws.ToString(o.ChecksumSHA256)
	return aws.ToInt64(o.ContentLength) == b.size && (sum == "" || sum == b.checksum()), nil
}

// hidden reports whether err may mean that an object is not there: to who may
// not list a bucket, that looks forbidden.
func hidden(err error) bool { return status(err) == http.StatusForbidden && !passes(err) }

// checksum returns the digest as S3 has it.
func (b blob) checksum() string {
	sum, err := hex.DecodeString(b.digest)
	if err != nil {
		return "" // which no object has
	}
	return base64.StdEncoding.EncodeToString(sum)
}

func (s bucket) get(ctx context.Context, b blob, offset int64) (io.ReadCloser, error) {
	c, err := s.client()
	if err != nil {
		return nil, err
	}
	in := &s3.GetObjectInput{Bucket: &s.name, Key: s.key(b.path())}
	if offset > 0 {
		in.Range = aws.String("bytes=" + strconv.FormatInt(offset, 10) + "-")
	}
	o, err := c.GetObject(ctx, in)
	if err != nil {
		return nil, bucketError(err)
	}
	if o.ContentRange != nil {
		offset = 0
	}
	return skipped(o.Body, offset)
}

func (s bucket) put(ctx context.Context, b blob) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = c.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &s.name, Key: s.key(b.path()), Body: r, ContentLength: &b.size, ChecksumSHA256: aws.String(b.checksum()),
	})
	return bucketError(err)
}

func (s bucket) remove(ctx context.Context, b blob) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	_, err = c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.name, Key: s.key(b.path())})
	if err = bucketError(err); status(err) == http.StatusNotFound {
		return nil
	}
	return err
}

// pointer returns the pointer. Its mark is its ETag.
func (s bucket) pointer(ctx context.Context) (pointer, string, error) {
	c, err := s.client()
	if err != nil {
		return pointer{}, "", err
	}
	o, err := c.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.name, Key: s.key(pointerFile)})
	if err = bucketError(err); status(err) == http.StatusNotFound {
		return pointer{}, "", ErrNothing
	}
	if err != nil {
		return pointer{}, "", err
	}
	defer o.Body.Close()
	p, err := readPointer(o.Body)
	return p, aws.ToString(o.ETag), err
}

// unseenMark is the mark of a pointer that may not be read, if there is one.
const unseenMark = "unseen"

// point replaces the pointer if its ETag is still the mark, where the storage
// knows how to.
func (s bucket) point(ctx context.Context, p pointer, _ artifact, mark string) error {
	in := &s3.PutObjectInput{IfMatch: &mark}
	if mark == "" || mark == unseenMark {
		in = &s3.PutObjectInput{IfNoneMatch: aws.String("*")}
	}
	err := s.write(ctx, p, in)
	switch code := status(err); {
	case code == http.StatusPreconditionFailed:
		return ErrMoved
	case code == http.StatusConflict: // two at the same moment
		return transient(err, 0)
	case code == http.StatusNotImplemented && mark != unseenMark:
		return s.write(ctx, p, &s3.PutObjectInput{})
	}
	return err
}

// write writes the pointer, on the conditions of in.
func (s bucket) write(ctx context.Context, p pointer, in *s3.PutObjectInput) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	in.Bucket, in.Key, in.Body = &s.name, s.key(pointerFile), bytes.NewReader(p.encode())
	in.ContentType, in.CacheControl = aws.String("application/json"), aws.String("no-cache")
	_, err = c.PutObject(ctx, in)
	return bucketError(err)
}

// bucketError returns an error of the SDK without what a server or an address
// says, marked if the SDK says that it may pass.
func bucketError(err error) error {
	var none credentialsError
	var res *smithyhttp.ResponseError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &none):
		return none.error
	case !errors.As(err, &res) || res.HTTPStatusCode() == 0: // of a connection, too, the SDK makes a response
		return unaddressed(err)
	}
	e := &statusError{res.HTTPStatusCode(), errorCode(err, res.HTTPStatusCode()), res.Response.Header}
	if awsretry.IsErrorRetryables(awsretry.DefaultRetryables).IsErrorRetryable(err).Bool() {
		return transient(e, retryAfter(e.header))
	}
	return e
}

// errorCode returns the code of S3 in an error, or "" if it only repeats the
// status.
func errorCode(err error, status int) string {
	var api smithy.APIError
	if !errors.As(err, &api) || api.ErrorCode() == strings.ReplaceAll(http.StatusText(status), " ", "") {
		return ""
	}
	return api.ErrorCode()
}
