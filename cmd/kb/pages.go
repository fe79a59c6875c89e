package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/google/renameio/v2"

	"kb/content"
)

// pagesFile is in the folder of an index, beside its generations.
const pagesFile = ".kb-pages"

// maxPages is the size in bytes above which that file is not read: what a
// million entries take.
const maxPages = 2 << 30

// A pageKey is the digest of everything that a page is made of.
type pageKey [sha256.Size]byte

// pages keeps pages as they were parsed from one build to the next, in a file
// of records: the pageKey, the digest of the bytes of the page, how many there
// are, and they. A record that is not as it was written is not there.
type pages struct {
	name    string // of the file
	program string // that parses; "" keeps nothing

	mu   sync.Mutex
	old  map[pageKey][]byte
	used map[pageKey][]byte

	heard *heard
}

// openPages returns those in the folder of an index. Without a folder or a
// program it keeps nothing.
func openPages(dir, program string) *pages {
	if dir == "" {
		program = ""
	}
	p := &pages{name: filepath.Join(dir, pagesFile), program: program, used: map[pageKey][]byte{}}
	if info, err := os.Stat(p.name); err == nil && info.Size() <= maxPages && program != "" {
		data, _ := os.ReadFile(p.name) // what cannot be read is parsed anew
		p.old = readPages(data)
	}
	var list []string
	if body := p.body(p.heardKey()); body != nil {
		list = decodeList(body)
	}
	p.heard = newHeard(list)
	return p
}

// heardKey is that of the record of languages.
func (p *pages) heardKey() pageKey { return sha256.Sum256([]byte("languages " + p.program)) }

// recordHead is the size of the two digests and of the number of bytes.
const recordHead = 2*sha256.Size + 8

// readPages returns the bytes of each record, as far as they can be told apart.
func readPages(data []byte) map[pageKey][]byte {
	all := map[pageKey][]byte{}
	for len(data) >= recordHead {
		size, err := strconv.ParseUint(string(data[2*sha256.Size:recordHead]), 16, 32)
		if err != nil || int64(size) > int64(len(data)-recordHead) {
			break
		}
		record := data[sha256.Size : recordHead+int(size)]
		all[pageKey(data[:sha256.Size])] = record
		data = data[recordHead+int(size):]
	}
	return all
}

// parsers returns the same that take pages from here, where they can. They are
// those of a plain reading of the site.
func (p *pages) parsers(all map[string]content.Parser, site content.Site) map[string]content.Parser {
	if p.program == "" {
		return all
	}
	made, err := json.Marshal([]any{p.program, site})
	if err != nil {
		return all
	}
	kept := map[string]content.Parser{}
	for ext, parse := range all {
		kept[ext] = func(name string, src []byte) (*content.Page, error) {
			h := sha256.New()
			fmt.Fprintf(h, "%q %q\n", made, name)
			h.Write(src)
			key := pageKey(h.Sum(nil))
			if page := p.take(key); page != nil {
				return page, nil
			}
			page, err := parse(name, src)
			if err == nil {
				p.keep(key, encodePage(page))
			}
			return page, err
		}
	}
	return kept
}

// take returns the page of that key, or nil.
func (p *pages) take(key pageKey) *content.Page {
	body := p.body(key)
	if body == nil {
		return nil
	}
	page := decodePage(body)
	if page != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.used[key] = p.old[key]
	}
	return page
}

// body returns the bytes of a record as they were written, or nil.
func (p *pages) body(key pageKey) []byte {
	record, ok := p.old[key]
	if !ok {
		return nil
	}
	body := record[recordHead-sha256.Size:]
	if sha256.Sum256(body) != pageKey(record[:sha256.Size]) {
		return nil
	}
	return body
}

func (p *pages) keep(key pageKey, body []byte) {
	sum := sha256.Sum256(body)
	record := slices.Concat(sum[:], fmt.Appendf(nil, "%08x", len(body)), body)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.used[key] = record
}

// save writes the pages that were asked for, if they are others than before.
// Without them the next build parses all: slower, and as right.
func (p *pages) save() {
	p.keep(p.heardKey(), encodeList(p.heard.list()))
	same := len(p.old) == len(p.used) && maps.EqualFunc(p.old, p.used, bytes.Equal)
	if p.program == "" || same {
		return
	}
	f, err := renameio.NewPendingFile(p.name, renameio.WithPermissions(0o644))
	if err != nil {
		return
	}
	defer f.Cleanup()
	if p.write(f) == nil {
		_ = f.CloseAtomicallyReplace()
	}
}

func (p *pages) write(w io.Writer) error {
	keys := slices.SortedFunc(maps.Keys(p.used), func(a, b pageKey) int { return bytes.Compare(a[:], b[:]) })
	for _, key := range keys {
		if _, err := w.Write(slices.Concat(key[:], p.used[key])); err != nil {
			return err
		}
	}
	return nil
}

// program names the running kb for what is kept from one build to the next: a
// release by its version, any other by the size and time of its file. It is ""
// if there is no telling.
func program() string {
	b := newBuild()
	if strings.HasPrefix(b.Version, "v") && !strings.Contains(b.Version, "+") {
		return b.Version + " " + b.Platform + " " + b.Go
	}
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(self)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s %d %d", b.Version, info.Size(), info.ModTime().UnixNano())
}
