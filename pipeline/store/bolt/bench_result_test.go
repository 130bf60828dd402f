package bolt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

const (
	benchCompanies = 100_000
	benchResults   = 300_000 // a year's
	benchPage      = 5_000
)

// resultOfYear is the n-th result of a year: files of forty rows, each company
// called some three times, half of the rows with a comment.
func resultOfYear(n int) store.Result {
	file := n / 40
	day := firstDay + company.Date(file*250/(benchResults/40))
	r := store.Result{
		INN: storetest.INN(n * 7919 % benchCompanies), Day: day, List: fmt.Sprintf("%v-%08x", day, int(day)*2654435761%(1<<32)),
		File:  fmt.Sprintf("%064x", file*7919+1),
		Saved: day.Time().Add(17 * time.Hour), Row: n%40 + 2, Manager: "m1", Dialled: fmt.Sprintf("+7907%07d", n), Half: store.HalfMorning,
		Outcome:  []string{"Недозвон", "Недозвон", "Перезвонить", "Не интересно", "Интерес", "КП отправлено"}[n%6],
		FileName: fmt.Sprintf("call-list-%v-m1.xlsx", day), By: "анна", Taken: day.Time().Add(18 * time.Hour),
	}
	if n%2 == 0 {
		r.Comment = strings.Repeat("просил набрать ", 1+n%5)
	}
	if n%6 == 2 {
		r.Next, r.NextAt = day+5, 600
	}
	return r
}

// storeOfYear puts a year's results, as many in one transaction as given, by
// files of forty one after the other.
func storeOfYear(b *testing.B, s *bolt.Store, batch int) {
	b.Helper()
	results := make([]store.Result, 0, batch)
	for n := range benchResults {
		if results = append(results, resultOfYear(n)); len(results) == batch || n == benchResults-1 {
			if added, err := s.PutResults(b.Context(), results); err != nil || added != len(results) {
				b.Fatal(added, err)
			}
			results = results[:0]
		}
	}
}

// BenchmarkResultsAfter pages through a year of results of 100,000 companies.
// Of the memory it reports the greatest heap seen after a page.
func BenchmarkResultsAfter(b *testing.B) {
	dir := b.TempDir()
	s, err := bolt.Open(b.Context(), bolt.Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}()
	storeOfYear(b, s, 10_000)
	for range 3 { // bbolt keeps pages that it wrote in a pool, which outlives one
		runtime.GC()
	}
	var heap uint64
	var memory runtime.MemStats
	for b.Loop() {
		read := 0
		for after := (store.ResultKey{}); ; {
			page, err := s.ResultsAfter(b.Context(), after, benchPage)
			if err != nil {
				b.Fatal(err)
			}
			read += len(page)
			runtime.ReadMemStats(&memory)
			heap = max(heap, memory.HeapAlloc)
			if len(page) < benchPage {
				break
			}
			after = page[len(page)-1].Key()
		}
		if read != benchResults {
			b.Fatalf("%d results, want %d", read, benchResults)
		}
	}
	rate(b, benchResults)
	b.ReportMetric(float64(heap)/(1<<20), "heap-MiB")
	info, err := os.Stat(filepath.Join(dir, "state.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/benchResults, "B/rec")
}

// BenchmarkPutResults brings a file of forty rows into a store that has a year's.
func BenchmarkPutResults(b *testing.B) {
	s := benchStore(b)
	storeOfYear(b, s, 10_000)
	const rows = 40
	turn := 0
	for b.Loop() {
		turn++
		results := make([]store.Result, rows)
		for i := range results {
			results[i] = resultOfYear(turn*rows + i)
			results[i].File = fmt.Sprintf("%064d", turn)
		}
		if added, err := s.PutResults(b.Context(), results); err != nil || added != rows {
			b.Fatal(added, err)
		}
	}
	rate(b, rows)
}

// BenchmarkResults reads what is known of one company.
func BenchmarkResults(b *testing.B) {
	s := benchStore(b)
	storeOfYear(b, s, 10_000)
	n := 0
	for b.Loop() {
		n++
		if results, err := s.Results(b.Context(), storetest.INN(n*31%benchCompanies)); err != nil || len(results) != 3 {
			b.Fatal(len(results), err)
		}
	}
	rate(b, 1)
}
