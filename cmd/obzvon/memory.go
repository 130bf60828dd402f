package main

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
)

// gcPercent is used under a limit of memory: at the runtime's 100 a small heap
// is collected all the time, which costs a third of the speed of reading a
// registry; the limit keeps what a higher one would let grow.
const gcPercent = 400

// memoryMargin is the part of the limit, one in so many, left to what the
// runtime does not count or notices late.
const memoryMargin = 8

// memoryBound is what was done about memory. Undo it when the work is done.
type memoryBound struct {
	words string // for --verbose
	undo  []func()
}

// boundMemory keeps the process within limit bytes of memory of its own;
// mapped files do not count, they are the page cache's. 0 leaves everything to
// the runtime. GOMEMLIMIT and GOGC of the environment win.
func boundMemory(limit int64, environ []string) memoryBound {
	var b memoryBound
	var said []string
	gomemlimit, gogc := environValue(environ, "GOMEMLIMIT"), environValue(environ, "GOGC")
	switch {
	case gomemlimit != "":
		said = append(said, "GOMEMLIMIT="+gomemlimit+" of the environment takes the place of run.memory_limit")
	case limit <= 0:
		said = append(said, "no limit")
	default:
		before := debug.SetMemoryLimit(limit - limit/memoryMargin)
		b.undo = append(b.undo, func() { debug.SetMemoryLimit(before) })
		said = append(said, "limit "+byteSize(limit))
	}
	switch {
	case gogc != "":
		said = append(said, "GOGC="+gogc+" of the environment")
	case limit > 0 && gomemlimit == "":
		before := debug.SetGCPercent(gcPercent)
		b.undo = append(b.undo, func() { debug.SetGCPercent(before) })
		said = append(said, fmt.Sprintf("collected at %d %%", gcPercent))
	}
	b.words = strings.Join(said, "; ")
	return b
}

// release gives the runtime back what it had.
func (b memoryBound) release() {
	for _, undo := range slices.Backward(b.undo) {
		undo()
	}
}

// environValue is the last value of a name, as the runtime sees it.
func environValue(environ []string, name string) string {
	for _, v := range slices.Backward(environ) {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}
