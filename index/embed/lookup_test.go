package embed

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "rewrite model/kb64.kbl")

// TestShippedLookup holds that the lookup that ships is what a walk through
// the model finds. With -update it writes it.
func TestShippedLookup(t *testing.T) {
	m, err := Read(shipped, ShippedDigest)
	if err != nil {
		t.Fatal(err)
	}
	walked := m.lookup.bytes(m)
	if *update {
		if err := os.WriteFile("model/kb64.kbl", walked, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(shippedLookup, walked) {
		t.Error("model/kb64.kbl is not of model/kb64.kbv: make it with -update")
	}
}

func TestSigns(t *testing.T) {
	m := model(t)
	for i := range m.rows {
		row, k := i/m.dim, i%m.dim
		if negative := int8(m.rows[i]) < 0; negative != (m.lookup.signs[8*row*m.words()+k/8]>>(k%8)&1 == 1) {
			t.Fatalf("row %d, dimension %d", row, k)
		}
	}
}

func TestDamagedLookup(t *testing.T) {
	m := model(t)
	for _, n := range []int{0, 3, 4, 35, 36, 43, 44, 1000, len(shippedLookup) - 1} {
		if _, err := readLookup(shippedLookup[:n], m); !errors.Is(err, ErrModel) {
			t.Errorf("first %d bytes: %v", n, err)
		}
	}
	other, err := read(shipped, "sha256:00")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readLookup(shippedLookup, other); !errors.Is(err, ErrModel) {
		t.Errorf("with another model: %v", err)
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		if _, err := Read(shipped, ShippedDigest); err != nil {
			b.Fatal(err)
		}
	}
}
