package config

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Memory is how much memory the program should keep to, in bytes; 0 = as much
// as it takes.
type Memory int64

// LeastMemory is what a night needs whatever it reads.
const LeastMemory Memory = 96 << 20

var memoryUnits = []struct {
	name  string
	bytes int64
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}

var errMemory = errors.New("want a size of at least 96MiB such as 256MiB or 2GiB, or off")

// Bytes returns the limit, 0 = none.
func (m Memory) Bytes() int64 { return int64(m) }

// UnmarshalText reads "256MiB", "off".
func (m *Memory) UnmarshalText(b []byte) error {
	text := string(b)
	if text == "off" {
		*m = 0
		return nil
	}
	for _, u := range memoryUnits {
		digits, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(digits), 10, 63)
		if err != nil || n > uint64(math.MaxInt64/u.bytes) || Memory(int64(n)*u.bytes) < LeastMemory {
			return errMemory
		}
		*m = Memory(int64(n) * u.bytes)
		return nil
	}
	return errMemory
}

// String writes the limit as UnmarshalText reads it.
func (m Memory) String() string {
	if m == 0 {
		return "off"
	}
	for _, u := range memoryUnits {
		if int64(m)%u.bytes == 0 {
			return fmt.Sprintf("%d%s", int64(m)/u.bytes, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", int64(m))
}
