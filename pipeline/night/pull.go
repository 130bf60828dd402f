package night

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/store"
)

// pullAll reads every source, directories before registries, because a
// registry also takes the ИНН that directories hold. A source that fails is
// reported and never ends the night; only the store's own failure does.
func (n *Night) pullAll(ctx context.Context, req Request, r *Report) error {
	for _, s := range n.sources() {
		switch {
		case len(req.Only) > 0 && !slices.Contains(req.Only, s.Section.Name):
			r.Sources = append(r.Sources, n.standing(ctx, s, StateLeftOut, "left out by --only"))
			continue
		case n.late(r):
			r.Sources = append(r.Sources, n.standing(ctx, s, StateLate, "the deadline came first; what was known stands"))
			continue
		}
		state, err := n.pullOne(ctx, s, req, r)
		if state.State != StateFailed {
			state.Advice = advice(ctx, s)
		}
		r.Sources = append(r.Sources, state)
		if err != nil {
			return fmt.Errorf("pull %s: %w", s.Section.Name, err)
		}
	}
	return nil
}

// advice is what a source says of its input. One that cannot be looked at says
// so by its state.
func advice(ctx context.Context, s Source) []string {
	a, ok := s.Source.(pipeline.Adviser)
	if !ok {
		return nil
	}
	said, err := a.Advice(ctx)
	if err != nil {
		return nil
	}
	return said
}

// sources in the order of pulling: directories, then registries, then sets,
// each by name.
func (n *Night) sources() []Source {
	order := []pipeline.Kind{pipeline.KindDirectory, pipeline.KindRegistry, pipeline.KindSet}
	out := slices.Clone(n.Sources)
	slices.SortStableFunc(out, func(a, b Source) int {
		return slices.Index(order, a.kind()) - slices.Index(order, b.kind())
	})
	return out
}

func (n *Night) pullOne(ctx context.Context, s Source, req Request, r *Report) (SourceReport, error) {
	began := n.Clock()
	defer func() { r.took(StagePull, s.Section.Name, began, n.Clock()) }()
	n.progress(Event{Stage: StagePull, Source: s.Section.Name})
	if err := n.permitted(s); err != nil {
		return n.standing(ctx, s, StateOff, err.Error()), nil
	}
	held, filter, err := n.filter(ctx, s)
	if err != nil {
		return SourceReport{}, err
	}
	before, err := n.Store.Pull(ctx, s.Section.Name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return SourceReport{}, err
	}
	bounded, stop := n.bounded(ctx, r)
	defer stop()
	s.Section = Paced(s.Section, s.Source.Describe())
	rests := !slices.Contains(req.Only, s.Section.Name) && Rests(s.Section, before, n.Clock())
	var unprepared error
	if !rests {
		unprepared = n.prepare(bounded, s)
	}
	mark, unreadable := n.fingerprint(bounded, s, filter)
	switch {
	case ctx.Err() != nil:
		return SourceReport{}, context.Cause(ctx)
	case bounded.Err() != nil:
		return n.standing(ctx, s, StateLate, "the deadline came before its input was looked at"), nil
	}
	same, live := mark != "" && before.Fingerprint == mark, s.Source.Describe().Live
	switch {
	case rests && unreadable == nil && (same || mark == ""):
		return n.resting(s, before, r.Day), nil
	case same && before.Complete && !live:
		err := n.lookedAt(ctx, s, before, unprepared)
		return outdated(n.report(s, before, r.Day, true), unprepared), err
	}
	p := pull{source: s, held: held, filter: filter, before: before, mixed: n.mixed(s, before, filter)}
	if same && !s.released() && !before.Complete {
		p.cursor = before.Cursor
	}
	if p.cursor == "" {
		err := n.Store.BeginPull(ctx, store.Pull{
			Source: s.Section.Name, Day: r.Day, Fingerprint: mark, Filter: filter,
			Decoder: s.Source.Describe().Decoder, Started: n.Clock(), Mixed: p.mixed, Last: before.Last,
		})
		if err != nil {
			return SourceReport{}, err
		}
	}
	if unreadable != nil {
		return n.endPull(ctx, s, store.PullEnd{Error: errors.Join(unprepared, unreadable).Error()}, r)
	}
	report, err := n.read(ctx, bounded, p, r)
	return outdated(report, unprepared), err
}

// prepare brings a source's input into place, if it asks for that.
func (n *Night) prepare(ctx context.Context, s Source) error {
	p, ok := s.Source.(pipeline.Preparer)
	if !ok {
		return nil
	}
	return p.Prepare(ctx, func(pr pipeline.Progress) {
		n.progress(Event{Stage: StageFetch, Source: s.Section.Name, Unit: pr.Unit, Done: pr.Done, Total: pr.Total, Rows: pr.Rows})
	})
}

// outdated reports a source whose newest input could not be brought: what was
// there before has been read.
func outdated(r SourceReport, unprepared error) SourceReport {
	if unprepared == nil {
		return r
	}
	why := "the newest release could not be brought: " + unprepared.Error()
	switch r.State {
	case StateDone, StateUnchanged, StateStale:
		r.State, r.Note = StateStale, why+"; what was there before has been read"
	case StateFailed, StateIncomplete, StateQuarantine:
		r.Note = why + "; " + r.Note
	case StateLate, StateOff, StateLeftOut, StateResting, StatePaused:
	}
	return r
}
