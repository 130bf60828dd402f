package config

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

func TestRewriteKeepsAllButTheNumbers(t *testing.T) {
	n := Numbers{
		Points:  map[string]float64{"okved_main": 17.5, "age": 0},
		Unknown: map[string]float64{"okved_main": 0.25, "headcount": 0.3},
		Caps:    map[string]float64{"fit": 30.5, "size": 17.5},
		Ladders: map[string][]float64{"category": {1, 0.5, 0.25}},
	}
	out, err := RewriteSegments("test", defaultSegments, n)
	if err != nil {
		t.Fatal(err)
	}
	before, after := strings.Split(string(defaultSegments), "\n"), strings.Split(string(out), "\n")
	if len(before) != len(after) {
		t.Fatalf("%d lines became %d", len(before), len(after))
	}
	changed := 0
	for i := range before {
		if before[i] == after[i] {
			continue
		}
		changed++
		if a, b := withoutNumbers(before[i]), withoutNumbers(after[i]); a != b {
			t.Errorf("line %d: %q became %q", i+1, before[i], after[i])
		}
	}
	// okved_main, age, fit, size and the ladder's three; headcount was 0.3 already.
	if changed != 7 {
		t.Errorf("%d lines changed, want 7", changed)
	}
}

func withoutNumbers(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '.' {
			return -1
		}
		return r
	}, s)
}

// Styles in which people write such files.
func TestRewriteReadsEveryStyle(t *testing.T) {
	base := string(defaultSegments)
	flow := `  - {id: okved_main, group: fit, title: "Основной ОКВЭД", points: 24, unknown: 0.0}`
	for name, line := range map[string]string{
		"block":                      "  - id: okved_main # главный\n    points: 24 # баллы\n    group: fit\n    title: \"Основной ОКВЭД\"\n    unknown: 0.0",
		"without unknown in a block": "  - id: okved_main\n    points: 24 # баллы\n    group: fit\n    title: \"Основной\"",
		"without unknown in braces":  `  - {points: 24, id: okved_main, group: fit, title: "Ж, points: 24"}`,
		"over two lines":             "  - {id: okved_main, group: fit,\n     title: \"Основной\", points: 24.0, unknown: 0}",
		"windows":                    flow + "\r",
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(base, flow, line, 1)
			if text == base {
				t.Fatal("the line is not in the file")
			}
			out, err := RewriteSegments("test", []byte(text), Numbers{
				Points: map[string]float64{"okved_main": 7.5}, Unknown: map[string]float64{"okved_main": 0.4},
			})
			if err != nil {
				t.Fatal(err)
			}
			s, err := ParseSegments("test", out)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Signals[0]; got.Points != 7.5 || got.Unknown != 0.4 {
				t.Errorf("signal is %+v", got)
			}
			if strings.Count(text, "#") != strings.Count(string(out), "#") {
				t.Error("comments are lost")
			}
		})
	}
}

func TestRewriteRefuses(t *testing.T) {
	text := string(defaultSegments)
	for name, tt := range map[string]struct {
		text string
		n    Numbers
		want error
	}{
		"a signal that is not there": {text, Numbers{Points: map[string]float64{"moon": 1}}, ErrRewrite},
		"a ladder of another length": {text, Numbers{Ladders: map[string][]float64{"age": {1}}}, ErrRewrite},
		"caps that do not add up":    {text, Numbers{Caps: map[string]float64{"fit": 99}}, ErrConfig},
		"one number in two places": {
			strings.Replace(strings.Replace(text, "cap: 34", "cap: &c 34", 1), "points: 24", "points: *c", 1),
			Numbers{Points: map[string]float64{"okved_main": 1}},
			nil,
		},
		"no segments file": {"schema_version: 1\n", Numbers{}, ErrConfig},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := RewriteSegments("test", []byte(tt.text), tt.n)
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("error is %v, want %v", err, tt.want)
			}
		})
	}
}

// Whatever numbers there are, the file says them afterwards, and writing the old
// ones again gives the old file.
func TestRewriteThereAndBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	s, err := ParseSegments("test", defaultSegments)
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		there, back := Numbers{Points: map[string]float64{}, Unknown: map[string]float64{}}, Numbers{Points: map[string]float64{}, Unknown: map[string]float64{}}
		for _, c := range s.Signals {
			there.Points[c.ID], there.Unknown[c.ID] = float64(r.IntN(1000))/10, float64(r.IntN(21))/20
			back.Points[c.ID], back.Unknown[c.ID] = c.Points, c.Unknown
		}
		out, err := RewriteSegments("test", defaultSegments, there)
		if err != nil {
			t.Fatal(err)
		}
		again, err := RewriteSegments("test", out, back)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ParseSegments("test", again); err != nil || !reflect.DeepEqual(got, s) {
			t.Fatalf("back again it is another file (%v)", err)
		}
	}
}

// smallSegments is a file that config accepts and a fuzzer can change fast.
const smallSegments = `schema_version: 1
phases: [{from_month: 1, priority_1: 1, priority_2: 0, priority_3: 0}]
groups: [{id: fit, title: Профиль, cap: 100}]
signals:
  - {id: okved_main, group: fit, title: "Код", points: 24} # главный
ladders:
  headcount: [{from: 0, value: 0}]
  revenue: [{from: 0, value: 0}]
  branches: [{from: 0, value: 0}]
  age: [{from: 0, value: 0}]
  freshness: [{from: 0, value: 0}]
  category: [{from: 1, value: 0.5}]
proximity: {same_region: 1, others: 0, regions: []}
fit_levels: {core: 1, adjacent: 0.5, weak: 0}
segments:
  - id: a
    title: А
    priority: 1
    codes: {core: ["45.20"]}
    season: [1]
    hook: Что?
    bearings: ["6205"]
`

func TestSmallSegments(t *testing.T) {
	if _, err := ParseSegments("test", []byte(smallSegments)); err != nil {
		t.Fatal(err)
	}
}

func FuzzRewriteSegments(f *testing.F) {
	f.Add([]byte(smallSegments), 12.5, 0.5)
	f.Fuzz(func(t *testing.T, data []byte, points, unknown float64) {
		out, err := RewriteSegments("fuzz", data, Numbers{
			Points: map[string]float64{"okved_main": points}, Unknown: map[string]float64{"okved_main": unknown},
		})
		if err != nil {
			return
		}
		s, err := ParseSegments("fuzz", out)
		if err != nil {
			t.Fatalf("unreadable: %v", err)
		}
		for _, c := range s.Signals {
			if c.ID == "okved_main" && (c.Points != points || c.Unknown != unknown) {
				t.Fatalf("the signal is %+v, want %v and %v", c, points, unknown)
			}
		}
	})
}
