package night_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// visitor is a metered enricher that finds a number at each place it is sent
// to: the first site of a company or listing.
type visitor struct {
	visited []string
	hosts   map[string]company.Observation // what a place answers; others give a number
	ends    int                            // fails after so many answers; 0 = never
	each    func(context.Context)          // called at each visit; nil = nothing
	again   time.Time
	memory  []string // as handed back, by order
}

func (e *visitor) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{Name: "visitor", Title: "Сайты", Kind: pipeline.KindEnrichment, Open: true, Decoder: 1, Metered: true, Contacts: true}
}

func (e *visitor) Places(c *company.Company) (places []string) {
	for v := range c.Winning(company.FieldSite) {
		places = append(places, v.Value)
	}
	return places
}

func (e *visitor) Lacks(c *company.Company) bool { return len(e.Places(c)) > 0 }

func (e *visitor) Enrich(ctx context.Context, task pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		answered := 0
		for ask := range asks {
			e.visited, e.memory = append(e.visited, ask.ID), append(e.memory, string(ask.Memory))
			if e.ends > 0 && answered == e.ends {
				yield(pipeline.Answer{}, errBroken)
				return
			}
			answered++
			if e.each != nil {
				e.each(ctx)
			}
			o, ok := e.hosts[ask.ID]
			if !ok {
				o = company.Observation{INN: ask.Company.INN}
				o.Add(company.FieldPhone, fmt.Sprintf("+7907111%04d", len(e.visited)))
				o.Facts = append(o.Facts, company.Fact{Field: company.FieldContactDuty, Key: "1", Value: string(company.DutySupply)})
			}
			o.Source, o.Key, o.Date = "visitor", ask.ID, company.DateOf(task.Now)
			o.Sort()
			if !yield(pipeline.Answer{ID: ask.ID, Found: true, Observation: o, Memory: []byte("seen"), Again: e.again, Outcome: "ok"}, nil) {
				return
			}
		}
		if ctx.Err() != nil {
			yield(pipeline.Answer{}, context.Cause(ctx))
		}
	}
}

// sited gives the registry's firms sites; every fifth has no number.
func sited(t *testing.T, budget int) (*world, *visitor) {
	t.Helper()
	w := newWorld(t)
	for i := range w.registry.all {
		o := &w.registry.all[i]
		o.Add(company.FieldSite, fmt.Sprintf("http://firm%d.example", i))
		o.Sort()
	}
	e := &visitor{again: w.now.Add(30 * 24 * time.Hour)}
	w.night.Enrichers = []night.Enricher{{Section: config.Section{Name: "visitor", Enabled: true, Trust: 60, Budget: budget}, Enricher: e}}
	return w, e
}

// Those without a number come first, and the budget is that of a night.
func TestMeteredAsksTheBestWithinTheBudget(t *testing.T) {
	w, e := sited(t, 15)
	r := w.run(t)
	if len(e.visited) != 15 {
		t.Fatalf("%d asked of a budget of 15", len(e.visited))
	}
	for i, site := range e.visited {
		silent := strings.HasSuffix(site, "0.example") || strings.HasSuffix(site, "5.example")
		if silent != (i < 12) {
			t.Errorf("%d. asked was %s", i+1, site)
		}
	}
	if got := r.Reach.Phones; got.Sources != 48 || got.Asking != 12 || r.Reach.Leads != 60 {
		t.Errorf("numbers by step: %+v of %d leads", got, r.Reach.Leads)
	}
	if got := r.Reach.Buyers; got.Asking != 15 || got.All() != 15 {
		t.Errorf("buyers by step: %+v", got)
	}
	if len(r.Enrich) != 1 || r.Enrich[0].Asked != 15 || r.Enrich[0].Outcomes["ok"] != 15 {
		t.Errorf("report %+v", r.Enrich)
	}
	// The same night again: the budget is spent, the sheets are the same.
	first := text(t, w.shelf.last(t))
	w.run(t)
	if len(e.visited) != 15 {
		t.Errorf("a second run of the night asked %d more", len(e.visited)-15)
	}
	if second := text(t, w.shelf.last(t)); second != first {
		t.Error("a second run of the night makes other sheets")
	}
	// The next night goes on where this one ended, and asks nobody twice.
	w.now = w.now.AddDate(0, 0, 3)
	w.run(t)
	if len(e.visited) != 30 || len(slices.Compact(slices.Sorted(slices.Values(e.visited)))) != 30 {
		t.Errorf("two nights asked %q", e.visited)
	}
}

// Who was asked when an enricher ended is not asked again that night; all others
// are.
func TestEndedAndResumedAsksNobodyTwice(t *testing.T) {
	w, e := sited(t, 1000)
	e.ends = 20
	if r := w.run(t); len(r.Short) == 0 || !strings.Contains(strings.Join(r.Short, " "), errBroken.Error()) {
		t.Errorf("the report says nothing of the end: %q", r.Short)
	}
	e.ends = 0
	w.run(t)
	seen := map[string]int{}
	for _, site := range e.visited {
		seen[site]++
	}
	for site, n := range seen {
		if n > 1 {
			t.Errorf("%s was visited %d times", site, n)
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 sites were visited", len(seen))
	}
}

// A place that is due again is handed what it left.
func TestMemoryComesBack(t *testing.T) {
	w, e := sited(t, 1000)
	w.run(t)
	w.now = w.now.AddDate(0, 0, 31)
	w.run(t)
	if len(e.memory) != 120 || e.memory[0] != "" || e.memory[119] != "seen" {
		t.Errorf("%d asks, memories %q … %q", len(e.memory), e.memory[0], e.memory[len(e.memory)-1])
	}
}

// A listing whose company nobody knows is asked for; what its site prints joins
// it, and the report says what matching added.
func TestListingIsJoinedByItsSite(t *testing.T) {
	w, e := sited(t, 100)
	listing := company.Observation{Key: "70000001", Date: company.NewDate(2026, time.November, 12)}
	listing.Add(company.FieldNameBrand, "Колесо Фортуны, автосервис")
	listing.Add(company.FieldRubric, "Авторемонт и техобслуживание (СТО)")
	listing.Add(company.FieldCity, "Москва")
	listing.Add(company.FieldSite, "http://fortuna.example")
	listing.Add(company.FieldPhone, "+79072220001")
	listing.Sort()
	w.directory.all = append(w.directory.all, listing)
	found := company.Observation{}
	found.Add(company.FieldSite, "http://fortuna.example")
	found.Add(company.FieldPrintedINN, string(inn(0)))
	found.Add(company.FieldNameShort, "ООО «Пример-0»")
	e.hosts = map[string]company.Observation{"http://fortuna.example": found}
	r := w.run(t)
	if !slices.Contains(e.visited[:4], "http://fortuna.example") {
		t.Errorf("the listing's site is not among the first: %q", e.visited[:4])
	}
	joins, err := w.store.Joins(t.Context(), store.ObservationID{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{"directory", "visitor"} {
		if !slices.ContainsFunc(joins, func(j store.Join) bool { return j.ID.Source == source && j.INN == inn(0) }) {
			t.Errorf("what %s says is not joined: %+v; %+v", source, joins, r.Resolve)
		}
	}
}

// Two companies with one site are one visit.
func TestOnePlaceIsAskedOnce(t *testing.T) {
	w, e := sited(t, 1000)
	for i := range w.registry.all {
		o := &w.registry.all[i]
		for j := range o.Facts {
			if o.Facts[j].Field == company.FieldSite {
				o.Facts[j].Value = fmt.Sprintf("http://group%d.example", i/10)
			}
		}
	}
	w.run(t)
	if len(e.visited) != 6 {
		t.Errorf("six sites were visited %d times: %q", len(e.visited), e.visited)
	}
}
