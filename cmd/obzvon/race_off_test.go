//go:build !race

package main

// flatMemory is what a run on little input may take of memory of its own.
const flatMemory = 64 << 20
