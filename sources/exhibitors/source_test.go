package exhibitors

import (
	"errors"
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
	r := over(t, &catalogue{all: invented(45)}, options(), func(o *service.Options) { o.PerDay, o.Pace = 0, 0 })
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return r.source }, Request: pipeline.Request{Now: now}})
}

func TestObservation(t *testing.T) {
	c := &catalogue{all: invented(3)}
	c.all[2].phone = "+7 (812) 324-5479, 740-1163"
	r := over(t, c, options(), nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if want := (pipeline.Counts{Declared: 3, Read: 3, Taken: 3}); p.err != nil || p.counts != want {
		t.Fatalf("%+v, %v", p.counts, p.err)
	}
	fact := func(f company.Field, v string) company.Fact {
		key := ""
		if strings.HasPrefix(string(f), "fair.") {
			key = "vydumka-2027"
		}
		return company.Fact{Field: f, Key: key, Value: v}
	}
	want := company.Observation{Source: "fair", Key: "vydumka-2027/370002", Date: company.DateOf(now), Origin: "vydumka-2027, page 1", Facts: []company.Fact{
		fact(company.FieldNameShort, "ООО «Выдумка-2»"), fact(company.FieldRegion, "59"), fact(company.FieldCity, "Пермь"),
		fact(company.FieldRubric, "Станки токарные"), fact(company.FieldRubric, "Инструмент"),
		fact(company.FieldPhone, "+78123245479"), fact(company.FieldPhone, "+78127401163"),
		fact(company.FieldEmail, "info@vydumka-2.example"), fact(company.FieldSite, "http://www.vydumka-2.example"),
		fact(company.FieldCard, r.URL+showPath+"/exhibitors/370002?stand=83D02"),
		fact(company.FieldFairTitle, "Выдумка-2027"), fact(company.FieldFairDay, "2027-05-24"), fact(company.FieldFairStand, "павильон 8 (залы 2, 3), стенд 83D02"),
	}}
	want.Sort()
	if !reflect.DeepEqual(p.obs[2], want) {
		t.Errorf("\n got %+v\nwant %+v", p.obs[2], want)
	}
}

// TestForeignFirms: by the country that is printed no card is asked for, else by phones.
func TestForeignFirms(t *testing.T) {
	tests := []struct {
		country, phone string
		want           bool
	}{
		{"Россия", "+86 0951-2053332", true},
		{"Республика Беларусь", "+375 17 200-11-22", true},
		{"Китай", "+7 (907) 000-0001", false},
		{"Türkiye", "", false},
		{"", "+86 0951-2053332; +86 18519189465", false},
		{"", "+49 5251 1234567, 8 907 000-00-01", true},
		{"", "+996 312 123456", true},
		{"", "", true},
	}
	c := &catalogue{all: invented(len(tests))}
	for i, tt := range tests {
		c.all[i].country, c.all[i].phone, c.all[i].city = tt.country, tt.phone, ""
	}
	r := over(t, c, options(), nil)
	p := pullAll(t, r.source, pipeline.Request{})
	held := map[string]bool{}
	for i := range p.obs {
		held[p.obs[i].Key] = true
	}
	for i, tt := range tests {
		if held["vydumka-2027/"+c.all[i].id] != tt.want {
			t.Errorf("%q, %q: taken %t", tt.country, tt.phone, !tt.want)
		}
	}
	if _, cards := r.asked(); p.err != nil || p.counts.NotWanted != 3 || cards != len(tests)-2 {
		t.Errorf("%+v, %d cards, %v", p.counts, cards, p.err)
	}
}

func TestNamesAndPeople(t *testing.T) {
	c := &catalogue{all: invented(5)}
	c.all[0].name = "4А ВЫДУМКА, ИК, ООО"
	c.all[1].name = "3D Vydumka"
	c.all[2].name = "ИП Выдумов П.И."
	c.all[3].name = ""
	c.all[4].email = "p.vydumov@vydumka.example"
	p := pullAll(t, over(t, c, options(), nil).source, pipeline.Request{})
	if p.err != nil || p.counts.Taken != 4 || p.counts.Quarantined != 1 || p.batches[0].Rejects[0].Reason != pipeline.ReasonMissing {
		t.Fatalf("%+v, %v", p.counts, p.err)
	}
	if got := p.obs[0].First(company.FieldNameShort); got != "ООО «ИК „4А Выдумка“»" {
		t.Errorf("got %s", got)
	}
	if p.obs[1].First(company.FieldNameBrand) != "3D Vydumka" || p.obs[2].Facts[0].Subject != company.SubjectSole || p.obs[3].First(company.FieldEmail) != "" {
		t.Errorf("%+v", p.obs[1:])
	}
	p = pullAll(t, over(t, c, options(), nil).source, pipeline.Request{Persons: true})
	if p.obs[3].First(company.FieldEmail) == "" {
		t.Error("a person's mailbox is lost where people are asked for")
	}
}

// TestBudget: a list and two cards on the first day; the next goes on.
func TestBudget(t *testing.T) {
	shelf := &servicetest.Shelf{}
	r := over(t, &catalogue{all: invented(50)}, options(), func(o *service.Options) { o.PerDay, o.Shelf = 30, shelf })
	shelf.Now = r.Clock.Now
	first := pullAll(t, r.source, pipeline.Request{})
	if lists, cards := r.asked(); !errors.Is(first.err, pipeline.ErrUnfinished) || lists != 1 || cards != 29 || len(first.obs) != 20 {
		t.Fatalf("%d lists, %d cards, %d observations, %v", lists, cards, len(first.obs), first.err)
	}
	again := pullAll(t, r.source, pipeline.Request{})
	if lists, cards := r.asked(); !errors.Is(again.err, service.ErrBudget) || lists != 1 || cards != 29 {
		t.Errorf("the same day: %d lists, %d cards, %v", lists, cards, again.err)
	}
	r.Clock.Advance(24 * time.Hour)
	next := pullAll(t, r.source, pipeline.Request{Cursor: first.cursor()})
	if lists, cards := r.asked(); next.err != nil || lists != 1 || cards != 50 || len(first.obs)+len(next.obs) != 50 {
		t.Errorf("the next day: %d lists, %d cards, %d more, %v", lists, cards, len(next.obs), next.err)
	}
}

func TestFaults(t *testing.T) {
	r := over(t, &catalogue{all: invented(3)}, options(), func(o *service.Options) { o.PerDay = 0 })
	servicetest.Hold(t, r.Vendor, func(t *testing.T) error { return pullAll(t, r.source, pipeline.Request{}).err })
}

func TestChangedCards(t *testing.T) {
	p := pullAll(t, over(t, &catalogue{all: invented(25), noCards: true}, options(), nil).source, pipeline.Request{})
	if !errors.Is(p.err, service.ErrLayout) || len(p.obs) != 0 {
		t.Errorf("%d observations, %v", len(p.obs), p.err)
	}
}

func TestACardOfAnother(t *testing.T) {
	o := options()
	l := layoutTable["expocentre"]
	l.Card.Name = "h1"
	o.Layout, o.Page = own, &l
	c := &catalogue{all: invented(2)}
	c.all = append(c.all, c.all[1]) // found first: the card of the one before
	c.all[2].name = "ЧУЖАЯ, ООО"
	p := pullAll(t, over(t, c, o, nil).source, pipeline.Request{})
	if p.err != nil || p.counts.Taken != 2 || p.counts.Quarantined != 1 || p.batches[0].Rejects[0].Reason != pipeline.ReasonConflict {
		t.Errorf("%+v, %v", p.batches, p.err)
	}
}

func TestGoneCardsAndNoCards(t *testing.T) {
	c := &catalogue{all: invented(3)}
	o := options()
	o.Cards = false
	r := over(t, c, o, nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if _, cards := r.asked(); p.err != nil || cards != 0 || len(p.obs) != 3 || len(p.obs[0].All(company.FieldRubric)) != 2 {
		t.Errorf("%d cards, %+v, %v", cards, p.obs, p.err)
	}
	l := layoutTable["expocentre"]
	l.Row.Link = "td:nth-child(9)@href"
	o.Layout, o.Page, o.Cards = own, &l, true
	p = pullAll(t, over(t, c, o, nil).source, pipeline.Request{})
	if p.err != nil || len(p.obs) != 3 || !strings.HasPrefix(p.obs[0].Key, "vydumka-2027/name:") {
		t.Errorf("without links: %+v, %v", p.obs, p.err)
	}
}

func TestRobots(t *testing.T) {
	r := over(t, &catalogue{all: invented(3), robots: "User-agent: *\nDisallow: /*/exhibitors/\n"}, options(), nil)
	if p := pullAll(t, r.source, pipeline.Request{}); !errors.Is(p.err, fetch.ErrRobots) {
		t.Errorf("got %v", p.err)
	}
	if lists, cards := r.asked(); lists != 1 || cards != 0 {
		t.Errorf("%d lists, %d cards", lists, cards)
	}
}

func TestProbe(t *testing.T) {
	c := &catalogue{all: invented(3)}
	c.all[1].country = "Китай"
	saw, err := over(t, c, options(), nil).source.Probe(t.Context())
	if want := "the catalogue answers: 3 exhibitors on the first page, 3 with a name, 1 of other countries"; err != nil || saw != want {
		t.Errorf("%q, %v", saw, err)
	}
}

func TestCursorOfOthers(t *testing.T) {
	r := over(t, &catalogue{all: invented(3)}, options(), nil)
	for _, cursor := range []string{"x", "0|1", "-1|0|a|b", "0|00|a|b"} {
		if p := pullAll(t, r.source, pipeline.Request{Cursor: cursor}); !errors.Is(p.err, ErrCursor) {
			t.Errorf("%q: %v", cursor, p.err)
		}
	}
}
