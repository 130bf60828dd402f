package b2bcenter

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/sourcetest"
)

func TestConformance(t *testing.T) {
	m, o := small()
	r := over(t, m, o, func(o *service.Options) { o.PerDay = 0 })
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return r.source }, Request: pipeline.Request{Now: now}})
}

func TestPullReadsEveryPage(t *testing.T) {
	for _, form := range []string{"", "wide", "bare"} {
		m, o := small()
		m.form = form
		r := over(t, m, o, nil)
		p := pullAll(t, r.source, pipeline.Request{})
		if want := (pipeline.Counts{Declared: 49, Read: 49, Taken: 49}); p.err != nil || p.counts != want || len(p.obs) != 49 {
			t.Errorf("%q: %+v, %v", form, p.counts, p.err)
		}
		if got, want := r.asked(t), "подшипник|0 подшипник|20 подшипник|40 ролик|0"; got != want {
			t.Errorf("%q: asked for %s, want %s", form, got, want)
		}
		if p.obs[1].First(company.FieldTenderDay) != "2026-11-22" || p.obs[1].First(company.FieldTenderDeadline) != "2026-12-01" {
			t.Errorf("%q: %+v", form, p.obs[1])
		}
	}
}

func TestObservation(t *testing.T) {
	m, o := small()
	m.found["подшипник"] = m.found["подшипник"][:3]
	got := pullAll(t, over(t, m, o, nil).source, pipeline.Request{}).obs[2]
	day := company.NewDate(2026, time.November, 21)
	want := company.Observation{Source: "market", Key: "4900002", Date: day, Origin: "подшипник|0", Facts: []company.Fact{
		{Field: company.FieldNameShort, Value: "АО «Выдуманный завод № 2»"},
		{Field: company.FieldCard, Value: "https://www.b2b-center.ru/firms/vydumka/4900002/"},
		{Field: company.FieldTenderDay, Key: "4900002", Value: "2026-11-21"},
		{Field: company.FieldTenderDeadline, Key: "4900002", Value: "2026-11-30", Note: "до 12:00 по Москве"},
		{Field: company.FieldTenderSubject, Key: "4900002", Value: "Подшипники 6204-2RS, лот 2", Note: "Запрос предложений"},
		{Field: company.FieldTenderPage, Key: "4900002", Value: "https://www.b2b-center.ru/market/podshipniki/tender-4900002/"},
	}}
	want.Sort()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

func TestWhatIsTaken(t *testing.T) {
	m, o := small()
	rows := purchases(0, 9)
	rows[0].kind = "Объявление о продаже"
	rows[1].kind = "Аукцион продавца"
	rows[2].subject, rows[2].category = "Термоэтикетка", ""
	rows[3].published = "01.09.2026 10:00"
	rows[4].organiser = "Выдумов Пётр Ильич"
	rows[5].organiser = "ИП Выдумов П.И."
	rows[6].deadline = "02.12.2026 00:00"
	rows[7].organiser = ""
	rows[8].number = "0"
	m.found["подшипник"] = rows
	p := pullAll(t, over(t, m, o, nil).source, pipeline.Request{})
	if want := (pipeline.Counts{Declared: 13, Read: 13, Taken: 6, NotWanted: 5, Quarantined: 2}); p.err != nil || p.counts != want {
		t.Fatalf("%+v, %v", p.counts, p.err)
	}
	if f := p.obs[0].Facts[0]; f.Field != company.FieldNameShort || f.Subject != company.SubjectSole {
		t.Errorf("%+v", f)
	}
	if got := p.obs[1].First(company.FieldTenderDeadline); got != "2026-12-01" {
		t.Errorf("an end at midnight is %s", got)
	}
}

func TestAPageThatRepeatsEnds(t *testing.T) {
	m, o := small()
	m.found["подшипник"] = purchases(0, 40)
	r := over(t, m, o, nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if got, want := r.asked(t), "подшипник|0 подшипник|20 подшипник|40 ролик|0"; p.err != nil || got != want || len(p.obs) != 44 || len(p.batches) != 3 {
		t.Errorf("%d observations, asked for %s, %v", len(p.obs), got, p.err)
	}
	m.found["подшипник"] = purchases(0, 20) // the offset has no effect
	r.Forget()
	if p = pullAll(t, r.source, pipeline.Request{}); r.asked(t) != "подшипник|0 подшипник|20 ролик|0" || len(p.obs) != 24 {
		t.Errorf("%d observations, asked for %s, %v", len(p.obs), r.asked(t), p.err)
	}
}

func TestOldNoticesEnd(t *testing.T) {
	m, o := small()
	o.DaysBack = 10
	r := over(t, m, o, nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if got, want := r.asked(t), "подшипник|0 подшипник|20 ролик|0"; p.err != nil || got != want || len(p.obs) != 11+4 {
		t.Errorf("%d observations, asked for %s, %v", len(p.obs), got, p.err)
	}
}

func TestPagesAreBounded(t *testing.T) {
	m, o := small()
	o.Pages = 2
	p := pullAll(t, over(t, m, o, nil).source, pipeline.Request{})
	if p.err != nil || len(p.batches) != 3 || len(p.batches[1].Gaps) != 1 {
		t.Errorf("%+v, %v", p.batches, p.err)
	}
}

// TestEmptyPages: a refusal, unless the market as a whole has notices and the keyword
// is not known to.
func TestEmptyPages(t *testing.T) {
	m, o := small()
	o.Keywords = []string{"подшипник", "втулка", "манжета"}
	r := over(t, m, o, nil)
	if p := pullAll(t, r.source, pipeline.Request{}); p.err != nil || len(p.obs) != 45 || !strings.HasSuffix(r.asked(t), "втулка|0 втулка|0 |0 манжета|0 манжета|0") {
		t.Errorf("%d observations, asked for %s, %v", len(p.obs), r.asked(t), p.err)
	}
	m.empty = true
	for _, keywords := range [][]string{{"подшипник"}, {"втулка", "подшипник"}} {
		o.Keywords = keywords
		if p := pullAll(t, over(t, m, o, nil).source, pipeline.Request{}); !errors.Is(p.err, ErrEmpty) || service.Outcome(p.err) != "limit" || len(p.batches) != 0 {
			t.Errorf("%q: got %v", keywords, p.err)
		}
	}
}

func TestAnIgnoredQuestionIsAGap(t *testing.T) {
	m, o := small()
	m.found["подшипник"] = m.found["ролик"]
	p := pullAll(t, over(t, m, o, nil).source, pipeline.Request{})
	if p.err != nil || p.counts.Taken != 4 || len(p.batches[0].Gaps) != 1 {
		t.Errorf("%+v, %v", p.batches, p.err)
	}
}

func TestBudget(t *testing.T) {
	m, o := small()
	shelf := &servicetest.Shelf{}
	r := over(t, m, o, func(o *service.Options) { o.PerDay, o.Shelf, o.Fresh = 2, shelf, 30*time.Hour })
	shelf.Now = r.Clock.Now
	first := pullAll(t, r.source, pipeline.Request{})
	if !errors.Is(first.err, pipeline.ErrUnfinished) || len(first.batches) != 2 {
		t.Fatalf("%d batches to %q, %v", len(first.batches), first.cursor(), first.err)
	}
	if again := pullAll(t, r.source, pipeline.Request{}); !errors.Is(again.err, service.ErrBudget) || len(again.batches) != 2 || r.asked(t) != "подшипник|0 подшипник|20" {
		t.Errorf("the same day: %d batches, asked for %s, %v", len(again.batches), r.asked(t), again.err)
	}
	r.Clock.Advance(24 * time.Hour)
	next := pullAll(t, r.source, pipeline.Request{Cursor: first.cursor()})
	if next.err != nil || len(first.obs)+len(next.obs) != 49 || r.asked(t) != "подшипник|0 подшипник|20 подшипник|40 ролик|0" {
		t.Errorf("the next day: %d more, asked for %s, %v", len(next.obs), r.asked(t), next.err)
	}
	pullAll(t, r.source, pipeline.Request{})
	if r.asked(t) != "подшипник|0 подшипник|20 подшипник|40 ролик|0" {
		t.Errorf("a second time: asked for %s", r.asked(t))
	}
}

func TestFaults(t *testing.T) {
	m, o := small()
	r := over(t, m, o, func(o *service.Options) { o.PerDay = 0 })
	servicetest.Hold(t, r.Vendor, func(t *testing.T) error { return pullAll(t, r.source, pipeline.Request{}).err })
}

func TestRobots(t *testing.T) {
	m, o := small()
	m.robots = "User-agent: *\nDisallow: /market/*f_keyword\n"
	r := over(t, m, o, nil)
	if p := pullAll(t, r.source, pipeline.Request{}); !errors.Is(p.err, fetch.ErrRobots) || r.asked(t) != "" {
		t.Errorf("asked for %q, %v", r.asked(t), p.err)
	}
}

func TestACaptchaIsALayout(t *testing.T) {
	_, o := small()
	r := over(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<html><head><title>Проверка</title></head><body>Вы не робот?</body></html>"))
	}), o, nil)
	if p := pullAll(t, r.source, pipeline.Request{}); !errors.Is(p.err, service.ErrLayout) || !strings.Contains(p.err.Error(), "Проверка") {
		t.Errorf("got %v", p.err)
	}
}

func TestProbe(t *testing.T) {
	m, o := small()
	r := over(t, m, o, nil)
	saw, err := r.source.Probe(t.Context())
	if want := "the market answers: 20 notices on the first page of «подшипник», 20 of them speak of it"; err != nil || saw != want || r.asked(t) != "подшипник|0" {
		t.Errorf("%q, %v", saw, err)
	}
}

func TestCursorOfOthers(t *testing.T) {
	m, o := small()
	r := over(t, m, o, nil)
	for _, cursor := range []string{"втулка|end", "подшипник", "подшипник|0|2|a|b", "подшипник|20|1|a|b", "подшипник|020|2|a|b", "|"} {
		if p := pullAll(t, r.source, pipeline.Request{Cursor: cursor}); !errors.Is(p.err, ErrCursor) {
			t.Errorf("%q: %v", cursor, p.err)
		}
	}
}

func TestOptions(t *testing.T) {
	if err := Defaults().Validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Options){
		"no keyword":        func(o *Options) { o.Keywords = nil },
		"twice":             func(o *Options) { o.Keywords = []string{"а", "а"} },
		"no word":           func(o *Options) { o.Keywords = []string{"|"} },
		"always of another": func(o *Options) { o.Always = []string{"втулка"} },
		"days":              func(o *Options) { o.DaysBack = 0 },
		"pages":             func(o *Options) { o.Pages = 101 },
	} {
		o := Defaults()
		change(&o)
		if _, err := New("market", nil, o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
