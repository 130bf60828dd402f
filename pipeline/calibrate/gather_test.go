package calibrate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

const monday = company.Date(20780) // the first list's day

// issue freezes a list of companies that differ by one value.
func issue(t *testing.T, s store.Lists, day company.Date, values map[company.INN]int64) {
	t.Helper()
	l := calllist.List{Format: calllist.Format, ID: "list-" + day.String(), Day: day}
	for inn, v := range values {
		e := calllist.Entry{Row: pipeline.Row{INN: inn, Score: 50_000}, Pool: calllist.PoolNew, Tenth: 1}
		if v >= 0 {
			e.Values = map[string]int64{"rubric": v}
		}
		l.Rows = append(l.Rows, e)
	}
	data, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Issue(t.Context(), store.Issue{Day: day, Data: data}); err != nil {
		t.Fatal(err)
	}
}

func result(inn company.INN, list, day company.Date, outcome, file string) store.Result {
	r := store.Result{
		INN: inn, Day: day, Outcome: outcome, File: file,
		Saved: time.Date(2026, 12, 1, 12, 0, int(day), 0, time.UTC),
	}
	if list > 0 {
		r.List = "list-" + list.String()
	}
	return r
}

func TestGather(t *testing.T) {
	s := memory.New()
	issue(t, s, monday, map[company.INN]int64{"1": 100, "2": 100, "3": 100, "4": 100, "5": 100, "7": 100, "8": -1})
	issue(t, s, monday+1, map[company.INN]int64{"1": 900, "6": 900})
	issue(t, s, monday+50, map[company.INN]int64{"9": 500})
	results := []store.Result{
		result("1", monday, monday, funnel.NoAnswer, "a"), result("1", monday+1, monday+1, funnel.Interest, "b"),
		result("2", monday, monday, funnel.NotInterested, "a"),
		result("3", monday, monday, funnel.NoAnswer, "a"),
		result("4", monday, monday, funnel.CallBack, "a"), result("4", 0, monday+40, funnel.Contract, "c"), // after the window
		result("5", monday, monday, "", "a"),                    // only edited
		result("6", monday+1, monday+1, funnel.Trial, "b"),      // value of the second list
		result("8", monday, monday, funnel.Interest, "a"),       // a list without values
		result("9", monday+50, monday+50, funnel.Interest, "d"), // too young
		result("10", 0, monday, funnel.Contract, "c"),           // a client of old
	}
	if _, err := s.PutResults(t.Context(), results); err != nil {
		t.Fatal(err)
	}
	g, err := Gather(t.Context(), s, &config.Segments{}, 30)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range g.Samples {
		got = append(got, fmt.Sprintf("%s %v %v %v %v", x.INN, x.Values["rubric"], x.PickedUp, x.Answered, x.Positive))
	}
	want := "1 0.1 false true true, 2 0.1 true true false, 3 0.1 false false false, 4 0.1 true true false, 6 0.9 true true true"
	if strings.Join(got, ", ") != want {
		t.Errorf("samples are\n%s, want\n%s", strings.Join(got, ", "), want)
	}
	if g.Left != (Left{Unlisted: 2, Young: 1}) {
		t.Errorf("left out: %+v", g.Left)
	}
}

// The same files in any order, and twice, say the same.
func TestGatherIsTheSameInAnyOrder(t *testing.T) {
	var want string
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0, 2}, {1, 2, 0, 0}} {
		s := memory.New()
		issue(t, s, monday, map[company.INN]int64{"1": 100, "2": 300})
		files := []store.Result{
			result("1", monday, monday, funnel.NoAnswer, "a"), result("1", monday, monday, funnel.Interest, "b"),
			result("2", monday, monday, funnel.NotOurs, "a"),
		}
		for _, i := range order {
			if _, err := s.PutResults(t.Context(), files[i:i+1]); err != nil {
				t.Fatal(err)
			}
		}
		g, err := Gather(t.Context(), s, &config.Segments{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(g); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%v: %s, want %s", order, got, want)
		}
	}
}

type broken struct{ *memory.Store }

var errBroken = errors.New("disk on fire")

func (broken) ResultsAfter(context.Context, store.ResultKey, int) ([]store.Result, error) {
	return nil, errBroken
}

func TestGatherTellsErrors(t *testing.T) {
	if _, err := Gather(t.Context(), broken{memory.New()}, &config.Segments{}, 30); !errors.Is(err, errBroken) {
		t.Errorf("error is %v", err)
	}
}

// outcomes is a store in which all that a law gives has happened.
func outcomes(t *testing.T, samples []Sample) *memory.Store {
	t.Helper()
	s := memory.New()
	list := calllist.List{Format: calllist.Format, ID: "list-" + monday.String(), Day: monday}
	var results []store.Result
	for i := range samples {
		x := &samples[i]
		e := calllist.Entry{Row: pipeline.Row{INN: x.INN}, Pool: calllist.PoolNew, Values: map[string]int64{}}
		if i%10 == 0 {
			e.Pool = calllist.PoolRandom
		}
		for id, v := range x.Values {
			e.Values[id] = int64(v * 1000)
		}
		list.Rows = append(list.Rows, e)
		day, said := monday, funnel.NoAnswer
		if x.Answered && !x.PickedUp {
			results = append(results, result(x.INN, monday, day, said, "a"))
			day++
		}
		if x.Answered {
			if said = funnel.NotInterested; x.Positive {
				said = funnel.Interest
			}
		}
		r := result(x.INN, monday, day, said, "b")
		if day > monday {
			r.List = ""
		}
		results = append(results, r)
	}
	data, err := list.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Issue(t.Context(), store.Issue{Day: monday, Data: data}); err != nil {
		t.Fatal(err)
	}
	results = append(results, result("9999", 0, monday+60, funnel.Contract, "c"))
	if _, err := s.PutResults(t.Context(), results); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestReport(t *testing.T) {
	segments := plainSegments(t)
	l := law{level: -1.5, main: 1.5, reach: 0.5, reachMobile: 1}
	samples := l.draw(1500, 12)
	src := outcomes(t, samples)
	r, err := Calibrate(t.Context(), segments, src, DefaultThreshold())
	if err != nil {
		t.Fatal(err)
	}
	if r.All != count(samples) || r.Random.Called != 150 || r.Left.Unlisted != 1 || r.Learned == nil {
		t.Fatalf("report is %+v", r)
	}
	for _, line := range r.Signals {
		var sum Counts
		for _, b := range line.Bands {
			sum.Called, sum.Answered, sum.Interested = sum.Called+b.Called, sum.Answered+b.Answered, sum.Interested+b.Interested
		}
		if sum != r.All {
			t.Errorf("%s: bands add up to %+v, all are %+v", line.ID, sum, r.All)
		}
	}
	text := textOf(t, r)
	for _, want := range []string{
		"Прозвонено компаний: 1500 ", "ПРИЗНАК", "Основной код", "неизвестно", "сильный",
		"СТАЛО БЫ", "потолок группы", "Лестницы", "ПОДЪЁМ СЕЙЧАС", "obzvon calibrate --write ФАЙЛ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Errorf("the text has numbers that are none:\n%s", text)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
	r, err = Calibrate(t.Context(), segments, src, Threshold{Answered: 5000, Positives: 40, PerWeight: 10})
	if err != nil {
		t.Fatal(err)
	}
	if text := textOf(t, r); r.Learned != nil || !strings.Contains(text, "Веса не предлагаются") || strings.Contains(text, "СТАЛО БЫ") {
		t.Errorf("below the threshold it says:\n%s", text)
	}
}

func textOf(t *testing.T, r *Report) string {
	t.Helper()
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReportOfNothing(t *testing.T) {
	s, err := config.LoadSegments("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Calibrate(t.Context(), s, memory.New(), DefaultThreshold())
	if err != nil {
		t.Fatal(err)
	}
	if text := textOf(t, r); !strings.Contains(text, "пока нет") || strings.Contains(text, "ПРИЗНАК") {
		t.Errorf("of nothing it says:\n%s", text)
	}
}

// TestGatherAfterTheLaddersChanged: a company that stood on the second step stands on
// the second step, though other values were written since.
func TestGatherAfterTheLaddersChanged(t *testing.T) {
	steps := func(values ...float64) *config.Segments {
		s := &config.Segments{}
		for i, v := range values {
			s.Ladders.Headcount = append(s.Ladders.Headcount, config.Step{From: float64(10 * i), Value: v})
		}
		return s
	}
	for _, c := range []struct {
		name  string
		then  []float64
		today *config.Segments
		want  float64
	}{
		{"unchanged", []float64{0.1, 0.5, 1}, steps(0.1, 0.5, 1), 0.5},
		{"other values", []float64{0.1, 0.5, 1}, steps(0.4, 0.9, 1), 0.9},
		{"turned round", []float64{0.1, 0.5, 1}, steps(1, 0.2, 0), 0.2},
		{"another number of steps", []float64{0.1, 0.5, 1}, steps(0.3, 0.6), 0.5},
		{"a list of before", nil, steps(0.4, 0.9, 1), 0.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := memory.New()
			list := calllist.List{
				Format: calllist.Format, ID: "list-" + monday.String(), Day: monday, Ladders: map[string][]float64{"headcount": c.then},
				Rows: []calllist.Entry{{Row: pipeline.Row{INN: "1"}, Values: map[string]int64{"headcount": 500}}},
			}
			data, err := list.Encode()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Issue(t.Context(), store.Issue{Day: monday, Data: data}); err != nil {
				t.Fatal(err)
			}
			if _, err := s.PutResults(t.Context(), []store.Result{result("1", monday, monday, funnel.Interest, "a")}); err != nil {
				t.Fatal(err)
			}
			g, err := Gather(t.Context(), s, c.today, 0)
			if err != nil || len(g.Samples) != 1 {
				t.Fatalf("%d samples, %v", len(g.Samples), err)
			}
			if got := g.Samples[0].Values["headcount"]; got != c.want {
				t.Errorf("value %v, want %v", got, c.want)
			}
		})
	}
}
