package score

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// held is a company that the sources hold, each since its own day.
func held(days map[string]company.Date, s company.Standings) *company.Company {
	var obs []company.Observation
	for name, day := range days {
		o := company.Observation{Source: name, Key: "1", INN: inn10(1), Date: day}
		o.Facts = []fact{{Field: company.FieldRegion, Value: perm, FirstSeen: day}}
		obs = append(obs, o)
	}
	c := company.Derive(inn10(1), obs, s)
	return &c
}

func TestRowKeepsReleasesAsBits(t *testing.T) {
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	s := company.Standings{
		"rsmp": {Trust: 80, Shown: 500}, "egrul": {Trust: 90, Shown: 400},
		"gis": {Trust: 50}, "sshr": {Trust: 70, Shown: 900, Annex: true},
	}
	tests := []struct {
		name        string
		days        map[string]company.Date
		whole       uint16
		seen, known company.Date
		newest      company.Date
	}{
		{"nothing", nil, 0, 0, 0, 0},
		{"one release", map[string]company.Date{"rsmp": 100}, 1 << 1, 0, 100, 500},
		{"two releases", map[string]company.Date{"rsmp": 100, "egrul": 90}, 3, 0, 90, 500},
		{"a directory beside it", map[string]company.Date{"egrul": 90, "gis": 450}, 1, 450, 90, 450},
		{"an older directory", map[string]company.Date{"egrul": 90, "gis": 80}, 1, 80, 80, 400},
		{"an annex has no say", map[string]company.Date{"gis": 80, "sshr": 20}, 0, 80, 80, 80},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rel := NewReleases(s)
			row := RowOf(m, rel, held(tt.days, s))
			if row.Whole != tt.whole || row.Seen != tt.seen || row.Known != tt.known || rel.Seen(&row) != tt.newest {
				t.Errorf("row %+v, seen %d", row, rel.Seen(&row))
			}
		})
	}
}

// Freshness by the row is freshness by the sources, however many they are.
func TestSeenIsWhatTheSourcesShow(t *testing.T) {
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		s, days := company.Standings{}, map[string]company.Date{}
		for i := range r.IntN(30) {
			name := fmt.Sprintf("s%d", i)
			days[name] = company.Date(1 + r.IntN(100))
			switch r.IntN(4) {
			case 0:
				s[name] = company.Standing{Annex: true, Shown: 1000}
			case 1:
				s[name] = company.Standing{Trust: i}
			default:
				s[name] = company.Standing{Trust: i, Shown: days[name] + company.Date(r.IntN(100))}
			}
		}
		rel, c := NewReleases(s), held(days, s)
		if row := RowOf(m, rel, c); rel.Seen(&row) != s.Newest(c) || row.Known != c.Known {
			t.Fatalf("of %v under %v: seen %d, known %d, want %d, %d", days, s, rel.Seen(&row), row.Known, s.Newest(c), c.Known)
		}
	}
}

// A new release of a source that shares its trust with none changes no row and
// no tag, and still makes its companies fresher.
func TestNewReleaseMakesNoRowStale(t *testing.T) {
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	before := company.Standings{"rsmp": {Trust: 80, Shown: today - 400}, "gis": {Trust: 50}}
	after := company.Standings{"rsmp": {Trust: 80, Shown: today}, "gis": {Trust: 50}}
	days := map[string]company.Date{"rsmp": today - 420, "gis": today - 410}
	old := RowOf(m, NewReleases(before), held(days, before))
	row := RowOf(m, NewReleases(after), held(days, after))
	if old != row || Tag(testSegments(), before) != Tag(testSegments(), after) {
		t.Errorf("row\n%+v, was\n%+v", row, old)
	}
	at := func(s company.Standings) (Points, string) {
		sc := newScorer(t, testSegments(), Options{Releases: NewReleases(s)})
		w := &witness{scorer: sc, row: &row, known: sc.known(&row), company: held(days, s)}
		sig := slices.IndexFunc(sc.signals, func(s signal) bool { return s.kind == freshness })
		return sc.measure(&sc.signals[sig], &row, w.known, 0).points, w.stateEvidence(freshness).text
	}
	stale, staleText := at(before)
	fresh, freshText := at(after)
	if fresh <= stale || staleText != "последние сведения "+(today-400).Russian()+", 400 дней назад" ||
		freshText != "последние сведения "+today.Russian()+", сегодня" {
		t.Errorf("%s points: %s; before %s: %s", fresh, freshText, stale, staleText)
	}
}

func TestTag(t *testing.T) {
	s := company.Standings{"a": {Trust: 10, Shown: 5}, "b": {Trust: 20, Shown: 6}, "c": {Trust: 20}, "d": {Trust: 30, Annex: true, Shown: 9}}
	base := Tag(testSegments(), s)
	points := testSegments()
	points.Signals[0].Points++
	if Tag(points, s) != base {
		t.Error("new points ask for new rows")
	}
	for name, change := range map[string]func(*config.Segments){
		"codes":  func(s *config.Segments) { s.Segments[0].Codes.Core[0] = "45.2" },
		"words":  func(s *config.Segments) { s.Segments[0].Words[0] = "сервис" },
		"order":  func(s *config.Segments) { slices.Reverse(s.Segments) },
		"vetoes": func(s *config.Segments) { s.Vetoes.CompetitorWords = nil },
	} {
		s2 := testSegments()
		change(s2)
		if Tag(s2, s) == base {
			t.Errorf("new %s do not ask for new rows", name)
		}
	}
	many := company.Standings{}
	for i := range MaxWhole + 1 {
		many[string(rune('a'+i))] = company.Standing{Trust: i, Shown: 5}
	}
	for _, tt := range []struct {
		name   string
		in     company.Standings
		source string
		to     company.Standing
		same   bool
	}{
		{"day of one with a trust of its own", s, "a", company.Standing{Trust: 10, Shown: 50}, true},
		{"day of an annex with a trust of its own", s, "d", company.Standing{Trust: 30, Annex: true, Shown: 90}, true},
		{"day where trust is shared", s, "b", company.Standing{Trust: 20, Shown: 60}, false},
		{"trust", s, "a", company.Standing{Trust: 11, Shown: 5}, false},
		{"no whole release any more", s, "a", company.Standing{Trust: 10}, false},
		{"an annex now", s, "a", company.Standing{Trust: 10, Shown: 5, Annex: true}, false},
		{"one more source", s, "e", company.Standing{Trust: 1}, false},
		{"day of one with a bit", many, "a", company.Standing{Trust: 0, Shown: 50}, true},
		{"day of one beyond the bits", many, string(rune('a' + MaxWhole)), company.Standing{Trust: MaxWhole, Shown: 50}, false},
	} {
		was := Tag(testSegments(), tt.in)
		changed := company.Standings{}
		for k, v := range tt.in {
			changed[k] = v
		}
		changed[tt.source] = tt.to
		if now := Tag(testSegments(), changed); (now == was) != tt.same {
			t.Errorf("%s: tag equal %v, want %v", tt.name, now == was, tt.same)
		}
	}
}
