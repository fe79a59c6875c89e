package search

import "fmt"

// why says in words how the query was read.
func (r *reading) why() []string {
	var lines []string
	for _, w := range r.words {
		for _, a := range w.alternatives {
			if line := a.why(w); line != "" {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

func (a alternative) why(w word) string {
	switch a.how {
	case asPrefix:
		return fmt.Sprintf("%s read as the start of %s", w.text, a.text)
	case asSpelling, asSplit:
		return fmt.Sprintf("%s read as %s", w.text, a.text)
	case asRelated:
		return fmt.Sprintf("%s is near in meaning to %s", a.text, w.text)
	case asJoined:
		return fmt.Sprintf("two words read as %s", a.text)
	}
	return ""
}
