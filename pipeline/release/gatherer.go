package release

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"github.com/lanrat/extsort"

	"obzvon/pipeline"
	"obzvon/pipeline/record"
)

// ErrSort is wrapped by all that goes wrong with the sorting itself, such as a
// full disk.
var ErrSort = errors.New("sort a release on disk (is there room in the scratch folder?)")

const (
	// runRecords is how many records are sorted in memory at a time. A record
	// of a registry has some 400 bytes; a few runs are under way at once.
	runRecords = 16_000
	// recordMax bounds one record, in bytes, so that a run cannot grow beyond
	// all bounds.
	recordMax = 1 << 20
	// waiting is how many sorted records may be ready before they are asked for.
	waiting = 4096
)

// Options say how a release is gathered.
type Options struct {
	Source  string
	Dir     string // for what does not fit in memory; must be there
	Workers int    // goroutines that sort; at least one
	Fold    Fold   // what becomes of records with one key
}

// Gatherer takes batches and gives their records in order. It serves one
// goroutine: Add any number of times, then Sorted once; Close always.
type Gatherer struct {
	source string
	fold   Fold
	state  whole
	order  uint64 // of arrival

	content, line []byte // used again for each record
	slab          slab

	ctx    context.Context // the sorter's, ended by Close
	cancel context.CancelFunc
	in     chan []byte
	closed bool // in is
	sorted <-chan []byte
	errs   <-chan error
	done   chan struct{} // the sorter needs no more input
}

// New starts to gather. What is sorted on disk has no name there, so that
// nothing of it stays after a kill.
func New(ctx context.Context, o Options) *Gatherer {
	g := &Gatherer{source: o.Source, fold: o.Fold, in: make(chan []byte, 512), done: make(chan struct{})}
	g.ctx, g.cancel = context.WithCancel(ctx)
	sorter, sorted, errs := extsort.Generic(g.in, same, same, compare, &extsort.Config{
		ChunkSize: runRecords, NumWorkers: max(1, o.Workers), SortedChanBuffSize: waiting, TempFilesDir: o.Dir,
	})
	g.sorted, g.errs = sorted, errs
	go func() {
		defer close(g.done)
		sorter.Sort(g.ctx)
	}()
	return g
}

func same(b []byte) ([]byte, error) { return b, nil }

// orderSize is the length of the order of arrival before each sorting form.
const orderSize = 8

// compare orders by key, then by arrival.
func compare(a, b []byte) int {
	if c := bytes.Compare(record.SortingKey(a[orderSize:]), record.SortingKey(b[orderSize:])); c != 0 {
		return c
	}
	return bytes.Compare(a[:orderSize], b[:orderSize])
}

// Add takes a batch's observations. The batch may be forgotten afterwards.
func (g *Gatherer) Add(b pipeline.Batch) error {
	g.state.add(b)
	for i := range b.Observations {
		o := &b.Observations[i]
		p := record.Pack(g.content[:0], o)
		if g.content = p.Content; len(p.Content) > recordMax {
			return fmt.Errorf("%w: observation %q of source %q has %d bytes, %d allowed",
				pipeline.ErrTooLarge, o.Key, g.source, len(p.Content), recordMax)
		}
		g.line = binary.BigEndian.AppendUint64(g.line[:0], g.order)
		g.line = record.AppendSorting(g.line, &p)
		g.order++
		if err := g.send(g.slab.keep(g.line)); err != nil {
			return fmt.Errorf("source %q: %w: %w", g.source, ErrSort, err)
		}
	}
	return nil
}

func (g *Gatherer) send(line []byte) error {
	select {
	case g.in <- line:
		return nil
	case <-g.done: // before its input ended: it has failed
		return g.failure()
	}
}

// failure is why the sorter ended early. The sorted channel has been closed.
func (g *Gatherer) failure() error {
	if err := context.Cause(g.ctx); err != nil {
		return err
	}
	return <-g.errs
}

// Release is what the batches were of: whole only if all of them were of one
// whole release without a gap.
func (g *Gatherer) Release() pipeline.Release { return g.state.release }

// Gaps tells whether a part of the input could not be read.
func (g *Gatherer) Gaps() bool { return g.state.gaps }

// Sorted yields one record for each key, in rising order. Its memory may be
// used again once the next record is asked for. An error is final.
func (g *Gatherer) Sorted() iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		g.closeInput()
		var held record.Packed // of the present key, all of it so far
		some := false
		for line := range g.sorted {
			p, err := record.ReadSorting(g.source, line[orderSize:])
			switch {
			case err != nil:
			case some && held.Key == p.Key:
				held, err = g.fold(held, p)
			case some && !yield(held, nil):
				return
			default:
				held, some = p, true
			}
			if err != nil {
				yield(p, err)
				return
			}
		}
		if err := g.failure(); err != nil {
			yield(record.Packed{}, fmt.Errorf("source %q: %w: %w", g.source, ErrSort, err))
			return
		}
		if some {
			yield(held, nil)
		}
	}
}

func (g *Gatherer) closeInput() {
	if !g.closed {
		g.closed = true
		close(g.in)
	}
}

// Close ends the sorting and gives everything back.
func (g *Gatherer) Close() {
	g.cancel()
	g.closeInput()
	<-g.done
	for range g.sorted { // the merge ends with the context
	}
	for range g.errs { // closed as the last thing the sorter does
	}
}
