package search

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestConf2(t *testing.T) {
	if os.Getenv("FEAT") == "" {
		t.Skip()
	}
	names := strings.Split("stackfaq,covidfaq,zoomcamp,medquad,clinc150,hint3-curekart,hint3-sofmattress", ",")
	for _, set := range []string{"", ".kw", ".typo"} {
		var keep, rej float64
		for _, corpus := range names {
			s := open(t, "/tmp/ix/"+corpus)
			tp, n1, tn, n2 := 0, 0, 0, 0
			for _, from := range names {
				b, _ := os.ReadFile("/work/shared/relevance/" + from + "/topics" + set + ".tsv")
				ls := strings.Split(string(b), "\n")
				step := max(1, len(ls)/100)
				for i := 0; i < len(ls); i += step {
					_, text, ok := strings.Cut(ls[i], "\t")
					if !ok {
						continue
					}
					a, _ := s.answer(t.Context(), Query{Text: text, Limit: 10})
					c := a.confidence() >= .5
					if from == corpus {
						n1++
						if c {
							tp++
						}
					} else {
						n2++
						if !c {
							tn++
						}
					}
				}
			}
			keep += float64(tp) / float64(n1) / 7
			rej += float64(tn) / float64(n2) / 7
		}
		fmt.Println(set, "own confident", keep, "foreign rejected", rej)
	}
}
