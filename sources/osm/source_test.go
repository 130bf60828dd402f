package osm

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/sourcetest"
)

func TestConformance(t *testing.T) {
	i, o := small()
	r := over(t, i, o, func(o *service.Options) { o.PerDay, o.Pace = 0, 0 })
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return r.source }, Request: pipeline.Request{Now: now}})
}

func TestPullAsksForEachTagInEachRegion(t *testing.T) {
	i, o := small()
	r := over(t, i, o, nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if want := (pipeline.Counts{Declared: 9, Read: 9, Taken: 9}); p.err != nil || p.counts != want {
		t.Errorf("%+v, %v", p.counts, p.err)
	}
	if got, want := r.asked(t), "car_repair RU-PER, car_repair RU-MOW, car_parts RU-PER, car_parts RU-MOW"; got != want {
		t.Errorf("asked for %s, want %s", got, want)
	}
	day := company.NewDate(2026, time.November, 20)
	if p.obs[0].Date != day || p.batches[0].Release.Date != day || p.obs[0].First(company.FieldRegion) != "59" || p.obs[5].First(company.FieldRegion) != "77" {
		t.Errorf("%+v", p.obs[0])
	}
}

func TestObservation(t *testing.T) {
	o := observer{source: "map", tags: Defaults().tags(), region: "50", date: company.DateOf(now)}
	raw, err := json.Marshal(object("way", 42,
		"shop", "car_repair;tyres", "name", "Выдумка", "brand", "Чужой бренд", "operator", `ООО "Выдумка-Сервис"`,
		"operator:ref:inn", "7707083893", "ref:INN", "7707083894; 7707083893", "operator:ref:ogrn", "1027700132195",
		"addr:city", "Пермь", "addr:street", "Выдуманная улица", "addr:housenumber", "5а", "addr:postcode", "614000",
		"phone", "+7 907 000-00-01; +7 (342) 200-00-01, 200-00-02", "contact:phone", "8 907 000-00-01",
		"contact:email", "info@vydumka.example", "website", "vydumka.example/", "contact:telegram", "https://t.me/vydumka_auto", "contact:whatsapp", "+79070000001",
		"opening_hours", "Mo-Fr 09:00-18:00", "service:vehicle:transmission", "yes", "service:vehicle:tyres", "no"))
	if err != nil {
		t.Fatal(err)
	}
	got, f := o.observe(raw, "u")
	if f != nil || got == nil {
		t.Fatalf("%+v, %+v", got, f)
	}
	address := "Пермь, Выдуманная улица, 5а"
	fact := func(f company.Field, v string) company.Fact { return company.Fact{Field: f, Value: v} }
	want := company.Observation{Source: "map", Key: "way/42", Date: company.DateOf(now), Origin: "u", Facts: []company.Fact{
		fact(company.FieldNameShort, "ООО «Выдумка-Сервис»"), fact(company.FieldNameBrand, "Выдумка"),
		fact(company.FieldRubric, "Автосервис"), fact(company.FieldRubric, "Ремонт МКПП и АКПП"), fact(company.FieldRubric, "Шиномонтаж, шины"),
		fact(company.FieldRegion, "59"), fact(company.FieldCity, "Пермь"), fact(company.FieldAddress, address),
		{Field: company.FieldBranch, Key: "way/42", Value: address},
		fact(company.FieldPhone, "+79070000001"), fact(company.FieldPhone, "+73422000001"), fact(company.FieldPhone, "+73422000002"),
		fact(company.FieldEmail, "info@vydumka.example"), fact(company.FieldSite, "http://vydumka.example"),
		fact(company.FieldMessenger, "telegram:@vydumka_auto"), fact(company.FieldMessenger, "whatsapp:+79070000001"),
		fact(company.FieldPrintedINN, "7707083893"), fact(company.FieldPrintedOGRN, "1027700132195"),
		fact(company.FieldHours, "Mo-Fr 09:00-18:00"), fact(company.FieldCard, "https://www.openstreetmap.org/way/42"),
	}}
	want.Sort()
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("\n got %+v\nwant %+v", *got, want)
	}
	if got.INN != "" {
		t.Error("an ИНН that anybody typed is the observation's")
	}
}

func TestWhatIsTaken(t *testing.T) {
	o := observer{source: "map", tags: Defaults().tags(), region: "59"}
	tests := []struct {
		name string
		tags []string
		want bool
	}{
		{"named", []string{"name", "Выдумка"}, true},
		{"an operator alone", []string{"operator", "Выдумка"}, true},
		{"a brand alone", []string{"brand", "Выдумка"}, true},
		{"nameless", []string{"phone", "+7 907 000-00-01"}, false},
		{"another thing", []string{"name", "Выдумка", "shop", "bakery"}, false},
		{"disused", []string{"name", "Выдумка", "disused", "yes"}, false},
		{"closed", []string{"name", "Выдумка", "opening_hours", "closed"}, false},
		{"abroad", []string{"name", "Выдумка", "addr:country", "KZ"}, false},
		{"here", []string{"name", "Выдумка", "addr:country", "RU"}, true},
		{"foreign phones", []string{"name", "Выдумка", "phone", "+375 17 200-11-22"}, false},
		{"phones of both", []string{"name", "Выдумка", "phone", "+375 17 200-11-22;+7 907 000-00-01"}, true},
	}
	for _, tt := range tests {
		raw, err := json.Marshal(object("node", 1, append([]string{"shop", "car_repair"}, tt.tags...)...))
		if err != nil {
			t.Fatal(err)
		}
		if obs, f := o.observe(raw, "u"); (obs != nil) != tt.want || f != nil {
			t.Errorf("%s: %+v, %+v", tt.name, obs, f)
		}
	}
	for raw, want := range map[string]pipeline.Reason{
		`{"type":"node","tags":{"shop":"tyres","name":"А"}}`:           pipeline.ReasonMissing,
		`{"type":"area","id":1,"tags":{"shop":"tyres","name":"А"}}`:    pipeline.ReasonMissing,
		`{"type":"node","id":-1.5,"tags":{"shop":"tyres","name":"А"}}`: pipeline.ReasonMissing,
		`{"type":"node","id":1,"tags":{"shop":["tyres"],"name":"А"}}`:  pipeline.ReasonFormat,
		`"node"`: pipeline.ReasonFormat,
	} {
		if _, f := o.observe([]byte(raw), "u"); f == nil || f.reason != want {
			t.Errorf("%s: %+v", raw, f)
		}
	}
}

func TestPeople(t *testing.T) {
	o := observer{source: "map", tags: Defaults().tags()}
	raw, err := json.Marshal(object("node", 1, "shop", "tyres", "name", "Выдумка", "operator", "ИП Выдумов П.И.", "email", "p.vydumov@vydumka.example"))
	if err != nil {
		t.Fatal(err)
	}
	obs, _ := o.observe(raw, "u")
	if obs.First(company.FieldEmail) != "" || obs.Facts[0].Subject != company.SubjectSole {
		t.Errorf("%+v", obs)
	}
	o.persons = true
	if obs, _ = o.observe(raw, "u"); obs.First(company.FieldEmail) == "" {
		t.Errorf("%+v", obs)
	}
}

func TestBudget(t *testing.T) {
	i, o := small()
	shelf := &servicetest.Shelf{}
	r := over(t, i, o, func(o *service.Options) { o.PerDay, o.Shelf = 3, shelf })
	shelf.Now = r.Clock.Now
	first := pullAll(t, r.source, pipeline.Request{})
	if !errors.Is(first.err, pipeline.ErrUnfinished) || first.cursor() != "shop=car_parts|59" || len(r.Asked()) != 3 {
		t.Fatalf("%q, %d calls, %v", first.cursor(), len(r.Asked()), first.err)
	}
	if again := pullAll(t, r.source, pipeline.Request{}); !errors.Is(again.err, service.ErrBudget) || len(again.batches) != 3 || len(r.Asked()) != 3 {
		t.Errorf("the same day: %d calls, %v", len(r.Asked()), again.err)
	}
	r.Clock.Advance(24 * time.Hour)
	if next := pullAll(t, r.source, pipeline.Request{Cursor: first.cursor()}); next.err != nil || len(next.batches) != 1 || len(r.Asked()) != 4 {
		t.Errorf("the next day: %d calls, %v", len(r.Asked()), next.err)
	}
	pullAll(t, r.source, pipeline.Request{})
	if len(r.Asked()) != 4 {
		t.Errorf("a second time: asked for %s", r.asked(t))
	}
}

func TestFaults(t *testing.T) {
	i, o := small()
	r := over(t, i, o, func(o *service.Options) { o.PerDay, o.Limit = 0, 8<<20 })
	servicetest.Hold(t, r.Vendor, func(t *testing.T) error { return pullAll(t, r.source, pipeline.Request{}).err })
}

func TestItsOwnErrors(t *testing.T) {
	page := func(text string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><body><p><strong style="color:#FF0000">Error</strong>: ` + text + ` </p></body></html>`
	}
	tests := []struct {
		name, body string
		code       int
		want       error
	}{
		{"cut in the middle", `{"version":0.6,"elements":[{"type":"node","id":1,"tags":{"shop":"tyres","name":"А"}},`, 200, service.ErrBroken},
		{"some objects and a remark", `{"elements":[{"type":"node","id":1}],"remark":"runtime error: Query timed out in \"query\" at line 1 after 181 seconds."}`, 200, service.ErrDown},
		{"out of turn", page("runtime error: open64: 0 Success /osm3s_osm_base Dispatcher_Client::request_read_and_idx::timeout. The server is probably too busy"), 504, service.ErrDown},
		{"too often", page("runtime error: open64: 0 Success /osm3s_osm_base Dispatcher_Client::request_read_and_idx::rate_limited."), 429, service.ErrLimit},
		{"a question", page("line 1: parse error: Unknown type"), 400, service.ErrAsk},
		{"elements of another kind", `{"elements":{}}`, 200, service.ErrLayout},
	}
	for _, tt := range tests {
		_, o := small()
		r := over(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(tt.code)
			_, _ = w.Write([]byte(tt.body))
		}), o, nil)
		if p := pullAll(t, r.source, pipeline.Request{}); !errors.Is(p.err, tt.want) || len(p.batches) != 0 {
			t.Errorf("%s: got %v, want %v", tt.name, p.err, tt.want)
		}
	}
}

func TestProbe(t *testing.T) {
	i, o := small()
	r := over(t, i, o, nil)
	saw, err := r.source.Probe(t.Context())
	if want := "the interpreter answers: 5 objects with shop=car_repair in region 59"; err != nil || saw != want || len(r.Asked()) != 1 {
		t.Errorf("%q, %v", saw, err)
	}
}

func TestOptions(t *testing.T) {
	if err := Defaults().Validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Options){
		"mode":           func(o *Options) { o.Mode = "x" },
		"no tags":        func(o *Options) { o.Tags = nil },
		"a bare tag":     func(o *Options) { o.Tags = []string{"shop=tyres"} },
		"an injection":   func(o *Options) { o.Tags = []string{`shop="];out; Шины`} },
		"no regions":     func(o *Options) { o.Regions = nil },
		"a region":       func(o *Options) { o.Regions = []config.Code{"00"} },
		"without a code": func(o *Options) { o.Regions = []config.Code{"91"} },
		"twice":          func(o *Options) { o.Regions = []config.Code{"59", "59"} },
		"files":          func(o *Options) { o.Mode = ModeFiles },
	} {
		o := Defaults()
		change(&o)
		if _, err := New("map", nil, o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := NewFiles("map", nil, Defaults()); err == nil {
		t.Error("files of another mode: taken")
	}
	for code, iso := range isoTable {
		if r, ok := company.RegionByCode(code); !ok || r.Code != code || !strings.HasPrefix(iso, "RU-") {
			t.Errorf("%s: %s", code, iso)
		}
	}
}

func TestCursorOfOthers(t *testing.T) {
	i, o := small()
	r := over(t, i, o, nil)
	if p := pullAll(t, r.source, pipeline.Request{Cursor: "shop=tyres|59"}); !errors.Is(p.err, ErrCursor) {
		t.Errorf("got %v", p.err)
	}
}
