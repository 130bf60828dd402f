package night

import "context"

// Pull is the first stage alone.
func (n *Night) Pull(ctx context.Context, req Request) (*Report, error) {
	return n.alone(req, func(r *Report) error { return n.pullAll(ctx, req, r) })
}

// Enrich is the enriching stage alone, on what the store holds.
func (n *Night) Enrich(ctx context.Context, req Request) (*Report, error) {
	return n.alone(req, func(r *Report) error {
		v, err := n.settle(ctx, r)
		if err != nil {
			return err
		}
		_, err = n.enrichAll(ctx, v, r)
		return err
	})
}

// Export matches, scores, issues and writes from what the store holds.
func (n *Night) Export(ctx context.Context, req Request) (*Report, error) {
	return n.alone(req, func(r *Report) error {
		for _, s := range n.sources() {
			r.Sources = append(r.Sources, n.standing(ctx, s, StateLeftOut, ""))
		}
		v, err := n.settle(ctx, r)
		if err != nil {
			return err
		}
		return n.list(ctx, v, r)
	})
}

// alone runs a part of the night outside the ledger.
func (n *Night) alone(req Request, stage func(*Report) error) (*Report, error) {
	day, err := n.day(req)
	if err != nil {
		return nil, err
	}
	r, err := n.newReport(day)
	if err != nil {
		return nil, err
	}
	if err := stage(r); err != nil {
		return r, err
	}
	n.stageEnd(r)
	return r, nil
}

func (n *Night) stageEnd(r *Report) {
	r.Ended, r.Completed = n.Clock(), true
	r.judge()
}
