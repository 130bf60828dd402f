package company

import (
	"errors"
	"strings"
	"testing"
)

func TestParseKPP(t *testing.T) {
	tests := []struct{ in, want string }{
		{"773601001", "773601001"},
		{" 773601001 ", "773601001"},
		{"7736ab001", "7736AB001"},
		{"7736A1001", "7736A1001"},
		{"773601001.0", "773601001"},
		{"10501001", "010501001"}, // a number cell without its zero
		{"A73601001", ""},
		{"77360A00A", ""},
		{"7736АВ001", ""}, // Cyrillic letters are not ours to guess
		{"77360100", "077360100"},
		{"7736010011", ""},
		{"000000000", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, err := ParseKPP(tt.in)
		if string(got) != tt.want || (tt.want == "") != errors.Is(err, ErrKPP) {
			t.Errorf("ParseKPP(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
}

func FuzzKPP(f *testing.F) {
	for _, s := range []string{"773601001", "7736AB001", "10501001", "773601001.0", "000000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k, err := ParseKPP(s)
		if err != nil {
			return
		}
		again, err := ParseKPP(string(k))
		if err != nil || again != k || len(k) != 9 || strings.ToUpper(string(k)) != string(k) {
			t.Fatalf("%q gives %q, then %q, %v", s, k, again, err)
		}
	})
}
