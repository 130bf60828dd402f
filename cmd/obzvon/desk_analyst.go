package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"obzvon/config"
	"obzvon/exports/web/analyst"
	"obzvon/exports/web/page"
	"obzvon/pipeline/calibrate"
)

// analystDesk does what the analyst's pages ask for.
type analystDesk struct {
	*desk

	mu   sync.Mutex
	last *census // what was counted last
}

// analystSection is the analyst's pages over this desk.
func (d *desk) analystSection(kit *page.Kit) (page.Section, error) {
	return analyst.New(kit, &analystDesk{desk: d})
}

// Weights are the segments file in use with today's counts.
func (d *analystDesk) Weights(ctx context.Context) (*analyst.Weights, error) {
	h := d.live()
	w := &analyst.Weights{File: h.config.SegmentsFile, Hash: h.segments.Hash(), Ladders: map[string][]float64{}}
	if on, err := config.LoadSegments(h.config.SegmentsFile); err != nil || on.Hash() != w.Hash {
		w.Differs = true
	}
	for key, steps := range h.segments.Ladders.ByKey() {
		for _, step := range *steps {
			w.Ladders[key] = append(w.Ladders[key], step.Value)
		}
	}
	w.Groups = groupsOf(h.segments)
	for _, s := range h.segments.Signals {
		w.Signals = append(w.Signals, s.ID)
	}
	for i := range h.segments.Segments {
		w.Segments = append(w.Segments, segmentOf(&h.segments.Segments[i]))
	}
	return w, d.countWeights(ctx, h, w)
}

func groupsOf(s *config.Segments) []analyst.Group {
	var out []analyst.Group
	for _, g := range s.Groups {
		group := analyst.Group{ID: g.ID, Title: g.Title, Intent: g.Intent, Cap: g.Cap}
		for _, c := range s.Signals {
			if c.Group == g.ID {
				group.Signals = append(group.Signals, analyst.Signal{ID: c.ID, Title: c.Title, Points: c.Points, Unknown: c.Unknown})
			}
		}
		out = append(out, group)
	}
	return out
}

func segmentOf(s *config.Segment) analyst.Segment {
	out := analyst.Segment{
		ID: s.ID, Title: s.Title, Priority: s.Priority, Partner: s.Partner,
		Season: slices.Sorted(slices.Values(s.Season)), WordsRubrics: len(s.Words) + len(s.Rubrics),
	}
	for _, level := range []struct {
		title string
		codes []config.Code
	}{{"Подходят точно", s.Codes.Core}, {"Смежные", s.Codes.Adjacent}, {"Слабые", s.Codes.Weak}} {
		if len(level.codes) == 0 {
			continue
		}
		group := analyst.CodeGroup{Title: level.title}
		for _, code := range level.codes {
			name, _ := code.OKVED().Name()
			group.Codes = append(group.Codes, analyst.Code{Code: string(code), Name: name})
		}
		out.Codes = append(out.Codes, group)
	}
	return out
}

// Outcomes are what calls say of the weights.
func (d *analystDesk) Outcomes(ctx context.Context) (*analyst.Outcomes, error) {
	h := d.live()
	r, err := calibrate.Calibrate(ctx, h.segments, h.store, calibrate.DefaultThreshold())
	if err != nil {
		return nil, fmt.Errorf("calibrate: %w", err)
	}
	out := &analyst.Outcomes{
		Hash: r.Segments, From: r.From, Until: r.Until, Window: r.Window, All: countsShown(r.All), Random: countsShown(r.Random),
		Young: r.Left.Young, Unlisted: r.Left.Unlisted, NeedAnswered: r.Threshold.Answered, NeedInterested: r.Threshold.Positives,
	}
	for _, s := range r.Signals {
		line := analyst.SignalOutcome{ID: s.ID, Title: s.Title, Mute: s.Mute}
		for _, b := range s.Bands {
			counts := countsShown(b.Counts)
			line.Bands = append(line.Bands, analyst.BandOutcome{Title: b.Band.Title(), Counts: counts})
		}
		out.Signals = append(out.Signals, line)
	}
	if r.Learned != nil {
		out.Learned = learnedShown(r, h.segments)
	}
	return out, nil
}

func countsShown(c calibrate.Counts) analyst.Counts {
	s := calibrate.Wilson(c.Interested, c.Answered)
	return analyst.Counts{
		Called: c.Called, Answered: c.Answered, Interested: c.Interested,
		Share: analyst.Estimate{Value: s.Share, Low: s.Low, High: s.High},
	}
}

func learnedShown(r *calibrate.Report, s *config.Segments) *analyst.Learned {
	l := r.Learned
	out := &analyst.Learned{
		Same: l.Need.Strength == 0 && l.Answering.Strength == 0, Better: l.Better(),
		Today: estimateShown(l.Lift.Today), New: estimateShown(l.Lift.New), Numbers: l.Suggested.Numbers(s),
	}
	titles, signals := map[string]string{}, map[string]config.Signal{}
	for _, g := range s.Groups {
		titles[g.ID] = g.Title
	}
	for _, c := range s.Signals {
		signals[c.ID] = c
	}
	mute := map[string]bool{}
	for _, c := range r.Signals {
		mute[c.ID] = c.Mute
	}
	for i, now := range l.Today.Signals {
		c, fresh := signals[now.ID], l.Suggested.Signals[i]
		out.Points = append(out.Points, analyst.Suggestion{
			Group: titles[c.Group], Title: cmp.Or(c.Title, now.ID), Now: now.Points, New: fresh.Points,
			NowUnknown: now.Unknown, NewUnknown: fresh.Unknown, Mute: mute[now.ID],
		})
	}
	for i, g := range s.Groups {
		out.Caps = append(out.Caps, analyst.Suggestion{Group: g.Title, Now: l.Today.Caps[i], New: l.Suggested.Caps[i]})
	}
	for _, t := range l.Lift.Tenths {
		out.Tenths = append(out.Tenths, analyst.Tenth{
			Called: t.Called, Today: estimateShown(t.Today), New: estimateShown(t.New),
			GainedToday: t.Gained.Today, GainedNew: t.Gained.New,
		})
	}
	return out
}

func estimateShown(e calibrate.Estimate) analyst.Estimate {
	return analyst.Estimate{Value: e.Value, Low: e.Low, High: e.High}
}

// File is the segments file in use with other numbers.
func (d *analystDesk) File(_ context.Context, change config.Numbers) ([]byte, error) {
	name, data, err := segmentsInUse(d.live())
	if err != nil {
		return nil, err
	}
	return config.RewriteSegments(name, data, change)
}
