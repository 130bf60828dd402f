package score

import "container/heap"

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
		t.kept.add(r)
	}
}

// Merge adds all that another Top keeps.
func (t *Top) Merge(o *Top) {
	for i := range o.kept.items {
		t.kept.add(&o.kept.items[i])
	}
}

// Results returns what is kept, best first, and leaves the Top empty.
func (t *Top) Results() []Result { return t.kept.drain() }

// bounded keeps the first n items of an order in a heap with the last on top.
type bounded[T any] struct {
	limit   int
	compare func(a, b *T) int
	items   []T
}

func newBounded[T any](limit int, compare func(a, b *T) int) bounded[T] {
	return bounded[T]{limit: limit, compare: compare}
}

func (b *bounded[T]) add(item *T) {
	switch {
	case len(b.items) < b.limit:
		heap.Push(b, *item)
	case b.limit > 0 && b.compare(item, &b.items[0]) < 0:
		b.items[0] = *item
		heap.Fix(b, 0)
	}
}

func (b *bounded[T]) drain() []T {
	out := make([]T, len(b.items))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = heap.Pop(b).(T)
	}
	return out
}

// Len, Less, Swap, Push and Pop are heap.Interface.
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
