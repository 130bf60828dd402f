package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"
)

// reading is what a reader found; all readers of one input must agree.
type reading struct {
	docs   int64
	wanted int64 // -1 = it does not look
}

// reader is one way of reading a release from beginning to end.
type reader struct {
	name    string
	foreign bool // another process: its allocations are not seen
	read    func(context.Context) (reading, time.Duration, error)
}

// timed makes a reader of a function that is timed from outside.
func timed(name string, read func(context.Context) (reading, error)) reader {
	return reader{name: name, read: func(ctx context.Context) (reading, time.Duration, error) {
		start := time.Now()
		got, err := read(ctx)
		return got, time.Since(start), err
	}}
}

// sample is one run of a reader.
type sample struct {
	reading
	took   time.Duration
	allocs uint64 // objects on the heap of this process
}

// rounds runs all readers in turn, again and again, so that what disturbs the
// machine disturbs all of them. The first round warms caches and is not kept.
// The result is by reader, then by round.
func rounds(ctx context.Context, count int, readers ...reader) ([][]sample, error) {
	out := make([][]sample, len(readers))
	for round := range count + 1 {
		for i, r := range readers {
			s, err := once(ctx, r)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", r.name, err)
			}
			if first := out[0]; len(first) > 0 && !first[0].agrees(s.reading) {
				return nil, fmt.Errorf("%s found %+v where %s found %+v", r.name, s.reading, readers[0].name, first[0].reading)
			}
			if round > 0 {
				out[i] = append(out[i], s)
			}
		}
	}
	return out, nil
}

func once(ctx context.Context, r reader) (sample, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	got, took, err := r.read(ctx)
	if err != nil {
		return sample{}, err
	}
	runtime.ReadMemStats(&after)
	return sample{reading: got, took: took, allocs: after.Mallocs - before.Mallocs}, nil
}

func (r reading) agrees(other reading) bool {
	return r.docs == other.docs && (r.wanted < 0 || other.wanted < 0 || r.wanted == other.wanted)
}

// summary is what remains of a reader's rounds.
type summary struct {
	name          string
	docs, wanted  int64
	took          time.Duration // median
	least, most   time.Duration
	ratio         float64 // to the first reader: median of the ratios round by round
	allocsPerDoc  float64
	docsPerSecond float64
	rounds        int
	ratioLeast    float64
	ratioMost     float64
	foreign       bool
}

func summarise(readers []reader, all [][]sample) []summary {
	var out []summary
	for i, samples := range all {
		var took, ratios, allocs []float64
		s := summary{name: readers[i].name, foreign: readers[i].foreign, docs: samples[0].docs, rounds: len(samples)}
		for round, one := range samples {
			took = append(took, one.took.Seconds())
			ratios = append(ratios, one.took.Seconds()/all[0][round].took.Seconds())
			allocs = append(allocs, float64(one.allocs)/float64(one.docs))
			s.wanted = max(s.wanted, one.wanted)
		}
		s.took, s.least, s.most = seconds(median(took)), seconds(slices.Min(took)), seconds(slices.Max(took))
		s.ratio, s.ratioLeast, s.ratioMost = median(ratios), slices.Min(ratios), slices.Max(ratios)
		s.allocsPerDoc = median(allocs)
		s.docsPerSecond = float64(s.docs) / s.took.Seconds()
		out = append(out, s)
	}
	return out
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// median of an even number of values is the mean of the two in the middle; of
// none it is 0.
func median(values []float64) float64 {
	v := slices.Sorted(slices.Values(values))
	switch n := len(v); {
	case n == 0:
		return 0
	case n%2 == 1:
		return v[n/2]
	default:
		return (v[n/2-1] + v[n/2]) / 2
	}
}
