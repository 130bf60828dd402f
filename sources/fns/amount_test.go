package fns

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
)

// TestSumsAreExact holds sums of random amounts against exact fractions,
// rounded halves away from zero.
func TestSumsAreExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2))
	of, _ := setOf("paytax")
	at := &stamp{}
	if err := at.of("31.12.2025"); err != nil {
		t.Fatal(err)
	}
	for range 3000 {
		d := document{}
		exact := new(big.Rat)
		for range 1 + rng.IntN(30) {
			text := randomAmount(rng)
			amount, ok := new(big.Rat).SetString(text)
			if !ok {
				t.Fatalf("%q is no amount", text)
			}
			exact.Add(exact, amount)
			d.payload++
			d.texts, d.labels = append(d.texts, text), append(d.labels, "А")
		}
		figures, err := of.figures(&d, at)
		if err != nil {
			t.Fatalf("%q: %v", d.texts, err)
		}
		if got, want := figures[0].fact().Value, exact.FloatString(0); got != want {
			t.Errorf("%q make %s, want %s", d.texts, got, want)
		}
	}
}

// randomAmount is of any size, with two, one or no digits after the dot; many
// end in a half.
func randomAmount(rng *rand.Rand) string {
	n := rng.Int64N(1 << (1 + rng.IntN(44)))
	switch rng.IntN(5) {
	case 0:
		return strconv.FormatInt(n, 10)
	case 1:
		return fmt.Sprintf("%d.%d", n, rng.IntN(10))
	case 2:
		return fmt.Sprintf("%d.50", n)
	default:
		return fmt.Sprintf("%d.%02d", n, rng.IntN(100))
	}
}

// FuzzKopecks: what is read is exactly what is written, in bounds; everything
// else is refused as of another form.
func FuzzKopecks(f *testing.F) {
	for _, s := range []string{"0.00", "12.5", "999999999999999.99", "-1.00", "1,00", "1e5", ".5", "5.", "", "٣.00", "0x10"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := parseKopecks(s)
		if err != nil {
			if !errors.Is(err, errForm) {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		exact, ok := new(big.Rat).SetString(s)
		if !ok || exact.Cmp(big.NewRat(n, 100)) != 0 || n < 0 || n > kopecksMax {
			t.Errorf("%q is read as %d kopecks", s, n)
		}
	})
}
