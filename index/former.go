package index

import (
	"crypto/sha256"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"kb/index/likeness"
)

// Again makes Build take what the live generation has of unchanged entries,
// if the program of that name built it. The name must tell programs apart that
// make other documents of an entry. The bytes are those of any other build.
func Again(program string) Option { return func(b *builder) { b.program = program } }

// makerFile says which program built which generation. It is beside the
// generations, whose bytes do not depend on it.
const makerFile = ".kb-maker"

// A former is the live generation as a source of documents.
type former struct {
	*Snapshot
	same []int // of each entry of the corpus, its document there, or none
	kept []int // the same without those that stand in another order
	used int   // of kept that are taken over
}

const none = -1

// openFormer returns the live generation if documents of it can be used, or
// nil. Every byte of it is checked: damage must not become part of a new one.
func (b *builder) openFormer() *former {
	gen, err := liveGeneration(b.dir)
	if err != nil || b.program == "" {
		return nil
	}
	maker, err := os.ReadFile(filepath.Join(b.dir, makerFile))
	if err != nil || string(maker) != makerLine(filepath.Base(string(gen)), b.program) {
		return nil
	}
	s, err := gen.open(fully)
	if err != nil {
		return nil
	}
	m := s.manifest
	if m.Version != b.info.Version || m.Model != b.info.Model || m.Site.Lang() != b.info.Site.Lang() {
		s.Close()
		return nil
	}
	return &former{Snapshot: s}
}

// close frees the former, if there is one.
func (f *former) close() {
	if f != nil {
		f.Close()
	}
}

// sign notes that the program built the generation of that name.
func (b *builder) sign(gen string) error {
	name := filepath.Join(b.dir, makerFile)
	if b.program == "" {
		return nil // the name in the file is that of another generation
	}
	return os.WriteFile(name, []byte(makerLine(gen, b.program)), 0o644)
}

func makerLine(gen, program string) string { return gen + " " + program + "\n" }

// compare finds the entries that are there already: the same in all that is
// stored, and with the same slugs of their sections.
func (f *former) compare(b *builder) {
	f.same = slices.Repeat([]int{none}, len(b.entries))
	defer func() { f.kept = rising(f.same) }()
	docs, err := f.documents()
	if err != nil {
		return
	}
	then, err := f.Sections()
	if err != nil {
		return
	}
	steady := steady(b.sections.all, then)
	for i, e := range b.entries {
		if len(e.Section) > 0 && !steady[sectionKey(e.Section)] {
			continue
		}
		if doc, ok := docs[documentKey(e.ID, appendEntry(nil, e))]; ok {
			f.same[i] = doc
		}
	}
}

// documents returns the number of each document by what is in it.
func (f *former) documents() (map[[sha256.Size]byte]int, error) {
	docs := make(map[[sha256.Size]byte]int, f.segment.Count())
	for doc := range f.segment.Count() {
		var id string
		err := f.segment.VisitStoredFields(doc, func(field string, _ byte, value []byte, _ []uint64) bool {
			switch field {
			case "_id":
				id = string(value)
			case EntryField:
				docs[documentKey(id, value)] = int(doc)
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return docs, nil
}

func documentKey(id string, entry []byte) [sha256.Size]byte {
	return sha256.Sum256(append([]byte(id+"\x00"), entry...))
}

// steady returns the sections whose slug, and that of all around them, is as
// it was.
func steady(now []*Section, then []Section) map[string]bool {
	slugs := make(map[string]string, len(then))
	for _, s := range then {
		slugs[sectionKey(s.Path)] = s.Slug
	}
	all := make(map[string]bool, len(now))
	for _, s := range now { // the outer one comes before those in it
		outer := s.Path[:len(s.Path)-1]
		all[sectionKey(s.Path)] = slugs[sectionKey(s.Path)] == s.Slug && (len(outer) == 0 || all[sectionKey(outer)])
	}
	return all
}

func sectionKey(path []string) string { return strings.Join(path, "\x00") }

// rising returns a longest part of the numbers that rises, in its places, and
// none elsewhere. Fredman: On Computing the Length of Longest Increasing
// Subsequences, Discrete Mathematics 11(1), 1975.
func rising(numbers []int) []int {
	var ends []int // place of the least last number of the parts of each length
	before := make([]int, len(numbers))
	for i, n := range numbers {
		if n == none {
			continue
		}
		length, _ := slices.BinarySearchFunc(ends, n, func(end, n int) int { return numbers[end] - n })
		before[i] = none
		if length > 0 {
			before[i] = ends[length-1]
		}
		if length == len(ends) {
			ends = append(ends, i)
			continue
		}
		ends[length] = i
	}
	kept := slices.Repeat([]int{none}, len(numbers))
	if len(ends) == 0 {
		return kept
	}
	for i := ends[len(ends)-1]; i != none; i = before[i] {
		kept[i] = numbers[i]
	}
	return kept
}

// maxRuns is the number of pieces that are taken from the live generation at
// most. Each costs a walk through its dictionary.
const maxRuns = 6

// pieces returns those of the corpus: the longest runs of entries that are
// there already, and what is new between them. Where less than half is there,
// it returns all, which are new, and nothing is kept.
func (f *former) pieces(all []piece, b *builder) []piece {
	runs := f.runs()
	slices.SortFunc(runs, func(a, b piece) int { return (b.hi - b.lo) - (a.hi - a.lo) })
	runs = runs[:min(len(runs), maxRuns)]
	slices.SortFunc(runs, func(a, b piece) int { return a.lo - b.lo })
	kept := slices.Repeat([]int{none}, len(f.kept))
	f.used = 0
	for _, r := range runs {
		copy(kept[r.lo:r.hi], f.kept[r.lo:r.hi])
		f.used += r.hi - r.lo
	}
	if 2*f.used < len(f.kept) {
		f.kept, f.used = slices.Repeat([]int{none}, len(f.kept)), 0
		return all
	}
	f.kept = kept
	var pieces []piece
	end := 0
	for _, r := range runs {
		pieces = append(b.chunks(pieces, end, r.lo), piece{r.lo, r.hi, f.drop(kept[r.lo:r.hi])})
		end = r.hi
	}
	return b.chunks(pieces, end, len(kept))
}

// runs returns the entries that stand in a row and are there.
func (f *former) runs() []piece {
	var runs []piece
	for i, doc := range f.kept {
		switch {
		case doc == none:
		case i > 0 && f.kept[i-1] != none:
			runs[len(runs)-1].hi = i + 1
		default:
			runs = append(runs, piece{lo: i, hi: i + 1})
		}
	}
	return runs
}

// drop returns all documents but those. It adds one by one: of ranges, roaring
// makes containers that take it five times as long to drop a posting by.
func (f *former) drop(docs []int) *roaring.Bitmap {
	stays := make([]bool, f.segment.Count())
	for _, doc := range docs {
		if doc != none {
			stays[doc] = true
		}
	}
	all := roaring.New()
	for doc, stays := range stays {
		if !stays {
			all.Add(uint32(doc))
		}
	}
	return all
}

// gone returns an indexer that has discounted the entries which are not taken
// over.
func (f *former) gone(memo int) (*indexer, error) {
	m, err := newMapping(f.manifest.Languages)
	if err != nil {
		return nil, err
	}
	x := newIndexer(m, f.manifest.Site.Lang(), memo)
	x.one = math.MaxUint64 // less one
	for n, doc := range f.drop(f.kept).ToArray() {
		e, err := f.EntryAt(uint64(doc))
		if err != nil {
			return nil, err
		}
		if _, err := x.document(n+1, e, nil); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// vectors returns the file of vectors of the live generation, and of each entry
// of the corpus the one there that has the same.
func (f *former) vectors() ([]byte, []int) {
	if f == nil {
		return nil, nil
	}
	file, err := f.mapped(vectorsFile)
	if err != nil {
		return nil, nil // then they are made anew
	}
	return file, f.same
}

// questions returns those of the live generation, and of each entry of the
// corpus the one there that has the same.
func (f *former) questions() (*likeness.Questions, []int) {
	if f == nil {
		return nil, nil
	}
	q, err := f.Questions()
	if err != nil {
		return nil, nil // then they are made anew
	}
	return q, f.same
}
