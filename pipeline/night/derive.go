package night

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

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
func (n *Night) rowTag(v *view) string {
	return fmt.Sprint(score.Tag(n.Segments, v.standings), " ", v.persons, " ", n.Version)
}

// staleRows makes the rows of companies that have changed; of one that is gone
// it yields a row without data.
func (n *Night) staleRows(ctx context.Context, v *view, m *score.Matcher) iter.Seq2[store.ScoreRow, error] {
	return func(yield func(store.ScoreRow, error) bool) {
		makers := make([]rowMaker, runtime.GOMAXPROCS(0))
		for i := range makers {
			makers[i] = rowMaker{view: v, reader: m.Reader()}
		}
		done := int64(0)
		for page, err := range n.stale(ctx) {
			var rows []store.ScoreRow
			if err == nil {
				rows, err = rowsOf(ctx, makers, page)
			}
			if err != nil {
				yield(store.ScoreRow{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			done += int64(len(rows))
			n.progress(Event{Stage: StageDerive, Done: done})
		}
	}
}

// stale walks the ИНН whose rows are out of date, page by page.
func (n *Night) stale(ctx context.Context) iter.Seq2[[]company.INN, error] {
	return func(yield func([]company.INN, error) bool) {
		for after := company.INN(""); ; {
			page, err := n.Store.StaleRows(ctx, after, pageSize)
			if len(page) == 0 && err == nil || !yield(page, err) || len(page) < pageSize {
				return
			}
			after = page[len(page)-1]
		}
	}
}

// rowsOf makes the rows of some companies, each maker those of a part.
func rowsOf(ctx context.Context, makers []rowMaker, inns []company.INN) ([]store.ScoreRow, error) {
	rows := make([]store.ScoreRow, len(inns))
	part := (len(inns) + len(makers) - 1) / len(makers)
	g, ctx := errgroup.WithContext(ctx)
	for i := range makers {
		from, to := min(i*part, len(inns)), min((i+1)*part, len(inns))
		g.Go(func() error {
			for j := from; j < to; j++ {
				data, err := makers[i].rowOf(ctx, inns[j])
				if err != nil {
					return err
				}
				rows[j] = store.ScoreRow{INN: inns[j], Data: data}
			}
			return nil
		})
	}
	return rows, g.Wait()
}

// rowMaker makes rows one after another, using its memory again.
type rowMaker struct {
	view    *view
	reader  *score.RowReader
	deriver company.Deriver
}

// make appends the row of a dossier to b.
func (k *rowMaker) make(b []byte, d *store.Dossier) ([]byte, error) {
	c := k.deriver.Derive(d.INN, d.Observations, k.view.standings)
	row := k.reader.Row(k.view.releases, &c)
	return row.AppendBinary(b)
}

// rowOf makes the row of a company, nil when it is gone.
func (k *rowMaker) rowOf(ctx context.Context, inn company.INN) ([]byte, error) {
	d, err := k.view.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return k.make(nil, &d)
}
