package search

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestFeatures(t *testing.T) {
	if os.Getenv("FEAT") == "" {
		t.Skip()
	}
	out, _ := os.Create(os.Getenv("FEAT"))
	defer out.Close()
	names := strings.Split("stackfaq,covidfaq,zoomcamp,medquad,clinc150,hint3-curekart,hint3-sofmattress", ",")
	type q struct{ id, text string }
	qs := map[string][]q{}
	rel := map[string]map[string]map[string]bool{}
	for _, n := range names {
		f, _ := os.Open("/work/shared/relevance/" + n + "/topics.tsv")
		sc := bufio.NewScanner(f)
		for sc.Scan() {
			id, text, _ := strings.Cut(sc.Text(), "\t")
			qs[n] = append(qs[n], q{id, text})
		}
		f, _ = os.Open("/work/shared/relevance/" + n + "/qrels.tsv")
		sc = bufio.NewScanner(f)
		rel[n] = map[string]map[string]bool{}
		for sc.Scan() {
			p := strings.Fields(sc.Text())
			if p[3] == "0" {
				continue
			}
			if rel[n][p[0]] == nil {
				rel[n][p[0]] = map[string]bool{}
			}
			rel[n][p[0]][p[2]] = true
		}
	}
	for _, corpus := range names {
		s := open(t, "/tmp/ix/"+corpus)
		for _, from := range names {
			step := max(1, len(qs[from])/150)
			if from == corpus {
				step = max(1, len(qs[from])/500)
			}
			for i := 0; i < len(qs[from]); i += step {
				x := qs[from][i]
				a, err := s.answer(t.Context(), Query{Text: x.text, Limit: 10})
				if err != nil {
					t.Fatal(err)
				}
				if len(a.matches) == 0 {
					fmt.Fprintf(out, "%s\t%s\t%s\t0\t0\t0\t0\t0\t0\t0\t0\n", corpus, from, x.id)
					continue
				}
				m := a.matches[0]
				sig := a.signals[m.Doc]
				id, _ := s.snapshot.Segment().DocID(uint64(m.Doc))
				right, in10 := 0, 0
				if from == corpus {
					for k, mm := range a.matches {
						id, _ := s.snapshot.Segment().DocID(uint64(mm.Doc))
						if rel[from][x.id][string(id)] {
							in10 = 1
							if k == 0 {
								right = 1
							}
						}
					}
				}
				_ = id
				second := 0.0
				if len(a.matches) > 1 {
					second = a.matches[1].Score
				}
				known := 0.0
				unk := 0
				for _, w := range a.reading.words[:a.reading.typed] {
					if !w.known {
						unk++
					}
				}
				known = float64(unk) / float64(max(1, a.reading.typed))
				ideal := 0.0
				fmt.Fprintf(out, "%s\t%s\t%s\t%d\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%d\n", corpus, from, x.id, right, in10, m.Coverage, sig.words, sig.likeness, sig.cosine, m.Score, second/m.Score, known, a.reading.typed)
				_ = ideal
			}
		}
	}
}
