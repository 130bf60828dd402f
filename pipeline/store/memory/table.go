package memory

import "slices"

// table is a map that can be paged in order.
type table[K comparable, V any] struct {
	compare func(a, b K) int
	rows    map[K]V
	sorted  []K // nil = keys have come or gone since it was made
}

func newTable[K comparable, V any](compare func(a, b K) int) table[K, V] {
	return table[K, V]{compare: compare, rows: map[K]V{}}
}

func (t *table[K, V]) get(k K) (V, bool) {
	v, ok := t.rows[k]
	return v, ok
}

func (t *table[K, V]) put(k K, v V) {
	if _, ok := t.rows[k]; !ok {
		t.sorted = nil
	}
	t.rows[k] = v
}

func (t *table[K, V]) remove(k K) {
	if _, ok := t.rows[k]; ok {
		t.sorted = nil
	}
	delete(t.rows, k)
}

// keys returns the keys in order; the slice is the table's own.
func (t *table[K, V]) keys() []K {
	if t.sorted == nil {
		t.sorted = make([]K, 0, len(t.rows))
		for k := range t.rows {
			t.sorted = append(t.sorted, k)
		}
		slices.SortFunc(t.sorted, t.compare)
	}
	return t.sorted
}

// page returns up to limit keys after the given one for which keep is true.
func (t *table[K, V]) page(after K, limit int, keep func(K, V) bool) []K {
	all := t.keys()
	i, found := slices.BinarySearchFunc(all, after, t.compare)
	if found {
		i++
	}
	var out []K
	for ; i < len(all) && len(out) < limit; i++ {
		if keep(all[i], t.rows[all[i]]) {
			out = append(out, all[i])
		}
	}
	return out
}

func all[K, V any](K, V) bool { return true }
