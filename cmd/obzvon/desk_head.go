package main

import (
	"context"
	"fmt"

	"obzvon/exports/svg"
	"obzvon/exports/web/head"
	"obzvon/exports/web/page"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/plan"
)

// headDesk is what the head's pages work on.
type headDesk struct{ *desk }

func (d *desk) headSection(kit *page.Kit) (page.Section, error) {
	return head.New(kit, headDesk{d})
}

// house is the house that is in force, on behalf of somebody who is logged in.
func (d headDesk) house(who string) *house {
	h := *d.live()
	h.by = who
	return &h
}

// change is one small change of the state.
func (d headDesk) change(ctx context.Context, what, who string, do func(h *house) error) error {
	leave, err := d.gate.Enter(ctx, gate.Pass{Kind: gate.Write, What: what, Who: who})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer leave()
	return do(d.house(who))
}

// Plan implements head.Plans.
func (d headDesk) Plan(ctx context.Context, until company.Date) (*plan.Report, error) {
	h := d.live()
	return plan.Compute(ctx, h.store, h.config, h.segments, until)
}

// Draw implements head.Plans.
func (d headDesk) Draw(c *pipeline.Chart) ([]byte, error) { return svg.Draw(c) }
