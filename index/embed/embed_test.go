package embed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func model(t testing.TB) *Model {
	t.Helper()
	m, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestShippedDigest(t *testing.T) {
	sum := sha256.Sum256([]byte(shipped))
	if got := "sha256:" + hex.EncodeToString(sum[:]); got != ShippedDigest {
		t.Errorf("digest %s, the constant says %s", got, ShippedDigest)
	}
}

func TestVocabulary(t *testing.T) {
	m := model(t)
	var stem []byte
	at := 0
	for i := range m.stems {
		stem, at = m.follow(stem, at)
		if row := m.row(string(stem)); row != i {
			t.Fatalf("row of %q is %d, want %d", stem, row, i)
		}
	}
	for _, s := range []string{"", "!", "zzzzzz", "passkeyx", "\xff", "~"} {
		if m.Knows(s) {
			t.Errorf("knows %q", s)
		}
	}
}

func TestStems(t *testing.T) {
	got := Stems("What’s the user's  “PIN-codes”, don't 'quote' naïve über x" + string(bytes.Repeat([]byte("a"), 30)))
	want := []string{"what", "the", "user", "pin", "code", "dont", "quot", "na", "ve", "ber"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func dot(a, b []float32) float64 {
	var s float64
	for i := range a {
		s += float64(a[i]) * float64(b[i])
	}
	return s
}

func TestMeaning(t *testing.T) {
	m := model(t)
	for _, c := range []struct{ query, near, far string }{
		{"lost my phone", "account recovery", "change billing address"},
		{"get my money back", "request a refund", "opening hours"},
		{"sign in", "log in to your account", "delete a file"},
	} {
		q, near, far := m.Embed(Stems(c.query)), m.Embed(Stems(c.near)), m.Embed(Stems(c.far))
		if dot(q, near) <= dot(q, far) {
			t.Errorf("%q: %.3f to %q, %.3f to %q", c.query, dot(q, near), c.near, dot(q, far), c.far)
		}
		if math.Abs(dot(q, q)-1) > 1e-5 {
			t.Errorf("%q: length %f", c.query, dot(q, q))
		}
	}
	if v := m.Embed([]string{"qqqq"}); v != nil {
		t.Errorf("vector %v of an unknown word", v)
	}
}

var texts = []Text{
	{Questions: []string{"How do I get a refund?", "Can I have my money back?"}, Answer: "Write to us within 30 days. We send the money back to the card that you paid with, less the postage.\nGifts are returned to who gave them."},
	{},
	{Questions: []string{"When are you open?"}, Answer: "From nine to five."},
}

func written(t testing.TB, m *Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, m, texts); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestVectors(t *testing.T) {
	m := model(t)
	v, err := ReadVectors(written(t, m), m)
	if err != nil {
		t.Fatal(err)
	}
	var first [2][]uint32
	for entry := range uint32(v.Entries() + 1) {
		first[0] = append(first[0], v.questions.first.at(entry))
		first[1] = append(first[1], v.answers.first.at(entry))
	}
	if diff := cmp.Diff([2][]uint32{{0, 2, 2, 3}, {0, 1, 1, 2}}, first); diff != "" {
		t.Error(diff)
	}
	q := NewQuery(m.Embed(Stems("When are you open?")))
	if c := v.Cosine(q, 2); math.Abs(c-1) > 0.01 {
		t.Errorf("cosine %f with itself", c)
	}
	if c := v.Cosine(q, 1); c != 0 {
		t.Errorf("cosine %f with nothing", c)
	}
	if near := Best(v.Nearest(q, 1), 1); len(near) == 0 || near[0].Entry != 2 {
		t.Errorf("candidates %v", near)
	}
}

// TestNearest holds that answers find entries where there are few, and the
// questions do everywhere.
func TestNearest(t *testing.T) {
	m := model(t)
	few := texts
	many := slices.Repeat(texts, fewAnswers)
	for _, c := range []struct {
		texts []Text
		query string
		finds bool
	}{
		{few, "We send the card the money that you paid, less postage.", true},
		{many, "We send the card the money that you paid, less postage.", false},
		{few, "Can I have my money back?", true},
		{many, "Can I have my money back?", true},
	} {
		var data bytes.Buffer
		if err := Write(&data, m, c.texts); err != nil {
			t.Fatal(err)
		}
		v, err := ReadVectors(data.Bytes(), m)
		if err != nil {
			t.Fatal(err)
		}
		near := v.Nearest(NewQuery(m.Embed(Stems(c.query))), 1)
		best := Best(near, 1)[0]
		if finds := best.Entry%uint32(len(texts)) == 0 && best.Cosine > 0.7; finds != c.finds {
			t.Errorf("%q in %d entries: %v, want found %t", c.query, len(c.texts), best, c.finds)
		}
		if !slices.IsSortedFunc(near, func(a, b Near) int { return int(a.Entry) - int(b.Entry) }) {
			t.Errorf("%q in %d entries: out of order", c.query, len(c.texts))
		}
	}
}

func TestDamagedVectors(t *testing.T) {
	m := model(t)
	good := written(t, m)
	for n := range good {
		if _, err := ReadVectors(good[:n], m); !errors.Is(err, ErrVectors) {
			t.Fatalf("first %d bytes: %v", n, err)
		}
	}
	for i := range len(vectorsMagic) + digestSize + 4*8 {
		bad := bytes.Clone(good)
		bad[i] ^= 0x40
		if _, err := ReadVectors(bad, m); !errors.Is(err, ErrVectors) {
			t.Errorf("byte %d damaged: %v", i, err)
		}
	}
}

func TestDamagedModel(t *testing.T) {
	for _, n := range []int{0, 3, 15, 16, 1000, len(shipped) - 1} {
		if _, err := Read(shipped[:n], ""); !errors.Is(err, ErrModel) {
			t.Errorf("first %d bytes: %v", n, err)
		}
	}
	for i := 4; i < 400; i++ {
		bad := []byte(shipped)
		bad[i] ^= 0x80
		m, err := Read(string(bad), "")
		if err != nil {
			continue
		}
		m.Knows("passkey") // no panic
	}
}

func BenchmarkShipped(b *testing.B) {
	for b.Loop() {
		if _, err := Shipped(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQuery(b *testing.B) {
	m := model(b)
	for b.Loop() {
		m.Embed(Stems("how do i get back into my account after losing my phone"))
	}
}

func BenchmarkNearest(b *testing.B) {
	m := model(b)
	many := make([]Text, 10_000)
	for i := range many {
		many[i] = texts[i%3*2%3]
	}
	var data bytes.Buffer
	if err := Write(&data, m, many); err != nil {
		b.Fatal(err)
	}
	v, err := ReadVectors(data.Bytes(), m)
	if err != nil {
		b.Fatal(err)
	}
	q := NewQuery(m.Embed(Stems("how do i get back into my account after losing my phone")))
	for b.Loop() {
		v.Nearest(q, 1000)
	}
}

func TestRelated(t *testing.T) {
	m := model(t)
	for stem, want := range map[string]string{"phone": "telephon", "buy": "purchas"} {
		found := false
		for _, r := range m.Related(stem, 0.5) {
			found = found || r.Stem == want
			exact := dot(m.Embed([]string{stem}), m.Embed([]string{r.Stem}))
			if math.Abs(exact-r.Cosine) > 1e-4 {
				t.Errorf("%s and %s: %f, their vectors say %f", stem, r.Stem, r.Cosine, exact)
			}
		}
		if !found {
			t.Errorf("%s: %v, want %s among them", stem, m.Related(stem, 0.5), want)
		}
	}
	if r := m.Related("qqqq", 0); r != nil {
		t.Errorf("related to an unknown stem: %v", r)
	}
}

func BenchmarkRelated(b *testing.B) {
	m := model(b)
	for b.Loop() {
		m.Related("phone", 0.5)
	}
}
