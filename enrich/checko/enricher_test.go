package checko

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/enrichtest"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
	"obzvon/sources/checko/api"
)

// The companies of the vendor.
const (
	known   = company.INN("5902000008")   // card and accounts
	silent  = company.INN("5902000015")   // neither
	liar    = company.INN("5902000022")   // a card about somebody else
	mute    = company.INN("5902000030")   // a card without contacts, no accounts
	sole    = company.INN("590200000143") // a sole proprietor
	unsaid  = company.INN("5902000054")   // accounts that do not say whose they are
	numbers = "1025900000004"
)

type vendor struct {
	*servicetest.Vendor
	purse servicetest.Purse
	shelf servicetest.Shelf
}

func newVendor(t *testing.T) *vendor {
	t.Helper()
	v := &vendor{}
	v.Vendor = servicetest.New(t, http.HandlerFunc(v.answer))
	v.shelf.Now = v.Clock.Now
	return v
}

type object = map[string]any

func (v *vendor) answer(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("key") != "secret" {
		http.Error(w, `{"meta":{"status":"error","message":"Неверный ключ"}}`, http.StatusForbidden)
		return
	}
	inn := company.INN(q.Get("inn"))
	out := object{"data": object{}, "meta": object{"status": "ok", "today_request_count": len(v.Asked())}}
	switch _, method, _ := strings.Cut(r.URL.Path, "/v2/"); method {
	case "company", "entrepreneur":
		if c := cards()[inn]; c != nil && inn.Person() == (method == "entrepreneur") {
			out["data"] = c
		}
	case "finances":
		switch inn {
		case known:
			out["company"] = object{"ИНН": string(known), "ОГРН": numbers, "НаимСокр": `ООО "АЗИМУТ"`}
			out["data"] = object{"2023": object{"2110": 1000000}, "2024": object{"2110": 2000000, "2400": -5}}
		case unsaid:
			out["data"] = object{"2024": object{"2110": 7}}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out) // the other end may have gone
}

func cards() map[company.INN]object {
	plain := func(inn company.INN, name string) object {
		return object{"ИНН": string(inn), "НаимСокр": name, "Статус": object{"Код": "001", "Наим": "Действует"}, "ОКВЭД": object{"Код": "45.20"}}
	}
	full := plain(known, `ООО "АЗИМУТ"`)
	full["ОГРН"], full["СЧР"], full["Налоги"] = numbers, 12, object{"СведУплГод": 2024, "СумУпл": 10}
	full["Контакты"] = object{"Тел": []string{"+7 907 000-00-01"}, "Емэйл": []string{"sales@azimut.example", "5902000008@sbis.ru"}, "ВебСайт": "azimut.example"}
	full["Руковод"] = []object{{"ФИО": "Образцов Пётр Иванович", "НаимДолжн": "Директор"}}
	lie := plain(liar, `ООО "РОМАШКА"`)
	lie["Контакты"] = object{"Тел": []string{"+7 907 000-00-09"}}
	return map[company.INN]object{
		known: full, liar: lie, mute: plain(mute, `ООО "ПОЛЮС"`), unsaid: plain(unsaid, `ООО "ВЕГА"`),
		sole: {"ИНН": string(sole), "ФИО": "Образцов Пётр Иванович", "Статус": "Действующий", "Контакты": object{"Тел": "+7 907 000-00-03"}},
	}
}

// of derives a company of which a registry knows the name, and of facts "field=value".
func of(inn company.INN, name string, facts ...string) company.Company {
	o := company.Observation{Source: "registry", Key: string(inn), INN: inn, Date: company.NewDate(2026, time.November, 1)}
	o.Add(company.FieldNameShort, name)
	for _, f := range facts {
		field, value, _ := strings.Cut(f, "=")
		fact := company.Fact{Field: company.Field(field), Value: value}
		if field == "revenue" || field == "headcount" {
			fact.Key = "2024"
		}
		o.Facts = append(o.Facts, fact)
	}
	o.Sort()
	return company.Derive(inn, []company.Observation{o}, nil)
}

func companies() []company.Company {
	return []company.Company{
		of(known, `ООО "АЗИМУТ"`, "ogrn="+numbers), of(silent, `ООО "ТЕНЬ"`), of(liar, `ООО "ПОЛЯРИС"`),
		of(mute, `ООО "ПОЛЮС"`), of(sole, "ИП Образцов Пётр Иванович"), of(unsaid, `ООО "ВЕГА"`),
	}
}

func (v *vendor) enricher(t *testing.T, perDay int64, key string) *Enricher {
	t.Helper()
	o := Defaults()
	o.Base = v.URL + "/v2"
	so := Interface(o, key)
	so.PerDay, so.Purse, so.Shelf, so.Pace = perDay, &v.purse, &v.shelf, 0
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New("checko", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// ask asks for companies and gives the answers by ИНН.
func (v *vendor) ask(t *testing.T, e *Enricher, persons bool, all ...company.Company) (map[company.INN]pipeline.Answer, error) {
	t.Helper()
	got := map[company.INN]pipeline.Answer{}
	asks := func(yield func(pipeline.Ask) bool) {
		for _, c := range all {
			if !yield(pipeline.Ask{ID: string(c.INN), Company: c}) {
				return
			}
		}
	}
	for a, err := range e.Enrich(t.Context(), pipeline.Task{Now: v.Clock.Now(), Persons: persons}, asks) {
		if err != nil {
			return got, err
		}
		if a.Found {
			if err := sourcetest.CheckObservation(&a.Observation, persons); err != nil {
				t.Fatal(err)
			}
		}
		got[company.INN(a.ID)] = a
	}
	return got, nil
}

func lines(o company.Observation) []string {
	var out []string
	for _, f := range o.Facts {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s", f.Field, f.Key))+"="+f.Value)
	}
	return out
}

func TestAnswers(t *testing.T) {
	v := newVendor(t)
	got, err := v.ask(t, v.enricher(t, 0, "secret"), false, companies()...)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"phone=+79070000001", "email=sales@azimut.example", "site=http://azimut.example", "headcount 2024=12", "revenue 2023=1000000", "revenue 2024=2000000", "profit 2024=-5", "status=active", "okved.main=45.20", "head.post=Директор"}
	for _, w := range want {
		if !slices.Contains(lines(got[known].Observation), w) {
			t.Errorf("%s is missing in %v", w, lines(got[known].Observation))
		}
	}
	if o := got[known].Observation; o.First(company.FieldHeadName) != "" || slices.Contains(lines(o), "email=5902000008@sbis.ru") {
		t.Errorf("too much: %v", lines(o))
	}
	now := v.Clock.Now()
	for inn, want := range map[company.INN]struct {
		found   bool
		outcome string
		again   time.Duration
	}{
		known: {true, "", 30 * day}, silent: {false, "not_found", 90 * day}, liar: {false, "poison", 90 * day},
		mute: {true, "", 30 * day}, sole: {true, "", 30 * day}, unsaid: {true, "", 30 * day},
	} {
		if a := got[inn]; a.Found != want.found || a.Outcome != want.outcome || a.Again.Sub(now) != want.again {
			t.Errorf("%s: found %v, outcome %q, again in %v; want %+v", inn, a.Found, a.Outcome, a.Again.Sub(now), want)
		}
	}
	if o := got[unsaid].Observation; o.First(company.FieldRevenue) != "" {
		t.Error("accounts of nobody knows whom are believed")
	}
}

// TestOnlyWhatIsMissing: what others give is not paid for, by the vendor's log.
func TestOnlyWhatIsMissing(t *testing.T) {
	contacts := []string{"phone=+79070000001", "email=info@azimut.example", "site=https://azimut.example"}
	for name, c := range map[string]struct {
		of    company.Company
		calls []string
	}{
		"all is missing":     {of(known, `ООО "АЗИМУТ"`), []string{"/v2/company", "/v2/finances"}},
		"revenue is known":   {of(known, `ООО "АЗИМУТ"`, "revenue=5"), []string{"/v2/company"}},
		"revenue is missing": {of(known, `ООО "АЗИМУТ"`, append(contacts, "headcount=3")...), []string{"/v2/finances"}},
		"all is known":       {of(known, `ООО "АЗИМУТ"`, append(contacts, "headcount=3", "revenue=5")...), nil},
		"a sole proprietor":  {of(sole, "ИП Образцов Пётр Иванович"), []string{"/v2/entrepreneur"}},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVendor(t)
			e := v.enricher(t, 0, "secret")
			if e.Lacks(&c.of) != (c.calls != nil) {
				t.Errorf("Lacks = %v", e.Lacks(&c.of))
			}
			if _, err := v.ask(t, e, false, c.of); err != nil {
				t.Fatal(err)
			}
			var calls []string
			for _, a := range v.Asked() {
				calls = append(calls, a.Path)
			}
			if !slices.Equal(calls, c.calls) {
				t.Errorf("called %v, want %v", calls, c.calls)
			}
		})
	}
}

// TestBudget: to the call, and what was paid for yesterday is not paid for today.
func TestBudget(t *testing.T) {
	v := newVendor(t)
	got, err := v.ask(t, v.enricher(t, 3, "secret"), false, companies()...)
	if !errors.Is(err, pipeline.ErrUnfinished) || len(got) != 2 || len(v.Asked()) != 3 {
		t.Fatalf("%d answers by %d calls, %v", len(got), len(v.Asked()), err)
	}
	v.Forget()
	v.Clock.Advance(24 * time.Hour)
	got, err = v.ask(t, v.enricher(t, 10, "secret"), false, companies()...)
	if err != nil || len(got) != 6 || len(v.Asked()) != 6 {
		t.Errorf("%d answers by %d calls, %v: %v", len(got), len(v.Asked()), err, v.Asked())
	}
	v.Forget()
	got, err = v.ask(t, v.enricher(t, 10, "secret"), false, companies()[0], companies()[2])
	if err != nil || len(got) != 2 || len(v.Asked()) != 0 {
		t.Errorf("a second run on the same day made %d calls, %v", len(v.Asked()), err)
	}
}

func TestFaults(t *testing.T) {
	v := newVendor(t)
	c := companies()[0]
	servicetest.Hold(t, v.Vendor, func(t *testing.T) error {
		got, err := v.ask(t, v.enricher(t, 0, "secret"), false, c)
		if a := got[c.INN]; err == nil && a.Outcome == "broken" && !a.Found { // it concerns this company alone
			return service.ErrBroken
		}
		return err
	})
	if _, err := v.ask(t, v.enricher(t, 0, "another"), false, c); !errors.Is(err, service.ErrKey) {
		t.Errorf("wrong key: %v", err)
	}
}

// TestSample replays the card of the sample through the whole way.
func TestSample(t *testing.T) {
	text, err := os.ReadFile(realfiles.Path(t, "checko/company-fragment.json"))
	if err != nil {
		t.Fatal(err)
	}
	v := newVendor(t)
	v.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/company") {
			_, _ = w.Write(text)
			return
		}
		_, _ = w.Write([]byte(`{"data":{},"meta":{"status":"ok"}}`))
	})
	const inn = company.INN("3203006518")
	got, err := v.ask(t, v.enricher(t, 0, "secret"), false, of(inn, `ООО "АНАНТА"`, "ogrn=1023201336344"))
	if err != nil || !got[inn].Found {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, w := range []string{"email=sales@example.ru", "site=https://example.ru", "headcount 2024=45", "okved.main=62.01", "sme=2"} {
		if !slices.Contains(lines(got[inn].Observation), w) {
			t.Errorf("%s is missing in %v", w, lines(got[inn].Observation))
		}
	}
	got, err = v.ask(t, v.enricher(t, 0, "secret"), false, of("5902000008", `ООО "АЗИМУТ"`))
	if err != nil || got["5902000008"].Outcome != "poison" {
		t.Errorf("the card of another company: %+v, %v", got, err)
	}
}

func TestConformance(t *testing.T) {
	v := newVendor(t)
	enrichtest.Run(t, func() pipeline.Enricher { return v.enricher(t, 0, "secret") }, companies()...)
}

func TestProbe(t *testing.T) {
	v := newVendor(t)
	v.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"data":{"ИНН":"7707083893","Контакты":{"Тел":["1"]}},"meta":{"status":"ok","today_request_count":3}}`))
	})
	saw, err := v.enricher(t, 0, "secret").Probe(t.Context())
	if want := "key accepted, the card of ИНН 7707083893 came with 1 numbers and 0 mailboxes, 97 free calls left today"; err != nil || saw != want {
		t.Errorf("saw %q, %v", saw, err)
	}
}

func TestOptions(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no fields": func(o *Options) { o.Fields = nil },
		"a field":   func(o *Options) { o.Fields = []string{"moon"} },
		"cost":      func(o *Options) { o.Cost = -1 },
		"again":     func(o *Options) { o.Again = time.Hour },
		"missing":   func(o *Options) { o.Missing = 2 * year },
		"no vendor": func(o *Options) { o.Vendor = api.Vendor{} },
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
	if o := DefaultsOfdata(); o.Validate() != nil || Interface(o, "").Name != "ofdata" {
		t.Errorf("%+v", o)
	}
}
