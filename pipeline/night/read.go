package night

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// pull is one reading of a source on its way.
type pull struct {
	source Source
	held   map[company.INN]bool
	filter string
	before store.Pull
	cursor string // where to go on; "" = from the start
}

// refiltered tells that the stored observations came under another filter.
func (p pull) refiltered() bool {
	for _, was := range []string{p.before.Filter, p.before.Last.Filter} {
		if was != "" && was != p.filter {
			return true
		}
	}
	return false
}

// read pulls and writes. bounded ends at the deadline, ctx with the night.
func (n *Night) read(ctx, bounded context.Context, p pull, r *Report) (SourceReport, error) {
	s := p.source
	req := pipeline.Request{
		Wanted:  n.wanted(),
		Held:    func(inn company.INN) bool { return p.held[inn] },
		Cursor:  p.cursor,
		Now:     n.Clock(),
		Persons: n.Config.PersonalData.NamedPeople,
		Progress: func(pr pipeline.Progress) {
			n.progress(Event{Stage: StagePull, Source: s.Section.Name, Unit: pr.Unit, Done: pr.Done, Total: pr.Total, Rows: pr.Rows})
		},
	}
	var delta store.Delta
	var sourceErr, storeErr error
	if s.registry() {
		delta, sourceErr, storeErr = n.readRelease(bounded, p, req, r.Day)
	} else {
		sourceErr, storeErr = n.readBatches(bounded, p, req, r.Day)
	}
	if ctx.Err() != nil {
		return SourceReport{}, context.Cause(ctx)
	}
	if bounded.Err() != nil {
		// The pull stays open, so that the next night goes on where it can.
		return n.standing(ctx, s, StateLate, "the deadline came before the end; the next run goes on"), nil
	}
	if errors.Is(storeErr, store.ErrObservation) || errors.Is(storeErr, store.ErrOrder) {
		sourceErr, storeErr = storeErr, nil // what the store refuses, the source has made
	}
	if storeErr != nil {
		return SourceReport{}, storeErr
	}
	end := store.PullEnd{Delta: delta, Complete: sourceErr == nil}
	if sourceErr != nil {
		end.Error = sourceErr.Error()
	}
	return n.endPull(ctx, s, end, r)
}

// readBatches commits each batch as it comes. The first error is the source's,
// the second the store's.
func (n *Night) readBatches(ctx context.Context, p pull, req pipeline.Request, day company.Date) (sourceErr, storeErr error) {
	for batch, err := range p.source.Source.Pull(ctx, req) {
		if err != nil {
			return err, nil
		}
		if err := batch.Counts.Check(); err != nil {
			return fmt.Errorf("unit %s: %w", batch.Unit, err), nil
		}
		if _, err := n.Store.Commit(ctx, store.Commit{Source: p.source.Section.Name, Day: day, Batch: batch}); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// readRelease gathers a registry's release, keeps the newest of each key and
// hands it to the store in one ordered pass. A release with a gap is not
// whole, so nothing is taken for gone; under another filter than before what
// is missing goes without being called gone.
func (n *Night) readRelease(ctx context.Context, p pull, req pipeline.Request, day company.Date) (delta store.Delta, sourceErr, storeErr error) {
	name := p.source.Section.Name
	gathered := release{newest: map[string]int{}}
	for batch, err := range p.source.Source.Pull(ctx, req) {
		if err != nil {
			sourceErr = err
			break
		}
		if err := batch.Counts.Check(); err != nil {
			return delta, fmt.Errorf("unit %s: %w", batch.Unit, err), nil
		}
		gathered.add(batch)
		batch.Observations = nil
		if err := n.Store.NotePull(ctx, name, batch); err != nil {
			return delta, nil, err
		}
	}
	if ctx.Err() != nil {
		return delta, sourceErr, nil
	}
	if sourceErr != nil {
		gathered.release.Whole = false
	}
	r := store.Replacement{
		Source: name, Day: day, Release: gathered.release,
		Refiltered: p.refiltered(),
	}
	delta, storeErr = n.Store.Replace(ctx, r, gathered.sorted())
	return delta, sourceErr, storeErr
}
