package company

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestParseINNCell(t *testing.T) {
	tests := []struct {
		in   string
		want INN
		err  error
	}{
		{"7707083893", "7707083893", nil},
		{"526317984689", "526317984689", nil},
		{" 7707083893\u00a0", "7707083893", nil},
		{"'7707083893", "7707083893", nil},
		{"7707083893.0", "7707083893", nil},
		{"7707083893,0", "7707083893", nil},
		{"105012345", "", ErrINNForm}, // 0105012345 does not pass
		{"106000540", "", ErrINNForm},
		{"266051268", "0266051268", nil}, // lost its zero
		{"266051268.0", "0266051268", nil},
		{"7707083894", "", ErrINNChecksum},
		{"526317984688", "", ErrINNChecksum},
		{"526317984699", "", ErrINNChecksum},
		{"0000000000", "", ErrINNZeros},
		{"000000000000", "", ErrINNZeros},
		{"000000000", "", ErrINNForm},
		{"00000000000", "", ErrINNForm},
		{"7,70708E+09", "", ErrINNForm},
		{"7.70708E+09", "", ErrINNForm},
		{"7707083893.5", "", ErrINNForm},
		{"77070838933", "", ErrINNForm},
		{"٧٧٠٧٠٨٣٨٩٣", "", ErrINNForm},
		{"77070 83893", "7707083893", nil},
		{"77 07 083893", "7707083893", nil},
		{" 7707\u00a0083\u00a0893 ", "7707083893", nil},
		{"7707\u202f083\u2009893", "7707083893", nil},
		{"5263 1798 4689", "526317984689", nil},
		{"77 07 083894", "", ErrINNChecksum},
		{"7707-083893", "", ErrINNForm},
		{"7707083893 77", "", ErrINNForm}, // a number and something else
		{"7707083893 526317984689", "", ErrINNForm},
		{"", "", ErrINNForm},
		{".0", "", ErrINNForm},
	}
	for _, tt := range tests {
		got, err := ParseINNCell(tt.in)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("ParseINNCell(%q) = %q, %v; want %q, %v", tt.in, got, err, tt.want, tt.err)
		}
	}
	if _, err := ParseINN("266051268"); !errors.Is(err, ErrINNForm) {
		t.Errorf("ParseINN restored a zero: %v", err)
	}
}

func TestINNLostZeroOfPerson(t *testing.T) {
	full := makeINN(t, "0105"+"123456", 12)
	got, err := ParseINNCell(strings.TrimPrefix(full, "0"))
	if err != nil || string(got) != full {
		t.Fatalf("got %q, %v; want %q", got, err, full)
	}
	if !got.Person() || got.RegionCode() != "01" {
		t.Errorf("Person %v, RegionCode %q", got.Person(), got.RegionCode())
	}
}

// makeINN adds control digits found by trying, not by the code under test.
func makeINN(t *testing.T, body string, length int) string {
	t.Helper()
	free := length - len(body)
	limit := 1
	for range free {
		limit *= 10
	}
	for n := range limit {
		s := fmt.Sprintf("%s%0*d", body, free, n)
		if _, err := ParseINN(s); err == nil {
			return s
		}
	}
	t.Fatalf("no control digits for %s", body)
	return ""
}

// A changed digit is caught unless sums modulo 11 of 0 and 10 share the
// control digit 0: that collision is the only way out, and it is rare.
func TestINNOneDigitChanged(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, length := range []int{10, 12} {
		caught, missed := 0, 0
		for range 2000 {
			body := fmt.Sprintf("%0*d", length-controlDigits(length), rng.Int64N(1e9-1)+1)
			inn := makeINN(t, body, length)
			at := rng.IntN(length)
			changed := []byte(inn)
			changed[at] = '0' + (changed[at]-'0'+byte(1+rng.IntN(9)))%10
			if _, err := ParseINN(string(changed)); err != nil {
				caught++
				continue
			}
			missed++
			if at >= length-controlDigits(length) {
				t.Fatalf("%s: control digit changed to %s and still valid", inn, changed)
			}
			if !strings.ContainsRune(inn[length-controlDigits(length):], '0') {
				t.Fatalf("%s and %s are both valid without a control digit 0", inn, changed)
			}
		}
		if missed*10 > caught {
			t.Errorf("length %d: %d changes missed, %d caught", length, missed, caught)
		}
	}
}

func controlDigits(length int) int {
	if length == 10 {
		return 1
	}
	return 2
}

func FuzzINN(f *testing.F) {
	for _, s := range []string{"7707083893", "526317984689", "266051268", "7,70708E+09", "'7707083893.0", "0000000000", "77 07\u00a0083893"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		inn, err := ParseINNCell(s)
		if err != nil {
			if inn != "" {
				t.Fatalf("%q: %q beside error %v", s, inn, err)
			}
			return
		}
		again, err := ParseINN(string(inn))
		if err != nil || again != inn {
			t.Fatalf("%q gives %q, which reads as %q, %v", s, inn, again, err)
		}
		if !strings.Contains("0"+strings.Join(strings.Fields(s), ""), strings.TrimPrefix(string(inn), "0")) {
			t.Fatalf("%q gives digits it does not have: %q", s, inn)
		}
	})
}
