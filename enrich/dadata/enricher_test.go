package dadata

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/enrichtest"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/sourcetest"
)

func TestAnswers(t *testing.T) {
	v := newVendor(t, nil)
	now := v.Clock.Now()
	got, err := v.ask(t, v.enricher(t, 0, "secret", maximal()), false, companies()...)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"name.short=ООО «Азимут»", "phone=+79070000001;ext=12", "email=sales@azimut.example", "headcount 2025=12", "revenue 2025=90183000",
		"expense 2025=128338000", "status=active", "okved.main=45.20", "region=59", "city=Пермь", "zone=Asia/Yekaterinburg", "registered=2010-03-04",
		"sme=2", "sme.since=2019-08-09", "head.post=ДИРЕКТОР",
	}
	o := got[known].Observation
	for _, w := range want {
		if !slices.Contains(lines(o), w) {
			t.Errorf("%s is missing in %v", w, lines(o))
		}
	}
	if len(o.All(company.FieldEmail)) != 1 || o.First(company.FieldHeadName) != "" || strings.Contains(strings.Join(lines(o), " "), "Образцов") {
		t.Errorf("too much: %v", lines(o))
	}
	if o.Date != company.NewDate(2026, time.September, 21) {
		t.Errorf("date %s is not the answer's own", o.Date)
	}
	for inn, want := range map[company.INN]struct {
		found   bool
		outcome string
		again   time.Duration
	}{
		known: {true, "", 30 * day}, silent: {false, "not_found", 90 * day}, liar: {false, "poison", 90 * day}, other: {false, "poison", 90 * day}, sole: {true, "", 30 * day},
	} {
		if a := got[inn]; a.Found != want.found || a.Outcome != want.outcome || a.Again.Sub(now) != want.again {
			t.Errorf("%s: found %v, outcome %q, again %v; want %+v", inn, a.Found, a.Outcome, a.Again, want)
		}
	}
	if o := got[sole].Observation; o.First(company.FieldStatus) != "active" || o.Facts[0].Subject != company.SubjectSole {
		t.Errorf("a sole proprietor who began anew: %+v", o.Facts)
	}
	with, err := v.ask(t, v.enricher(t, 0, "secret", maximal()), true, companies()[0])
	if o := with[known].Observation; err != nil || o.First(company.FieldHeadName) != "Образцов Пётр Иванович" || len(o.All(company.FieldEmail)) != 2 {
		t.Errorf("people were asked for: %v, %v", lines(with[known].Observation), err)
	}
}

// TestPlans: nobody is asked for what the plan does not give, nor for what others gave.
func TestPlans(t *testing.T) {
	registry := []string{"status=active", "okved.main=45.20", "region=59"}
	for plan, missing := range map[string]string{Free: "", Extended: "headcount=3", Maximal: "phone=+79070000001 email=a@azimut.example revenue=5 headcount=3"} {
		v := newVendor(t, nil)
		o := Defaults()
		o.Plan = plan
		e := v.enricher(t, 0, "secret", o)
		c := of(known, `ООО "АЗИМУТ"`, registry...)
		if e.Lacks(&c) != (missing != "") {
			t.Errorf("%s: with all of the registry Lacks = %v", plan, e.Lacks(&c))
		}
		c = of(known, `ООО "АЗИМУТ"`, append(registry, strings.Fields(missing)...)...)
		if e.Lacks(&c) {
			t.Errorf("%s: Lacks what is known", plan)
		}
		if got, err := v.ask(t, e, false, c); err != nil || got[known].Found || len(v.Asked()) != 0 {
			t.Errorf("%s: %d calls for nothing, %v", plan, len(v.Asked()), err)
		}
	}
}

// TestZone: a zone is taken only where the region's keeps the hours that are said.
func TestZone(t *testing.T) {
	for said, want := range map[string]string{"UTC+5": "Asia/Yekaterinburg", "UTC+3": "", "": "", "UTC+five": "", "+5": ""} {
		p := party{Address: &address{Data: &place{Region: "5900000000000", Zone: said}}}
		o := company.Observation{Source: "s", Key: "k", INN: known, Date: company.NewDate(2026, time.November, 21)}
		p.observe(&o, false)
		if got := o.First(company.FieldZone); got != want {
			t.Errorf("%q: zone %q, want %q", said, got, want)
		}
	}
}

// TestYearOfHeadcount: without accounts it is the last one that was published.
func TestYearOfHeadcount(t *testing.T) {
	n := 7.0
	for at, want := range map[company.Date]string{
		company.NewDate(2026, time.November, 21): "2025", company.NewDate(2026, time.August, 31): "2024", company.NewDate(2021, time.January, 22): "2019",
	} {
		o := company.Observation{Source: "s", Key: "k", INN: known, Date: at}
		(&party{Employees: &n}).observe(&o, false)
		if len(o.Facts) != 1 || o.Facts[0].Key != want || o.Facts[0].Note == "" {
			t.Errorf("%s: %+v, want %s", at, o.Facts, want)
		}
	}
}

func TestBudget(t *testing.T) {
	v := newVendor(t, nil)
	got, err := v.ask(t, v.enricher(t, 2, "secret", maximal()), false, companies()...)
	if !errors.Is(err, pipeline.ErrUnfinished) || len(got) != 2 || len(v.Asked()) != 2 {
		t.Fatalf("%d answers by %d calls, %v", len(got), len(v.Asked()), err)
	}
	v.Forget()
	v.Clock.Advance(24 * time.Hour)
	for range 2 { // the second run of a day asks nothing
		got, err = v.ask(t, v.enricher(t, 3, "secret", maximal()), false, companies()...)
		if err != nil || len(got) != 5 || len(v.Asked()) != 3 {
			t.Errorf("%d answers by %d calls, %v", len(got), len(v.Asked()), err)
		}
	}
}

func TestFaults(t *testing.T) {
	v := newVendor(t, nil)
	c := companies()[0]
	servicetest.Hold(t, v.Vendor, func(t *testing.T) error {
		got, err := v.ask(t, v.enricher(t, 0, "secret", maximal()), false, c)
		if a := got[c.INN]; err == nil && a.Outcome == "broken" && !a.Found { // it concerns this company alone
			return service.ErrBroken
		}
		return err
	})
	for name, tt := range map[string]struct {
		code int
		body string
		want error
	}{
		"a wrong key":        {403, `{"family":"CLIENT_ERROR","reason":"Forbidden","message":"Wrong API key"}`, service.ErrKey},
		"a spent day":        {403, `{"family":"CLIENT_ERROR","reason":"Forbidden","message":"Daily limit exceeded"}`, service.ErrBudget},
		"too long":           {413, `{"message":"too long"}`, service.ErrAsk},
		"too fast":           {429, `{"message":"Too many requests"}`, service.ErrLimit},
		"another address":    {404, `{"message":"Not Found"}`, service.ErrLayout},
		"a page":             {200, `<html></html>`, service.ErrLayout},
		"without data":       {200, `{"suggestions":[{"value":"x"}]}`, service.ErrLayout},
		"another suggestion": {200, `{"suggestions":{"a":1}}`, service.ErrLayout},
		"cut":                {200, `{"suggestions":[`, service.ErrBroken},
	} {
		if _, err := judge(tt.code, []byte(tt.body)); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
	}
	if _, err := v.ask(t, v.enricher(t, 0, "another", maximal()), false, c); !errors.Is(err, service.ErrKey) || strings.Contains(err.Error(), "another") {
		t.Errorf("wrong key: %v", err)
	}
}

func TestConformance(t *testing.T) {
	v := newVendor(t, nil)
	enrichtest.Run(t, func() pipeline.Enricher { return v.enricher(t, 0, "secret", maximal()) }, companies()...)
}

func TestProbe(t *testing.T) {
	for name, c := range map[string]struct {
		of   object
		want string
	}{
		"maximal":  {object{"inn": "7707083893", "phones": []object{{"value": "1"}}}, "plan maximal;"},
		"extended": {object{"inn": "7707083893", "employee_count": 1}, "plan extended;"},
		"free":     {object{"inn": "7707083893"}, "plan free;"},
	} {
		v := newVendor(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, c.of) })
		saw, err := v.enricher(t, 0, "secret", Defaults()).Probe(t.Context())
		if err != nil || !strings.Contains(saw, c.want) || len(v.Asked()) != 1 {
			t.Errorf("%s: saw %q, %v", name, saw, err)
		}
	}
}

func TestOptions(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"a plan":                       func(o *Options) { o.Plan = "gold" },
		"what the plan does not give":  func(o *Options) { o.Fields = []string{"phone"} },
		"cost":                         func(o *Options) { o.Cost = -1 },
		"again":                        func(o *Options) { o.Again = time.Hour },
		"missing":                      func(o *Options) { o.Missing = 2 * year },
		"a field that nobody gives":    func(o *Options) { o.Plan, o.Fields = Maximal, []string{"moon"} },
		"headcount on the smallest on": func(o *Options) { o.Fields = []string{"headcount"} },
	} {
		o := Defaults()
		if err := o.Validate(); err != nil {
			t.Fatal(err)
		}
		change(&o)
		if o.Validate() == nil {
			t.Errorf("%s: no complaint", name)
		}
	}
}

// FuzzParse: whatever comes, nothing panics, and what is taken is in canonical form.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"suggestions":[{"data":{"inn":"5902000008","name":{"short_with_opf":"ООО \"А\""},"state":{"status":"ACTIVE","actuality_date":1571000000000},"phones":[{"value":"+7 907 000-00-01"}],"employee_count":3}}]}`), true)
	f.Add([]byte(`{"suggestions":[{"data":{"inn":"1","emails":["A@b.example"],"sites":[{"value":"b.example"}],"capital":{"value":1e300},"finance":{"income":-1e14,"year":2024},"address":{"data":{"region_kladr_id":"77","timezone":"UTC+3"}}}}]}`), false)
	f.Fuzz(func(t *testing.T, body []byte, persons bool) {
		all, err := parse(body)
		if err != nil {
			return
		}
		for i := range all {
			inn, err := company.ParseINN(all[i].INN)
			if err != nil {
				inn = known
			}
			o := company.Observation{Source: "s", Key: "k", INN: inn, Date: company.NewDate(2026, time.November, 21)}
			all[i].observe(&o, persons)
			if err := sourcetest.CheckObservation(&o, persons); err != nil {
				t.Fatalf("%v in %+v", err, o.Facts)
			}
		}
	})
}
