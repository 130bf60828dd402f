package night_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
)

var errKilled = errors.New("killed")

// dying is a store whose writes fail from a given one on, as if the process
// had been killed there.
type dying struct {
	store.Store
	left int
}

func (d *dying) strike() error {
	if d.left == 0 {
		return errKilled
	}
	d.left--
	return nil
}

func (d *dying) Commit(ctx context.Context, c store.Commit) (store.Delta, error) {
	if err := d.strike(); err != nil {
		return store.Delta{}, err
	}
	return d.Store.Commit(ctx, c)
}

// Replace is a run of transactions: it dies in the middle of the sequence.
func (d *dying) Replace(ctx context.Context, r store.Replacement, seq iter.Seq2[record.Packed, error]) (store.Delta, error) {
	return d.Store.Replace(ctx, r, cut(d, seq))
}

// cut ends a sequence where the store dies.
func cut[T any](d *dying, seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range seq {
			if dead := d.strike(); dead != nil {
				yield(v, dead)
				return
			}
			if !yield(v, err) {
				return
			}
		}
	}
}

func (d *dying) BeginPull(ctx context.Context, p store.Pull) error {
	return errors.Join(d.strike(), d.Store.BeginPull(ctx, p))
}

func (d *dying) NotePull(ctx context.Context, source string, b pipeline.Batch) error {
	if err := d.strike(); err != nil {
		return err
	}
	return d.Store.NotePull(ctx, source, b)
}

func (d *dying) EndPull(ctx context.Context, source string, e store.PullEnd) error {
	if err := d.strike(); err != nil {
		return err
	}
	return d.Store.EndPull(ctx, source, e)
}

func (d *dying) ReplaceJoins(ctx context.Context, note []byte, seq iter.Seq2[store.Join, error]) error {
	if err := d.strike(); err != nil {
		return err
	}
	return d.Store.ReplaceJoins(ctx, note, seq)
}

func (d *dying) ReplaceRows(ctx context.Context, tag string, mark uint64, seq iter.Seq2[store.ScoreRow, error]) error {
	return d.Store.ReplaceRows(ctx, tag, mark, cut(d, seq))
}

func (d *dying) PatchRows(ctx context.Context, mark uint64, seq iter.Seq2[store.ScoreRow, error]) error {
	return d.Store.PatchRows(ctx, mark, cut(d, seq))
}

func (d *dying) DropEvents(ctx context.Context, before company.Date) error {
	if err := d.strike(); err != nil {
		return err
	}
	return d.Store.DropEvents(ctx, before)
}

func (d *dying) Issue(ctx context.Context, i store.Issue) ([]byte, error) {
	if err := d.strike(); err != nil {
		return nil, err
	}
	return d.Store.Issue(ctx, i)
}

func (d *dying) PutRun(ctx context.Context, r store.Run) error {
	if err := d.strike(); err != nil {
		return err
	}
	return d.Store.PutRun(ctx, r)
}

// Killed before any of its writes and run again, the night gives the same book
// as one that was never killed.
func TestKilledAnywhereGivesTheSameBook(t *testing.T) {
	whole := newWorld(t)
	whole.run(t)
	want := text(t, whole.shelf.last(t))
	for writes := 0; ; writes++ {
		w := newWorld(t)
		d := &dying{Store: w.store, left: writes}
		w.build(t, d)
		_, err := w.night.Run(t.Context(), night.Request{})
		survived := err == nil
		if !survived && !errors.Is(err, errKilled) {
			t.Fatalf("killed after %d writes: %v", writes, err)
		}
		w.build(t, w.store)
		w.run(t)
		if got := text(t, w.shelf.last(t)); got != want {
			t.Fatalf("killed after %d writes and run again: another book", writes)
		}
		if survived && d.left > 0 {
			if writes < 70 {
				t.Errorf("only %d writes in a night: is the store still wrapped?", writes)
			}
			return
		}
	}
}
