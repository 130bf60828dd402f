package calibrate

import (
	"cmp"
	"context"
	"fmt"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// Window is for how many days from the first dial interest counts.
const Window = 30

// Report is what outcomes say of the weights.
type Report struct {
	Segments  string        `json:"segments"` // hash of the file whose weights these are
	From      company.Date  `json:"from,omitzero"`
	Until     company.Date  `json:"until,omitzero"` // of the first dials
	Window    int           `json:"window"`         // days in which interest counts
	All       Counts        `json:"all"`
	Random    Counts        `json:"random"` // of them drawn from below the cut
	Left      Left          `json:"left"`
	Threshold Threshold     `json:"threshold"`
	Signals   []SignalCount `json:"signals"`
	Learned   *Learned      `json:"learned,omitempty"` // nil below the threshold

	config *config.Segments
}

// Calibrate reads the outcomes and says what they mean. It changes nothing.
func Calibrate(ctx context.Context, s *config.Segments, src Source, t Threshold) (*Report, error) {
	g, err := Gather(ctx, src, s, Window)
	if err != nil {
		return nil, err
	}
	r := &Report{
		Segments: s.Hash(), Window: Window, All: count(g.Samples), Left: g.Left,
		Threshold: t, Signals: countSignals(s, g.Samples), config: s,
	}
	for i := range g.Samples {
		x := &g.Samples[i]
		r.From, r.Until = min(cmp.Or(r.From, x.Day), x.Day), max(r.Until, x.Day)
		if x.Pool == calllist.PoolRandom {
			r.Random.add(x)
		}
	}
	if r.Learned, err = Fit(s, g.Samples, t); err != nil {
		return nil, fmt.Errorf("fit the weights: %w", err)
	}
	return r, nil
}

// Numbers are the suggested weights for config.RewriteSegments.
func (w *Weights) Numbers(s *config.Segments) config.Numbers {
	n := config.Numbers{
		Points: map[string]float64{}, Unknown: map[string]float64{},
		Caps: map[string]float64{}, Ladders: map[string][]float64{},
	}
	for _, sw := range w.Signals {
		n.Points[sw.ID], n.Unknown[sw.ID] = sw.Points, sw.Unknown
		if sw.Steps != nil {
			n.Ladders[ladderKeys[sw.ID]] = sw.Steps
		}
	}
	for i, g := range s.Groups {
		n.Caps[g.ID] = w.Caps[i]
	}
	return n
}
