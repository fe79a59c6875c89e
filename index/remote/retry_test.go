package remote

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// TestRetry holds how long is waited and how often is tried, by a clock of its
// own.
func TestRetry(t *testing.T) {
	passing := transient(errors.New("busy"), 0)
	asked := transient(errors.New("busy"), 7*time.Second)
	forever := transient(errors.New("busy"), 24*time.Hour)
	for _, c := range []struct {
		name     string
		errs     []error
		calls    int
		min, max time.Duration
		ok       bool
	}{
		{"at once", []error{nil}, 1, 0, 0, true},
		{"second", []error{passing, nil}, 2, firstWait / 2, 2 * firstWait, true},
		{"as asked", []error{asked, nil}, 2, 7 * time.Second, 7 * time.Second, true},
		{"not for ever", []error{forever, nil}, 2, maxWait, maxWait, true},
		{"never", []error{io.ErrUnexpectedEOF, io.ErrUnexpectedEOF, io.ErrUnexpectedEOF, io.ErrUnexpectedEOF, io.ErrUnexpectedEOF, nil}, attempts, 7 * firstWait, 30 * firstWait, false},
		{"final", []error{errors.New("no"), nil}, 1, 0, 0, false},
		{"cancelled", []error{context.Canceled, nil}, 1, 0, 0, false},
		{"tried within", []error{final(passing), nil}, 1, 0, 0, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			start, calls := time.Now(), 0
			err := do(t.Context(), func() error {
				calls++
				return c.errs[calls-1]
			})
			if took := time.Since(start); took < c.min || took > c.max || calls != c.calls || (err == nil) != c.ok {
				t.Errorf("%s: %d calls in %v, %v", c.name, calls, took, err)
			}
			if err != nil && !errors.Is(err, c.errs[calls-1]) {
				t.Errorf("%s: %v, want %v", c.name, err, c.errs[calls-1])
			}
		})
	}
}

func TestRetryEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		err := do(ctx, func() error { return transient(errors.New("busy"), time.Minute) })
		if took := time.Since(start); took != time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v after %v", err, took)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	for _, c := range []struct {
		after, date string
		want        time.Duration
	}{
		{"3", "", 3 * time.Second},
		{"", "", 0},
		{"soon", "", 0},
		{"-1", "", -time.Second},
		{"Mon, 23 Nov 2026 10:00:05 GMT", "Mon, 23 Nov 2026 10:00:00 GMT", 5 * time.Second},
		{"Thu, 23 Nov 1995 10:00:05 GMT", "Thu, 23 Nov 1995 10:00:00 GMT", 5 * time.Second},
		{"Mon, 23 Nov 2026 10:00:05 GMT", "", 0},
	} {
		h := http.Header{"Retry-After": {c.after}, "Date": {c.date}}
		if got := retryAfter(h); got != c.want {
			t.Errorf("%q at %q: %v, want %v", c.after, c.date, got, c.want)
		}
	}
}
