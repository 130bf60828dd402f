package bolt

import "slices"

// arenaChunk is how much memory an arena takes at a time.
const arenaChunk = 128 << 10

// arena hands out memory for many small values. Append to tail, then keep.
type arena struct {
	chunks [][]byte
	used   int    // of the chunks
	rest   []byte // what is left of the last used one, empty
}

// tail returns an empty slice to append one value to.
func (a *arena) tail() []byte {
	if cap(a.rest) < arenaChunk/64 {
		if a.used == len(a.chunks) {
			a.chunks = append(a.chunks, make([]byte, 0, arenaChunk))
		}
		a.rest = a.chunks[a.used]
		a.used++
	}
	return a.rest
}

// keep returns the value for good: nothing appended later touches it before
// the arena is reset.
func (a *arena) keep(value []byte) []byte {
	inside := cap(value) > 0 && cap(a.rest) > 0 && &value[:1][0] == &a.rest[:1][0]
	if inside {
		a.rest = a.rest[len(value):len(value)]
	}
	return slices.Clip(value)
}

// reset takes back the memory of all values.
func (a *arena) reset() { a.used, a.rest = 0, nil }
