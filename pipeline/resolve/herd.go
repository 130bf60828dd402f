package resolve

import (
	"cmp"
	"context"
	"slices"

	"obzvon/pipeline/store"
)

// herd is the listings to be matched, and which of them hang together.
type herd struct {
	ids    []store.ObservationID
	parent []int32 // a tree to each group (R. E. Tarjan, JACM 22, 1975)
}

func (h *herd) add(id store.ObservationID) int32 {
	n := int32(len(h.ids))
	h.ids, h.parent = append(h.ids, id), append(h.parent, n)
	return n
}

func (h *herd) root(n int32) int32 {
	for h.parent[n] != n {
		h.parent[n] = h.parent[h.parent[n]]
		n = h.parent[n]
	}
	return n
}

func (h *herd) tie(a, b int32) {
	a, b = h.root(a), h.root(b)
	h.parent[max(a, b)] = min(a, b)
}

// groups are the ids that hang together, rising, in the order of their first.
func (h *herd) groups() [][]store.ObservationID {
	order := make([]int32, len(h.ids))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(h.root(a), h.root(b)), h.ids[a].Compare(h.ids[b]))
	})
	var out [][]store.ObservationID
	sorted := make([]store.ObservationID, len(order))
	for i, from := 0, 0; i < len(order); i++ {
		sorted[i] = h.ids[order[i]]
		if i+1 == len(order) || h.root(order[i+1]) != h.root(order[i]) {
			out = append(out, sorted[from:i+1:i+1])
			from = i + 1
		}
	}
	slices.SortFunc(out, func(a, b []store.ObservationID) int { return a[0].Compare(b[0]) })
	return out
}

// tie is a token that ties listings, as one of them has it.
type tie struct {
	hash   uint64
	member int32
}

// allTied is all listings of the index.
func (r *run) allTied(ctx context.Context) (*herd, error) {
	h := &herd{}
	var ties []tie
	for e, err := range r.entries(ctx) {
		if err != nil {
			return nil, err
		}
		n, err := read(e)
		if err != nil {
			return nil, err
		}
		member := h.add(e.Owner.ID)
		for i, t := range e.Tokens {
			if n.role(i) == roleLinks {
				ties = append(ties, tie{t, member})
			}
		}
	}
	slices.SortFunc(ties, func(a, b tie) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.member, b.member))
	})
	return h, r.tieAll(ctx, h, ties)
}

// tieAll ties those that have a token in common that is not common. Ties are
// sorted.
func (r *run) tieAll(ctx context.Context, h *herd, ties []tie) error {
	var shared []uint64
	for i := 1; i < len(ties); i++ {
		if t := ties[i].hash; t == ties[i-1].hash && (len(shared) == 0 || shared[len(shared)-1] != t) {
			shared = append(shared, t)
		}
	}
	for some := range slices.Chunk(shared, tokensAtOnce) {
		found, err := r.carriers(ctx, some)
		if err != nil {
			return err
		}
		for i, token := range some {
			if found[i].common {
				continue
			}
			at, _ := slices.BinarySearchFunc(ties, token, func(t tie, hash uint64) int { return cmp.Compare(t.hash, hash) })
			for n := at + 1; n < len(ties) && ties[n].hash == token; n++ {
				h.tie(ties[at].member, ties[n].member)
			}
		}
	}
	return nil
}

// tiedWith is the listings and all that hang together with them. Those that
// are not in the index are left out.
func (r *run) tiedWith(ctx context.Context, ids []store.ObservationID) (*herd, error) {
	f := follower{run: r, herd: &herd{}, number: map[store.ObservationID]int32{}, asked: map[uint64]bool{}, queue: ids}
	for len(f.queue) > 0 {
		some := f.queue[:min(len(f.queue), tokensAtOnce)]
		f.queue = f.queue[len(some):]
		if err := f.follow(ctx, some); err != nil {
			return nil, err
		}
	}
	return f.herd, nil
}

// follower goes from listing to listing.
type follower struct {
	run    *run
	herd   *herd
	number map[store.ObservationID]int32
	asked  map[uint64]bool
	queue  []store.ObservationID
}

// numbered is the listing's place in the herd; new tells that it had none.
func (f *follower) numbered(id store.ObservationID) (n int32, isNew bool) {
	n, ok := f.number[id]
	if !ok {
		n = f.herd.add(id)
		f.number[id] = n
	}
	return n, !ok
}

// follow ties the listings to their neighbours and queues those that are new.
func (f *follower) follow(ctx context.Context, ids []store.ObservationID) error {
	entries, err := f.run.listingEntries(ctx, ids)
	if err != nil {
		return err
	}
	var tokens []uint64
	for i := range entries {
		n, err := read(&entries[i])
		if err != nil {
			return err
		}
		if n == nil {
			continue // people decided on it, and it is gone
		}
		f.numbered(entries[i].Owner.ID)
		for j, t := range entries[i].Tokens {
			if n.role(j) == roleLinks && !f.asked[t] {
				f.asked[t] = true
				tokens = append(tokens, t)
			}
		}
	}
	found, err := f.run.carriers(ctx, tokens)
	if err != nil {
		return err
	}
	for i := range found {
		var first int32
		for j, id := range found[i].listings {
			n, isNew := f.numbered(id)
			if isNew {
				f.queue = append(f.queue, id)
			}
			if j == 0 {
				first = n
			}
			f.herd.tie(first, n)
		}
	}
	return nil
}
