package night_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

// inn makes a valid ten-digit number.
func inn(n int) company.INN {
	for last := range 10 {
		if v, err := company.ParseINN(fmt.Sprintf("7799%05d%d", n, last)); err == nil {
			return v
		}
	}
	panic("no check digit fits")
}

// firm is an invented company as a registry tells it.
func firm(n int, code, region, city string) company.Observation {
	o := company.Observation{Key: string(inn(n)), INN: inn(n), Date: company.NewDate(2026, time.November, 10)}
	o.Add(company.FieldNameShort, fmt.Sprintf("ООО «Пример-%d»", n))
	o.Add(company.FieldOKVEDMain, code)
	o.Add(company.FieldRegion, region)
	o.Add(company.FieldCity, city)
	o.Add(company.FieldStatus, string(company.StatusActive))
	o.Sort()
	return o
}

// contact is what a directory with ИНН adds.
func contact(n int, phone string) company.Observation {
	o := company.Observation{Key: string(inn(n)), INN: inn(n), Date: company.NewDate(2026, time.November, 12)}
	o.Add(company.FieldPhone, phone)
	o.Sort()
	return o
}

// source replays observations in batches of ten.
type source struct {
	name  string
	kind  pipeline.Kind
	all   []company.Observation
	fail  error         // after the last batch
	hang  chan struct{} // closed when the source begins to hang
	late  func()        // called before it hangs
	began string        // cursor of the last pull
	extra pipeline.Counts
	gaps  []pipeline.Gap
	print string
	pulls int

	decoder int // 0 = 1
}

func (s *source) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{Name: s.name, Title: s.name, Kind: s.kind, Open: true, Decoder: max(1, s.decoder)}
}

func (s *source) Fingerprint(context.Context) (string, error) { return s.print, nil }

func (s *source) Pull(ctx context.Context, req pipeline.Request) iter.Seq2[pipeline.Batch, error] {
	return func(yield func(pipeline.Batch, error) bool) {
		s.pulls++
		s.began = req.Cursor
		from := 0
		if req.Cursor != "" {
			if _, err := fmt.Sscan(req.Cursor, &from); err != nil {
				yield(pipeline.Batch{}, err)
				return
			}
		}
		for ; from < len(s.all); from += 10 {
			part := slices.Clone(s.all[from:min(from+10, len(s.all))])
			b := pipeline.Batch{Unit: s.name, Release: pipeline.Release{ID: "r1", Date: company.NewDate(2026, time.November, 10), Whole: true}}
			for _, o := range part {
				o.Source, o.Facts = s.name, slices.Clone(o.Facts)
				b.Observations = append(b.Observations, o)
			}
			n := int64(len(part))
			b.Counts = pipeline.Counts{Declared: n, Read: n, Taken: n}
			b.Cursor = strconv.Itoa(from + 10)
			if from == 0 {
				b.Counts, b.Gaps = b.Counts.Add(s.extra), s.gaps
				for range s.extra.Quarantined {
					b.Rejects = append(b.Rejects, pipeline.Reject{Unit: s.name, Reason: pipeline.ReasonINN})
				}
			}
			if !yield(b, nil) {
				return
			}
		}
		if s.hang != nil {
			if s.late != nil {
				s.late()
			}
			close(s.hang)
			<-ctx.Done()
			yield(pipeline.Batch{}, ctx.Err())
		}
		if s.fail != nil {
			yield(pipeline.Batch{}, s.fail)
		}
	}
}

// shelf keeps the books it is given.
type shelf struct{ books []*pipeline.Book }

func (*shelf) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{Name: "shelf", Kind: pipeline.KindExport, Open: true}
}

func (s *shelf) Export(_ context.Context, b *pipeline.Book) ([]pipeline.Artefact, error) {
	s.books = append(s.books, b)
	return []pipeline.Artefact{{Path: "book", Rows: len(b.Calls)}}, nil
}

func (s *shelf) last(t *testing.T) *pipeline.Book {
	t.Helper()
	if len(s.books) == 0 {
		t.Fatal("no book was exported")
	}
	return s.books[len(s.books)-1]
}

// world is 60 registry firms of three segments, phones for most of them.
type world struct {
	registry, directory *source
	shelf               *shelf
	store               store.Store
	night               *night.Night
	now                 time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{
		registry:  &source{name: "registry", kind: pipeline.KindRegistry, print: "a"},
		directory: &source{name: "directory", kind: pipeline.KindDirectory, print: "a"},
		shelf:     &shelf{}, store: memory.New(),
		now: time.Date(2026, time.November, 20, 20, 0, 0, 0, time.UTC),
	}
	codes := []string{"45.20.1", "45.31.1", "33.12"}
	places := [][2]string{{"77", "Москва"}, {"59", "Пермь"}, {"25", "Владивосток"}, {"41", "Петропавловск-Камчатский"}}
	for i := range 60 {
		p := places[i%len(places)]
		w.registry.all = append(w.registry.all, firm(i, codes[i%len(codes)], p[0], p[1]))
		if i%5 != 0 {
			w.directory.all = append(w.directory.all, contact(i, fmt.Sprintf("+7907000%04d", i)))
		}
	}
	w.build(t, w.store)
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return w
}

func (w *world) build(t *testing.T, s store.Store) {
	t.Helper()
	cfg, seg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Managers = []config.Manager{{ID: "a", Name: "Анна", Dials: 10, From: "09:00", Until: "18:00"}, {ID: "b", Name: "Борис", Dials: 5, From: "09:00", Until: "18:00"}}
	w.night = &night.Night{
		Config: cfg, Segments: seg, Store: s, Scratch: t.TempDir(), Clock: func() time.Time { return w.now },
		Sources: []night.Source{
			{Section: config.Section{Name: "registry", Enabled: true, Trust: 80}, Source: w.registry},
			{Section: config.Section{Name: "directory", Enabled: true, Trust: 60}, Source: w.directory},
		},
		Exporters: []night.Exporter{{Section: config.Section{Name: "shelf", Enabled: true}, Exporter: w.shelf}},
	}
}

func (w *world) run(t *testing.T) *night.Report {
	t.Helper()
	r, err := w.night.Run(t.Context(), night.Request{})
	if err != nil {
		t.Fatalf("run: %v", err)
	}
	return r
}

var errBroken = errors.New("the line is dead")
