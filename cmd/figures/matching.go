package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/resolve/census"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

// matchSizes are companies and listings: the same listings' worth against
// registries of three sizes, then the size that is to be reached.
func matchSizes() []census.Spec {
	return []census.Spec{
		{Seed: 11, Companies: 10_000, Listings: 10_000},
		{Seed: 11, Companies: 100_000, Listings: 10_000},
		{Seed: 11, Companies: 1_000_000, Listings: 10_000},
		{Seed: 11, Companies: 1_000_000, Listings: 100_000},
	}
}

// matched is what joining one world's listings came to.
type matched struct {
	spec     census.Spec
	owners   int64         // companies and observations without ИНН in the store
	load     time.Duration // of all sources into an empty store
	index    time.Duration // of all owners
	first    time.Duration // without the index
	peak     int64         // anonymous bytes of this process meanwhile; 0 = not known
	report   resolve.Report
	changed  int64         // observations that the next night changed
	next     time.Duration // of that night's matching
	compared int64
	idle     time.Duration // of a night without a change
	measure  *census.Measure
}

// perListing is what a listing cost on the first night, the index apart.
func (m *matched) perListing() time.Duration {
	return m.first / time.Duration(max(1, m.report.Listings))
}

// matching joins the listings of worlds with known truth through the store, as
// a night does, and counts how often it was right.
func (p *program) matching(ctx context.Context) ([]matched, error) {
	cfg, _, err := config.Load(config.Options{})
	if err != nil {
		return nil, err
	}
	cfg.Resolve.FreeMail = append(cfg.Resolve.FreeMail, census.FreeMail()...)
	cfg.Resolve.SharedHosts = append(cfg.Resolve.SharedHosts, census.SharedHosts()...)
	var out []matched
	for _, spec := range matchSizes() {
		spec.Companies = max(1000, spec.Companies*p.set.docs/fullDocs)
		spec.Listings = max(100, spec.Listings*p.set.docs/fullDocs)
		p.log.Info("matching", "companies", spec.Companies, "listings", spec.Listings)
		m, err := p.matchOnce(ctx, cfg.Resolve, spec)
		if err != nil {
			return nil, fmt.Errorf("match %d listings to %d companies: %w", spec.Listings, spec.Companies, err)
		}
		out = append(out, m)
	}
	return out, nil
}

func (p *program) matchOnce(ctx context.Context, cfg config.Resolve, spec census.Spec) (m matched, err error) {
	m.spec = spec
	w, err := census.New(spec)
	if err != nil {
		return m, err
	}
	dir, err := os.MkdirTemp(p.scratch, "match-")
	if err != nil {
		return m, fmt.Errorf("make a store: %w", err)
	}
	defer discard(dir)
	db, err := bolt.Open(ctx, bolt.Options{Dir: filepath.Join(dir, "data"), LockTimeout: time.Second, Command: "figures", Now: time.Now})
	if err != nil {
		return m, fmt.Errorf("make a store: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	start := time.Now()
	if _, err := fill(ctx, db, w, p.first); err != nil {
		return m, err
	}
	m.load = time.Since(start)
	night := matchNight{db: db, model: evidence.New(cfg), options: resolve.Options{ReviewAtMost: cfg.ReviewAtMost}}
	if err := m.firstNight(ctx, &night); err != nil {
		return m, err
	}
	joins, err := allJoins(ctx, db)
	if err != nil {
		return m, err
	}
	m.measure = census.NewMeasure()
	for l := range w.Listings() {
		inn, joined := joins[store.ObservationID{Source: l.Observation.Source, Key: l.Observation.Key}]
		answer := census.Left
		if joined {
			answer = census.Joined
		}
		m.measure.Add(&l, answer, inn)
	}
	return m, m.nextNights(ctx, &night, p.next)
}

// matchNight runs the matcher over one store.
type matchNight struct {
	db      *bolt.Store
	model   *evidence.Model
	options resolve.Options
}

// clocked tells the making of the index from the rest.
type clocked struct {
	*bolt.Store
	index time.Duration
}

// ReplaceIndex is that of the store, by the clock.
func (c *clocked) ReplaceIndex(ctx context.Context, tag string, mark uint64, seq iter.Seq2[store.Entry, error]) error {
	start := time.Now()
	err := c.Store.ReplaceIndex(ctx, tag, mark, seq)
	c.index += time.Since(start)
	return err
}

// run returns the report, the time that making the index took, and the rest.
func (n *matchNight) run(ctx context.Context) (r resolve.Report, index, rest time.Duration, err error) {
	c := &clocked{Store: n.db}
	start := time.Now()
	r, err = resolve.Run(ctx, c, n.model, n.options)
	return r, c.index, time.Since(start) - c.index, err
}

func (m *matched) firstNight(ctx context.Context, n *matchNight) (err error) {
	watching, stop := context.WithCancel(ctx)
	memory := make(chan seen, 1)
	go func() { memory <- watch(watching, os.Getpid()) }()
	m.report, m.index, m.first, err = n.run(ctx)
	stop()
	m.peak = (<-memory).peak()
	m.owners = int64(m.spec.Companies) + m.report.Listings
	return err
}

// nextNights changes a hundredth, and then nothing.
func (m *matched) nextNights(ctx context.Context, n *matchNight, day company.Date) error {
	spec := m.spec
	spec.Night = 1
	later, err := census.New(spec)
	if err != nil {
		return err
	}
	delta, err := fill(ctx, n.db, later, day)
	if err != nil {
		return err
	}
	m.changed = delta.New + delta.Changed + delta.Gone
	second, index, took, err := n.run(ctx)
	if err != nil {
		return err
	}
	if index > 0 || second.Unchanged {
		return fmt.Errorf("%w: %d changes: the index was made anew: %v; nothing was matched: %v", errNight, m.changed, index > 0, second.Unchanged)
	}
	m.next, m.compared = took, second.Compared
	third, _, took, err := n.run(ctx)
	if err == nil && !third.Unchanged {
		err = fmt.Errorf("%w: without a change %d listings were compared", errNight, third.Compared)
	}
	m.idle = took
	return err
}

// fill puts all sources of a world into the store, each as a whole release.
func fill(ctx context.Context, db *bolt.Store, w *census.World, day company.Date) (store.Delta, error) {
	var sum store.Delta
	replace := func(source string, seq iter.Seq2[record.Packed, error]) error {
		d, err := db.Replace(ctx, store.Replacement{Source: source, Day: day, Release: pipeline.Release{ID: day.String(), Date: day, Whole: true}}, seq)
		sum = sum.Add(d)
		if err != nil {
			return fmt.Errorf("load %s: %w", source, err)
		}
		return nil
	}
	if err := replace(census.SourceRegistry, packed(w.Registry())); err != nil {
		return sum, err
	}
	if err := replace(census.SourceKompas, packed(w.Kompas())); err != nil {
		return sum, err
	}
	bySource := map[string][]record.Packed{}
	for l := range w.Listings() {
		o := &l.Observation
		bySource[o.Source] = append(bySource[o.Source], record.Pack(nil, o))
	}
	for _, source := range []string{census.SourceGIS, census.SourceMaps, census.SourceFair, census.SourceSite} {
		all := bySource[source]
		slices.SortFunc(all, func(a, b record.Packed) int { return cmp.Compare(a.Key, b.Key) })
		if err := replace(source, inTurn(all)); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func packed(all iter.Seq[company.Observation]) iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		for o := range all {
			if !yield(record.Pack(nil, &o), nil) {
				return
			}
		}
	}
}

func allJoins(ctx context.Context, db *bolt.Store) (map[store.ObservationID]company.INN, error) {
	out := map[store.ObservationID]company.INN{}
	for after := (store.ObservationID{}); ; {
		page, err := db.Joins(ctx, after, 1000)
		if err != nil {
			return nil, fmt.Errorf("read joins: %w", err)
		}
		if len(page) == 0 {
			return out, nil
		}
		for i := range page {
			out[page[i].ID] = page[i].INN
		}
		after = page[len(page)-1].ID
	}
}
