package company

import (
	"errors"
	"strings"
	"testing"
)

func TestParseOKVED(t *testing.T) {
	for _, s := range []string{"45", "45.2", "45.20", "45.20.1", "45.20.11", " 45.20 "} {
		if got, err := ParseOKVED(s); err != nil || string(got) != strings.TrimSpace(s) {
			t.Errorf("ParseOKVED(%q) = %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "4", "452", "45.", "45.2.", "45.20.", "45.2.1", "45.200", "45.20.111", "45,20", "A5.20", "45.2O", "45 20", "G", "٤٥"} {
		if got, err := ParseOKVED(s); !errors.Is(err, ErrOKVED) || got != "" {
			t.Errorf("ParseOKVED(%q) = %q, %v; want ErrOKVED", s, got, err)
		}
	}
}

func TestOKVEDWithin(t *testing.T) {
	tests := []struct {
		code, parent OKVED
		want         bool
	}{
		{"45.2", "45.2", true},
		{"45.20", "45.2", true},
		{"45.20.1", "45.2", true},
		{"45.20.11", "45.20.1", true},
		{"45.20", "45", true},
		{"45.3", "45.2", false},
		{"45.32", "45.2", false},
		{"45", "45.20", false},
		{"45.2", "45.20", false},
		{"46.20", "45", false},
		{"45.20", "", false},
		{"", "45", false},
	}
	for _, tt := range tests {
		if got := tt.code.Within(tt.parent); got != tt.want {
			t.Errorf("%q within %q = %v, want %v", tt.code, tt.parent, got, tt.want)
		}
	}
}

func TestOKVEDName(t *testing.T) {
	names := okvedNames()
	if len(names) != 2878 {
		t.Errorf("%d codes, want 2878 as in the official table", len(names))
	}
	for code, name := range names {
		if _, err := ParseOKVED(string(code)); err != nil || strings.TrimSpace(name) == "" {
			t.Errorf("%q %q: %v", code, name, err)
		}
		// The tree has no holes: what stands above a code is a code too.
		for _, cut := range []int{2, 4, 5, 7} {
			if len(code) > cut {
				if _, ok := names[code[:cut]]; !ok {
					t.Errorf("%s has no parent %s", code, code[:cut])
				}
			}
		}
	}
	if name, ok := OKVED("45.20").Name(); !ok || name != "Техническое обслуживание и ремонт автотранспортных средств" {
		t.Errorf("45.20 is %q, %v", name, ok)
	}
	if name, ok := OKVED("45.99").Name(); ok || name != "" {
		t.Errorf("45.99 is %q", name)
	}
}

func FuzzOKVED(f *testing.F) {
	for _, s := range []string{"45", "45.2", "45.20.11", "45.", "G45"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseOKVED(s)
		if err != nil {
			return
		}
		if again, err := ParseOKVED(string(c)); err != nil || again != c || !c.Within(c) || !c.Within(c[:2]) {
			t.Fatalf("%q gives %q, then %q, %v", s, c, again, err)
		}
		if len(c) > 2 && c[:2].Within(c) {
			t.Fatalf("%q is within its own descendant %q", c[:2], c)
		}
	})
}
