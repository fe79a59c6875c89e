package remote

import (
	"context"
	"errors"
	"io"
	"time"
)

var errStalled = errors.New("no byte came for too long")

// stallTime is how long a connection may be silent before it counts as lost.
const stallTime = 30 * time.Second

// A watched reader ends the context that its bytes come by when none come for
// stallTime.
type watched struct {
	io.Reader
	timer *time.Timer
}

// watch returns a context for a request and a function that wraps what is
// read in answer. The caller calls stop at the end.
func watch(ctx context.Context) (_ context.Context, wrap func(io.Reader) io.Reader, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(stallTime, func() { cancel(errStalled) })
	return ctx, func(r io.Reader) io.Reader { return &watched{r, timer} }, func() { timer.Stop(); cancel(nil) }
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if n > 0 {
		w.timer.Reset(stallTime)
	}
	return n, err
}

// stalled returns errStalled if that is why ctx ended, else err.
func stalled(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errStalled) {
		return errStalled
	}
	return err
}
