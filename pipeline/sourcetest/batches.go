package sourcetest

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// checkBatches looks at all that is yielded: counts, rejects, observations.
func checkBatches(ctx context.Context, c Case) error {
	w, err := pullAll(ctx, c.New(), c.Request)
	if err != nil {
		return err
	}
	cursors := map[string]bool{}
	source := ""
	for i := range w.batches {
		b := &w.batches[i]
		if err := checkBatch(b, c.Request); err != nil {
			return fmt.Errorf("batch %d, unit %q: %w", i+1, b.Unit, err)
		}
		if b.Cursor != "" && cursors[b.Cursor] {
			return fmt.Errorf("batch %d: cursor %q for the second time", i+1, b.Cursor)
		}
		cursors[b.Cursor] = true
		for _, o := range b.Observations {
			if source == "" {
				source = o.Source
			}
			if o.Source != source {
				return fmt.Errorf("batch %d: observations of %q and of %q", i+1, source, o.Source)
			}
		}
	}
	return nil
}

func checkBatch(b *pipeline.Batch, req pipeline.Request) error {
	if b.Unit == "" {
		return errors.New("no name of the unit")
	}
	if err := b.Counts.Check(); err != nil {
		return err
	}
	n := b.Counts
	switch {
	case min(n.Declared, n.Read, n.Unread, n.Taken, n.NotWanted, n.Quarantined) < 0:
		return fmt.Errorf("a negative count: %+v", n)
	case n.Unread > 0 && len(b.Gaps) == 0:
		return fmt.Errorf("%d rows unread, but no gap says why", n.Unread)
	case n.Quarantined > 0 && len(b.Rejects) == 0, n.Quarantined < int64(rowRejects(b.Rejects)):
		return fmt.Errorf("%d rows quarantined, %d rejects of rows", n.Quarantined, rowRejects(b.Rejects))
	case int64(len(b.Observations)) > 0 && n.Taken == 0:
		return fmt.Errorf("%d observations, but no row was taken", len(b.Observations))
	case n.Taken > 0 && len(b.Observations) == 0:
		return fmt.Errorf("%d rows taken, but no observation", n.Taken)
	}
	for _, g := range b.Gaps {
		if g.Unit == "" || g.Detail == "" || g.Unread < 0 {
			return fmt.Errorf("a gap that does not say what or why: %+v", g)
		}
	}
	for _, r := range b.Rejects {
		if err := checkReject(r); err != nil {
			return fmt.Errorf("reject of row %d: %w", r.Row, err)
		}
	}
	return checkObservations(b.Observations, req)
}

// rowRejects counts rejects that stand for one row.
func rowRejects(rejects []pipeline.Reject) int {
	n := 0
	for _, r := range rejects {
		if r.Row > 0 {
			n++
		}
	}
	return n
}

func checkReject(r pipeline.Reject) error {
	switch {
	case r.Unit == "" || r.Reason == "" || r.Detail == "":
		return fmt.Errorf("no unit, reason or detail: %+v", r)
	case r.Row < 0:
		return errors.New("a negative row")
	case len(r.Raw) > pipeline.RawLimit:
		return fmt.Errorf("%d bytes kept, %d allowed", len(r.Raw), pipeline.RawLimit)
	default:
		return checkText(r.Raw)
	}
}

func checkObservations(all []company.Observation, req pipeline.Request) error {
	keys := map[string]bool{}
	for i := range all {
		o := &all[i]
		if keys[o.Key] {
			return fmt.Errorf("key %q twice in one batch", o.Key)
		}
		keys[o.Key] = true
		if err := CheckObservation(o, req.Persons); err != nil {
			return fmt.Errorf("observation %q: %w", o.Key, err)
		}
	}
	return nil
}
