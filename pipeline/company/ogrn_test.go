package company

import (
	"errors"
	"strings"
	"testing"
)

func TestParseOGRNCell(t *testing.T) {
	tests := []struct {
		in   string
		want OGRN
		err  error
	}{
		{"1027700132195", "1027700132195", nil}, // published by the same bank as its ИНН
		{" 1027700132195 ", "1027700132195", nil},
		{"1027700132195.0", "1027700132195", nil},
		{"'1027700132195", "1027700132195", nil},
		{"1027700132196", "", ErrOGRNChecksum},
		{"304500116000157", "304500116000157", nil},
		{"304500116000158", "", ErrOGRNChecksum},
		{"0000000000000", "", ErrOGRNForm},
		{"000000000000000", "", ErrOGRNForm},
		{"102770013219", "", ErrOGRNForm},
		{"10277001321950", "", ErrOGRNForm},
		{"1,0277E+12", "", ErrOGRNForm},
		{"", "", ErrOGRNForm},
	}
	for _, tt := range tests {
		got, err := ParseOGRNCell(tt.in)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("ParseOGRNCell(%q) = %q, %v; want %q, %v", tt.in, got, err, tt.want, tt.err)
		}
	}
	if OGRN("304500116000157").Sole() != true || OGRN("1027700132195").Sole() {
		t.Error("Sole tells the two kinds wrong")
	}
}

// Of the ten endings of a number exactly one is valid.
func TestOGRNOneEnding(t *testing.T) {
	for _, body := range []string{"102770013219", "30450011600015", "123456789012", "41234567890123", "100000000000"} {
		valid := 0
		for d := '0'; d <= '9'; d++ {
			if _, err := ParseOGRN(body + string(d)); err == nil {
				valid++
			}
		}
		if valid != 1 {
			t.Errorf("%s has %d valid endings", body, valid)
		}
	}
}

func FuzzOGRN(f *testing.F) {
	for _, s := range []string{"1027700132195", "304500116000157", "1027700132195.0", "0000000000000", "1,0277E+12"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseOGRNCell(s)
		if err != nil {
			if n != "" {
				t.Fatalf("%q: %q beside error %v", s, n, err)
			}
			return
		}
		if again, err := ParseOGRN(string(n)); err != nil || again != n || !strings.Contains(s, string(n)) {
			t.Fatalf("%q gives %q, then %q, %v", s, n, again, err)
		}
	})
}
