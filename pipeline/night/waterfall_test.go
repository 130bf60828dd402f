package night_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
)

// giver is an enricher by ИНН that gives what it is told to.
type giver struct {
	name    string
	cost    int64
	gives   []company.Field
	metered bool
	facts   func(inn company.INN) []company.Fact // nil = nothing found
	outcome string
	ends    int   // after so many answers
	end     error // with this
	asked   []company.INN
	calls   int64
}

func (g *giver) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name: g.name, Title: "Сервис " + g.name, Kind: pipeline.KindEnrichment, Open: true, Decoder: 1,
		Metered: g.metered, Cost: g.cost, Gives: g.gives,
	}
}

func (g *giver) Lacks(*company.Company) bool { return true }

func (g *giver) Enrich(_ context.Context, task pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		answered := 0
		for ask := range asks {
			if g.end != nil && answered == g.ends {
				yield(pipeline.Answer{}, g.end)
				return
			}
			answered++
			g.calls++
			g.asked = append(g.asked, ask.Company.INN)
			a := pipeline.Answer{ID: ask.ID, Outcome: g.outcome, Again: task.Now.AddDate(0, 1, 0)}
			if g.facts != nil {
				if facts := g.facts(ask.Company.INN); facts != nil {
					a.Found = true
					a.Observation = company.Observation{Source: g.name, Key: ask.ID, INN: ask.Company.INN, Date: company.DateOf(task.Now), Facts: facts}
					a.Observation.Sort()
				}
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}

// phones gives a number to each company whose ИНН ends evenly.
func phones(inn company.INN) []company.Fact {
	if (inn[8]-'0')%2 == 1 {
		return nil
	}
	return []company.Fact{{Field: company.FieldPhone, Value: "+7907333" + string(inn[5:9])}}
}

func (w *world) enrichers(all ...*giver) {
	w.night.Enrichers = nil
	for i, g := range all {
		w.night.Enrichers = append(w.night.Enrichers, night.Enricher{
			Section: config.Section{Name: g.name, Enabled: true, Trust: 30 + i, Budget: 1000}, Enricher: g,
		})
	}
}

func names(r *night.Report) (out []string) {
	for _, e := range r.Enrich {
		out = append(out, e.Name)
	}
	return out
}

func TestEnrichersAreAskedInTurn(t *testing.T) {
	w := newWorld(t)
	w.enrichers(
		&giver{name: "reckoning"}, &giver{name: "dear", metered: true, cost: 500}, &giver{name: "cheap", metered: true, cost: 30},
		&giver{name: "zfree", metered: true}, &giver{name: "afree", metered: true},
	)
	w.night.Enrichers = append(w.night.Enrichers, night.Enricher{Section: config.Section{Name: "places", Enabled: true, Budget: 10}, Enricher: &visitor{}})
	if got, want := names(w.run(t)), []string{"afree", "zfree", "places", "cheap", "dear", "reckoning"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	w.night.Config.Waterfall.Order = []string{"dear", "zfree"}
	if got, want := names(w.run(t)), []string{"dear", "zfree", "afree", "places", "cheap", "reckoning"}; !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
}

// Nobody is asked for what is known already, be it from a source or from who was
// asked before.
func TestNobodyIsPaidForWhatIsKnown(t *testing.T) {
	w := newWorld(t)
	w.night.Config.Waterfall.Wanted = []config.Want{config.WantPhone}
	give := []company.Field{company.FieldPhone, company.FieldRevenue}
	free := &giver{name: "free", metered: true, gives: give, facts: phones}
	paid := &giver{name: "paid", metered: true, cost: 150, gives: give}
	w.enrichers(paid, free)
	r := w.run(t)
	if len(free.asked) != 12 { // every fifth of 60 has no number
		t.Errorf("the free one was asked for %d, want the 12 without a number", len(free.asked))
	}
	got := 0
	for _, inn := range free.asked {
		if phones(inn) == nil {
			continue
		}
		got++
		if slices.Contains(paid.asked, inn) {
			t.Errorf("%s was paid for though the free one gave its number", inn)
		}
	}
	if got == 0 || len(paid.asked) != 12-got {
		t.Errorf("the free one gave %d numbers, the paid one was asked for %d", got, len(paid.asked))
	}
	if e := r.Enrich[1]; e.Cost != 150*int64(len(paid.asked)) || *e.AsksLeft != 1000-e.Asked {
		t.Errorf("bill %+v", e)
	}
	paid.asked = nil
	w.night.Config.Waterfall.Wanted = append(w.night.Config.Waterfall.Wanted, config.WantRevenue)
	w.run(t)
	if len(paid.asked) != 60-(12-got) {
		t.Errorf("for revenue too it was asked for %d more", len(paid.asked))
	}
}

// Who gives nothing that is wanted is not asked, and says so; who does not say what
// it gives decides itself.
func TestOnlyWhatIsWantedIsAskedFor(t *testing.T) {
	w := newWorld(t)
	w.night.Config.Waterfall.Wanted = []config.Want{config.WantPhone, config.WantPerson}
	revenue := &giver{name: "revenue", metered: true, gives: []company.Field{company.FieldRevenue}}
	head := &giver{name: "head", metered: true, gives: []company.Field{company.FieldHeadName}} // no basis for named people
	reckons := &giver{name: "reckons", gives: []company.Field{company.FieldPhone}}
	risks := &giver{name: "risks", metered: true}
	broke := &giver{name: "broke", metered: true}
	w.enrichers(revenue, head, reckons, risks, broke)
	w.night.Enrichers[4].Section.Budget = 0
	r := w.run(t)
	if len(revenue.asked)+len(head.asked)+len(broke.asked) != 0 || len(risks.asked) != 60 || len(reckons.asked) != 12 {
		t.Errorf("asked for %d, %d, %d, %d, %d", len(revenue.asked), len(head.asked), len(broke.asked), len(risks.asked), len(reckons.asked))
	}
	for name, why := range map[string]string{"revenue": "waterfall.wanted", "head": "waterfall.wanted", "broke": "enrich.broke.budget"} {
		i := slices.IndexFunc(r.Enrich, func(e night.EnrichReport) bool { return e.Name == name })
		if !strings.Contains(r.Enrich[i].Off, why) {
			t.Errorf("%s: off %q", name, r.Enrich[i].Off)
		}
	}
	if r.Exit() != 0 {
		t.Errorf("exit %d: %q", r.Exit(), r.Short)
	}
}

// A budget that is spent is no failure; any other end is.
func TestSpentBudgetIsAPause(t *testing.T) {
	for _, c := range []struct {
		end    error
		exit   int
		paused bool
	}{
		{fmt.Errorf("services x: the budget is spent: %w", pipeline.ErrUnfinished), 0, true},
		{errBroken, 3, false},
	} {
		w := newWorld(t)
		g := &giver{name: "x", metered: true, facts: phones, ends: 7, end: c.end}
		w.enrichers(g)
		r := w.run(t)
		e := r.Enrich[0]
		if r.Exit() != c.exit || (e.Paused != "") != c.paused || (e.Error == "") != c.paused || e.Asked != 7 || e.Found == 0 {
			t.Errorf("%v: exit %d, %+v", c.end, r.Exit(), e)
		}
		p, err := w.store.Pull(t.Context(), "x")
		if err != nil || p.Complete || (p.Paused != "") != c.paused || (p.Error == "") != c.paused {
			t.Errorf("%v: kept %+v, %v", c.end, p, err)
		}
	}
}

// The report says what each brought, what it cost and what is left; a second run of
// the night asks nobody again, and the sheet stays as it was.
func TestReportOfEnrichers(t *testing.T) {
	w := newWorld(t)
	g := &giver{name: "x", metered: true, cost: 250, gives: []company.Field{company.FieldEmail, company.FieldPhone}, outcome: "poison"}
	g.facts = func(inn company.INN) []company.Fact {
		return []company.Fact{{Field: company.FieldEmail, Value: "info@firm" + string(inn) + ".example"}, {Field: company.FieldPhone, Value: "+7907333" + string(inn[5:9])}, {Field: company.FieldPhone, Value: "+7907444" + string(inn[5:9])}}
	}
	w.enrichers(g)
	w.night.Enrichers[0].Section.Budget = 20
	w.night.Enrichers[0].Spent = func(context.Context) (int64, int64, error) { return g.calls, 100 - g.calls, nil }
	r := w.run(t)
	e := r.Enrich[0]
	if e.Asked != 20 || e.Found != 20 || e.Cost != 5000 || e.Calls != 20 || *e.CallLeft != 80 || *e.AsksLeft != 0 || e.Poison != 20 {
		t.Errorf("%+v", e)
	}
	if e.New[company.FieldEmail] != 20 || e.New[company.FieldPhone] != 12 || len(e.New) != 2 {
		t.Errorf("new fields %v", e.New)
	}
	if want := "E-mail 20, телефон 12"; e.Fields() != want {
		t.Errorf("in words %q", e.Fields())
	}
	book := w.shelf.last(t)
	i := slices.IndexFunc(book.Summary.Figures, func(f pipeline.Figure) bool { return f.Title == "Спрошено: Сервис x" })
	if i < 0 || book.Summary.Figures[i].Value != 20 || book.Summary.Figures[i].Note != "ответы с пользой: 20; новое: E-mail 20, телефон 12; ответы о чужих компаниях, не взяты: 20; не дороже 50 ₽" {
		t.Errorf("«Сводка»: %+v", book.Summary.Figures)
	}
	for range 2 {
		again := w.run(t).Enrich[0]
		if again.Asked != 0 || again.Cost != 0 || again.Calls != 0 || again.Night.Asked != 20 || again.Night.Cost != 5000 || again.Night.New[company.FieldPhone] != 12 {
			t.Errorf("a second run: %+v", again)
		}
	}
	if text(t, w.shelf.last(t)) != text(t, book) {
		t.Error("a second run makes other sheets")
	}
}

// Answers that a service keeps cost nothing.
func TestKeptAnswersCostNothing(t *testing.T) {
	w := newWorld(t)
	g := &giver{name: "x", metered: true, cost: 250}
	w.enrichers(g)
	w.night.Enrichers[0].Spent = func(context.Context) (int64, int64, error) { return 7, -1, nil }
	if e := w.run(t).Enrich[0]; e.Asked != 60 || e.Cost != 0 || e.CallLeft != nil {
		t.Errorf("%+v", e)
	}
	w = newWorld(t)
	w.enrichers(g)
	w.night.Enrichers[0].Spent = func(context.Context) (int64, int64, error) { return 0, 0, errBroken }
	if _, err := w.night.Run(t.Context(), night.Request{}); err == nil || !strings.Contains(err.Error(), "what x has spent") {
		t.Errorf("error %v", err)
	}
}
