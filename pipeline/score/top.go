package score

import (
	"container/heap"
	"slices"
	"sort"
)

// Top keeps the best leads of any number of results in the memory of those it
// keeps. Since Compare knows no ties, what it keeps does not depend on the
// order in which results come, nor on how many Tops were merged.
type Top struct{ kept bounded[Result] }

// NewTop keeps at most n leads, by Result.Compare.
func NewTop(n int) *Top {
	return &Top{newBounded(n, (*Result).Compare)}
}

// NewTopByPriority keeps at most n leads, by Result.ComparePriority.
func NewTopByPriority(n int) *Top {
	return &Top{newBounded(n, (*Result).ComparePriority)}
}

// Add takes a result; one that is no lead is passed over.
func (t *Top) Add(r *Result) {
	if r.Lead() {
		t.kept.add(*r)
	}
}

// Merge adds all that another Top keeps.
func (t *Top) Merge(o *Top) {
	for i := range o.kept.items {
		t.kept.add(o.kept.items[i])
	}
}

// Results returns what is kept, best first, and leaves the Top empty.
func (t *Top) Results() []Result { return t.kept.drain() }

// bounded keeps the first n items of an order in a heap with the last on top.
type bounded[T any] struct {
	limit   int
	compare func(a, b *T) int
	items   []T
	next    T // what is being added: the order takes pointers, and these must not make callers' values escape
}

func newBounded[T any](limit int, compare func(a, b *T) int) bounded[T] {
	return bounded[T]{limit: limit, compare: compare}
}

func (b *bounded[T]) add(item T) {
	b.next = item
	switch {
	case len(b.items) < b.limit:
		b.items = append(b.items, item)
		if len(b.items) == b.limit {
			heap.Init(b)
		}
	case b.limit > 0 && b.compare(&b.next, &b.items[0]) < 0:
		b.items[0] = item
		heap.Fix(b, 0)
	}
}

// drain returns the items in their order and keeps nothing.
func (b *bounded[T]) drain() []T {
	sort.Sort(b) // the last comes first, as in the heap
	out := b.items
	b.items = nil
	slices.Reverse(out)
	return out
}

// Len, Less, Swap, Push and Pop are heap.Interface. The last two are never
// called: the heap neither grows nor shrinks once it is one.
func (b *bounded[T]) Len() int           { return len(b.items) }
func (b *bounded[T]) Less(i, j int) bool { return b.compare(&b.items[i], &b.items[j]) > 0 }
func (b *bounded[T]) Swap(i, j int)      { b.items[i], b.items[j] = b.items[j], b.items[i] }
func (b *bounded[T]) Push(x any)         { b.items = append(b.items, x.(T)) }
func (b *bounded[T]) Pop() any {
	last := len(b.items) - 1
	x := b.items[last]
	b.items = b.items[:last]
	return x
}
