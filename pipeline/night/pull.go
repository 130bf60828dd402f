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
func (n *Night) pullAll(ctx context.Context, day company.Date, req Request, r *Report) error {
	for _, s := range n.sources() {
		if len(req.Only) > 0 && !slices.Contains(req.Only, s.Section.Name) {
			r.Sources = append(r.Sources, n.standing(ctx, s, "left out by --only"))
			continue
		}
		state, err := n.pullOne(ctx, day, s)
		r.Sources = append(r.Sources, state)
		if err != nil {
			return fmt.Errorf("pull %s: %w", s.Section.Name, err)
		}
	}
	return nil
}

// sources in the order of pulling: directories, then registries, then the
// rest, each by name.
func (n *Night) sources() []Source {
	rank := map[pipeline.Kind]int{pipeline.KindDirectory: 0, pipeline.KindRegistry: 1}
	out := slices.Clone(n.Sources)
	slices.SortStableFunc(out, func(a, b Source) int {
		ra, ok := rank[a.Source.Describe().Kind]
		if !ok {
			ra = 2
		}
		rb, ok := rank[b.Source.Describe().Kind]
		if !ok {
			rb = 2
		}
		return ra - rb
	})
	return out
}

func (n *Night) pullOne(ctx context.Context, day company.Date, s Source) (SourceReport, error) {
	n.progress(Event{Stage: StagePull, Source: s.Section.Name})
	if err := n.permitted(s); err != nil {
		return SourceReport{Name: s.Section.Name, Title: s.Source.Describe().Title, State: StateOff, Note: err.Error()}, nil
	}
	held, heldHash, err := n.held(ctx, s)
	if err != nil {
		return SourceReport{}, err
	}
	print, err := n.fingerprint(ctx, s, heldHash)
	if err != nil {
		return n.endPull(ctx, s, store.PullEnd{Error: err.Error()}, true, day, "")
	}
	before, err := n.Store.Pull(ctx, s.Section.Name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return SourceReport{}, err
	}
	if before.Complete && before.Fingerprint == print && print != "" {
		return n.report(s, before, true), nil
	}
	cursor := ""
	if before.Fingerprint == print && print != "" && before.Ended.IsZero() && !s.registry() {
		cursor = before.Cursor
	}
	if cursor == "" {
		err := n.Store.BeginPull(ctx, store.Pull{
			Source: s.Section.Name, Day: day, Fingerprint: print,
			Decoder: s.Source.Describe().Decoder, Started: n.Clock(),
		})
		if err != nil {
			return SourceReport{}, err
		}
	}
	return n.read(ctx, day, s, cursor, held)
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

func (n *Night) read(ctx context.Context, day company.Date, s Source, cursor string, held map[company.INN]bool) (SourceReport, error) {
	pullCtx, stop := n.untilDeadline(ctx, day)
	defer stop()
	req := pipeline.Request{
		Wanted:  n.wanted(),
		Held:    func(inn company.INN) bool { return held[inn] },
		Cursor:  cursor,
		Now:     n.Clock(),
		Persons: n.Config.PersonalData.NamedPeople,
		Progress: func(p pipeline.Progress) {
			n.progress(Event{Stage: StagePull, Source: s.Section.Name, Unit: p.Unit, Done: p.Done, Total: p.Total, Rows: p.Rows})
		},
	}
	var delta store.Delta
	var sourceErr, storeErr error
	if s.registry() {
		delta, sourceErr, storeErr = n.readRelease(pullCtx, day, s, req)
	} else {
		sourceErr, storeErr = n.readBatches(pullCtx, day, s, req)
	}
	if ctx.Err() != nil {
		return SourceReport{}, context.Cause(ctx)
	}
	if storeErr != nil && pullCtx.Err() == nil {
		return SourceReport{}, storeErr
	}
	end := store.PullEnd{Delta: delta, Complete: sourceErr == nil && pullCtx.Err() == nil}
	switch {
	case pullCtx.Err() != nil:
		end.Error = "the deadline came before the end"
	case sourceErr != nil:
		end.Error = sourceErr.Error()
	}
	return n.endPull(ctx, s, end, false, day, "")
}

// readBatches commits each batch as it comes. The first error is the source's,
// the second the store's.
func (n *Night) readBatches(ctx context.Context, day company.Date, s Source, req pipeline.Request) (sourceErr, storeErr error) {
	for batch, err := range s.Source.Pull(ctx, req) {
		if err != nil {
			return err, nil
		}
		if err := batch.Counts.Check(); err != nil {
			return fmt.Errorf("unit %s: %w", batch.Unit, err), nil
		}
		if _, err := n.Store.Commit(ctx, store.Commit{Source: s.Section.Name, Day: day, Batch: batch}); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// readRelease gathers a registry's release, keeps the newest of each key and
// hands it to the store in one ordered pass. A release with a gap is not
// whole, so nothing is taken for gone.
func (n *Night) readRelease(ctx context.Context, day company.Date, s Source, req pipeline.Request) (delta store.Delta, sourceErr, storeErr error) {
	gathered := release{newest: map[string]int{}}
	for batch, err := range s.Source.Pull(ctx, req) {
		if err != nil {
			sourceErr = err
			break
		}
		if err := batch.Counts.Check(); err != nil {
			return delta, fmt.Errorf("unit %s: %w", batch.Unit, err), nil
		}
		gathered.add(batch)
		batch.Observations = nil
		if err := n.Store.NotePull(ctx, s.Section.Name, batch); err != nil {
			return delta, nil, err
		}
	}
	if sourceErr != nil || ctx.Err() != nil {
		gathered.release.Whole = false
	}
	if ctx.Err() != nil {
		return delta, sourceErr, nil
	}
	delta, storeErr = n.Store.Replace(ctx, store.Replacement{Source: s.Section.Name, Day: day, Release: gathered.release}, gathered.sorted())
	return delta, sourceErr, storeErr
}

// held is the set of ИНН that directories hold, for a registry; and its hash.
func (n *Night) held(ctx context.Context, s Source) (map[company.INN]bool, string, error) {
	if !s.registry() {
		return nil, "", nil
	}
	var names []string
	for _, other := range n.Sources {
		if other.Source.Describe().Kind == pipeline.KindDirectory {
			names = append(names, other.Section.Name)
		}
	}
	set := map[company.INN]bool{}
	h := sha256.New()
	for after := company.INN(""); ; {
		page, err := n.Store.INNs(ctx, names, after, pageSize)
		if err != nil {
			return nil, "", err
		}
		if len(page) == 0 {
			return set, hex.EncodeToString(h.Sum(nil)[:8]), nil
		}
		for _, inn := range page {
			set[inn] = true
			h.Write([]byte(inn))
			h.Write([]byte{'\n'})
		}
		after = page[len(page)-1]
	}
}

// fingerprint names everything that decides what a pull yields: the input, the
// decoder, the wanted codes, the held ИНН. "" = the source cannot tell.
func (n *Night) fingerprint(ctx context.Context, s Source, heldHash string) (string, error) {
	f, ok := s.Source.(pipeline.Fingerprinter)
	if !ok {
		return "", nil
	}
	input, err := f.Fingerprint(ctx)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintln(h, input, s.Source.Describe().Decoder, n.wanted(), heldHash, n.Config.PersonalData.NamedPeople)
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

func (n *Night) wanted() pipeline.Wanted {
	w := pipeline.Wanted{Codes: n.Segments.WantedCodes(), Additional: n.Config.Collect.AdditionalCodes}
	for _, c := range n.Config.Collect.ExtraCodes {
		w.Codes = append(w.Codes, c.OKVED())
	}
	return w
}
