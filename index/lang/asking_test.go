package lang

import "testing"

func TestAsks(t *testing.T) {
	for _, c := range []struct {
		base, word string
		want       Asking
	}{
		{"en", "where", Kind}, {"en", "how", Manner}, {"en", "what", Nothing}, {"en", "", Nothing},
		{"de", "wann", Kind}, {"de", "welche", Manner}, {"fr", "qui", Nothing}, {"it", "perche", Kind}, {"ja", "where", Nothing},
	} {
		if got := Asks(c.base, c.word); got != c.want {
			t.Errorf("Asks(%s, %s) = %d, want %d", c.base, c.word, got, c.want)
		}
	}
}
