package contact

import (
	"iter"
	"maps"
	"slices"
)

// ordered goes through an object by key, so that equal pages give equal
// results.
func ordered(m map[string]any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
