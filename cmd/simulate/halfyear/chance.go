package halfyear

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// chance is a number from 0 to 1 that depends on the seed and on what it is asked
// for, and on nothing that was asked before: so the world stays the same whatever
// the program does.
type chance struct{ seed uint64 }

func (c chance) of(parts ...any) float64 {
	b := binary.BigEndian.AppendUint64(nil, c.seed)
	sum := sha256.Sum256(fmt.Append(b, parts...))
	return float64(binary.BigEndian.Uint64(sum[:])>>11) / (1 << 53)
}
