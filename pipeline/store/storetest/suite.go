// Package storetest holds every implementation of the store to the promises
// of the port.
package storetest

import (
	"testing"

	"obzvon/pipeline/store"
)

// Open gives a test a new empty store and sees to its closing.
type Open func(t *testing.T) store.Store

// Run runs the whole suite.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, group := range []struct {
		name  string
		tests []test
	}{
		{"Commit", commitTests},
		{"Event", eventTests},
		{"Generation", generationTests},
		{"Replace", replaceTests},
		{"Annex", annexTests},
		{"First", firstTests},
		{"Interrupted", interruptedTests},
		{"Read", readTests},
		{"Pull", pullTests},
		{"Join", joinTests},
		{"ScoreRow", scoreRowTests},
		{"Stale", staleTests},
		{"Owner", ownerTests},
		{"Index", indexTests},
		{"Visit", visitTests},
		{"Release", releaseTests},
		{"Memory", memoryTests},
		{"People", peopleTests},
		{"Drop", dropTests},
		{"State", stateTests},
		{"Result", resultTests},
		{"Mark", markTests},
		{"Account", accountTests},
		{"Budget", budgetTests},
		{"Erase", eraseTests},
		{"Rewrite", rewriteTests},
		{"Contract", contractTests},
		{"Concurrent", concurrentTests},
	} {
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			for _, tt := range group.tests {
				t.Run(tt.name, func(t *testing.T) {
					t.Parallel()
					tt.run(t, open)
				})
			}
		})
	}
}

type test struct {
	name string
	run  func(t *testing.T, open Open)
}
