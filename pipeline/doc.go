// Package pipeline holds the ports between the night and its adapters: Source,
// Enricher and Exporter, the values that cross them, and the errors they name.
// The comments on the ports are promises; the suites in sourcetest, enrichtest
// and exporttest hold every adapter to them.
package pipeline
