package calibrate

import (
	"context"
	"fmt"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// Source is what outcomes are read from.
type Source interface {
	ListDays(ctx context.Context) ([]company.Date, error)
	List(ctx context.Context, day company.Date) ([]byte, error)
	ResultsAfter(ctx context.Context, after store.ResultKey, limit int) ([]store.Result, error)
}

// Gathered are the samples and those that are none.
type Gathered struct {
	Samples []Sample
	Left    Left
}

// Left counts companies with results that say nothing of weights.
type Left struct {
	Unlisted int `json:"unlisted"` // never stood on a list that keeps its values: clients, fairs, lists of an older program
	Young    int `json:"young"`    // called less than the window ago: their interest may still come
}

// resultPage is how many results are read at a time.
const resultPage = 5000

// Gather joins the issued lists with the results of calls. A company counts once,
// with the values it had on the list it was first called from; what came of it
// counts for so many days from its first dial.
//
// What stood on a step of a ladder stands on the same step of today's, whatever that
// is worth now: weights that were changed since do not move anybody.
func Gather(ctx context.Context, src Source, today *config.Segments, window int) (Gathered, error) {
	var out Gathered
	issued, last, err := readLists(ctx, src, today)
	if err != nil {
		return out, err
	}
	var all [][]store.Result
	after := store.ResultKey{}
	for {
		page, err := src.ResultsAfter(ctx, after, resultPage)
		if err != nil {
			return out, fmt.Errorf("read the results of calls: %w", err)
		}
		if len(page) == 0 {
			break
		}
		after = page[len(page)-1].Key()
		for _, r := range page {
			if last = max(last, r.Day); len(all) == 0 || all[len(all)-1][0].INN != r.INN {
				all = append(all, nil)
			}
			all[len(all)-1] = append(all[len(all)-1], r)
		}
	}
	for _, results := range all {
		out.take(issued[results[0].INN], results, last, company.Date(window))
	}
	return out, nil
}

// listed is how a company stood on one list.
type listed struct {
	list   string
	day    company.Date
	sample Sample
}

// readLists gives each company's entries, rising by day, and the last day.
func readLists(ctx context.Context, src Source, today *config.Segments) (map[company.INN][]listed, company.Date, error) {
	days, err := src.ListDays(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("read which lists were issued: %w", err)
	}
	out, last := map[company.INN][]listed{}, company.Date(0)
	for _, day := range days {
		data, err := src.List(ctx, day)
		if err != nil {
			return nil, 0, fmt.Errorf("read the list of %s: %w", day, err)
		}
		l, err := calllist.Decode(data)
		if err != nil {
			return nil, 0, err
		}
		last = max(last, day)
		steps := stepsSince(l.Ladders, today)
		for i := range l.Rows {
			if e := &l.Rows[i]; e.Values != nil {
				out[e.Row.INN] = append(out[e.Row.INN], listed{l.ID, day, sampleOf(e, steps)})
			}
		}
	}
	return out, last, nil
}

func sampleOf(e *calllist.Entry, steps map[string]climb) Sample {
	s := Sample{
		INN: e.Row.INN, Segment: e.Row.Segment, Score: float64(e.Row.Score) / 1000,
		Pool: e.Pool, Values: make(map[string]float64, len(e.Values)),
	}
	for id, v := range e.Values {
		s.Values[id] = float64(v) / 1000
		if c, ok := steps[id]; ok {
			s.Values[id] = c.today[nearest(c.then, s.Values[id])]
		}
	}
	return s
}

// climb is a ladder as it was and as it is.
type climb struct{ then, today []float64 }

// stepsSince are the ladders that have other values than when a list was issued, by
// the signal that stands on them. One with another number of steps is left as it is:
// nobody can tell which step is which.
func stepsSince(then map[string][]float64, today *config.Segments) map[string]climb {
	out := map[string]climb{}
	for signal, key := range ladderKeys {
		var now []float64
		for _, s := range stepsOf(&today.Ladders, signal) {
			now = append(now, s.Value)
		}
		if was := then[key]; len(was) == len(now) && len(was) > 0 && !slices.Equal(was, now) {
			out[signal] = climb{was, now}
		}
	}
	return out
}

// take judges one company by its results.
func (g *Gathered) take(entries []listed, results []store.Result, last, window company.Date) {
	stand, _ := funnel.Standing(results)
	var sample *Sample
	for i := range stand {
		r := &stand[i]
		rule, dialled := funnel.RuleOf(r.Outcome)
		if !dialled {
			continue
		}
		if sample == nil {
			if sample = calledFrom(entries, r); sample == nil {
				g.Left.Unlisted++
				return
			}
			sample.Day, sample.PickedUp = r.Day, rule.Answered
		}
		if r.Day > sample.Day+window {
			break
		}
		sample.Answered = sample.Answered || rule.Answered
		sample.Positive = sample.Positive || interested(rule)
	}
	switch {
	case sample == nil: // rows were edited, nobody called
	case sample.Day+window > last:
		g.Left.Young++
	default:
		g.Samples = append(g.Samples, *sample)
	}
}

// calledFrom is how the company stood on the list of a dial: the one the result
// names, else the newest up to that day.
func calledFrom(entries []listed, r *store.Result) *Sample {
	var found *Sample
	for i := range entries {
		e := &entries[i]
		if e.list == r.List {
			s := e.sample
			return &s
		}
		if e.day <= r.Day {
			s := e.sample
			found = &s
		}
	}
	return found
}

// interested is «Интерес» or further. «Перезвонить» is not yet.
func interested(rule funnel.Rule) bool {
	return rule.Outcome == funnel.Interest || rule.Stage >= funnel.StageOffer && rule.Stage <= funnel.StageRepeat
}
