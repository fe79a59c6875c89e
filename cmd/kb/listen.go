package main

import (
	"errors"
	"fmt"
	"net"
	"syscall"
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
