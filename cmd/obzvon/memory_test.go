package main

import (
	"math"
	"runtime/debug"
	"testing"
)

func TestBoundMemory(t *testing.T) {
	const limit = 512 << 20
	debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	for name, c := range map[string]struct {
		limit   int64
		environ []string
		memory  int64
		percent int
		words   string
	}{
		"limit":           {limit, nil, limit - limit/8, 400, "limit 512.0 MiB; collected at 400 %"},
		"off":             {0, nil, math.MaxInt64, 100, "no limit"},
		"GOMEMLIMIT":      {limit, []string{"GOMEMLIMIT=1GiB"}, math.MaxInt64, 100, "GOMEMLIMIT=1GiB of the environment takes the place of run.memory_limit"},
		"GOGC":            {limit, []string{"GOGC=50"}, limit - limit/8, 100, "limit 512.0 MiB; GOGC=50 of the environment"},
		"empty variables": {limit, []string{"GOGC=50", "GOGC=", "GOMEMLIMIT="}, limit - limit/8, 400, "limit 512.0 MiB; collected at 400 %"},
	} {
		b := boundMemory(c.limit, c.environ)
		memory := debug.SetMemoryLimit(-1)
		percent := debug.SetGCPercent(100)
		debug.SetGCPercent(percent)
		if memory != c.memory || percent != c.percent || b.words != c.words {
			t.Errorf("%s: %d bytes, %d %%, %q", name, memory, percent, b.words)
		}
		b.release()
		if memory, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(100); memory != math.MaxInt64 || percent != 100 {
			t.Errorf("%s: afterwards %d bytes, %d %%", name, memory, percent)
		}
	}
}
