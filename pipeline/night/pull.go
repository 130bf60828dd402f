package night

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
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
		state, err := n.pullOne(ctx, s, r)
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

func (n *Night) pullOne(ctx context.Context, s Source, r *Report) (SourceReport, error) {
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
	unprepared := n.prepare(bounded, s)
	mark, unreadable := n.fingerprint(bounded, s, filter)
	switch {
	case ctx.Err() != nil:
		return SourceReport{}, context.Cause(ctx)
	case bounded.Err() != nil:
		return n.standing(ctx, s, StateLate, "the deadline came before its input was looked at"), nil
	}
	same := mark != "" && before.Fingerprint == mark
	if same && before.Complete {
		return outdated(n.report(s, before, r.Day, true), unprepared), nil
	}
	p := pull{source: s, held: held, filter: filter, before: before, mixed: n.mixed(s, before, filter)}
	if same && !s.released() {
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
	case StateLate, StateOff, StateLeftOut:
	}
	return r
}

// mixed tells whether the store may hold what was read otherwise than now:
// under another filter or by another decoder. What differs then is no news.
func (n *Night) mixed(s Source, before store.Pull, filter string) bool {
	return before.Source != "" &&
		(before.Mixed || before.Filter != filter || before.Decoder != s.Source.Describe().Decoder)
}

// permitted says why a source must not run: its terms are not known to allow
// this use and nobody has accepted them. Sample data is our own.
func (n *Night) permitted(s Source) error {
	d := s.Source.Describe()
	if d.Open || n.Sample || s.Section.TermsAccepted != "" {
		return nil
	}
	return fmt.Errorf("its terms of use are not known to allow a lead base (%s): read them and set sources.%s.terms_accepted to the date",
		d.Licence, s.Section.Name)
}

// filter is what decides which rows of a source are taken: the wanted codes
// and, for a registry, the ИНН that directories hold.
func (n *Night) filter(ctx context.Context, s Source) (held *company.INNSet, mark string, err error) {
	if s.annex() {
		return nil, "everything", nil // a set is kept whole, whatever is wanted now
	}
	if s.kind() == pipeline.KindRegistry {
		if held, err = n.held(ctx); err != nil {
			return nil, "", err
		}
	}
	h := sha256.New()
	fmt.Fprintln(h, n.wanted(), held.Hash(), n.Config.PersonalData.NamedPeople)
	return held, hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// held is the set of ИНН that directories hold.
func (n *Night) held(ctx context.Context) (*company.INNSet, error) {
	var names []string
	for _, other := range n.Sources {
		if other.kind() == pipeline.KindDirectory && n.permitted(other) == nil {
			names = append(names, other.Section.Name)
		}
	}
	set := &company.INNSet{}
	for after := company.INN(""); ; {
		page, err := n.Store.INNs(ctx, names, after, pageSize)
		if err != nil {
			return nil, err
		}
		for _, inn := range page {
			set.Add(inn)
		}
		if len(page) < pageSize {
			return set, nil
		}
		after = page[len(page)-1]
	}
}

// fingerprint names everything that decides what a pull yields: the input, the
// decoder and the filter. "" = the source cannot tell.
func (n *Night) fingerprint(ctx context.Context, s Source, filter string) (string, error) {
	f, ok := s.Source.(pipeline.Fingerprinter)
	if !ok {
		return "", nil
	}
	input, err := f.Fingerprint(ctx)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintln(h, input, s.Source.Describe().Decoder, filter)
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

func (n *Night) wanted() pipeline.Wanted {
	w := pipeline.Wanted{Codes: n.Segments.WantedCodes(), Additional: n.Config.Collect.AdditionalCodes}
	for _, c := range n.Config.Collect.ExtraCodes {
		w.Codes = append(w.Codes, c.OKVED())
	}
	return w
}
