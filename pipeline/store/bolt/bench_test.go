package bolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"go.etcd.io/bbolt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

const benchFirms = 100_000

// richFirm is an observation of some 500 bytes with 15 facts, as a registry of
// small business gives it.
func richFirm(n int) company.Observation {
	inn := storetest.INN(n)
	o := company.Observation{Source: "rsmp", Key: string(inn), INN: inn, Date: firstDay, Origin: "data-20261110-structure.zip/VO_RRMSPSV_0000_17.xml"}
	o.Add(company.FieldNameFull, fmt.Sprintf("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"ФИРМА %d\"", n))
	o.Add(company.FieldNameShort, fmt.Sprintf("ООО \"ФИРМА %d\"", n))
	o.Add(company.FieldOGRN, fmt.Sprintf("10259%08d", n))
	o.Add(company.FieldOKVEDMain, "45.20")
	for _, code := range []string{"45.31", "45.32", "45.40", "46.69", "46.90"} {
		o.Add(company.FieldOKVEDExtra, code)
	}
	o.Add(company.FieldRegion, "59")
	o.Add(company.FieldCity, "Пермь")
	o.Facts = append(o.Facts, company.Fact{Field: company.FieldHeadcount, Key: "2025", Value: strconv.Itoa(n % 90)})
	o.Add(company.FieldSME, "1")
	o.Add(company.FieldSMESince, "2016-08-01")
	o.Add(company.FieldStatus, string(company.StatusActive))
	o.Sort()
	return o
}

func richFirms(n int) []company.Observation {
	out := make([]company.Observation, n)
	for i := range out {
		out[i] = richFirm(i)
	}
	return out
}

func rate(b *testing.B, each int) {
	b.Helper()
	b.ReportAllocs()
	b.ReportMetric(float64(each)*float64(b.N)/b.Elapsed().Seconds(), "rec/s")
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

func load(b *testing.B, s *bolt.Store, firms []company.Observation) store.Delta {
	b.Helper()
	r := store.Replacement{Source: "rsmp", Day: firstDay, Release: pipeline.Release{Whole: true}}
	d, err := s.Replace(b.Context(), r, packed(each(len(firms), func(i int) company.Observation { return firms[i] })))
	if err != nil {
		b.Fatal(err)
	}
	return d
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
			o := richFirm(n)
			o.Source, o.Key = "2gis", fmt.Sprintf("%017d", uint64(n)*2654435761%1_000_000_007)
			if n%2 == 0 {
				o.INN = ""
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

func BenchmarkReplaceNew(b *testing.B) {
	firms := richFirms(benchFirms)
	for b.Loop() {
		b.StopTimer()
		s, err := bolt.Open(b.Context(), bolt.Options{Dir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		d := load(b, s, firms)
		b.StopTimer()
		if err := s.Close(); err != nil || d.New != benchFirms {
			b.Fatal(d, err)
		}
		b.StartTimer()
	}
	rate(b, benchFirms)
}

// BenchmarkReplaceNewLimit puts as many bytes in as many transactions straight
// into one bucket: what ReplaceNew could reach without events.
func BenchmarkReplaceNewLimit(b *testing.B) {
	value := bytes.Repeat([]byte("v"), 500)
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
					if err := bucket.Put(fmt.Appendf(nil, "59%08d", i), value); err != nil {
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

func BenchmarkReplaceUnchanged(b *testing.B) {
	firms := richFirms(benchFirms)
	s := benchStore(b)
	load(b, s, firms)
	for b.Loop() {
		if d := load(b, s, firms); d.Unchanged != benchFirms {
			b.Fatal(d)
		}
	}
	rate(b, benchFirms)
}

// BenchmarkReplaceChanged changes a tenth, as a month does.
func BenchmarkReplaceChanged(b *testing.B) {
	firms := richFirms(benchFirms)
	s := benchStore(b)
	load(b, s, firms)
	turn := 0
	for b.Loop() {
		turn++
		for n := 0; n < benchFirms; n += 10 {
			o := store.CloneObservation(&firms[n])
			o.Facts[len(o.Facts)-1].Value = strconv.Itoa(turn)
			firms[n] = o
		}
		if d := load(b, s, firms); d.Changed != benchFirms/10 {
			b.Fatal(d)
		}
	}
	rate(b, benchFirms)
}

func BenchmarkDossiers(b *testing.B) {
	s := benchStore(b)
	load(b, s, richFirms(benchFirms))
	for b.Loop() {
		seen := 0
		for after := company.INN(""); ; {
			page, err := s.Dossiers(b.Context(), after, 1000)
			if err != nil {
				b.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			seen += len(page)
			after = page[len(page)-1].INN
		}
		if seen != benchFirms {
			b.Fatal(errors.New("companies are missing"))
		}
	}
	rate(b, benchFirms)
}

func BenchmarkRows(b *testing.B) {
	s := benchStore(b)
	row := make([]byte, 64)
	err := s.ReplaceRows(b.Context(), "t", 0, each(benchFirms, func(i int) store.ScoreRow { return store.ScoreRow{INN: storetest.INN(i), Data: row} }))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		seen := 0
		for after := company.INN(""); ; {
			page, err := s.Rows(b.Context(), after, 10_000)
			if err != nil {
				b.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			seen += len(page)
			after = page[len(page)-1].INN
		}
		if seen != benchFirms {
			b.Fatal(errors.New("rows are missing"))
		}
	}
	rate(b, benchFirms)
}
