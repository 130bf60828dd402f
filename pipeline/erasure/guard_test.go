package erasure

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

const (
	firmINN = company.INN("5902000015")
	soleINN = company.INN("500100732259")
)

var friday = company.NewDate(2026, time.November, 20)

func fact(f company.Field, key, value string) company.Fact {
	return company.Fact{Field: f, Key: key, Value: value}
}

func observed(source, key string, inn company.INN, facts ...company.Fact) company.Observation {
	o := company.Observation{Source: source, Key: key, INN: inn, Date: friday, Origin: "x.csv, row 1", Facts: facts}
	o.Sort()
	return o
}

// guarded is a store that has forgotten values, and its guard.
func guarded(t testing.TB, values ...string) (*memory.Store, *Guard, *Key) {
	t.Helper()
	s, key := memory.New(), RandomKey()
	for _, v := range values {
		subject, err := ParseSubject(v)
		if err != nil {
			t.Fatal(err)
		}
		p, err := MakePlan(t.Context(), s, subject)
		if err == nil {
			err = s.AddForgotten(t.Context(), p.Digests(key, friday))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return s, NewGuard(s, func() (*Key, error) { return key, nil }), key
}

func packed(all ...company.Observation) iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		for i := range all {
			if !yield(record.Pack(nil, &all[i]), nil) {
				return
			}
		}
	}
}

// What was forgotten does not come in by any way, and is counted.
func TestGuardTakesNothingForgotten(t *testing.T) {
	s, g, _ := guarded(t, "tel:+79070000001", "ivan@firm.example", string(soleINN))
	ctx := t.Context()
	obs := []company.Observation{
		observed("gis", "1", firmINN, fact(company.FieldPhone, "", "+79070000001;ext=5"), fact(company.FieldPhone, "", "+73432000000"),
			fact(company.FieldDescription, "", "Звоните 8 907 000-00-01"), fact(company.FieldContactName, "k", "Пример"), fact(company.FieldContactEmail, "k", "ivan@firm.example")),
		observed("gis", "2", soleINN, fact(company.FieldNameShort, "", "ИП Пример")),
		observed("gis", "3", "", fact(company.FieldPrintedINN, "", string(soleINN)), fact(company.FieldNameBrand, "", "Лавка")),
		observed("gis", "89070000001", "", fact(company.FieldNameBrand, "", "Лавка")),
		observed("gis", "5", "", fact(company.FieldNameBrand, "", "Чужая")),
	}
	before := fmt.Sprint(obs)
	if err := g.BeginPull(ctx, store.Pull{Source: "gis"}); err != nil {
		t.Fatal(err)
	}
	batch := pipeline.Batch{
		Observations: obs, Counts: pipeline.Counts{Declared: 7, Read: 7, Taken: 5, NotWanted: 1, Quarantined: 1},
		Rejects: []pipeline.Reject{{Row: 1, Raw: "x;89070000001"}}, Gaps: []pipeline.Gap{{Unit: "a", Detail: "ivan@firm.example"}},
	}
	if _, err := g.Commit(ctx, store.Commit{Source: "gis", Day: friday, Batch: batch, Visits: []store.Visit{{ID: "v", Memory: []byte("x +79070000001")}, {ID: "w", Memory: []byte("x")}}}); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(obs) != before {
		t.Error("the caller's observations were written to")
	}
	p, err := s.Pull(ctx, "gis")
	if err != nil || p.Counts != (pipeline.Counts{Declared: 7, Read: 7, Taken: 2, NotWanted: 4, Quarantined: 1}) || p.Gaps[0].Detail != "" {
		t.Errorf("%+v, %v", p, err)
	}
	first, err := s.Get(ctx, store.ObservationID{Source: "gis", Key: "1"})
	if err != nil || len(first.Facts) != 2 || first.First(company.FieldPhone) != "+73432000000" || first.First(company.FieldDescription) != "Звоните "+Mark {
		t.Errorf("%+v, %v", first, err)
	}
	for _, key := range []string{"2", "3", "89070000001"} {
		if _, err := s.Get(ctx, store.ObservationID{Source: "gis", Key: key}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", key, err)
		}
	}
	rejects, err := s.Rejects(ctx, "gis", 0, 10)
	if err != nil || len(rejects) != 1 || rejects[0].Raw != "" {
		t.Errorf("%+v, %v", rejects, err)
	}
	v, err := s.Visit(ctx, "gis", "v")
	w, werr := s.Visit(ctx, "gis", "w")
	if err != nil || werr != nil || v.Memory != nil || w.Memory == nil {
		t.Errorf("%+v, %+v", v, w)
	}
	g.release(t)
}

// release is the same through Replace.
func (g *Guard) release(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	if err := errors.Join(g.BeginPull(ctx, store.Pull{Source: "reg"}), g.NotePull(ctx, "reg", pipeline.Batch{Counts: pipeline.Counts{Declared: 2, Read: 2, Taken: 2}})); err != nil {
		t.Fatal(err)
	}
	_, err := g.Replace(ctx, store.Replacement{Source: "reg", Day: friday}, packed(
		observed("reg", string(soleINN), soleINN, fact(company.FieldNameShort, "", "ИП Пример")),
		observed("reg", string(firmINN), firmINN, fact(company.FieldEmail, "", "ivan@firm.example"), fact(company.FieldNameShort, "", "ООО"), fact(company.FieldRevenue, "2025", "9070000001")),
	))
	if err != nil {
		t.Fatal(err)
	}
	p, err := g.Pull(ctx, "reg")
	if err != nil || p.Counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 1, NotWanted: 1}) {
		t.Errorf("%+v, %v", p.Counts, err)
	}
	d, err := g.Dossier(ctx, firmINN)
	if err != nil || len(d.Observations) != 2 || d.Observations[1].First(company.FieldEmail) != "" || d.Observations[1].First(company.FieldRevenue) == "" {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := g.Dossier(ctx, soleINN); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

// Of a firm whose people were forgotten sources bring nobody; what a manager hears
// later of somebody is kept.
func TestGuardAndPeople(t *testing.T) {
	s, g, _ := guarded(t, "inn:"+string(firmINN))
	ctx := t.Context()
	who := []company.Fact{
		fact(company.FieldContactName, "1", "Пример Выдумович"), fact(company.FieldContactPhone, "1", "+79070000009"), fact(company.FieldContactPhone, "2", "+73432000000"),
		fact(company.FieldHeadName, "", "Пример"), fact(company.FieldEmail, "", "a.petrov@firm.example"), fact(company.FieldEmail, "", "info@firm.example"),
	}
	site := observed("website", "h.example", firmINN, who...)
	told := observed(config.ManagerSource, string(firmINN), firmINN, slices.Clone(who)...)
	told.Date = friday + 1
	for _, o := range []company.Observation{site, told} {
		if _, err := g.Commit(ctx, store.Commit{Source: o.Source, Day: friday, Batch: pipeline.Batch{Observations: []company.Observation{o}}}); err != nil {
			t.Fatal(err)
		}
	}
	d, err := s.Dossier(ctx, firmINN)
	if err != nil || len(d.Observations) != 2 {
		t.Fatalf("%+v, %v", d, err)
	}
	if got := d.Observations[0]; len(got.Facts) != len(who) {
		t.Errorf("told later: %+v", got.Facts)
	}
	if got := d.Observations[1]; len(got.Facts) != 2 || got.First(company.FieldEmail) != "info@firm.example" {
		t.Errorf("of the site: %+v", got.Facts)
	}
	results := []store.Result{
		{INN: firmINN, Day: friday, File: "a", Comment: "Иван", Person: "Иван", Phones: []string{"+79070000009", "+73432000000"}, Outcome: "Недозвон"},
		{INN: firmINN, Day: friday + 3, File: "b", Comment: "Пётр", Outcome: "Недозвон"},
		{INN: firmINN, Day: friday, File: "c", Phones: []string{"+79070000009", "+73432000000", "+73432000000;ext=5"}, Email: "info@firm.example", Outcome: "Недозвон"},
	}
	if _, err := g.PutResults(ctx, results); err != nil {
		t.Fatal(err)
	}
	got, err := s.Results(ctx, firmINN)
	by := map[string]store.Result{}
	for _, r := range got {
		by[r.File] = r
	}
	if a, b, c := by["a"], by["b"], by["c"]; err != nil || len(got) != 3 || a.Comment+a.Person != "" || len(a.Phones) > 0 || b.Comment != "Пётр" ||
		!slices.Equal(c.Phones, []string{"+73432000000"}) || c.Email != "info@firm.example" {
		t.Errorf("%+v, %v", got, err)
	}
}

// The journal and the stop list get digests.
func TestGuardedHistory(t *testing.T) {
	s, g, _ := guarded(t, "tel:+79070000001")
	ctx, dir := t.Context(), t.TempDir()
	stops := []store.Stop{{Kind: store.StopPhone, Value: "+79070000001", Reason: "refused", Note: "8 907 000-00-01"}, {Kind: store.StopPhone, Value: "+79070000002", Reason: "refused"}}
	if n, err := g.AddStops(ctx, stops); n != 2 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	all, err := s.StopList(ctx)
	if err != nil || len(all) != 2 || all[0].Value != "+79070000002" || !strings.HasPrefix(all[1].Value, StopPrefix) || all[1].Note != "" {
		t.Errorf("%+v, %v", all, err)
	}
	h := g.History(journal.In(dir))
	if err := h.Append(ctx, journal.Entry{Kind: journal.KindStop, Stop: &stops[0]}, journal.Entry{Kind: journal.KindResult, Result: &store.Result{INN: soleINN, Comment: "тел. 89070000001"}}); err != nil {
		t.Fatal(err)
	}
	n := 0
	for e, err := range h.Read(ctx) {
		n++
		if err != nil || e.Stop != nil && !strings.HasPrefix(e.Stop.Value, StopPrefix) || e.Result != nil && e.Result.Comment != "тел. "+Mark {
			t.Errorf("%+v, %v", e, err)
		}
	}
	if n != 2 {
		t.Errorf("%d lines", n)
	}
}

// Without the key nothing is taken in, until it is declared lost.
func TestLostKey(t *testing.T) {
	s, g, _ := guarded(t, "tel:+79070000001")
	ctx := t.Context()
	g.key = func() (*Key, error) { return nil, nil }
	one := store.Commit{Source: "gis", Day: friday, Batch: pipeline.Batch{Observations: []company.Observation{observed("gis", "1", "", fact(company.FieldPhone, "", "+79070000001"))}}}
	if _, err := g.Commit(ctx, one); !errors.Is(err, ErrKey) {
		t.Errorf("no key: %v", err)
	}
	other := RandomKey()
	g.key = func() (*Key, error) { return other, nil }
	if _, err := g.PutResults(ctx, nil); !errors.Is(err, ErrKey) {
		t.Errorf("another key: %v", err)
	}
	digests, err := s.Forgotten(ctx)
	if err != nil {
		t.Fatal(err)
	}
	lost, n := Lost(other, digests)
	if err := s.AddForgotten(ctx, lost); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	if _, err := g.Commit(ctx, one); err != nil {
		t.Errorf("declared lost: %v", err)
	}
	if digests, err = s.Forgotten(ctx); err != nil {
		t.Fatal(err)
	}
	if lost, n := Lost(other, digests); n != 0 || lost != nil {
		t.Errorf("again: %v, %d", lost, n)
	}
	if _, err := New(nil, []string{"tel:abc"}); !errors.Is(err, ErrDigest) {
		t.Errorf("%v", err)
	}
}

// BenchmarkRecords is what a full load pays: records of a registry that pass.
func BenchmarkRecords(b *testing.B) {
	var all []company.Observation
	for i := range 10_000 {
		inn := company.INN(fmt.Sprintf("5001%08d", i))
		all = append(all, observed("reg", string(inn), inn, fact(company.FieldNameFull, "", "Индивидуальный предприниматель Пример"), fact(company.FieldOGRN, "", fmt.Sprintf("3055009%08d", i)),
			fact(company.FieldOKVEDMain, "", "45.20"), fact(company.FieldOKVEDExtra, "", "45.31"), fact(company.FieldOKVEDExtra, "", "45.32"), fact(company.FieldOKVEDExtra, "", "45.40"),
			fact(company.FieldRegion, "", "50"), fact(company.FieldCity, "", "Дубна"), fact(company.FieldSME, "", "1"), fact(company.FieldSMESince, "", "2016-08-01")))
	}
	for name, values := range map[string][]string{
		"nothing": nil, "phone": {"tel:+79070000001"}, "sole": {"inn:500100732259"}, "both": {"tel:+79070000001", "inn:500100732259", "a@firm.example"},
	} {
		b.Run(name, func(b *testing.B) {
			_, g, _ := guarded(b, values...)
			f, err := g.Known(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			var sequences []record.Packed
			for i := range all {
				sequences = append(sequences, record.Pack(nil, &all[i]))
			}
			b.ReportAllocs()
			for b.Loop() {
				seq := func(yield func(record.Packed, error) bool) {
					for i := range sequences {
						if !yield(sequences[i], nil) {
							return
						}
					}
				}
				n, dropped := 0, int64(0)
				passing := iter.Seq2[record.Packed, error](seq)
				if !f.Empty() {
					passing = f.records("reg", seq, &dropped)
				}
				for _, err := range passing {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != len(all) {
					b.Fatal(n, dropped)
				}
			}
			b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "records/s")
		})
	}
}
