package config

import (
	"errors"
	"strings"
	"testing"

	"obzvon/pipeline/bearing"
)

// A pair that the table knows otherwise would go out to every caller.
func TestPairsOfBearingsAreHeldAgainstTheTable(t *testing.T) {
	for _, c := range []struct{ name, to, want string }{
		{"another bore", "6306-2RS (180305)", `segments[0].bearings[0]: "6306-2RS (180305)": want the same bearing in parentheses: the table has 6306-2RS (180306)`},
		{"another seal", "6306-2RS (80306)", `segments[0].bearings[0]: "6306-2RS (80306)": want the same bearing in parentheses: the table has 6306-2RS (180306)`},
		{"by both systems", "7209 (3622)", `segments[0].bearings[0]: "7209 (3622)": want the same bearing in parentheses: the table has 7209 (30209)`},
		{"unclear", "32218", `segments[0].bearings[0]: "32218": means one bearing by ГОСТ and another by ISO: want its pair in parentheses, or ISO or ГОСТ before it`},
		{"a hub unit", "256907 (PLC 14-24)", ""},
		{"told by its system", "ГОСТ 7209", ""},
	} {
		_, err := ParseSegments("s.yaml", edited(t, "6306-2RS (180306)\", \"30307", c.to+"\", \"30307"))
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// Every designation of the built-in file is one that the table knows.
func TestBuiltInBearingsAreKnown(t *testing.T) {
	for _, s := range mustSegments(t, defaultSegments).Segments {
		for _, text := range s.Bearings {
			if b, err := bearing.ParsePair(text); err != nil || b.Pair() == "" {
				t.Errorf("%s: %q: %v, pair %q", s.ID, text, err, b.Pair())
			}
		}
	}
}
