package night

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// view is the store as this night sees it: what sources said that are in
// force, with their trust and the days of their releases. A source that was
// switched off, or whose terms are no longer accepted, keeps its data and has
// no say.
type view struct {
	store.Store

	force     map[string]bool // sections in force
	standings company.Standings
	releases  *score.Releases
	watched   score.Watch // of which needs sources tell that are in force and were read
	persons   bool        // named people may be shown
}

func (n *Night) view(ctx context.Context) (*view, error) {
	v := &view{Store: n.Store, force: map[string]bool{}, standings: company.Standings{}, persons: n.Config.PersonalData.NamedPeople}
	for _, s := range n.Sources {
		if n.permitted(s) != nil {
			continue
		}
		name := s.Section.Name
		standing := company.Standing{Trust: s.Section.Trust, Annex: s.annex()}
		p, err := n.Store.Pull(ctx, name)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		if p.Last.Release.Whole {
			standing.Shown = p.Last.Release.Date
		}
		if err == nil {
			v.watch(s)
		}
		v.force[name], v.standings[name] = true, standing
	}
	v.force[config.ManagerSource], v.standings[config.ManagerSource] = true, company.Standing{Trust: toldTrust}
	for _, e := range n.Enrichers {
		v.force[e.Section.Name], v.standings[e.Section.Name] = true, company.Standing{Trust: e.Section.Trust, Asked: true}
	}
	v.releases = score.NewReleases(v.standings)
	return v, nil
}

// watch notes of which needs a source tells.
func (v *view) watch(s Source) {
	for _, f := range s.Source.Describe().Gives {
		v.watched.Gives(f)
	}
}

// company folds a dossier.
func (v *view) company(d store.Dossier) company.Company {
	return company.Derive(d.INN, d.Observations, v.standings)
}

// row makes a company's scoring row.
func (v *view) row(m *score.Matcher, c *company.Company) score.Row {
	return score.RowOf(m, v.releases, c)
}

// names of the sources in force, in order.
func (v *view) names() []string { return slices.Sorted(maps.Keys(v.force)) }

// filter keeps what is in force; false when nothing under the ИНН itself is,
// annexes and enrichers left aside: they add to companies and make none.
func (v *view) filter(d store.Dossier) (store.Dossier, bool) {
	var kept []company.Observation
	own := false
	for _, o := range d.Observations {
		if v.force[o.Source] {
			kept = append(kept, v.allowed(o))
			standing := v.standings[o.Source]
			own = own || o.INN == d.INN && !standing.Annex && !standing.Asked
		}
	}
	var joins []store.Join
	for _, j := range d.Joins {
		if v.force[j.ID.Source] {
			joins = append(joins, j)
		}
	}
	return store.Dossier{INN: d.INN, Observations: kept, Joins: joins}, own
}

// allowed leaves out named people when they may not be shown: some may be
// stored from a time when they might. Whom a manager was told of is no source's
// find: it is kept for the talks with that company.
func (v *view) allowed(o company.Observation) company.Observation {
	if !v.persons && o.Source != config.ManagerSource && slices.ContainsFunc(o.Facts, store.NamesPerson) {
		o.Facts = slices.DeleteFunc(slices.Clone(o.Facts), store.NamesPerson)
	}
	return o
}

// Dossier is that of the store, as far as it is in force.
func (v *view) Dossier(ctx context.Context, inn company.INN) (store.Dossier, error) {
	d, err := v.Store.Dossier(ctx, inn)
	if err != nil {
		return d, err
	}
	d, ok := v.filter(d)
	if !ok {
		return d, store.ErrNotFound
	}
	return d, nil
}

// Dossiers pages as the store does; a page is full unless it is the last.
func (v *view) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	var out []store.Dossier
	for len(out) < limit {
		page, err := v.Store.Dossiers(ctx, after, limit)
		if err != nil {
			return nil, err
		}
		for _, d := range page {
			if after = d.INN; len(out) == limit {
				break
			}
			if d, ok := v.filter(d); ok {
				out = append(out, d)
			}
		}
		if len(page) < limit {
			break
		}
	}
	return out, nil
}

// WithoutINN pages as the store does; a page is full unless it is the last.
func (v *view) WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	var out []company.Observation
	for len(out) < limit {
		page, err := v.Store.WithoutINN(ctx, after, limit)
		if err != nil {
			return nil, err
		}
		for _, o := range page {
			if len(out) == limit {
				break
			}
			after = store.ObservationID{Source: o.Source, Key: o.Key}
			if v.force[o.Source] {
				out = append(out, v.allowed(o))
			}
		}
		if len(page) < limit {
			break
		}
	}
	return out, nil
}

// listings walks every observation without ИНН.
func (v *view) listings(ctx context.Context) iter.Seq2[company.Observation, error] {
	return func(yield func(company.Observation, error) bool) {
		for after := (store.ObservationID{}); ; {
			page, err := v.WithoutINN(ctx, after, pageSize)
			if err != nil {
				yield(company.Observation{}, err)
				return
			}
			for _, o := range page {
				if !yield(o, nil) {
					return
				}
			}
			if len(page) < pageSize {
				return
			}
			last := &page[len(page)-1]
			after = store.ObservationID{Source: last.Source, Key: last.Key}
		}
	}
}

// all walks every dossier in the order of ИНН.
func (v *view) all(ctx context.Context) iter.Seq2[store.Dossier, error] {
	return func(yield func(store.Dossier, error) bool) {
		for after := company.INN(""); ; {
			page, err := v.Dossiers(ctx, after, pageSize)
			if err != nil {
				yield(store.Dossier{}, err)
				return
			}
			for _, d := range page {
				if !yield(d, nil) {
					return
				}
			}
			if len(page) < pageSize {
				return
			}
			after = page[len(page)-1].INN
		}
	}
}
