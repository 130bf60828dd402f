package bolt

import "slices"

// arenaChunk is how much memory an arena takes at a time.
const arenaChunk = 128 << 10

// arena hands out memory for many small values. Append to tail, then keep.
type arena struct {
	chunk []byte // what is left of it, empty
}

// tail returns an empty slice to append one value to.
func (a *arena) tail() []byte {
	if cap(a.chunk) < arenaChunk/64 {
		a.chunk = make([]byte, 0, arenaChunk)
	}
	return a.chunk
}

// keep returns the value for good: nothing appended later touches it.
func (a *arena) keep(value []byte) []byte {
	inside := cap(value) > 0 && &value[:1][0] == &a.chunk[:1][0]
	if inside {
		a.chunk = a.chunk[len(value):len(value)]
	}
	return slices.Clip(value)
}
