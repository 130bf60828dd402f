package night

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/release"
	"obzvon/pipeline/store"
)

// readRelease puts a release in order and hands it to the store in one pass.
// Of a registry the newest of each key stays; the facts of a set are united.
// A release with a gap is not whole, so nothing is taken for gone; under
// another filter than before what is missing goes without being called gone.
func (n *Night) readRelease(ctx context.Context, p pull, req pipeline.Request, day company.Date) (delta store.Delta, sourceErr, storeErr error) {
	if err := os.MkdirAll(n.Scratch, 0o700); err != nil {
		return delta, nil, fmt.Errorf("%w: make the folder for it: %w", release.ErrSort, err)
	}
	name := p.source.Section.Name
	o := release.Options{Source: name, Dir: n.Scratch, Workers: runtime.GOMAXPROCS(0) / 2, Fold: release.Newest}
	if p.source.annex() {
		o.Fold = release.United
	}
	gathered := release.New(ctx, o)
	defer gathered.Close()
	sourceErr, storeErr = n.gather(ctx, p, req, gathered)
	if storeErr != nil || ctx.Err() != nil {
		return delta, sourceErr, storeErr
	}
	r := store.Replacement{
		Source: name, Day: day, Release: gathered.Release(),
		Silent: p.mixed, Partial: sourceErr != nil || gathered.Gaps(), Annex: p.source.annex(),
	}
	r.Release.Whole = r.Release.Whole && sourceErr == nil
	delta, storeErr = n.Store.Replace(ctx, r, gathered.Sorted())
	return delta, sourceErr, storeErr
}

// gather takes everything that the source yields. The first error is the
// source's, the second the store's.
func (n *Night) gather(ctx context.Context, p pull, req pipeline.Request, into *release.Gatherer) (sourceErr, storeErr error) {
	notes := notes{store: n.Store, source: p.source.Section.Name}
	for batch, err := range p.source.Source.Pull(ctx, req) {
		if err == nil {
			err = checkCounts(batch)
		}
		if err == nil {
			err = into.Add(batch)
		}
		if err != nil {
			sourceErr = err
			break
		}
		if err := notes.add(ctx, batch); err != nil {
			return nil, err
		}
	}
	if ctx.Err() != nil {
		return sourceErr, nil
	}
	return sourceErr, notes.flush(ctx)
}

func checkCounts(b pipeline.Batch) error {
	if err := b.Counts.Check(); err != nil {
		return fmt.Errorf("unit %s: %w", b.Unit, err)
	}
	return nil
}

// notes puts what batches say of themselves together, since each note is a
// transaction and a release has thousands of members.
type notes struct {
	store   store.Pulls
	source  string
	batch   pipeline.Batch
	pending bool
}

// pendingMost bounds how many rejects and gaps wait in memory.
const pendingMost = 500

func (s *notes) add(ctx context.Context, b pipeline.Batch) error {
	rejects, gaps, counts := append(s.batch.Rejects, b.Rejects...), append(s.batch.Gaps, b.Gaps...), s.batch.Counts.Add(b.Counts)
	latest := s.batch.Release
	if !s.pending || b.Release.Date >= latest.Date {
		latest = b.Release
	}
	s.batch = pipeline.Batch{Unit: b.Unit, Release: latest, Rejects: rejects, Gaps: gaps, Counts: counts, Cursor: b.Cursor}
	s.pending = true
	if len(rejects)+len(gaps) < pendingMost {
		return nil
	}
	return s.flush(ctx)
}

func (s *notes) flush(ctx context.Context) error {
	if !s.pending {
		return nil
	}
	err := s.store.NotePull(ctx, s.source, s.batch)
	s.batch, s.pending = pipeline.Batch{}, false
	return err
}
