package score

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
)

func each(rows []Row) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		for i := range rows {
			if !yield(&rows[i], nil) {
				return
			}
		}
	}
}

// doubled gives a signal twice its points.
func doubled(id string) *config.Segments {
	s := testSegments()
	for i := range s.Signals {
		if s.Signals[i].ID == id {
			s.Signals[i].Points *= 2
		}
	}
	return s
}

func compare(t *testing.T, rows []Row, before, after *config.Segments, l Limits) *Preview {
	t.Helper()
	p, err := Compare(newScorer(t, before, Options{}), newScorer(t, after, Options{}), Same(each(rows)), l)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCompareWithItselfMovesNobody(t *testing.T) {
	p := compare(t, distinct(randomRows(3000)), testSegments(), testSegments(), Limits{Top: 100, Examples: 5})
	if p.Changed.Up+p.Changed.Down+p.Changed.Standing+p.Changed.Segment != 0 || p.Entered.Count+p.Left.Count+len(p.Moves)+len(p.Movers) != 0 {
		t.Errorf("preview %+v", p)
	}
	if p.Before.Bands != p.After.Bands || p.Before.Leads != p.After.Leads || p.Changed.Same != p.Before.Leads {
		t.Errorf("distribution differs: %+v, %+v", p.Before, p.After)
	}
}

// The counts are checked against scoring and sorting everything.
func TestCompareAgainstSorting(t *testing.T) {
	rows := distinct(randomRows(4000))
	before, after := newScorer(t, testSegments(), Options{}), newScorer(t, doubled("rubric"), Options{})
	const top = 150
	p := compare(t, rows, testSegments(), doubled("rubric"), Limits{Top: top, Examples: 1000})

	leading := func(sc *Scorer) (set map[company.INN]int, standing map[company.INN]Standing) {
		var leads []Result
		standing = map[company.INN]Standing{}
		for i := range rows {
			r := sc.Score(&rows[i])
			standing[r.INN()] = r.standing()
			if r.Lead() {
				leads = append(leads, r)
			}
		}
		slices.SortFunc(leads, func(a, b Result) int { return a.ComparePriority(&b) })
		set = map[company.INN]int{}
		for i := range leads[:top] {
			set[leads[i].INN()] = i + 1
		}
		return set, standing
	}
	was, stood := leading(before)
	will, stands := leading(after)
	var entered, changed int
	for inn, place := range will {
		if was[inn] == 0 {
			entered++
			if !slices.ContainsFunc(p.Entered.Named, func(m Mover) bool { return m.INN == inn && m.PlaceAfter == place }) {
				t.Errorf("%s enters at %d and is not named", inn, place)
			}
		}
	}
	for inn, s := range stood {
		if stands[inn] != s {
			changed++
			if !slices.ContainsFunc(p.Movers, func(m Mover) bool { return m.INN == inn && m.From == s && m.To == stands[inn] }) {
				t.Errorf("%s moves from %s to %s and is not named", inn, s, stands[inn])
			}
		}
	}
	var moves int64
	for _, m := range p.Moves {
		moves += m.Count
	}
	if entered == 0 || changed == 0 || p.Entered.Count != entered || p.Left.Count != entered || p.Changed.Standing != int64(changed) || moves != int64(changed) {
		t.Errorf("entered %d, changed %d; preview says %d, %d left, %d changed, %d moves",
			entered, changed, p.Entered.Count, p.Left.Count, p.Changed.Standing, moves)
	}
	if p.Changed.Down != 0 || p.Changed.Up == 0 {
		t.Errorf("more points for a rubric: %d up, %d down", p.Changed.Up, p.Changed.Down)
	}
}

func TestCompareAnotherMatchPart(t *testing.T) {
	narrow := testSegments()
	narrow.Segments[service].Codes.Core = []config.Code{"45.20.1"}
	narrow.Segments[service].Words, narrow.Segments[service].Rubrics = nil, nil
	before, after := newScorer(t, testSegments(), Options{}), newScorer(t, narrow, Options{})
	c := firm(inn10(3), []fact{f(company.FieldOKVEDMain, "45.20")})
	a, b := RowOf(before.matcher, nil, c), RowOf(after.matcher, nil, c)
	p, err := Compare(before, after, func(yield func(Pair, error) bool) { yield(Pair{&a, &b}, nil) }, Limits{Top: 10, Examples: 10})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Move{{"1", StandingOutside, 1}}; !slices.Equal(p.Moves, want) || p.Left.Count != 1 || p.After.Outside != 1 {
		t.Errorf("moves %+v, want %+v; left %d", p.Moves, want, p.Left.Count)
	}
}

func TestCompareEndsWithTheError(t *testing.T) {
	broken := errors.New("disk gone")
	sc := newScorer(t, testSegments(), Options{})
	rows := func(yield func(*Row, error) bool) { yield(nil, broken) }
	if _, err := Compare(sc, sc, Same(rows), Limits{}); !errors.Is(err, broken) {
		t.Errorf("error %v, want that of the rows", err)
	}
}

func TestPreviewText(t *testing.T) {
	rows := distinct(randomRows(1500))
	after := doubled("rubric")
	after.Segments[dealers].Priority = 2
	p := compare(t, rows, testSegments(), after, Limits{Top: 50, Examples: 3})
	p.Resolve(func(inn company.INN) string { return "ООО «Пример " + string(inn[6:]) + "»" })
	p.Before.Segments, p.After.Segments = "0123abcd", "4567cdef"
	var b bytes.Buffer
	if err := p.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "preview.txt", b.Bytes())
	if lines := strings.Count(b.String(), "\n"); lines > 50 {
		t.Errorf("%d lines: too long for a terminal", lines)
	}
	out, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Preview
	if err := json.Unmarshal(out, &back); err != nil || back.Changed != p.Changed || len(back.Movers) != 3 || back.Movers[0] != p.Movers[0] {
		t.Errorf("read back %+v (%v)", back, err)
	}
}

func TestPreviewTextOfNoChange(t *testing.T) {
	p := compare(t, randomRows(10), testSegments(), testSegments(), Limits{Top: 50, Examples: 3})
	var b bytes.Buffer
	if err := p.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Приоритет ни у кого не меняется", "Состав топ-50 прежний"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// A preview counts companies at hand. It must not pass off codes that no
// source was asked for as codes without companies.
func TestCompareTellsOfCodesNeverRead(t *testing.T) {
	more := testSegments()
	more.Segments = append(more.Segments, config.Segment{
		ID: "bakery", Title: "Пекарни", Priority: 2, Codes: config.Codes{
			Core: []config.Code{"10.71", "28.93", "45.20.1"}, Weak: []config.Code{"56.10"}, // the middle two are below codes of the first file
		},
	})
	wide := testSegments()
	wide.Segments[service].Codes.Core = []config.Code{"45"} // more than 45.20 and 45.32
	many := testSegments()
	many.Segments[chains].Codes.Adjacent = []config.Code{"01", "02", "03", "05", "06", "07", "08", "09", "10", "11", "12", "13"}
	for _, tt := range []struct {
		name  string
		after *config.Segments
		want  []string
		text  string
	}{
		{"the same", testSegments(), nil, ""},
		{"fewer", &config.Segments{Groups: more.Groups, Signals: more.Signals, Segments: more.Segments[:1]}, nil, ""},
		{"another segment", more, []string{"10.71", "56.10"}, "Коды 10.71, 56.10 ещё не читались из реестра: сколько компаний прибавится, покажет запуск.\n"},
		{"a wider code", wide, []string{"45"}, "Код 45 ещё не читался из реестра: сколько компаний прибавится, покажет запуск.\n"},
		{"many", many, []string{"01", "02", "03", "05", "06", "07", "08", "09", "10", "11", "12", "13"}, "Коды 01, 02, 03, 05, 06, 07, 08, 09, 10, 11 и другие (всего 12) ещё не читались"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := compare(t, nil, testSegments(), tt.after, Limits{})
			var b bytes.Buffer
			if err := p.WriteText(&b); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(p.NewCodes, tt.want) || !strings.Contains(b.String(), tt.text) || (tt.text == "") == strings.Contains(b.String(), "из реестра") {
				t.Errorf("new codes %q, want %q, in\n%s", p.NewCodes, tt.want, b.String())
			}
		})
	}
}
