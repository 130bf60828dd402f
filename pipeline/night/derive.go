package night

import (
	"context"
	"errors"
	"iter"

	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// derive brings the scoring rows up to date: those of companies whose dossiers
// have changed, or all, when the rules by which rows are made are others.
func (n *Night) derive(ctx context.Context, v *view, r *Report) error {
	began := n.Clock()
	defer func() { r.took(StageDerive, "", began, n.Clock()) }()
	matcher, err := score.NewMatcher(n.Segments)
	if err != nil {
		return err
	}
	state, err := n.Store.RowState(ctx)
	if err != nil {
		return err
	}
	if tag := n.rowTag(v); state.All || state.Tag != tag {
		return n.Store.ReplaceRows(ctx, tag, state.Mark, n.allRows(ctx, v, matcher))
	}
	return n.Store.PatchRows(ctx, state.Mark, n.staleRows(ctx, v, matcher))
}

// rowTag names the rules by which rows are made.
func (n *Night) rowTag(v *view) string { return score.Tag(n.Segments, v.standings) + " " + n.Version }

// staleRows makes the rows of companies that have changed; of one that is gone
// it yields a row without data.
func (n *Night) staleRows(ctx context.Context, v *view, m *score.Matcher) iter.Seq2[store.ScoreRow, error] {
	return func(yield func(store.ScoreRow, error) bool) {
		maker, done := rowMaker{view: v, reader: m.Reader()}, int64(0)
		for inn, err := range n.stale(ctx) {
			row := store.ScoreRow{INN: inn}
			if err == nil {
				row.Data, err = maker.rowOf(ctx, inn)
			}
			if !yield(row, err) || err != nil {
				return
			}
			if done++; done%pageSize == 0 {
				n.progress(Event{Stage: StageDerive, Done: done})
			}
		}
	}
}

// stale walks the ИНН whose rows are out of date.
func (n *Night) stale(ctx context.Context) iter.Seq2[company.INN, error] {
	return func(yield func(company.INN, error) bool) {
		for after := company.INN(""); ; {
			page, err := n.Store.StaleRows(ctx, after, pageSize)
			if err != nil {
				yield("", err)
				return
			}
			for _, inn := range page {
				if !yield(inn, nil) {
					return
				}
			}
			if len(page) < pageSize {
				return
			}
			after = page[len(page)-1]
		}
	}
}

// rowMaker makes rows one after another, using its memory again.
type rowMaker struct {
	view    *view
	reader  *score.RowReader
	deriver company.Deriver
	data    []byte
}

// make appends the row of a dossier to b.
func (k *rowMaker) make(b []byte, d *store.Dossier) ([]byte, error) {
	c := k.deriver.Derive(d.INN, d.Observations, k.view.standings)
	row := k.reader.Row(k.view.releases, &c)
	return row.AppendBinary(b)
}

// rowOf makes the row of a company, nil when it is gone. It is valid until the
// next call.
func (k *rowMaker) rowOf(ctx context.Context, inn company.INN) ([]byte, error) {
	d, err := k.view.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	k.data, err = k.make(k.data[:0], &d)
	return k.data, err
}
