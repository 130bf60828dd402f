package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func replaceIndex(t *testing.T, s store.Store, tag string, mark uint64, entries ...store.Entry) {
	t.Helper()
	if err := s.ReplaceIndex(t.Context(), tag, mark, each(entries...)); err != nil {
		t.Fatalf("replace the index: %v", err)
	}
}

// common is a token that every owner has, rare one that some have.
const (
	common uint64 = 1 << 63
	rare   uint64 = 1<<64 - 1
)

// entriesOf makes entries of n companies and n/3 observations. Every owner has
// the common token, every fifth the rare one, and some of its own; turn says
// which.
func entriesOf(n, turn int) []store.Entry {
	var out []store.Entry
	add := func(o store.Owner, i int) {
		e := store.Entry{Owner: o, Note: fmt.Appendf(nil, "note %d", turn%2)}
		e.Tokens = append(e.Tokens, uint64(turn), uint64(i)<<32+1000, uint64(i+1)<<40+uint64(turn), common)
		if i%5 == 0 {
			e.Tokens = append(e.Tokens, rare)
		}
		out = append(out, e)
	}
	for i := range n {
		add(firmOwner(i), i)
	}
	for i := range n / 3 {
		add(listingOwner(fmt.Sprintf("%05d", i)), i)
	}
	return out
}

// holdsEntries checks that the index holds exactly the entries, each way.
func holdsEntries(t *testing.T, s store.Store, want []store.Entry) {
	t.Helper()
	var owners []store.Owner
	var listings []store.Entry
	carriers := map[uint64]store.Carriers{}
	for _, e := range want {
		owners = append(owners, e.Owner)
		if e.Owner.INN == "" {
			listings = append(listings, e)
		}
		for _, token := range e.Tokens {
			c := carriers[token]
			if e.Owner.INN != "" {
				c.Firms = append(c.Firms, e.Owner.INN)
			} else {
				c.Listings = append(c.Listings, e.Owner.ID)
			}
			carriers[token] = c
		}
	}
	same(t, "entries", must(s.Entries(t.Context(), owners))(t), want)
	same(t, "entries of observations", must(s.ListingEntries(t.Context(), store.ObservationID{}, 10_000))(t), listings)
	var tokens []uint64
	var all []store.Carriers
	for token, c := range carriers {
		tokens, all = append(tokens, token), append(all, c)
	}
	same(t, "carriers", must(s.Carriers(t.Context(), tokens, 10_000))(t), all)
}

var indexTests = []test{
	{"replaced", func(t *testing.T, open Open) {
		s := open(t)
		same(t, "tag before the first", indexState(t, s).Tag, "")
		one := entriesOf(60, 1)
		replaceIndex(t, s, "one", 0, one...)
		holdsEntries(t, s, one)
		same(t, "tag", indexState(t, s).Tag, "one")
		two := slices.Concat(entriesOf(90, 2)[10:40], entriesOf(90, 2)[95:110])
		replaceIndex(t, s, "two", 0, two...)
		holdsEntries(t, s, two)
		same(t, "carriers of what is gone", must(s.Carriers(t.Context(), []uint64{1, 1000}, 9))(t), make([]store.Carriers, 2))
		same(t, "tag", indexState(t, s).Tag, "two")
		replaceIndex(t, s, "", 0, two...)
		same(t, "no tag", indexState(t, s).Tag, "")
		replaceIndex(t, s, "none", 0)
		holdsEntries(t, s, nil)
		same(t, "entries", must(s.Entries(t.Context(), []store.Owner{two[0].Owner}))(t), []store.Entry{{Owner: two[0].Owner}})
	}},
	{"settles up to the mark", func(t *testing.T, open Open) {
		s := open(t)
		commit(t, s, monday, firm("rsmp", 1))
		replaceIndex(t, s, "one", indexState(t, s).Mark)
		if state := indexState(t, s); state.All || len(staleOwners(t, s)) > 0 {
			t.Errorf("state %+v, stale %v", state, staleOwners(t, s))
		}
	}},
	{"refuses what is not in order, or nobody's", func(t *testing.T, open Open) {
		s := open(t)
		entry := func(o store.Owner, tokens ...uint64) store.Entry { return store.Entry{Owner: o, Tokens: tokens} }
		for what, wrong := range map[string][]store.Entry{
			"owners fall":       {entry(firmOwner(2), 1), entry(firmOwner(1), 1)},
			"an owner twice":    {entry(firmOwner(1), 1), entry(firmOwner(1), 2)},
			"kinds":             {entry(listingOwner("a"), 1), entry(firmOwner(1), 1)},
			"an empty one":      {entry(firmOwner(2), 1), entry(firmOwner(1))},
			"listings fall":     {entry(listingOwner("b"), 1), entry(listingOwner("a"), 1)},
			"tokens fall":       {entry(firmOwner(1), 2, 1)},
			"a token twice":     {entry(firmOwner(1), 2, 2)},
			"an empty one last": {entry(listingOwner("b"), 1), entry(listingOwner("b"))},
		} {
			if err := s.ReplaceIndex(t.Context(), "two", 0, each(wrong...)); !errors.Is(err, store.ErrOrder) {
				t.Errorf("replace, %s: error %v, want ErrOrder", what, err)
			}
			if err := s.PatchIndex(t.Context(), each(wrong...)); !errors.Is(err, store.ErrOrder) {
				t.Errorf("patch, %s: error %v, want ErrOrder", what, err)
			}
		}
		for _, wrong := range wrongOwners() {
			calls := map[string]error{
				"replace": s.ReplaceIndex(t.Context(), "two", 0, each(entry(wrong, 1))),
				"patch":   s.PatchIndex(t.Context(), each(entry(wrong, 1))),
			}
			_, calls["entries"] = s.Entries(t.Context(), []store.Owner{wrong})
			for what, err := range calls {
				if !errors.Is(err, store.ErrObservation) {
					t.Errorf("%s of %v: error %v, want ErrObservation", what, wrong, err)
				}
			}
		}
		same(t, "tag", indexState(t, s).Tag, "")
	}},
	{"a context that ends leaves no tag", func(t *testing.T, open Open) {
		s := open(t)
		for _, cut := range []int{0, 1, 100, 400} {
			replaceIndex(t, s, "one", 0, entriesOf(30, 1)...)
			ctx, cancel := context.WithCancel(t.Context())
			err := s.ReplaceIndex(ctx, "two", 0, cancelAt(cut, cancel, entriesOf(300, 2)))
			cancel()
			if !errors.Is(err, context.Canceled) || indexState(t, s).Tag != "" {
				t.Errorf("cut at %d: error %v, state %+v", cut, err, indexState(t, s))
			}
			replaceIndex(t, s, "two", 0, entriesOf(300, 2)...)
			holdsEntries(t, s, entriesOf(300, 2))
		}
	}},
	{"patched", func(t *testing.T, open Open) {
		s := open(t)
		replaceIndex(t, s, "one", 0, entriesOf(60, 1)...)
		commit(t, s, monday, firm("rsmp", 1))
		want := entriesOf(60, 1)
		for i := range want {
			switch i % 4 {
			case 0:
				want[i].Tokens = []uint64{uint64(i), 1 << 20, common, rare}
			case 1:
				want[i].Note = nil
			case 2:
				want[i] = store.Entry{Owner: want[i].Owner}
			}
		}
		ok(t, s.PatchIndex(t.Context(), each(want...)))
		added := store.Entry{Owner: firmOwner(1000), Tokens: []uint64{7}}
		noted := store.Entry{Owner: listingOwner("noted"), Note: []byte("a note alone")}
		ok(t, s.PatchIndex(t.Context(), each(store.Entry{Owner: firmOwner(999)}, added, noted)))
		at := slices.IndexFunc(want, func(e store.Entry) bool { return e.Owner.INN == "" })
		want = append(slices.Insert(want, at, added), noted)
		want = slices.DeleteFunc(want, func(e store.Entry) bool { return e.Empty() })
		holdsEntries(t, s, want)
		same(t, "tag", indexState(t, s).Tag, "one")
		same(t, "stale", staleOwners(t, s), []store.Owner{firmOwner(1)})
	}},
	{"patched up to an error", func(t *testing.T, open Open) {
		s := open(t)
		want := entriesOf(150, 1)
		if err := s.PatchIndex(t.Context(), failing(errKilled, want...)); !errors.Is(err, errKilled) {
			t.Errorf("error %v, want that of the sequence", err)
		}
		holdsEntries(t, s, want)
		same(t, "tag", indexState(t, s).Tag, "")
	}},
	{"memory may be reused", func(t *testing.T, open Open) {
		s := open(t)
		reused := func(yield func(store.Entry, error) bool) {
			tokens, note := []uint64{0, 0}, []byte{0}
			for n := range 5 {
				tokens[0], tokens[1], note[0] = uint64(n), uint64(n+1), byte(n)
				if !yield(store.Entry{Owner: firmOwner(n), Tokens: tokens, Note: note}, nil) {
					return
				}
			}
		}
		ok(t, s.ReplaceIndex(t.Context(), "one", 0, reused))
		for range 2 {
			for n := range 5 {
				want := store.Entry{Owner: firmOwner(n), Tokens: []uint64{uint64(n), uint64(n + 1)}, Note: []byte{byte(n)}}
				same(t, "entry", must(s.Entries(t.Context(), []store.Owner{want.Owner}))(t), []store.Entry{want})
			}
			ok(t, s.PatchIndex(t.Context(), each(store.Entry{Owner: firmOwner(3)})))
			ok(t, s.PatchIndex(t.Context(), reused))
		}
	}},
	{"entries come in the order asked", func(t *testing.T, open Open) {
		s := open(t)
		all := entriesOf(9, 1)
		replaceIndex(t, s, "one", 0, all...)
		nobody := store.Entry{Owner: listingOwner("nobody")}
		got := must(s.Entries(t.Context(), []store.Owner{all[10].Owner, nobody.Owner, all[3].Owner, all[10].Owner}))(t)
		same(t, "entries", got, []store.Entry{all[10], nobody, all[3], all[10]})
		got[0].Tokens[0], got[0].Note[0] = 99, 'x'
		same(t, "what was handed out is the caller's", must(s.Entries(t.Context(), []store.Owner{all[10].Owner}))(t), all[10:11])
		same(t, "none asked", len(must(s.Entries(t.Context(), nil))(t)), 0)
	}},
	{"pages of observations", func(t *testing.T, open Open) {
		s := open(t)
		all := entriesOf(30, 1)
		listings := all[30:]
		replaceIndex(t, s, "one", 0, all...)
		same(t, "first", must(s.ListingEntries(t.Context(), store.ObservationID{}, 3))(t), listings[:3])
		same(t, "second", must(s.ListingEntries(t.Context(), listings[2].Owner.ID, 3))(t), listings[3:6])
		same(t, "last", must(s.ListingEntries(t.Context(), listings[7].Owner.ID, 9))(t), listings[8:])
		same(t, "limit 0", len(must(s.ListingEntries(t.Context(), store.ObservationID{}, 0))(t)), 0)
	}},
	{"carriers, up to a limit", func(t *testing.T, open Open) {
		s := open(t)
		replaceIndex(t, s, "one", 0, entriesOf(30, 1)...)
		var firms []company.INN
		var listings []store.ObservationID
		for i := 0; i < 30; i += 5 {
			firms = append(firms, INN(i))
		}
		for _, key := range []string{"00000", "00005"} {
			listings = append(listings, listingOwner(key).ID)
		}
		for _, tt := range []struct {
			limit, firms, listings int
		}{{-1, 0, 0}, {0, 0, 0}, {1, 1, 1}, {2, 2, 2}, {5, 5, 2}, {6, 6, 2}, {7, 6, 2}} {
			want := store.Carriers{
				Firms: firms[:tt.firms], Listings: listings[:tt.listings],
				MoreFirms: tt.firms < len(firms), MoreListings: tt.listings < len(listings),
			}
			got := must(s.Carriers(t.Context(), []uint64{5, rare, 6}, tt.limit))(t)
			same(t, fmt.Sprintf("at most %d", tt.limit), got, []store.Carriers{{}, want, {}})
		}
		two := must(s.Carriers(t.Context(), []uint64{rare, common, rare}, 1))(t)
		same(t, "the order asked", []any{two[0], two[1].Firms}, []any{two[2], []company.INN{INN(0)}})
		same(t, "none asked", len(must(s.Carriers(t.Context(), nil, 5))(t)), 0)
	}},
	{"tokens at the ends and beside each other", func(t *testing.T, open Open) {
		s := open(t)
		tokens := []uint64{0, 1, 255, 256, 1<<32 - 1, 1 << 32, common - 1, common, rare - 1, rare}
		var all []store.Entry
		for i := range tokens {
			all = append(all, store.Entry{Owner: firmOwner(i), Tokens: tokens[i:]})
		}
		all = append(all, store.Entry{Owner: listingOwner("a"), Tokens: tokens})
		replaceIndex(t, s, "one", 0, all...)
		holdsEntries(t, s, all)
		ok(t, s.PatchIndex(t.Context(), each(store.Entry{Owner: firmOwner(0)}, store.Entry{Owner: firmOwner(1)})))
		holdsEntries(t, s, all[2:])
	}},
	{"owners of any form", func(t *testing.T, open Open) {
		s := open(t)
		var all []store.Entry
		for i, inn := range oddINNs {
			all = append(all, store.Entry{Owner: store.Owner{INN: inn}, Tokens: []uint64{uint64(i % 3), common}})
		}
		for i, key := range []string{"a", "aa", "a b", "ключ", "\xff", "\x01"} {
			all = append(all, store.Entry{Owner: listingOwner(key), Tokens: []uint64{uint64(i % 3), common}})
		}
		slices.SortFunc(all, func(a, b store.Entry) int { return a.Owner.Compare(b.Owner) })
		replaceIndex(t, s, "one", 0, all...)
		holdsEntries(t, s, all)
	}},
	{"a sequence may use the store", func(t *testing.T, open Open) {
		s := open(t)
		replaceIndex(t, s, "one", 0, entriesOf(200, 1)...)
		want := entriesOf(200, 2)
		ok(t, s.PatchIndex(t.Context(), func(yield func(store.Entry, error) bool) {
			for n, e := range want {
				if _, err := s.Entries(t.Context(), []store.Owner{e.Owner}); err != nil {
					t.Error(err)
				}
				if n%50 == 0 {
					commit(t, s, monday, firm("rsmp", n))
				}
				if !yield(e, nil) {
					return
				}
			}
		}))
		holdsEntries(t, s, want)
		mark := indexState(t, s).Mark
		ok(t, s.ReplaceIndex(t.Context(), "two", mark, func(yield func(store.Entry, error) bool) {
			commit(t, s, monday, firm("rsmp", 7))
			for _, e := range want {
				if !yield(e, nil) {
					return
				}
			}
		}))
		holdsEntries(t, s, want)
	}},
}
