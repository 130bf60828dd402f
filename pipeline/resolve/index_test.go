package resolve

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
	"obzvon/pipeline/store"
)

// Listings hang together exactly if one can go from the one to the other.
func TestGroups(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		n := 1 + rng.IntN(20)
		h, near := &herd{}, make([][]bool, n)
		order := rng.Perm(n)
		for i := range n {
			h.add(cardID(strconv.Itoa(100 + order[i])))
			near[i] = make([]bool, n)
			near[i][i] = true
		}
		for range rng.IntN(n + 1) {
			a, b := rng.IntN(n), rng.IntN(n)
			h.tie(int32(a), int32(b))
			near[a][b], near[b][a] = true, true
		}
		for k := range n {
			for i := range n {
				for j := range n {
					near[i][j] = near[i][j] || near[i][k] && near[k][j]
				}
			}
		}
		var want [][]store.ObservationID
		seen := map[int]bool{}
		for i := range n {
			if seen[i] {
				continue
			}
			var group []store.ObservationID
			for j := range n {
				if near[i][j] {
					seen[j] = true
					group = append(group, h.ids[j])
				}
			}
			slices.SortFunc(group, store.ObservationID.Compare)
			want = append(want, group)
		}
		slices.SortFunc(want, func(a, b []store.ObservationID) int { return a[0].Compare(b[0]) })
		if got := h.groups(); !reflect.DeepEqual(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

func TestRough(t *testing.T) {
	last := 0
	for n := range 200 {
		got := rough(n)
		if got < min(n, evidence.CarrierLimit) || got < last || n <= 4 && got != n || got > evidence.CarrierLimit {
			t.Errorf("%d counts as %d after %d", n, got, last)
		}
		last = got
	}
}

// What is common counts alike whoever carries it; of the rest the numbers tell.
func TestCarried(t *testing.T) {
	firms := func(n int) []company.INN { return make([]company.INN, n) }
	listings := func(n int) []store.ObservationID { return make([]store.ObservationID, n) }
	common := evidence.Count{Firms: evidence.CarrierLimit, Listings: evidence.CarrierLimit, More: true}
	tests := []struct {
		in     store.Carriers
		common bool
		count  evidence.Count
	}{
		{store.Carriers{}, false, evidence.Count{}},
		{store.Carriers{Firms: firms(2), Listings: listings(5)}, false, evidence.Count{Firms: 2, Listings: 6}},
		{store.Carriers{Firms: firms(64), Listings: listings(64)}, false, evidence.Count{Firms: 64, Listings: 64}},
		{store.Carriers{Firms: firms(64), Listings: listings(65)}, false, evidence.Count{Firms: 64, Listings: 64, More: true}},
		{store.Carriers{Firms: firms(64), MoreFirms: true}, true, common},
		{store.Carriers{Firms: firms(65)}, true, common},
		{store.Carriers{Firms: firms(1), Listings: listings(1000)}, false, evidence.Count{Firms: 1, Listings: 64, More: true}},
		{store.Carriers{Firms: firms(1), Listings: listings(1025)}, true, common},
		{store.Carriers{Firms: firms(1), Listings: listings(1024), MoreListings: true}, true, common},
	}
	for _, tt := range tests {
		got := newCarried(&tt.in, crowd)
		if got.common != tt.common || got.count != tt.count || tt.common && (got.firms != nil || got.listings != nil) {
			t.Errorf("%d firms, %d listings: %+v", len(tt.in.Firms), len(tt.in.Listings), got)
		}
	}
}

// An entry gives back what it was made of, its tokens rise, and what is watched
// is told from what the owner has.
func TestEntries(t *testing.T) {
	m := testModel()
	o := card("1", perm(fBrand, "Северный ясень", fPhone, phone1, fSite, "https://yasen.example")...)
	p := m.Listing(&o)
	out := &outcome{
		INN: "5900000001", Manual: true, Evidence: []piece{{"phone", phone1, 5}}, Reason: "r", Why: "w",
		Candidates: []candidate{{INN: "1", Name: "\xff", City: "c", Probability: 0.25, Evidence: []piece{{"city", "", -3}}}},
	}
	watches := map[uint64]bool{1: true, 2: true, 1 << 60: true}
	e, err := written(store.Owner{ID: idOf(&o)}, p, p.Digest(), watches, out)
	if err != nil || e.Check() != nil {
		t.Fatal(err, e.Check())
	}
	n, err := read(&e)
	if err != nil || !reflect.DeepEqual(n.Outcome, out) || n.Digest != p.Digest() {
		t.Fatalf("%+v, %v", n, err)
	}
	if len(e.Tokens) != len(p.Tokens())+len(watches) || !slices.IsSorted(e.Tokens) {
		t.Errorf("tokens %x", e.Tokens)
	}
	for _, want := range p.Tokens() {
		i, ok := slices.BinarySearch(e.Tokens, want.Hash)
		if !ok || n.role(i) != map[bool]byte{true: roleLinks, false: roleFinds}[want.Links] {
			t.Errorf("%+v has the role %d, %v", want, n.role(i), ok)
		}
	}
	for token := range watches {
		if i, ok := slices.BinarySearch(e.Tokens, watch(token)); !ok || n.role(i) != roleWatches {
			t.Errorf("%x is not watched", token)
		}
	}
	if n, err := read(&store.Entry{}); n != nil || err != nil {
		t.Errorf("an empty entry reads %+v, %v", n, err)
	}
}

// Whatever the store gives back, reading it ends, and what is read is written
// the same.
func FuzzEntryNote(f *testing.F) {
	n := entryNote{Digest: 7, Roles: []byte{0, 1}, Outcome: &outcome{INN: "5900000001", Evidence: []piece{{"phone", phone1, 5}}}}
	seed, err := n.MarshalMsg(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte{0x93, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := read(&store.Entry{Note: data})
		if err != nil || n == nil {
			return
		}
		again, err := n.MarshalMsg(nil)
		if err != nil {
			t.Fatal(err)
		}
		m, err := read(&store.Entry{Note: again})
		if err != nil {
			t.Fatal(err)
		}
		if third, err := m.MarshalMsg(nil); err != nil || !bytes.Equal(again, third) {
			t.Errorf("%x is written again as %x, %v", again, third, err)
		}
		n.role(len(n.Roles))
	})
}
