package rsmp

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// The generated release of the benchmarks: members of the published size, and
// so many that what a pull does once is little beside them.
const (
	benchMembers = 160
	benchRows    = 900
)

// benchData is the release that every benchmark reads.
type benchData struct {
	zip []byte
	xml int // bytes of XML in it
}

var benchRelease = sync.OnceValue(func() benchData {
	var d benchData
	var pairs []string
	for i := range benchMembers {
		text := newGenerator(uint64(i)).member(benchRows)
		d.xml += len(text)
		pairs = append(pairs, fmt.Sprintf("VO_RRMSPSV_0000_9965_20260711_%04d.xml", i), text)
	}
	var err error
	if d.zip, err = sourcetest.ZipBytes(pairs...); err != nil {
		panic(err)
	}
	return d
})

// inflate reads all members by workers, checksums and all, and keeps nothing:
// no reader of the registry can be faster with the same inflater.
func inflate(tb testing.TB, data []byte, workers int) {
	in := files.FromBytes("r.zip", data)
	f, err := in.Open()
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	a, err := archive.Open(f, f.Size(), inputForm().Limits)
	if err != nil {
		tb.Fatal(err)
	}
	members := make(chan archive.Member)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			buf := make([]byte, chunkSize)
			for m := range members {
				if err := drain(m, buf); err != nil {
					tb.Error(err)
				}
			}
		})
	}
	for _, m := range a.Members() {
		members <- m
	}
	close(members)
	running.Wait()
}

func drain(m archive.Member, buf []byte) error {
	r, err := m.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		if _, err := r.Read(buf); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// pullBench pulls the release once and returns how much of it was taken.
func pullBench(tb testing.TB, data []byte, req pipeline.Request, workers int) pipeline.Counts {
	source := New("мсп", []files.Input{files.FromBytes("r.zip", data)}, Options{Workers: workers})
	var n pipeline.Counts
	for batch, err := range source.Pull(tb.Context(), req) {
		if err != nil {
			tb.Fatal(err)
		}
		n = n.Add(batch.Counts)
	}
	if n.Read != benchMembers*benchRows || n.Quarantined > 0 {
		tb.Fatalf("counts %+v", n)
	}
	return n
}

func reportDocs(b *testing.B) {
	b.ReportMetric(benchMembers*benchRows*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkInflate is the limit.
func BenchmarkInflate(b *testing.B) {
	d := benchRelease()
	b.ReportMetric(float64(d.xml)/float64(len(d.zip)), "packed")
	b.SetBytes(int64(d.xml))
	b.ReportAllocs()
	for b.Loop() {
		inflate(b, d.zip, runtime.GOMAXPROCS(0))
	}
	reportDocs(b)
}

var benchShares = []float64{0.12, 0.30, 0.70}

// BenchmarkPull reads the release with a share of it wanted.
func BenchmarkPull(b *testing.B) {
	d := benchRelease()
	for _, share := range benchShares {
		req := wantShare(share)
		for _, workers := range []int{1, runtime.GOMAXPROCS(0)} {
			b.Run(fmt.Sprintf("wanted=%.0f%%/workers=%d", share*100, workers), func(b *testing.B) {
				b.SetBytes(int64(d.xml))
				var n pipeline.Counts
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				for b.Loop() {
					n = pullBench(b, d.zip, req, workers)
				}
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(b.N)/benchMembers/benchRows, "allocs/doc")
				b.ReportMetric(100*float64(n.Taken)/float64(n.Read), "%taken")
				reportDocs(b)
			})
		}
	}
}

// BenchmarkAgainstInflate runs pull and limit in turn and reports the median
// of their ratios, which holds on any machine.
func BenchmarkAgainstInflate(b *testing.B) {
	d := benchRelease()
	workers := runtime.GOMAXPROCS(0)
	for _, share := range benchShares {
		req := wantShare(share)
		b.Run(fmt.Sprintf("wanted=%.0f%%", share*100), func(b *testing.B) {
			var ratios []float64
			for b.Loop() {
				start := time.Now()
				inflate(b, d.zip, workers)
				limit := time.Since(start)
				start = time.Now()
				pullBench(b, d.zip, req, workers)
				ratios = append(ratios, float64(time.Since(start))/float64(limit))
			}
			slices.Sort(ratios)
			b.ReportMetric(ratios[len(ratios)/2], "x-inflate")
		})
	}
}

// BenchmarkReference reads one member by encoding/xml.
func BenchmarkReference(b *testing.B) {
	text := []byte(newGenerator(0).member(benchRows))
	req := wantShare(benchShares[0])
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if batch, err := refBatch("мсп", "a.xml", text, req); err != nil || batch.Counts.Read != benchRows {
			b.Fatal(err)
		}
	}
	b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}
