package bolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

const benchFirms = 200_000

func rate(b *testing.B, each int) {
	b.Helper()
	b.ReportAllocs()
	b.ReportMetric(float64(each)*float64(b.N)/b.Elapsed().Seconds(), "rec/s")
}

func (m *mix) report(b *testing.B) {
	b.Helper()
	b.ReportMetric(m.bytes(), "B/rec")
	b.ReportMetric(float64(m.facts)/mixSize, "facts/rec")
}

func benchStore(b *testing.B) *bolt.Store {
	b.Helper()
	s, err := bolt.Open(b.Context(), bolt.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

// freshStore opens a store outside the measured time and closes it likewise.
func freshStore(b *testing.B, fn func(s *bolt.Store)) {
	b.Helper()
	b.StopTimer()
	s, err := bolt.Open(b.Context(), bolt.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	fn(s)
	b.StopTimer()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	b.StartTimer()
}

func every(int) (int, bool) { return 0, true }

func third(n int) (int, bool) { return 0, n%3 == 0 }

// load replaces a whole release of the day.
func (m *mix) load(b *testing.B, s *bolt.Store, day, n int, pick func(int) (int, bool)) store.Delta {
	b.Helper()
	r := store.Replacement{Source: m.source, Day: firstDay + company.Date(day), Release: pipeline.Release{Whole: true}}
	d, err := s.Replace(b.Context(), r, m.records(n, pick))
	if err != nil {
		b.Fatal(err)
	}
	return d
}

func BenchmarkReplaceNew(b *testing.B) {
	m := newMix("rsmp")
	for b.Loop() {
		freshStore(b, func(s *bolt.Store) {
			b.StartTimer()
			if d := m.load(b, s, 0, benchFirms, every); d.New != benchFirms {
				b.Fatal(d)
			}
		})
	}
	rate(b, benchFirms)
	m.report(b)
}

// BenchmarkReplaceNewLimit puts as many bytes in as many transactions straight
// into one bucket.
func BenchmarkReplaceNewLimit(b *testing.B) {
	m := newMix("rsmp")
	value := bytes.Repeat([]byte("v"), int(m.bytes())-11)
	for b.Loop() {
		b.StopTimer()
		db, err := bbolt.Open(filepath.Join(b.TempDir(), "x.db"), 0o600, &bbolt.Options{
			NoFreelistSync: true, FreelistType: bbolt.FreelistMapType, InitialMmapSize: 1 << 30,
		})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		for n := 0; n < benchFirms; n += 4000 {
			err = errors.Join(err, db.Update(func(tx *bbolt.Tx) error {
				bucket, err := tx.CreateBucketIfNotExists([]byte("b"))
				if err != nil {
					return err
				}
				bucket.FillPercent = 0.9
				for i := n; i < min(n+4000, benchFirms); i++ {
					if err := bucket.Put(fmt.Appendf(nil, "%011d", i), value); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		b.StopTimer()
		if err := errors.Join(err, db.Close()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	rate(b, benchFirms)
}

// BenchmarkReplaceNewEvents brings two thirds that are new into a source that
// holds one: each is an event.
func BenchmarkReplaceNewEvents(b *testing.B) {
	m := newMix("rsmp")
	const fresh = benchFirms - (benchFirms+2)/3
	for b.Loop() {
		freshStore(b, func(s *bolt.Store) {
			m.load(b, s, 0, benchFirms, third)
			b.StartTimer()
			if d := m.load(b, s, 1, benchFirms, every); d.New != fresh {
				b.Fatal(d)
			}
		})
	}
	rate(b, fresh)
}

func BenchmarkReplaceUnchanged(b *testing.B) {
	m := newMix("rsmp")
	s := benchStore(b)
	m.load(b, s, 0, benchFirms, every)
	for b.Loop() {
		if d := m.load(b, s, 1, benchFirms, every); d.Unchanged != benchFirms {
			b.Fatal(d)
		}
	}
	rate(b, benchFirms)
}

// BenchmarkReplaceMerge changes half of a release and adds as many.
func BenchmarkReplaceMerge(b *testing.B) {
	m := newMix("rsmp")
	for b.Loop() {
		freshStore(b, func(s *bolt.Store) {
			m.load(b, s, 0, benchFirms, func(n int) (int, bool) { return 0, n%2 == 0 })
			b.StartTimer()
			d := m.load(b, s, 1, benchFirms, func(n int) (int, bool) { return 1 + n%2, true })
			if d.New != benchFirms/2 || d.Changed != benchFirms/2 {
				b.Fatal(d)
			}
		})
	}
	rate(b, benchFirms)
}

// BenchmarkReplaceMonth changes three of a hundred, as a month does.
func BenchmarkReplaceMonth(b *testing.B) {
	m := newMix("rsmp")
	s := benchStore(b)
	turn := 0
	month := func() store.Delta {
		return m.load(b, s, turn, benchFirms, func(n int) (int, bool) {
			if n%33 == 0 {
				return 1 + turn, true
			}
			return 0, true
		})
	}
	month()
	for b.Loop() {
		turn++
		if d := month(); d.Changed != (benchFirms+32)/33 {
			b.Fatal(d)
		}
	}
	rate(b, benchFirms)
}

// BenchmarkLoadMillion tells the peak of anonymous memory.
func BenchmarkLoadMillion(b *testing.B) {
	const million = 1_000_000
	m := newMix("rsmp")
	for b.Loop() {
		freshStore(b, func(s *bolt.Store) {
			b.StartTimer()
			reportPeak(b, func() { m.load(b, s, 0, million, every) })
		})
	}
	rate(b, million)
	m.report(b)
}

// BenchmarkCommit writes listings of a directory in batches of 1000 whose keys
// come in no order: half of them with an ИНН.
func BenchmarkCommit(b *testing.B) {
	s := benchStore(b)
	const batch = 1000
	n := 0
	for b.Loop() {
		b.StopTimer()
		c := store.Commit{Source: "2gis", Day: firstDay}
		for range batch {
			o := listing(n, firstDay)
			o.Key, o.INN = fmt.Sprintf("%017d", uint64(n)*2654435761%1_000_000_007), ""
			if n%2 == 0 {
				o.INN = mixINN(n)
			}
			c.Batch.Observations = append(c.Batch.Observations, o)
			n++
		}
		b.StartTimer()
		if _, err := s.Commit(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
	rate(b, batch)
}
