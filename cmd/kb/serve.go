package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"kb/search"
	"kb/web"
)

// Limits of a connection. A client that sends or reads more slowly than this
// holds a descriptor that others need.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 60 * time.Second
	maxHeader     = 16 << 10 // bytes; no browser sends half of it
)

// drainTime is how long requests may take to end once a server is told to.
const drainTime = 15 * time.Second

const defaultAddr = "127.0.0.1:8080"

// A server is what the flags of kb serve ask for.
type server struct {
	app         *app
	addr, admin string
	site        web.Options
	from        supply
	live        *search.Live
	stamp       string // of from, before live was opened
	trouble     string // why there is nothing to serve at first, as it was told
}

func (a *app) serveCommand() *cobra.Command {
	from := origin{remind: true, refresh: refresh}
	sv := &server{app: a}
	cmd := &cobra.Command{
		Use:   "serve [PATH…]",
		Short: "serve the search page, the API and the search box",
		Long: `Serve the search page, the API and the search box for other sites. Changed
content and new indexes are taken up while it runs. With --index, the index may
be one that was published: it is pulled, kept in the user's cache folder, and
looked after every --refresh. What cannot be pulled leaves the old one in use.`,
		Example: example(`
			kb serve
			kb serve --addr 127.0.0.1:0 --content content/faq
			kb serve --index oci://ghcr.io/example/faq --refresh 30s`),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			from.content = append(from.content, args...)
			if from.refresh <= 0 {
				return fmt.Errorf("--refresh: %v is no time to wait", from.refresh)
			}
			if sv.from, err = a.supply(from); err != nil {
				return err
			}
			defer sv.from.close()
			return sv.run(cmd.Context())
		},
	}
	from.flags(cmd)
	addr := os.Getenv("KB_ADDR")
	if addr == "" {
		addr = defaultAddr
	}
	cmd.Flags().StringVar(&sv.addr, "addr", addr, "`host:port` to serve at; port 0 takes a free one ($KB_ADDR)")
	cmd.Flags().StringVar(&sv.admin, "admin-addr", "", "`host:port` to serve /debug/pprof at, for operators only")
	cmd.Flags().StringVar(&sv.site.BasePath, "base-path", "", "`path` that a proxy in front serves the site at, as /faq")
	cmd.Flags().StringVar(&sv.site.PublicURL, "public-url", "", "scheme and host that visitors know the site by, as https://help.example.com")
	cmd.Flags().StringArrayVar(&sv.site.Origins, "origin", nil, "`site` that may embed the search box, as https://example.com; may be repeated")
	cmd.Flags().DurationVar(&from.refresh, "refresh", refresh, "`time` between two looks for a newly published index")
	verifyFlag(cmd, &from.key, "`file` of the public key that the index must be signed with; it must be a published one")
	cmd.Flags().BoolVar(&sv.site.Dev, "dev", false, "read templates, style and script from ./web at each request")
	return cmd
}

func (sv *server) run(ctx context.Context) error {
	listener, err := listen(sv.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	if err := sv.open(ctx); err != nil {
		return err
	}
	handler, err := web.New(sv.live, sv.site)
	if err != nil {
		return misplaced(err, sv.site)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if err := sv.serveAdmin(ctx, stop); err != nil {
		return err
	}
	sv.announce(listener.Addr())
	var following sync.WaitGroup
	following.Go(func() { sv.follow(ctx) })
	err = serve(ctx, newServer(handler), listener)
	stop(nil)
	following.Wait()
	return err
}

// open opens the first searcher.
func (sv *server) open(ctx context.Context) error {
	if sv.from.first != nil {
		if s := sv.from.first(); s != nil {
			sv.live, sv.stamp = search.NewLive(s), s.Snapshot().Digest()
			return nil
		}
	}
	stamp, err := sv.from.stamp(ctx)
	var s *search.Searcher
	if err == nil {
		s, err = sv.from.open(ctx)
	}
	if err != nil && (sv.from.first == nil || ctx.Err() != nil) {
		return err
	}
	if err != nil { // what is published later is served from then on
		sv.trouble, stamp = message(err), ""
		sv.app.err.note("nothing to serve yet: %s", sv.trouble)
	}
	sv.live, sv.stamp = search.NewLive(s), stamp
	return nil
}

func (sv *server) announce(addr net.Addr) {
	s, release := sv.live.Acquire()
	defer release()
	serving := "waiting for an index"
	if s != nil {
		serving = "serving " + count(s.Snapshot().Info().Entries, "question")
	}
	sv.app.out.printf("%s%s/\n", siteURL(addr), sv.site.BasePath)
	sv.app.out.flush()
	sv.app.err.note("%s from %s; ctrl-c stops", serving, sv.from.name)
}

func newServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
}

// serve serves until ctx ends, and then until the requests under way have
// ended.
func serve(ctx context.Context, s *http.Server, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve at %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := s.Shutdown(drain); err != nil {
		s.Close()
		return fmt.Errorf("stop: requests were cut off after %v", drainTime)
	}
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// serveAdmin serves what is for operators, if an address is set. What fails
// later ends the whole with stop.
func (sv *server) serveAdmin(ctx context.Context, stop context.CancelCauseFunc) error {
	if sv.admin == "" {
		return nil
	}
	l, err := listen(sv.admin)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	s := newServer(mux)
	s.WriteTimeout = 0 // a profile is written for as long as was asked
	go func() {
		if err := serve(ctx, s, l); err != nil {
			stop(err)
		}
	}()
	sv.app.err.note("for operators: %s/debug/pprof/", siteURL(l.Addr()))
	return nil
}
