package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

const (
	manifestFile = "kb.json"
	sectionsFile = "sections.json"
	wordsFile    = "words.fst"
)

// MaxManifest is the size in bytes above which a manifest is refused: a
// thousand times that of a large site.
const MaxManifest = 4 << 20

// A manifest is the file kb.json. Its SHA-256 is the digest of the generation:
// it names the digest of every other file and holds nothing of when or where
// the generation was built.
type manifest struct {
	Info
	Files  map[string]fileSum `json:"files"` // slash-separated path in the generation
	digest string             // hex
}

// A fileSum is what a file must be like.
type fileSum struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// writeManifest writes the manifest of the generation in dir.
func writeManifest(dir string, info Info) error {
	m := manifest{Info: info, Files: map[string]fileSum{}}
	for _, name := range files() {
		full := filepath.Join(dir, filepath.FromSlash(name))
		sum, err := sumFile(full)
		if err != nil {
			return err
		}
		if err := os.Chtimes(full, sum.stamp(), sum.stamp()); err != nil {
			return err
		}
		m.Files[name] = sum
	}
	return writeJSON(filepath.Join(dir, manifestFile), m)
}

// files lists the files of a generation besides its manifest, the smallest
// first; modelFile is a digest alone where the model ships with kb.
func files() []string {
	return []string{metaFile, sectionsFile, wordsFile, questionsFile, vectorsFile, path.Join(storeDir, rootFile), path.Join(storeDir, segmentFile), modelFile}
}

// sumChunk is how much of a file is read at a time, in bytes: enough for a
// large one, and a small one takes no more memory than it needs.
const sumChunk = 32 << 10

func sumFile(name string) (fileSum, error) {
	f, err := os.Open(name)
	if err != nil {
		return fileSum{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fileSum{}, err
	}
	h := sha256.New()
	n, err := io.CopyBuffer(h, struct{ io.Reader }{f}, make([]byte, min(sumChunk, info.Size()+1)))
	return fileSum{n, hex.EncodeToString(h.Sum(nil))}, err
}

func writeJSON(name string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(data, '\n'), 0o644)
}

// A generation is the folder of one.
type generation string

const (
	generationPrefix = "gen-"
	tmpPrefix        = ".kb-building-" // nobody's file but a builder's, in a folder that people may share
	nameDigits       = 16              // of the digest in the name of a generation
)

func generationName(digest string) string { return generationPrefix + digest[:nameDigits] }

// A care says how much of a generation to read in order to know it intact.
type care int

const (
	quickly care = iota // the small files, and the others unless they bear their stamp
	fully               // every byte
)

// smallFile is the size in bytes up to which a file is always read, which takes
// next to no time: the index of a small site is, all of it. root.bolt, which
// only bleve reads, is larger in every index.
const smallFile = 32 << 10

// stamp returns the time of last change that a builder gives to a file: not
// when it was written, but a mark of what is in it. Whoever writes to the file
// later, or copies it without its times, removes the mark. Microseconds are as
// fine as every file system can keep.
func (f fileSum) stamp() time.Time {
	h := fnv.New32a()
	io.WriteString(h, f.SHA256)
	return time.Date(2000, 1, 1, 0, 0, 0, int(h.Sum32()%1e6)*1e3, time.UTC)
}

// check reads the manifest and compares the files with it.
func (g generation) check(c care) (manifest, error) {
	m, err := g.manifest()
	if err != nil {
		return m, err
	}
	for _, name := range files() {
		if err := g.checkFile(name, m.Files[name], c); err != nil {
			return m, damaged(name, err)
		}
	}
	return m, nil
}

func (g generation) manifest() (manifest, error) {
	var m manifest
	data, err := readLimited(filepath.Join(string(g), manifestFile))
	if err != nil {
		return m, damaged(filepath.Join(filepath.Base(string(g)), manifestFile), bare(err))
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, damaged(manifestFile, err)
	}
	if m.Format != Format {
		return m, fmt.Errorf("%w: it is %d and this kb reads %d; kb index builds it anew", ErrFormat, m.Format, Format)
	}
	sum := sha256.Sum256(data)
	m.digest = hex.EncodeToString(sum[:])
	base := filepath.Base(string(g))
	if strings.HasPrefix(base, generationPrefix) && base != generationName(m.digest) {
		return m, damaged(manifestFile, fmt.Errorf("it is not the one of %s", base))
	}
	return m, nil
}

func readLimited(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxManifest+1))
	if len(data) > MaxManifest {
		return nil, fmt.Errorf("larger than %d bytes", MaxManifest)
	}
	return data, err
}

func (g generation) checkFile(name string, want fileSum, c care) error {
	full := filepath.Join(string(g), filepath.FromSlash(name))
	info, err := os.Stat(full)
	switch {
	case err != nil:
		return bare(err)
	case !info.Mode().IsRegular():
		return errors.New("not a regular file")
	case info.Size() != want.Size:
		return fmt.Errorf("%d bytes instead of %d", info.Size(), want.Size)
	case c == quickly && info.Size() > smallFile && info.ModTime().Equal(want.stamp()):
		return nil
	}
	got, err := sumFile(full)
	if err == nil && got != want {
		err = errors.New("its SHA-256 differs")
	}
	return bare(err)
}

// damaged returns the error for a file that err tells is not as it was built. A
// file that may not be read need not be damaged.
func damaged(name string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%s: %w", name, err)
	}
	return fmt.Errorf("%w: %s: %w", ErrCorrupt, name, err)
}

// bare strips the operation and path that package os puts into an error, which
// the caller names better.
func bare(err error) error {
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Err
	}
	return err
}
