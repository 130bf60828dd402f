package bolt_test

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

// benchTokens makes distinct rising tokens of the n-th owner: one in three is
// shared by some hundred others, the rest by few.
type benchTokens struct{ seed maphash.Seed }

func (b benchTokens) of(out []uint64, n, count, firms int) []uint64 {
	var room [16]byte
	for i := range count {
		family := n * 7 / 10
		switch {
		case i%3 == 2:
			family = n % (firms/100 + 1)
		case i == 0:
			family = n
		}
		binary.LittleEndian.PutUint64(room[:], uint64(family))
		room[8] = byte(i)
		out = append(out, maphash.Bytes(b.seed, room[:]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// benchEntry is of a company, or behind the companies of a listing.
func (b benchTokens) entry(n, firms int) store.Entry {
	if n < firms {
		return store.Entry{Owner: store.Owner{INN: mixINN(n)}, Tokens: b.of(nil, n, 5, firms), Note: []byte("12345678")}
	}
	id := store.ObservationID{Source: "2gis", Key: fmt.Sprintf("%017d", n)}
	return store.Entry{Owner: store.Owner{ID: id}, Tokens: b.of(nil, (n-firms)*10, 8, firms), Note: []byte("12345678")}
}

func loadIndex(b *testing.B, s *bolt.Store, tokens benchTokens, firms int) {
	b.Helper()
	err := s.ReplaceIndex(b.Context(), "tag", 0, each(firms+firms/10, func(i int) store.Entry { return tokens.entry(i, firms) }))
	if err != nil {
		b.Fatal(err)
	}
}

func fileSize(b *testing.B, dir string) int64 {
	b.Helper()
	info, err := os.Stat(filepath.Join(dir, "registry.db"))
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}

// BenchmarkReplaceIndexMillion writes the tokens of a million companies and
// 100,000 listings into an empty index and over an old one. It tells the peak of
// anonymous memory, the bytes of the file a posting, and how many times as large
// the file is after the second time.
func BenchmarkReplaceIndexMillion(b *testing.B) {
	const million, postings = 1_000_000, 5*1_000_000 + 8*100_000
	for _, again := range []bool{false, true} {
		b.Run(map[bool]string{false: "new", true: "again"}[again], func(b *testing.B) {
			tokens := benchTokens{maphash.MakeSeed()}
			for b.Loop() {
				b.StopTimer()
				dir := b.TempDir()
				s, err := bolt.Open(b.Context(), bolt.Options{Dir: dir})
				if err != nil {
					b.Fatal(err)
				}
				before := fileSize(b, dir)
				if again {
					loadIndex(b, s, benchTokens{maphash.MakeSeed()}, million)
					before = fileSize(b, dir)
				}
				b.StartTimer()
				reportPeak(b, func() { loadIndex(b, s, tokens, million) })
				b.StopTimer()
				if after := fileSize(b, dir); again {
					b.ReportMetric(float64(after)/float64(before), "growth")
				} else {
					b.ReportMetric(float64(after-before)/postings, "B/posting")
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			rate(b, postings)
		})
	}
}

// BenchmarkPatchIndex gives 3,000 of 200,000 companies other tokens.
func BenchmarkPatchIndex(b *testing.B) {
	s := benchStore(b)
	tokens := benchTokens{maphash.MakeSeed()}
	loadIndex(b, s, tokens, benchFirms)
	const patched = 3000
	turn := 0
	for b.Loop() {
		turn++
		err := s.PatchIndex(b.Context(), each(patched, func(i int) store.Entry {
			e := tokens.entry(i*60, benchFirms)
			e.Tokens = tokens.of(nil, i*60+turn*benchFirms, 5, benchFirms)
			return e
		}))
		if err != nil {
			b.Fatal(err)
		}
	}
	rate(b, patched)
}

// BenchmarkCarriers asks for the tokens of one listing at a time; what that
// costs must not grow with the registry.
func BenchmarkCarriers(b *testing.B) {
	for _, firms := range []int{10_000, 100_000, 1_000_000} {
		b.Run(strconv.Itoa(firms), func(b *testing.B) {
			s := benchStore(b)
			seed := benchTokens{maphash.MakeSeed()}
			loadIndex(b, s, seed, firms)
			n, found := 0, 0
			var tokens []uint64
			for b.Loop() {
				n = (n + 7919) % firms
				tokens = seed.of(tokens[:0], n, 8, firms)
				all, err := s.Carriers(b.Context(), tokens, 64)
				if err != nil {
					b.Fatal(err)
				}
				for _, c := range all {
					found += len(c.Firms)
				}
			}
			if found == 0 {
				b.Fatal("nobody was found")
			}
			b.ReportMetric(float64(found)/float64(8*b.N), "firms/token")
			rate(b, 8)
		})
	}
}
