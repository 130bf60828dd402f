//go:build !unix

package main

// processLimits are not known here.
func processLimits() (files, addresses uint64) { return 0, 0 }
