package members

import (
	"fmt"
	"slices"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// TestProgressReachesTheEnd: bytes of all inputs that are read, never more, and
// all of them at the end, wherever a pull begins.
func TestProgressReachesTheEnd(t *testing.T) {
	a, page, c := zipOf(t, 5), "<html>nothing of use</html>", list(7)
	l := lists{
		inputs: []files.Input{input("a.zip", a), input("left.zip", zipOf(t, 9)), input("b.zip", page), input("c.xml", c)},
		left:   []bool{false, true, false, false},
	}
	total := int64(len(a) + len(page) + len(c))
	var seen []pipeline.Progress
	req := pipeline.Request{Progress: func(p pipeline.Progress) { seen = append(seen, p) }}
	full := l.pull(t, req)
	if last := (pipeline.Progress{Unit: "c.xml", Done: total, Total: total, Rows: 10 + 7}); len(seen) != 7 || seen[6] != last {
		t.Fatalf("%+v, want %+v at the end", seen, last)
	}
	for i, b := range full.batches[:6] {
		seen = nil
		req.Cursor = b.Cursor
		l.pull(t, req)
		for _, p := range seen {
			if p.Done > total || p.Total != total {
				t.Errorf("after %s: %+v of %d", b.Unit, p, total)
			}
		}
		if len(seen) != 6-i || seen[len(seen)-1].Done != total {
			t.Errorf("after %s: %+v, want %d at the end", b.Unit, seen, total)
		}
	}
}

// TestProgressStaysWithinItsInput, also if that has grown since it was looked at.
func TestProgressStaysWithinItsInput(t *testing.T) {
	var seen []int64
	g := newProgress(func(p pipeline.Progress) { seen = append(seen, p.Done) }, []int64{100, 0, 50, 1000})
	for _, u := range []Unit{
		{Input: 0, bytes: 30},
		{Input: 0, bytes: 80},
		{Input: 0, bytes: 5, last: true},
		{Input: 1, bytes: 7},
		{Input: 1, bytes: 7, last: true},
		{Input: 3, bytes: 200},
		{Input: 3, bytes: 300},
		{Input: 3, last: true},
	} {
		g.tell(u, 1)
	}
	if want := []int64{30, 100, 100, 100, 100, 350, 650, 1150}; !slices.Equal(seen, want) {
		t.Errorf("%v, want %v", seen, want)
	}
}

// BenchmarkPull gives what a file costs beside its content.
func BenchmarkPull(b *testing.B) {
	const n = 500
	for _, workers := range []int{1, 4} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			l := lists{inputs: []files.Input{input("a.zip", zipOf(b, n))}, workers: workers}
			b.ReportAllocs()
			for b.Loop() {
				if p := l.pull(b, pipeline.Request{}); p.err != nil || len(p.batches) != n {
					b.Fatalf("%d batches, %v", len(p.batches), p.err)
				}
			}
			b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "files/s")
		})
	}
}
