package remote

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"

	"cuelabs.dev/go/oci/ociregistry"
	"cuelabs.dev/go/oci/ociregistry/ociauth"
	"cuelabs.dev/go/oci/ociregistry/ociclient"
	"cuelabs.dev/go/oci/ociregistry/ociref"
	"github.com/opencontainers/image-spec/specs-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"kb/index"
)

// Media types of the artifact, and the key of its annotation.
const (
	artifactType  = "application/vnd.kb.index.v1"
	manifestType  = "application/vnd.kb.index.manifest.v1+json"
	fileType      = "application/vnd.kb.index.file.v1"
	signatureNote = "kb.signature.ed25519"
)

// A repository is a store in an OCI registry. The pointer is a tag; a registry
// has no way to move it only if it is where it was.
type repository struct {
	name, tag string
	client    func() (ociregistry.Interface, error)
}

// newRepository returns the store of oci://HOST/REPOSITORY:TAG. Without a tag,
// it is latest. A registry on this machine, and one of oci+http:, is asked
// without TLS.
func newRepository(u *url.URL) (store, error) {
	ref, err := ociref.Parse(u.Host + u.Path)
	if err != nil || ref.Digest != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("it is not of the form oci://HOST/REPOSITORY:TAG")
	}
	tag := cmp.Or(ref.Tag, "latest")
	return repository{ref.Repository, tag, sync.OnceValues(func() (ociregistry.Interface, error) {
		return newRegistry(ref.Host, u.Scheme == "oci+http" || loopback(ref.Host), newTransport())
	})}, nil
}

// newRegistry returns a client with the credentials that docker login and
// podman login keep.
func newRegistry(host string, plain bool, t transport) (ociregistry.Interface, error) {
	config, err := ociauth.Load(ociauth.ExecHelperWithEnv(os.Environ()))
	if err != nil {
		return nil, errors.New("the credentials file of docker cannot be read") // the error might quote it
	}
	return ociclient.New(host, &ociclient.Options{
		Insecure:  plain,
		Transport: ociauth.NewStdTransport(ociauth.StdTransportParams{Config: config, Transport: t}),
	})
}

func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s repository) has(ctx context.Context, b blob) (bool, error) {
	c, err := s.client()
	if err != nil {
		return false, err
	}
	d, err := c.ResolveBlob(ctx, s.name, b.ocidigest())
	if answered(err) == http.StatusNotFound {
		return false, nil
	}
	return err == nil && d.Size == b.size, registryError(err)
}

func (b blob) ocidigest() ociregistry.Digest { return ociregistry.Digest("sha256:" + b.digest) }

func (s repository) get(ctx context.Context, b blob, offset int64) (io.ReadCloser, error) {
	c, err := s.client()
	if err != nil {
		return nil, err
	}
	r, err := c.GetBlobRange(ctx, s.name, b.ocidigest(), offset, -1)
	return r, registryError(err)
}

func (s repository) put(ctx context.Context, b blob) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = c.PushBlob(ctx, s.name, b.descriptor(fileType), struct{ io.Reader }{r})
	return registryError(err)
}

func (b blob) descriptor(mediaType string) ocispec.Descriptor {
	return ocispec.Descriptor{MediaType: mediaType, Digest: b.ocidigest(), Size: b.size}
}

func (s repository) pointer(ctx context.Context) (pointer, string, error) {
	c, err := s.client()
	if err != nil {
		return pointer{}, "", err
	}
	r, err := c.GetTag(ctx, s.name, s.tag)
	if answered(err) == http.StatusNotFound {
		return pointer{}, "", ErrNothing
	}
	if err != nil {
		return pointer{}, "", registryError(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, index.MaxManifest))
	if err != nil {
		return pointer{}, "", err
	}
	p, err := pointerOf(data)
	return p, r.Descriptor().Digest.String(), err
}

// pointerOf returns what the manifest of an artifact says.
func pointerOf(data []byte) (pointer, error) {
	var m ocispec.Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return pointer{}, fmt.Errorf("the tag: %w", err)
	}
	if m.Config.MediaType != manifestType {
		return pointer{}, errors.New("the tag is of something else than an index of kb")
	}
	signature, err := base64.StdEncoding.DecodeString(m.Annotations[signatureNote])
	if err != nil {
		return pointer{}, fmt.Errorf("the tag: signature: %w", err)
	}
	p := pointer{Generation: m.Config.Digest.String()}
	if len(signature) > 0 {
		p.Signature = signature
	}
	return p, p.sound()
}

func (s repository) point(ctx context.Context, p pointer, of artifact, _ string) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	m := ocispec.Manifest{
		Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: ocispec.MediaTypeImageManifest,
		ArtifactType: artifactType, Config: of.manifest.descriptor(manifestType),
	}
	for i, b := range of.files {
		d := b.descriptor(fileType)
		d.Annotations = map[string]string{ocispec.AnnotationTitle: of.paths[i]}
		m.Layers = append(m.Layers, d)
	}
	if p.Signature != nil {
		m.Annotations = map[string]string{signatureNote: base64.StdEncoding.EncodeToString(p.Signature)}
	}
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = c.PushManifest(ctx, s.name, s.tag, data, m.MediaType)
	return registryError(err)
}

// remove does nothing: a registry removes what no tag leads to by its own
// rules.
func (repository) remove(context.Context, blob) error { return nil }

// answered returns the status that err is of, or 0.
func answered(err error) int {
	if e := ociregistry.HTTPError(nil); errors.As(err, &e) {
		return e.StatusCode()
	}
	return 0
}

// registryError returns an error of the client without what it quotes of
// addresses and pages, marked if it may pass.
func registryError(err error) error {
	var answer ociregistry.HTTPError
	if !errors.As(err, &answer) {
		return unaddressed(err)
	}
	code := ""
	if e := ociregistry.Error(nil); errors.As(err, &e) {
		code = strings.ToLower(e.Code())
	}
	header := http.Header{}
	if res := answer.Response(); res != nil {
		header = res.Header
	}
	return ofStatus(&statusError{answer.StatusCode(), code, header}, answer.StatusCode(), header)
}
