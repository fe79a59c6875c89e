package index

import (
	"fmt"
	"html/template"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
	"github.com/google/go-cmp/cmp"

	"kb/content"
	"kb/index/lang"
)

// TestLikeStockBuilder indexes a corpus with bleve.NewBuilder too, and holds
// that both indexes have the same terms, frequencies, lengths and stored
// values for every entry: the own writer orders what bleve writes and changes
// nothing else, and the own analysis is that of the mapping.
func TestLikeStockBuilder(t *testing.T) {
	for name, c := range map[string]*content.Corpus{"passkeys": passkeys(), "tongues": tongues(), "generated": generated(500)} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustBuild(t, filepath.Join(dir, "own"), c, withChunk(100), withMemo(300))
			stockBuild(t, filepath.Join(dir, "stock"), c)
			own := mustOpen(t, filepath.Join(dir, "own")).Segment()
			stock := stockSegment(t, filepath.Join(dir, "stock"))
			if diff := cmp.Diff(stored(t, stock), stored(t, own)); diff != "" {
				t.Error("stored values (-stock +own):\n" + diff)
			}
			for _, field := range []string{"_id", Question, Alias, Answer, Headings, InSection, Lang, Tag} {
				if diff := cmp.Diff(postings(t, stock, field), postings(t, own, field)); diff != "" {
					t.Errorf("%s (-stock +own):\n%s", field, diff)
				}
			}
		})
	}
}

// tongues is a corpus in several languages.
func tongues() *content.Corpus {
	page := &content.Page{Path: "tongues.md"}
	for tag, texts := range map[string][2]string{
		"ja": {"パスキーとは何ですか。", "ﾊﾟｽﾜｰﾄﾞの代わりです。東京 key"},
		"zh": {"什么是通行密钥？", "它代替密码。"},
		"it": {"Cos'è una passkey?", "L’accesso senza password."},
		"ar": {"ما هو مفتاح المرور؟", "هو بديل لكلمة المرور."},
		"ru": {"Что такое ключ доступа?", "Он заменяет пароль."},
		"vi": {"Khóa truy cập là gì?", "Nó thay cho mật khẩu."},
	} {
		e := &content.Entry{Question: texts[0], Lang: tag}
		e.Answer.Text, e.Answer.HTML = texts[1], template.HTML(texts[1])
		page.Entries = append(page.Entries, e)
	}
	return content.NewCorpus(content.Site{}, []*content.Page{page})
}

// TestPlainBleveSearches opens an index as any bleve program would, and holds
// that it finds every term of every field in the entries that have it, that
// its analysis is that of the index, and that it changes nothing.
func TestPlainBleveSearches(t *testing.T) {
	for name, c := range map[string]*content.Corpus{"passkeys": passkeys(), "tongues": tongues(), "generated": generated(100)} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustBuild(t, dir, c)
			before := tree(t, dir)
			own := mustOpen(t, dir)
			idx := inBleve(t, own.dir)
			if n, err := idx.DocCount(); err != nil || n != uint64(len(c.Entries)) {
				t.Errorf("%d documents, %v; want %d", n, err, len(c.Entries))
			}
			for _, field := range []string{Question, Alias, Answer, Headings, InSection, Lang, Tag} {
				for term, want := range having(t, own.Segment(), field) {
					q := bleve.NewTermQuery(term)
					q.SetField(field)
					if diff := cmp.Diff(want, hits(t, idx, q)); diff != "" {
						t.Errorf("%s %s (-own +bleve):\n%s", field, term, diff)
					}
				}
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Error("files (-before +after):\n" + diff)
			}
		})
	}
}

// TestPlainBleveAnalyzes holds that the mapping in an index is of use to any
// bleve program.
func TestPlainBleveAnalyzes(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, passkeys())
	q := bleve.NewMatchQuery("syncing")
	q.SetField(Answer)
	q.Analyzer = stemAnalyzer(lang.Of("en"))
	got := hits(t, inBleve(t, mustOpen(t, dir).dir), q)
	if diff := cmp.Diff([]string{"what-s-a-multi-device-credential"}, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

// inBleve opens the index in a folder as any bleve program would.
func inBleve(t *testing.T, path string) bleve.Index {
	t.Helper()
	idx, err := bleve.OpenUsing(path, map[string]any{"read_only": true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { idx.Close() })
	return idx
}

// hits returns the ids of all documents that match, in order.
func hits(t *testing.T, idx bleve.Index, q query.Query) []string {
	t.Helper()
	r, err := idx.Search(bleve.NewSearchRequestOptions(q, 1000, 0, false))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	slices.Sort(ids)
	return ids
}

// having returns the ids of the documents that have each term of a field, in
// order.
func having(t *testing.T, s segment.Segment, field string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for key := range postings(t, s, field) {
		end := strings.LastIndexByte(key, ' ')
		all[key[:end]] = append(all[key[:end]], key[end+1:])
	}
	for _, ids := range all {
		slices.Sort(ids)
	}
	return all
}

func stockSegment(t *testing.T, path string) segment.Segment {
	advanced, err := inBleve(t, path).Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := advanced.Reader()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r.(*scorch.IndexSnapshot).Segments()[0].Segment()
}

// stored returns the stored values of each document by its id.
func stored(t *testing.T, s segment.Segment) map[string]string {
	t.Helper()
	all := map[string]string{}
	for doc := range s.Count() {
		var value string
		err := s.VisitStoredFields(doc, func(field string, typ byte, v []byte, _ []uint64) bool {
			value += fmt.Sprintf("%s %c %s\n", field, typ, v)
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		all[id(t, s, doc)] = value
	}
	return all
}

func id(t *testing.T, s segment.Segment, doc uint64) string {
	t.Helper()
	id, err := s.DocID(doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(id)
}

// postings returns the frequency and the length of the field for each term and
// the id of each document that has it.
func postings(t *testing.T, s segment.Segment, field string) map[string]string {
	t.Helper()
	d, err := s.Dictionary(field)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	terms := d.AutomatonIterator(nil, nil, nil)
	for {
		term, err := terms.Next()
		if err != nil {
			t.Fatal(err)
		}
		if term == nil {
			return all
		}
		list, err := d.PostingsList([]byte(term.Term), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for it := list.Iterator(true, true, false, nil); ; {
			p, err := it.Next()
			if err != nil {
				t.Fatal(err)
			}
			if p == nil {
				break
			}
			all[term.Term+" "+id(t, s, p.Number())] = fmt.Sprint(p.Frequency(), " of ", p.(*zap.Posting).NormUint64())
		}
	}
}

// stockBuild indexes c with bleve's own builder and the same mapping.
func stockBuild(tb testing.TB, path string, c *content.Corpus) {
	tb.Helper()
	m, err := newMapping(languagesOf(c))
	if err != nil {
		tb.Fatal(err)
	}
	b, err := bleve.NewBuilder(path, m, map[string]any{"buildPathPrefix": filepath.Dir(path)})
	if err != nil {
		tb.Fatal(err)
	}
	secs := newSections()
	for _, e := range placed(c) {
		secs.add(e.Section)
		r := newRecord(e, secs.slugsOf(e.Section), c.Site.Lang())
		r.Entry = string(appendEntry(nil, e))
		if err := b.Index(r.id, r); err != nil {
			tb.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		tb.Fatal(err)
	}
}
