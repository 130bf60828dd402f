// Package exporttest is the conformance suite of pipeline.Exporter, with a
// book of invented companies that every exporter may be looked at with.
package exporttest
