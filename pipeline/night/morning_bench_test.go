package night_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
)

// Figures of a base after a year of calls.
const (
	morningFirms   = 100_000
	morningResults = 3 // of each company
)

// BenchmarkMorning makes the day's list of a base of which every company has been
// called over a year: matching, deriving, scoring, picking, all but the writing of
// the workbooks.
func BenchmarkMorning(b *testing.B) {
	w := yearOfCalls(b)
	day := company.DateOf(w.now) + 3
	b.ReportAllocs()
	var rows int
	for b.Loop() {
		for day++; !calllist.NewCalendar(w.night.Config.Calendar).Workday(day); day++ {
		}
		r, err := w.night.Export(b.Context(), night.Request{Day: day})
		if err != nil {
			b.Fatal(err)
		}
		rows = 0
		for _, l := range r.Listed {
			rows += l.Rows
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(float64(m.HeapSys-m.HeapReleased)/(1<<20), "MiB-heap")
	b.ReportMetric(morningFirms*morningResults, "results")
}

func yearOfCalls(b *testing.B) *world {
	b.Helper()
	s, err := bolt.Open(b.Context(), bolt.Options{Dir: b.TempDir(), LockTimeout: time.Second, Command: "bench", Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	w := &world{
		registry: &source{name: "registry", kind: pipeline.KindRegistry, print: "a"}, directory: &source{name: "directory", print: "a"},
		shelf: &shelf{}, store: s, now: time.Date(2026, time.November, 20, 20, 0, 0, 0, time.UTC),
	}
	cfg, seg, err := config.Load(config.Options{})
	if err != nil {
		b.Fatal(err)
	}
	cfg.Managers = []config.Manager{{ID: "a", Name: "Анна", Dials: 50, From: "09:00", Until: "18:00"}, {ID: "b", Name: "Борис", Dials: 50, From: "09:00", Until: "18:00"}}
	w.night = &night.Night{
		Config: cfg, Segments: seg, Store: s, Scratch: b.TempDir(), Clock: func() time.Time { return w.now },
		Exporters: []night.Exporter{{Section: config.Section{Name: "shelf", Enabled: true}, Exporter: w.shelf}},
		Sources: []night.Source{
			{Section: config.Section{Name: "registry", Enabled: true, Trust: 80}, Source: w.registry},
		},
	}
	codes := []string{"45.20.1", "45.31.1", "45.32", "33.12"}
	for i := range morningFirms {
		o := firm(i, codes[i%len(codes)], "77", "Москва")
		o.Add(company.FieldPhone, fmt.Sprintf("+7907%07d", i))
		o.Sort()
		w.registry.all = append(w.registry.all, o)
	}
	if _, err := w.night.Pull(b.Context(), night.Request{}); err != nil {
		b.Fatal(err)
	}
	w.registry.all = nil // read; the fingerprint is the same
	putYear(b, s)
	if _, err := w.night.Export(b.Context(), night.Request{}); err != nil { // rows and index are made once
		b.Fatal(err)
	}
	return w
}

// putYear gives every company its calls, spread over the year before.
func putYear(b *testing.B, s store.Store) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 5))
	outcomes, last := funnel.Outcomes(), company.NewDate(2026, time.November, 19)
	var page []store.Result
	for i := range morningFirms {
		for range morningResults {
			day := last - company.Date(r.IntN(360))
			page = append(page, store.Result{
				INN: inn(i), Day: day, List: day.String() + "-0123abcd", File: fmt.Sprintf("%064d", int(day)), Saved: day.Time(),
				Row: i % 50, Manager: []string{"a", "b"}[i%2], Outcome: outcomes[r.IntN(len(outcomes))], Comment: "просили прислать цены на 6205 и 30307",
				Dialled: fmt.Sprintf("+7907%07d", i), FileName: "call-list.xlsx", By: "a", Taken: day.Time(),
			})
		}
		if len(page) >= 3000 || i == morningFirms-1 {
			if _, err := s.PutResults(b.Context(), page); err != nil {
				b.Fatal(err)
			}
			page = page[:0]
		}
	}
}
