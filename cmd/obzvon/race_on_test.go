//go:build race

package main

// flatMemory is what a run on little input may take of memory of its own. The
// race detector keeps several times as much beside it.
const flatMemory = 256 << 20
