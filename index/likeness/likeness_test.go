package likeness

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var entries = [][]string{
	{"what is a passkey", "passwordless credential"},
	{"how do i sign in"},
	{},
	{"what is a passkey"},
	{"passwordless login", "what is a passkey", "sign in"},
}

func written(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, entries); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func questions(t testing.TB) *Questions {
	t.Helper()
	q, err := Read(written(t))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestExact(t *testing.T) {
	q := questions(t)
	for key, want := range map[string][2][]uint32{
		"what is a passkey":       {{0, 3}, {4}},
		"passwordless credential": {nil, {0}},
		"how do i sign in":        {{1}, nil},
		"how do i sign":           {},
		"":                        {},
	} {
		own, aliases := q.Exact(key)
		if diff := cmp.Diff(want, [2][]uint32{own, aliases}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", key, diff)
		}
	}
}

func TestDice(t *testing.T) {
	q := questions(t)
	for _, c := range []struct {
		query string
		entry uint32
		want  float64
	}{
		{"what is a passkey", 0, 1},
		{"what is a passkey", 4, 1},
		{"sign in", 4, 1},
		{"sign in", 2, 0},
		{"sign", 4, 2 * 4. / (4 + 6)}, // " si sig ign gn " and those with " in in "
		{"xyz", 0, 0},
		{"", 0, 0},
	} {
		if got := q.Dice(NewQuery(c.query), c.entry); got != c.want {
			t.Errorf("%q to entry %d: %f, want %f", c.query, c.entry, got, c.want)
		}
	}
}

func TestGramsOfLetters(t *testing.T) {
	for key, want := range map[string]int{"": 0, "a": 1, "語": 1, "été": 3, "a a": 1, "  a  b ": 2} {
		if got := len(GramsOf(key)); got != want {
			t.Errorf("%q: %d trigrams, want %d", key, got, want)
		}
	}
}

func TestDamaged(t *testing.T) {
	good := written(t)
	for n := range good {
		if _, err := Read(good[:n]); !errors.Is(err, ErrFile) {
			t.Fatalf("first %d bytes: %v", n, err)
		}
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x80
		q, err := Read(bad)
		if err != nil {
			continue
		}
		for e := range q.Entries() { // no panic
			q.Dice(NewQuery("what is a passkey"), uint32(e))
		}
		q.Exact("what is a passkey")
	}
}

func FuzzGrams(f *testing.F) {
	f.Add("what is a passkey")
	f.Add("\xff \x80")
	f.Fuzz(func(t *testing.T, key string) {
		if GramsOf(key) == nil {
			return
		}
		var b bytes.Buffer
		if err := Write(&b, [][]string{{key}}); err != nil {
			t.Fatal(err)
		}
		q, err := Read(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if d := q.Dice(NewQuery(key), 0); d != 1 {
			t.Errorf("%q is %f like itself", key, d)
		}
	})
}
