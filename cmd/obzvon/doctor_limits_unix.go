//go:build unix

package main

import "golang.org/x/sys/unix"

// processLimits are the descriptors and bytes of address space that this
// process may have; 0 = no limit, or not known.
func processLimits() (files, addresses uint64) {
	ask := func(resource int) uint64 {
		var l unix.Rlimit
		if err := unix.Getrlimit(resource, &l); err != nil {
			return 0
		}
		has := uint64(l.Cur) //nolint:unconvert // signed on some systems
		if has >= noLimit {  // whatever the system writes for none
			return 0
		}
		return has
	}
	return ask(unix.RLIMIT_NOFILE), ask(unix.RLIMIT_AS)
}
