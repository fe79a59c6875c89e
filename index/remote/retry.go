package remote

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	attempts  = 5                      // at one file or one look
	firstWait = 200 * time.Millisecond // before the second attempt, and twice as long before each next
	maxWait   = 30 * time.Second       // before any attempt, whatever a server asks for
)

// retry calls f until it succeeds, its error is one that will not pass, or
// attempts are used up. Its error is the last one of f.
func retry[T any](ctx context.Context, f func() (T, error)) (T, error) {
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.Multiplier, waits.MaxInterval = firstWait, 2, maxWait
	var last error
	v, err := backoff.Retry(ctx, func() (v T, err error) {
		v, last = f()
		return v, verdict(last)
	}, backoff.WithBackOff(waits), backoff.WithMaxTries(attempts))
	if err != nil && ctx.Err() == nil {
		err = last
	}
	return v, err
}

// do is retry for what returns nothing.
func do(ctx context.Context, f func() error) error {
	_, err := retry(ctx, func() (struct{}, error) { return struct{}{}, f() })
	return err
}

// verdict tells backoff what to make of an error. What is not known to pass is
// final.
func verdict(err error) error {
	passing := (*passingError)(nil)
	switch {
	case err == nil:
		return nil
	case passes(err) && errors.As(err, &passing) && passing.after > 0:
		return &backoff.RetryAfterError{Duration: min(passing.after, maxWait)}
	case passes(err):
		return err
	}
	return backoff.Permanent(err)
}

// passes reports whether an error is marked as passing, or is one of the ways in
// which a connection ends.
func passes(err error) bool {
	var marked *passingError
	var network net.Error
	var request *url.Error
	if errors.As(err, new(finalError)) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errStalled) ||
		errors.As(err, &marked) || errors.As(err, &network) || errors.As(err, &request)
}

// A passingError is worth another attempt, after some time if it is not zero.
type passingError struct {
	error
	after time.Duration
}

func (e *passingError) Unwrap() error { return e.error }

func transient(err error, after time.Duration) error { return &passingError{err, after} }

// A finalError was tried again often enough.
type finalError struct{ error }

func (e finalError) Unwrap() error { return e.error }

func final(err error) error {
	if err == nil {
		return nil
	}
	return finalError{err}
}

// ofStatus returns err, which a response of that status stands for, as one
// that passes or one that does not.
func ofStatus(err error, status int, header http.Header) error {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return transient(err, retryAfter(header))
	}
	return err
}

// retryAfter returns how long a server asks to wait. A date is taken against
// the server's own clock, which need not be ours.
func retryAfter(header http.Header) time.Duration {
	v := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(v); err == nil {
		return time.Duration(seconds) * time.Second
	}
	until, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0
	}
	return until.Sub(now)
}
