//go:build linux || darwin

package disk

import (
	"fmt"
	"math"

	"golang.org/x/sys/unix"
)

// space leaves out what is reserved for root.
func space(dir string) (free int64, known bool, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, false, fmt.Errorf("ask for the space left in %s: %w", dir, err)
	}
	size := uint64(s.Bsize) // of another type on each system
	if size != 0 && s.Bavail > math.MaxInt64/size {
		return math.MaxInt64, true, nil
	}
	return int64(s.Bavail * size), true, nil
}
