package bolt

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// skews are ways in which tokens fall on owners.
var skews = map[string]func(random *rand.Rand, owner int) []uint64{
	"even":              func(random *rand.Rand, _ int) []uint64 { return []uint64{random.Uint64(), random.Uint64()} },
	"one for all":       func(*rand.Rand, int) []uint64 { return []uint64{1 << 40} },
	"the least for all": func(random *rand.Rand, _ int) []uint64 { return []uint64{0, random.Uint64()} },
	"few":               func(random *rand.Rand, _ int) []uint64 { return []uint64{random.Uint64N(3), 5 + random.Uint64N(3)} },
	"close together":    func(random *rand.Rand, _ int) []uint64 { return []uint64{1<<63 + random.Uint64N(1000)} },
	"at the end":        func(random *rand.Rand, _ int) []uint64 { return []uint64{1<<64 - 1 - random.Uint64N(50)} },
	"falling":           func(_ *rand.Rand, owner int) []uint64 { return []uint64{1<<50 - uint64(owner)<<32} },
	"rising":            func(_ *rand.Rand, owner int) []uint64 { return []uint64{uint64(owner) << 40} },
	"none":              func(*rand.Rand, int) []uint64 { return nil },
}

// With room for a few postings, or a few bytes of keys, all are written none the
// less, once each: Check counts them.
func TestReplaceIndexInLittleMemory(t *testing.T) {
	for name, skew := range skews {
		for _, room := range [][2]int{{2, 1}, {2, 1000}, {7, 40}, {100, 50}, {100, 10_000}, {10_000, 10_000}} {
			t.Run(fmt.Sprint(name, room), func(t *testing.T) {
				t.Parallel()
				s, err := Open(t.Context(), Options{Dir: t.TempDir(), ReplaceBatch: 20})
				if err != nil {
					t.Fatal(err)
				}
				defer func() {
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				}()
				random := rand.New(rand.NewPCG(uint64(room[0]), uint64(room[1])))
				l := indexLoad{stream: stream{batch: 20}, db: s.registry, found: newPostings(room[0], room[1])}
				err = l.run(t.Context(), func(yield func(store.Entry, error) bool) {
					for n := range 150 {
						e := store.Entry{Owner: store.Owner{INN: company.INN(fmt.Sprintf("59%010d", n))}, Note: []byte("x")}
						if n >= 100 {
							e.Owner = store.Owner{ID: store.ObservationID{Source: "2gis", Key: strconv.Itoa(n)}}
						}
						e.Tokens = skew(random, n)
						slices.Sort(e.Tokens)
						if !yield(e, nil) {
							return
						}
					}
				})
				if err == nil { // under a tag Check holds tokens and entries together
					err = s.registry.update(t.Context(), func(tx *bbolt.Tx) error {
						return bucket(tx, bucketMeta).Put([]byte(metaIndexTag), []byte("tag"))
					})
				}
				if err == nil {
					err = s.Check(t.Context())
				}
				if err != nil {
					t.Error(err)
				}
				if cap(l.found.list) != room[0] {
					t.Errorf("room for %d postings, given %d", cap(l.found.list), room[0])
				}
			})
		}
	}
}

func FuzzPackedINN(f *testing.F) {
	f.Add("5900000015", "590000001512")
	f.Add("59", "5 ИНН")
	f.Add("/", ":")
	f.Fuzz(func(t *testing.T, a, b string) {
		packedA, packedB := appendINN(nil, company.INN(a)), appendINN(nil, company.INN(b))
		if back, err := readINN(packedA); err != nil || string(back) != a {
			t.Errorf("%q comes back as %q, %v", a, back, err)
		}
		if got, want := bytes.Compare(packedA, packedB), bytes.Compare([]byte(a), []byte(b)); got != want {
			t.Errorf("%q and %q: packed in order %d, want %d", a, b, got, want)
		}
		if inn, err := readINN([]byte(a)); err == nil && !bytes.Equal(appendINN(nil, inn), []byte(a)) {
			t.Errorf("%x is read as %q, which is not packed so", a, inn)
		}
	})
}

func FuzzEntry(f *testing.F) {
	f.Add(appendEntry(nil, &store.Entry{Tokens: []uint64{1, 2}, Note: []byte("note")}))
	f.Add([]byte{0x80, 0x00})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, stored []byte) {
		e, err := decodeEntry(store.Owner{}, stored)
		if err != nil {
			return
		}
		again, err := decodeEntry(store.Owner{}, appendEntry(nil, &e))
		if err != nil || !slices.Equal(again.Tokens, e.Tokens) || !bytes.Equal(again.Note, e.Note) {
			t.Errorf("%+v comes back as %+v, %v", e, again, err)
		}
	})
}
