package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/sources/rsmp"
)

// stored is how fast the store takes records of the real size and mix.
type stored struct {
	records           int
	bytes             float64 // of a record's content, mean
	file              float64 // of the store, for a record, after the load
	load, merge       float64 // records a second, medians
	again             float64
	loads, merges     []float64
	unchangedReplaces []float64
}

// storing loads sorted records into an empty store, gives them again, and
// merges as many of which half are others of the same firms and half new.
func (p *program) storing(ctx context.Context, in input) (s stored, err error) {
	const most = 500_000
	all, err := p.records(ctx, in, 2*min(most, int(in.stats.Wanted)/2))
	if err != nil {
		return s, err
	}
	base, update := split(all)
	s.records = len(base)
	for _, r := range base {
		s.bytes += float64(len(r.Content)) / float64(len(base))
	}
	for round := range p.set.rounds {
		p.log.Info("storing", "round", round+1, "records", len(base))
		if err := p.storeOnce(ctx, base, update, &s); err != nil {
			return s, err
		}
	}
	s.load, s.merge, s.again = median(s.loads), median(s.merges), median(s.unchangedReplaces)
	return s, nil
}

func (p *program) storeOnce(ctx context.Context, base, update []record.Packed, s *stored) (err error) {
	dir, err := os.MkdirTemp(p.scratch, "store-")
	if err != nil {
		return fmt.Errorf("make a store: %w", err)
	}
	defer discard(dir)
	db, err := bolt.Open(ctx, bolt.Options{Dir: dir, LockTimeout: time.Second, Command: "figures", Now: time.Now})
	if err != nil {
		return fmt.Errorf("make a store: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	replace := func(records []record.Packed, day company.Date, want store.Delta) (float64, error) {
		r := store.Replacement{Source: "rsmp", Day: day, Release: pipeline.Release{ID: day.String(), Date: day, Whole: true}}
		start := time.Now()
		d, err := db.Replace(ctx, r, inTurn(records))
		if err == nil && d != want {
			err = fmt.Errorf("%w: the store counts %+v, want %+v", errNight, d, want)
		}
		return float64(len(records)) / time.Since(start).Seconds(), err
	}
	n := int64(len(base))
	load, err := replace(base, p.first, store.Delta{New: n})
	if err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(dir, "registry.db"))
	if err != nil {
		return fmt.Errorf("look at the store: %w", err)
	}
	s.file = float64(info.Size()) / float64(n)
	again, err := replace(base, p.first, store.Delta{Unchanged: n})
	if err != nil {
		return err
	}
	merge, err := replace(update, p.next, store.Delta{New: int64(len(update)) - n, Changed: n})
	if err != nil {
		return err
	}
	s.loads, s.unchangedReplaces, s.merges = append(s.loads, load), append(s.unchangedReplaces, again), append(s.merges, merge)
	return nil
}

func inTurn(records []record.Packed) iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// records are the first wanted ones of a release, sorted.
func (p *program) records(ctx context.Context, in input, most int) ([]record.Packed, error) {
	inputs, err := files.Expander{}.Expand([]string{in.path})
	if err != nil {
		return nil, fmt.Errorf("open the release: %w", err)
	}
	var all []record.Packed
	source := rsmp.New("rsmp", inputs, rsmp.Options{Whole: "yes"})
	for batch, err := range source.Pull(ctx, pipeline.Request{Wanted: pipeline.Wanted{Codes: p.wanted}}) {
		if err != nil {
			return nil, fmt.Errorf("pull: %w", err)
		}
		for i := range batch.Observations {
			all = append(all, record.Pack(nil, &batch.Observations[i]))
		}
		if len(all) >= most {
			break
		}
	}
	if len(all) < most {
		return nil, fmt.Errorf("%w: %d records, want %d", errNight, len(all), most)
	}
	all = all[:most]
	slices.SortFunc(all, func(a, b record.Packed) int { return strings.Compare(a.Key, b.Key) })
	return all, nil
}

// split makes two releases: every other record, and all of them with those of
// the first changed.
func split(all []record.Packed) (base, update []record.Packed) {
	for i, r := range all {
		if i%2 == 0 {
			base = append(base, r)
			if o, err := r.Unpack(); err == nil {
				o.Add(company.FieldCard, "https://example.org/"+r.Key)
				o.Sort()
				r = record.Pack(nil, &o)
			}
		}
		update = append(update, r)
	}
	return base, update
}

func (p *program) goalsOfStore() {
	s := p.stored
	if s.records == 0 {
		return
	}
	p.page.goals = append(p.page.goals,
		goal{
			what: "sorted load, real records", figure: count(s.load) + " records/s", beside: fmt.Sprintf("the same again, unchanged: %s/s; random order, on another day: 48 k/s", count(s.again)),
			reach: "≥ 300 k/s", verdict: judge(s.load >= 300e3),
		},
		goal{
			what: "merge with codec, half changed, half new", figure: count(s.merge) + " records/s", beside: "random order, on another day: 32 k/s",
			reach: "≥ 120 k/s", verdict: judge(s.merge >= 120e3),
		})
	p.page.inputs = append(p.page.inputs, fmt.Sprintf("store: %s records of the release at 70 %%, mean %.0f B packed, %.0f B of registry.db a record after the load", count(float64(s.records)), s.bytes, s.file))
}
