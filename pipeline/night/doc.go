// Package night is the nightly job: pull, resolve, derive, score, enrich,
// pick, export. night.go holds the order of the stages; each stage has a file
// of its own. Every stage may be killed at any moment and run again.
package night
