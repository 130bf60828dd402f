package night

import (
	"context"
)

// Pull is the first stage alone.
func (n *Night) Pull(ctx context.Context, req Request) (*Report, error) {
	day, err := n.day(req)
	if err != nil {
		return nil, err
	}
	r := n.newReport(day)
	if err := n.pullAll(ctx, day, req, r); err != nil {
		return r, err
	}
	return n.stageEnd(r), nil
}

// Enrich is the enriching stage alone, on what the store holds.
func (n *Night) Enrich(ctx context.Context, req Request) (*Report, error) {
	day, err := n.day(req)
	if err != nil {
		return nil, err
	}
	r := n.newReport(day)
	if err := n.know(ctx, day, r); err != nil {
		return r, err
	}
	if _, err := n.enrichAll(ctx, day, r); err != nil {
		return r, err
	}
	return n.stageEnd(r), nil
}

// Export matches, scores, issues and writes from what the store holds.
func (n *Night) Export(ctx context.Context, req Request) (*Report, error) {
	day, err := n.day(req)
	if err != nil {
		return nil, err
	}
	r := n.newReport(day)
	for _, s := range n.sources() {
		r.Sources = append(r.Sources, n.standing(ctx, s, ""))
	}
	if err := n.know(ctx, day, r); err != nil {
		return r, err
	}
	if err := n.list(ctx, day, r); err != nil {
		return r, err
	}
	return n.stageEnd(r), nil
}

func (n *Night) stageEnd(r *Report) *Report {
	r.Ended, r.Completed = n.Clock(), true
	r.judge()
	return r
}
