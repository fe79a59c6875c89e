// Command kb searches a FAQ kept in Markdown: at the terminal, on the web, and
// in the checks of a CI job.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// brief is the GC percentage of a process that is over before the memory that
// one collection frees is worth the 2 ms that it takes.
const brief = 400

func main() {
	os.Exit(run(context.Background(), os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}))
}

// A stdio is the three streams of a process.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

// run is the whole program. It returns the exit status: 0 when the command did
// its work, 1 when the work came out short (no answer, problems found, ranking
// worse), 2 when it was not done.
func run(ctx context.Context, args []string, std stdio) int {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a := &app{out: newTerminal(std.out), err: newTerminal(std.err), pace: debug.SetGCPercent(brief)}
	defer debug.SetGCPercent(a.pace)
	root := a.root()
	root.SetArgs(dashed(root, args))
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := root.ExecuteContext(ctx)
	if flushed := a.out.flush(); err == nil {
		err = flushed
	}
	defer a.err.flush()
	return a.report(err)
}

// untilSignal returns ctx as one that ends with a signal to end the process,
// too. A second signal ends the process at once. To stop is to listen no more,
// as the end of ctx is.
func untilSignal(ctx context.Context) (_ context.Context, stop context.CancelFunc) {
	ctx, stop = signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
