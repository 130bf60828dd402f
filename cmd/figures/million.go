package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Three million companies, of a release in which nearly all are wanted.
const (
	millionShare = 0.92
	millions     = 3_000_000
)

// million measures scoring of three million companies and the choice of the
// best: a run on a release that is known already does little else.
func (p *program) million(ctx context.Context) error {
	docs := int(float64(millions) / millionShare * float64(p.set.docs) / fullDocs)
	in, err := p.release(ctx, docs, millionShare, false)
	if err != nil {
		return err
	}
	defer discard(filepath.Dir(in.path))
	listings, _, err := p.listings(in)
	if err != nil {
		return err
	}
	dir := filepath.Join(p.scratch, "house-millions")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make a house: %w", err)
	}
	defer discard(dir)
	h, err := newHouse(dir, in.path, listings, in.date)
	if err != nil {
		return err
	}
	if _, err := p.run(ctx, h, "three million companies, first time", p.day); err != nil {
		return err
	}
	n, err := p.run(ctx, h, "three million companies scored again", p.later)
	if err == nil {
		p.top = &n
	}
	return err
}

func (p *program) goalsOfScoring() {
	if p.top == nil {
		return
	}
	took, ok := p.top.stage("score")
	v, figure := notMeasured, "the report tells no stages"
	if ok {
		peak := p.top.peakOf("score")
		figure = fmt.Sprintf("%s for %s companies, peak while scoring %s", spent(took), count(float64(p.top.report.Companies)), size(float64(peak)))
		if p.set.docs == fullDocs {
			v = judge(took <= 1500*time.Millisecond && peak > 0 && peak <= 150e6)
		}
	}
	beside := "decode all and sort, on another day: 7.5 s, 2.5 GB"
	p.page.goals = append(p.page.goals, goal{
		what: "rescore and the best of 3 M companies", figure: figure, beside: beside, reach: "≤ 1.5 s, ≤ 150 MB", verdict: v,
	})
}
