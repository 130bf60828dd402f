package night

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/release"
	"obzvon/pipeline/store"
)

// pull is one reading of a source on its way.
type pull struct {
	source Source
	held   *company.INNSet
	filter string
	before store.Pull
	cursor string // where to go on; "" = from the start
	mixed  bool   // the store may hold what was read otherwise
}

// read pulls and writes. bounded ends at the deadline, ctx with the night.
func (n *Night) read(ctx, bounded context.Context, p pull, r *Report) (SourceReport, error) {
	s := p.source
	req := pipeline.Request{
		Wanted:  n.wanted(),
		Held:    p.held,
		Cursor:  p.cursor,
		Now:     r.Day.Time(),
		Persons: n.Config.PersonalData.NamedPeople,
		Progress: func(pr pipeline.Progress) {
			n.progress(Event{Stage: StagePull, Source: s.Section.Name, Unit: pr.Unit, Done: pr.Done, Total: pr.Total, Rows: pr.Rows})
		},
	}
	var delta store.Delta
	var sourceErr, storeErr error
	if s.released() {
		delta, sourceErr, storeErr = n.readRelease(bounded, p, req, r.Day)
	} else {
		sourceErr, storeErr = n.readBatches(bounded, p, req, r.Day)
	}
	if ctx.Err() != nil {
		return SourceReport{}, context.Cause(ctx)
	}
	if errors.Is(storeErr, release.ErrSort) {
		sourceErr, storeErr = storeErr, nil // it costs this source, not the list
	}
	if bounded.Err() != nil && (storeErr == nil || errors.Is(storeErr, bounded.Err())) {
		// The pull stays open, so that the next night goes on where it can.
		return n.standing(ctx, s, StateLate, "the deadline came before the end; the next run goes on"), nil
	}
	switch {
	case errors.Is(storeErr, store.ErrKind):
		sourceErr, storeErr = fmt.Errorf("%w: give the section another name, or run --rebuild", storeErr), nil
	case errors.Is(storeErr, store.ErrObservation), errors.Is(storeErr, store.ErrOrder):
		sourceErr, storeErr = storeErr, nil // what the store refuses, the source has made
	}
	if storeErr != nil {
		return SourceReport{}, storeErr
	}
	end := store.PullEnd{Delta: delta, Complete: sourceErr == nil}
	switch {
	case errors.Is(sourceErr, pipeline.ErrUnfinished):
		end.Paused = sourceErr.Error()
	case sourceErr != nil:
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
		if err := checkCounts(batch); err != nil {
			return err, nil
		}
		if _, err := n.Store.Commit(ctx, store.Commit{Source: p.source.Section.Name, Day: day, Batch: batch, Silent: p.mixed}); err != nil {
			return nil, err
		}
	}
	return nil, nil
}
