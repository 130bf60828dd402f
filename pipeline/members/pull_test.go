package members

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// TestConformance runs the port's promises over every kind of input.
func TestConformance(t *testing.T) {
	whole := input("a.zip", zipOf(t, 12))
	page := input("c.zip", "<!DOCTYPE html><html>502 Bad Gateway</html>")
	cut := input("e.zip", zipOf(t, 12)[:700])
	for _, c := range []struct {
		name   string
		source lists
		err    error
	}{
		{"zip", lists{inputs: []files.Input{whole}}, nil},
		{"one worker", lists{inputs: []files.Input{whole}, workers: 1}, nil},
		{"more workers than members", lists{inputs: []files.Input{whole}, workers: 32}, nil},
		{"files", lists{inputs: []files.Input{input("a.xml", list(3)), input("b.xml", list(0)), input("c.xml", list(9))}}, nil},
		{"all kinds", lists{inputs: []files.Input{page, whole, input("b.xml", list(2)), input("d.zip", ""), cut, whole}, workers: 3}, nil},
		{"some left", lists{inputs: []files.Input{whole, input("b.xml", list(2)), page}, left: []bool{true, false, true}}, nil},
		{"broken members", lists{inputs: []files.Input{input("f.zip", falsified(zipped(t, "1.xml", list(1), "2.xml", "<html>", "3.bin", "x", "4.xml", list(4))))}}, nil},
		{"nothing of use", lists{inputs: []files.Input{page, input("d.xml", ""), cut}}, pipeline.ErrUnknownForm},
		{"all left", lists{inputs: []files.Input{whole}, left: []bool{true}}, pipeline.ErrDamaged},
		{"no inputs", lists{}, pipeline.ErrEmpty},
		{"no reader", lists{inputs: []files.Input{whole}, err: pipeline.ErrNotFound}, pipeline.ErrNotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			sourcetest.Run(t, sourcetest.Case{
				New: func() pipeline.Source {
					return &lists{inputs: c.source.inputs, left: c.source.left, workers: c.source.workers, err: c.source.err}
				},
				Err: c.err,
			})
		})
	}
}

// TestOrderWhateverTheWorkers: many give what one gives, though the first files
// of each round are the last to be read.
func TestOrderWhateverTheWorkers(t *testing.T) {
	inputs := []files.Input{input("a.zip", zipOf(t, 40)), input("b.xml", list(5)), input("c.zip", zipOf(t, 40))}
	one := lists{inputs: inputs, workers: 1}
	want := one.pull(t, pipeline.Request{})
	if want.err != nil || len(want.batches) != 81 || want.counts.Read != 2*4*45+5 || !slices.IsSorted(want.units) {
		t.Fatalf("%d batches, counts %+v, %v", len(want.batches), want.counts, want.err)
	}
	for _, workers := range []int{2, 8, 100} {
		var turns atomic.Int64
		many := lists{inputs: inputs, workers: workers, hold: func(string) {
			for range turns.Add(1) % 7 * 50 {
				runtime.Gosched()
			}
		}}
		if got := many.pull(t, pipeline.Request{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers: %v, %v", workers, got.units, got.err)
		}
	}
}

// TestSlowFirst holds the first file until another is being read: its batch comes
// first all the same, and files are read side by side.
func TestSlowFirst(t *testing.T) {
	second := make(chan struct{})
	var once sync.Once
	l := lists{inputs: []files.Input{input("a.zip", zipOf(t, 6))}, workers: 8, hold: func(unit string) {
		if strings.Contains(unit, "L_000") {
			<-second
			return
		}
		once.Do(func() { close(second) })
	}}
	if p := l.pull(t, pipeline.Request{}); p.err != nil || len(p.units) != 6 || !slices.IsSorted(p.units) {
		t.Errorf("%v, %v", p.units, p.err)
	}
}

// TestFilesBegunStayNearThoseTaken, and so do those open: neither memory nor
// handles grow with the input.
func TestFilesBegunStayNearThoseTaken(t *testing.T) {
	const workers, n = 2, 40
	var begun atomic.Int64
	l := lists{workers: workers, hold: func(string) { begun.Add(1) }}
	for i := range n {
		l.inputs = append(l.inputs, input(fmt.Sprintf("%02d.xml", i), list(1)))
	}
	r := l.reader()
	p := &pull{reader: r, start: cursor{member: -1}, progress: newProgress(nil, r.sizes())}
	taken := 0
	err := p.all(t.Context(), func(pipeline.Batch, error) bool {
		taken++
		for range 2000 {
			runtime.Gosched() // let the workers run as far as they may
		}
		p.opened.mu.Lock()
		open := len(p.opened.open)
		p.opened.mu.Unlock()
		if most := taken + workers; int(begun.Load()) > most || open > workers+2 {
			t.Errorf("%d files begun, %d open when %d batches were taken", begun.Load(), open, taken)
			return false
		}
		return true
	})
	if err != nil || taken != n || len(p.opened.open) != 0 {
		t.Errorf("%d batches of %d files, %d left open, %v", taken, n, len(p.opened.open), err)
	}
}

// TestNothingStaysOpen after breaking off or a cancelled context.
func TestNothingStaysOpen(t *testing.T) {
	var inputs []files.Input
	for i := range 20 {
		inputs = append(inputs, input(fmt.Sprintf("%02d.zip", i), zipOf(t, 3)))
	}
	for name, end := range map[string]func(context.CancelFunc) bool{
		"broken off": func(context.CancelFunc) bool { return false },
		"cancelled":  func(cancel context.CancelFunc) bool { cancel(); return true },
	} {
		l := lists{inputs: inputs, workers: 3}
		r := l.reader()
		ctx, cancel := context.WithCancel(t.Context())
		p := &pull{reader: r, start: cursor{member: -1}, progress: newProgress(nil, r.sizes())}
		taken := 0
		err := p.all(ctx, func(pipeline.Batch, error) bool {
			taken++
			return taken < 7 || end(cancel)
		})
		cancel()
		if taken != 7 || len(p.opened.open) != 0 || !errors.Is(err, errBroken) && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %d batches, %d inputs left open, %v", name, taken, len(p.opened.open), err)
		}
	}
}

// TestErrorsSayWhose: of a pull in which nothing could be read, and why.
func TestErrorsSayWhose(t *testing.T) {
	l := lists{inputs: []files.Input{input("a.zip", zipped(t, "1.xml", list(1)+"x", "2.bin", "x")), input("b.xml", "<html>")}}
	want := "list of tests: no input could be read: a.zip/1.xml: damaged input: other rows than declared"
	if p := l.pull(t, pipeline.Request{}); !errors.Is(p.err, errRows) || p.err.Error() != want || len(p.gaps) != 3 {
		t.Errorf("%v, want %s; gaps %v", p.err, want, p.gaps)
	}
}
