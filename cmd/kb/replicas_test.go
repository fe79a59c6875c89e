//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kb/index/remote"
)

const (
	replicas    = 4
	clients     = 2     // at each server, one request after the other
	searches    = 1_000 // in a round
	newIndexes  = 8     // that are published one after the other
	lookingTime = 5 * time.Millisecond
)

// A replica is a kb serve of one core, in a process of its own, which pulls.
type replica struct {
	cmd *exec.Cmd
	url string
}

// BenchmarkReplicas serves an index of ten thousand entries, published to a
// folder, with one process, two and four, each on one core at most. It reports
// how many searches all of them answer in a second, the median of rounds in
// turn, and what CPU time a search takes from servers and from the clients,
// which have the same cores; then the time from publishing another index until
// all four serve it, of which they look once a second. To have enough rounds:
//
//	go test ./cmd/kb -run '^$' -bench Replicas -benchtime 20x
func BenchmarkReplicas(b *testing.B) {
	dir := b.TempDir()
	kb, place := filepath.Join(dir, "kb"), filepath.Join(dir, "published")
	runs(b, nil, "go", "build", "-o", kb, ".")
	faq := corpus(b, dir, 10_000)
	editions := []string{filepath.Join(dir, "one"), filepath.Join(dir, "two")}
	runs(b, nil, kb, "index", faq, "-o", editions[0])
	if err := os.WriteFile(filepath.Join(faq, "new.md"), []byte("## What is new?\n\nThis.\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	runs(b, nil, kb, "index", faq, "-o", editions[1])
	runs(b, nil, kb, "publish", place, "--index", editions[0])
	var all []*replica
	for n := range replicas {
		all = append(all, startReplica(b, kb, place, filepath.Join(dir, fmt.Sprint("cache-", n))))
	}
	measureThroughput(b, all)
	measureTurnover(b, all, place, editions)
}

func startReplica(b *testing.B, kb, place, cache string) *replica {
	b.Helper()
	r := &replica{cmd: exec.Command(kb, "serve", "--addr", "127.0.0.1:0", "--index", place, "--refresh", "1s")}
	r.cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "XDG_CACHE_HOME="+cache)
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		r.cmd.Process.Signal(syscall.SIGTERM)
		r.cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	r.url = strings.TrimSpace(line)
	return r
}

func measureThroughput(b *testing.B, all []*replica) {
	rates := map[int][]float64{}
	rounds := 0
	var ours time.Duration
	theirs := cpuOf(all)
	for b.Loop() {
		for n := 1; n <= len(all); n *= 2 {
			before, start := cpuTime(), time.Now()
			sendSearches(b, all[:n], rounds)
			rates[n] = append(rates[n], searches/time.Since(start).Seconds())
			ours += cpuTime() - before
			rounds++
		}
	}
	for n, r := range rates {
		slices.Sort(r)
		b.ReportMetric(r[len(r)/2], fmt.Sprintf("%d-searches/s", n))
	}
	b.ReportMetric(1000*ours.Seconds()/float64(rounds*searches), "client-cpu-ms/search")
	b.ReportMetric(1000*(cpuOf(all)-theirs).Seconds()/float64(rounds*searches), "server-cpu-ms/search")
}

// cpuOf returns the CPU time of all servers so far; 0 where the system does not
// tell.
func cpuOf(all []*replica) (sum time.Duration) {
	const tick = 10 * time.Millisecond
	for _, r := range all {
		stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", r.cmd.Process.Pid))
		_, fields, _ := strings.Cut(string(stat), ") ")
		var user, system int64
		if f := strings.Fields(fields); len(f) > 12 {
			fmt.Sscan(f[11]+" "+f[12], &user, &system)
		}
		sum += time.Duration(user+system) * tick
	}
	return sum
}

// sendSearches sends the searches of one round, spread over the servers.
func sendSearches(b *testing.B, to []*replica, round int) {
	var sent atomic.Int64
	var running sync.WaitGroup
	for _, r := range to {
		for range clients {
			running.Go(func() {
				client := &http.Client{Transport: &http.Transport{}}
				defer client.CloseIdleConnections()
				for n := sent.Add(1); n <= searches; n = sent.Add(1) {
					if _, err := r.get(client, query(round, n)); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
	}
	running.Wait()
}

// query returns the path of a search, another one for every number.
func query(round int, n int64) string {
	word := func(i int64) string { return pseudoword(uint64(i % 2000)) }
	return "api/v1/search?q=how+do+I+" + word(n*7+int64(round)) + "+a+" + word(n*31+300)
}

func (r *replica) get(client *http.Client, path string) (string, error) {
	res, err := client.Get(r.url + path)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, res.Status)
	}
	return string(body), err
}

// measureTurnover publishes editions in turn, and reports how long it takes
// from then on until every server answers from the new one.
func measureTurnover(b *testing.B, all []*replica, place string, editions []string) {
	p, err := remote.At(place)
	if err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	for n := range newIndexes {
		start := time.Now()
		report, err := p.Publish(b.Context(), editions[(n+1)%len(editions)], remote.Options{Keep: remote.Kept})
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range all {
			r.await(b, report.Digest)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(took[0].Seconds(), "least-s")
	b.ReportMetric(took[len(took)/2].Seconds(), "median-s")
	b.ReportMetric(took[len(took)-1].Seconds(), "most-s")
}

// await returns when a server answers from the index with that digest.
func (r *replica) await(b *testing.B, digest string) {
	b.Helper()
	look := time.NewTicker(lookingTime)
	defer look.Stop()
	for {
		ready, err := r.get(http.DefaultClient, "readyz")
		if err != nil {
			b.Fatal(err)
		}
		if strings.Contains(ready, digest) {
			return
		}
		<-look.C
	}
}
