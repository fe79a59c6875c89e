package main

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"

	"kb/web"
)

// siteURL returns the URL of the site as seen from this machine.
func siteURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "http://" + addr.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// listen opens addr.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, hinted(fmt.Errorf("listen at %s: the address is in use", addr), "take a free port: kb serve --addr %s", freePort(addr))
	case errors.Is(err, syscall.EACCES):
		return nil, hinted(fmt.Errorf("listen at %s: not allowed", addr), "ports below 1024 are for root: kb serve --addr %s", freePort(addr))
	case err != nil:
		return nil, hinted(fmt.Errorf("listen at %s: %w", addr, cause(err)), "kb serve --addr %s", defaultAddr)
	}
	return l, nil
}

// cause returns the innermost error of package net's.
func cause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

func freePort(addr string) string {
	host, _, _ := net.SplitHostPort(addr)
	return net.JoinHostPort(host, "0")
}

// misplaced returns an error of web.New for a person: what is wrong with the
// address that was given, and the flag as it should be.
func misplaced(err error, o web.Options) error {
	if plain := errors.Unwrap(err); plain != nil {
		err = plain // the package that says it is of no interest
	}
	base := "/" + strings.Trim(o.BasePath, "/")
	switch {
	case base == "/" && o.BasePath != "":
		return hinted(err, "leave --base-path out")
	case o.BasePath != "" && o.BasePath != base:
		return hinted(err, "kb serve --base-path %s", quoted(base))
	case o.PublicURL != "" && o.PublicURL != asOrigin(o.PublicURL):
		return hinted(err, "kb serve --public-url %s", quoted(asOrigin(o.PublicURL)))
	}
	for _, origin := range o.Origins {
		if origin != "*" && origin != asOrigin(origin) {
			return hinted(err, "kb serve --origin %s", quoted(asOrigin(origin)))
		}
	}
	return err
}

// asOrigin returns the scheme and host that a person most likely meant.
func asOrigin(text string) string {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		scheme, rest = "https", text
	}
	if scheme != "http" {
		scheme = "https"
	}
	host, _, _ := strings.Cut(strings.TrimLeft(rest, "/"), "/")
	return scheme + "://" + cmp.Or(host, "example.com")
}
