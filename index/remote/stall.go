package remote

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

var errStalled = errors.New("no byte came for too long")

// stallTime is how long a connection may be silent before it counts as lost.
const stallTime = 30 * time.Second

// maxTrouble is how many bytes of an error page are read: a library may take
// all of it into memory.
const maxTrouble = 64 << 10

// A transport ends a request when no byte of it, or of its answer, goes over
// for stallTime, and cuts what is not an answer after maxTrouble.
type transport struct{ *http.Transport }

type readCloser struct {
	io.Reader
	io.Closer
}

func newTransport() transport {
	return transport{http.DefaultTransport.(*http.Transport).Clone()}
}

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	timer := time.AfterFunc(stallTime, func() { cancel(errStalled) })
	stop := func() { timer.Stop(); cancel(nil) }
	req = req.WithContext(ctx)
	if req.Body != nil && req.Body != http.NoBody {
		req.Body = &watched{req.Body, ctx, timer, func() {}}
	}
	res, err := t.Transport.RoundTrip(req)
	if err != nil {
		stop()
		return nil, stalled(ctx, err)
	}
	timer.Reset(stallTime)
	res.Body = &watched{res.Body, ctx, timer, stop}
	if res.StatusCode >= 300 {
		res.Body = readCloser{io.LimitReader(res.Body, maxTrouble), res.Body}
	}
	return res, nil
}

// A watched body puts off the end of its request whenever a byte is read.
type watched struct {
	io.ReadCloser
	ctx   context.Context
	timer *time.Timer
	stop  func()
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if n > 0 {
		w.timer.Reset(stallTime)
	}
	return n, stalled(w.ctx, err)
}

func (w *watched) Close() error {
	w.stop()
	return w.ReadCloser.Close()
}

// stalled returns errStalled if that is why ctx ended, else err.
func stalled(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errStalled) {
		return errStalled
	}
	return err
}
