package rmsp

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
)

func TestAnswers(t *testing.T) {
	v := servicetest.New(t, http.HandlerFunc(registry))
	answers, err := enrich(t, over(t, v, nil), asksOf(companies(t)))
	if err != nil || len(v.Asked()) != 1 {
		t.Fatalf("%v after %d calls", err, len(v.Asked()))
	}
	for inn, want := range map[company.INN]string{known: "", bare: "", large: "not_sme", excluded: "excluded", liar: "poison", sole: ""} {
		a := answers[string(inn)]
		again := now.Add(Defaults().Again)
		if want != "" {
			again = now.Add(Defaults().Missing)
		}
		if a.Outcome != want || a.Found != (want == "") || !a.Again.Equal(again) {
			t.Errorf("%s: %+v", inn, a)
		}
	}
	check(t, answers[string(known)].Observation, map[company.Field]string{
		company.FieldPhone: "+79070000001", company.FieldSite: "http://azimut.example", company.FieldSME: "2",
		company.FieldSMESince: "2016-08-01", company.FieldHeadcount: "17", company.FieldOKVEDMain: "45.20", company.FieldRegion: "59", company.FieldCity: "Пермь",
	})
	for _, f := range answers[string(known)].Observation.Facts {
		if f.Field == company.FieldHeadcount && f.Key != "2025" {
			t.Errorf("%+v", f)
		}
	}
	if o := answers[string(sole)].Observation; o.First(company.FieldOGRN) != "324590000000013" || o.Facts[0].Subject != company.SubjectSole || o.First(company.FieldPhone) != "+79070000002" {
		t.Errorf("%+v", o)
	}
}

func check(t *testing.T, o company.Observation, want map[company.Field]string) {
	t.Helper()
	for f, value := range want {
		if got := o.First(f); got != value {
			t.Errorf("%s = %q, want %q", f, got, value)
		}
	}
	if err := sourcetest.CheckObservation(&o, false); err != nil {
		t.Error(err)
	}
}

func TestLacks(t *testing.T) {
	e := over(t, servicetest.New(t, http.HandlerFunc(registry)), nil)
	full := of(t, known, "phone=+79070000001", "email=a@b.example", "site=http://b.example")
	some := of(t, known, "phone=+79070000001", "email=a@b.example")
	listing := company.Derive("", nil, nil)
	if e.Lacks(&full) || !e.Lacks(&some) || e.Lacks(&listing) {
		t.Error("the wanted fields do not decide")
	}
}

// TestListsOfAHundred: a call for each hundred, and the budget holds to the call.
func TestListsOfAHundred(t *testing.T) {
	var all []company.Company
	for i := range 250 {
		for d := range 10 {
			if inn, err := company.ParseINN(fmt.Sprintf("%09d%d", 590300000+i, d)); err == nil {
				all = append(all, of(t, inn))
			}
		}
	}
	v := servicetest.New(t, http.HandlerFunc(registry))
	answers, err := enrich(t, over(t, v, nil), asksOf(all))
	if err != nil || len(answers) != 250 {
		t.Fatalf("%d, %v", len(answers), err)
	}
	var sizes []int
	for _, l := range lists(v) {
		sizes = append(sizes, strings.Count(l, ",")+1)
	}
	if !slices.Equal(sizes, []int{100, 100, 50}) {
		t.Errorf("lists of %v", sizes)
	}
	v.Forget()
	purse := &servicetest.Purse{}
	e := over(t, v, func(so *service.Options, _ *Options) { so.Purse, so.PerDay = purse, 2 })
	answers, err = enrich(t, e, asksOf(all))
	if !errors.Is(err, pipeline.ErrUnfinished) || len(answers) != 200 || len(v.Asked()) != 2 {
		t.Errorf("%d answers, %d calls, %v", len(answers), len(v.Asked()), err)
	}
	v.Clock.Advance(24 * time.Hour)
	if answers, err = enrich(t, e, asksOf(all[200:])); err != nil || len(answers) != 50 || len(v.Asked()) != 3 {
		t.Errorf("the next day: %d answers, %d calls, %v", len(answers), len(v.Asked()), err)
	}
}

func TestSecondRunAsksNothing(t *testing.T) {
	v := servicetest.New(t, http.HandlerFunc(registry))
	e := over(t, v, func(so *service.Options, _ *Options) { so.Shelf = &servicetest.Shelf{Now: v.Clock.Now} })
	for range 2 {
		if answers, err := enrich(t, e, asksOf(companies(t))); err != nil || !answers[string(known)].Found || len(v.Asked()) != 1 {
			t.Errorf("%d calls, %v", len(v.Asked()), err)
		}
	}
}

// TestPages: what does not stand on the first page is asked for, within bounds.
func TestPages(t *testing.T) {
	for total, calls := range map[int]int{2: 2, 50: pagesMost} {
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			row := rows()[bare][0]
			if r.FormValue("page") == "2" {
				row = rows()[known][0]
			}
			fmt.Fprintf(w, `{"data":[%s],"rowCount":%d}`, row, total)
		}))
		answers, err := enrich(t, over(t, v, nil), asksOf(companies(t)[:2]))
		if err != nil || !answers[string(known)].Found || !answers[string(bare)].Found || len(v.Asked()) != calls {
			t.Errorf("%d rows: %d calls, %v", total, len(v.Asked()), err)
		}
	}
}

func TestSiteComplains(t *testing.T) {
	for name, c := range map[string]struct {
		code int
		body string
		want error
	}{
		"captcha":           {http.StatusBadRequest, `{"ERRORS":{"rmspSearchCaptcha":["Требуется ввести цифры с картинки"]}}`, ErrCaptcha},
		"captcha with 200":  {http.StatusOK, `{"captchaRequired":true}`, ErrCaptcha},
		"refused":           {http.StatusForbidden, `<html>`, ErrRefused},
		"a row of no form":  {http.StatusOK, `{"data":[5],"rowCount":1}`, service.ErrLayout},
		"no data":           {http.StatusOK, `{"rowCount":1}`, service.ErrLayout},
		"its own complaint": {http.StatusBadRequest, `{"ERRORS":{"innList":["Неверный ИНН"]}}`, nil},
	} {
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.code)
			_, _ = io.WriteString(w, c.body)
		}))
		answers, err := enrich(t, over(t, v, nil), asksOf(companies(t)))
		if !errors.Is(err, c.want) || c.want == nil && (err != nil || answers[string(known)].Outcome != "ask") {
			t.Errorf("%s: %v, %+v", name, err, answers)
		}
		if errors.Is(err, ErrCaptcha) && !errors.Is(err, service.ErrLimit) {
			t.Errorf("%s: %v is no limit", name, err)
		}
	}
}

func TestHolds(t *testing.T) {
	v := servicetest.New(t, http.HandlerFunc(registry))
	e := over(t, v, nil)
	servicetest.Hold(t, v, func(t *testing.T) error {
		answers, err := enrich(t, e, asksOf(companies(t)))
		if err == nil && answers[string(known)].Outcome == "broken" {
			return service.ErrBroken // told in each answer: the next list may come whole
		}
		return err
	})
	if saw, err := e.Probe(t.Context()); err != nil || !strings.Contains(saw, "0 rows") || !strings.Contains(saw, "2026-11-21") {
		t.Errorf("mended: %q, %v", saw, err)
	}
}

func TestConforms(t *testing.T) {
	enrichtest.Run(t, func() pipeline.Enricher { return withoutNetwork(t) }, companies(t)...)
}

func TestValidate(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no field":      func(o *Options) { o.Fields = nil },
		"another field": func(o *Options) { o.Fields = []string{"revenue"} },
		"list":          func(o *Options) { o.List = 101 },
		"again":         func(o *Options) { o.Again = time.Hour },
		"missing":       func(o *Options) { o.Missing = 9000 * time.Hour },
	} {
		o := Defaults()
		change(&o)
		if o.Validate() == nil {
			t.Errorf("%s is let pass", name)
		}
		if _, err := New("msp", nil, o); err == nil {
			t.Errorf("%s makes an enricher", name)
		}
	}
}

func TestHeadcountYear(t *testing.T) {
	for on, want := range map[string]string{
		"2026-07-09": "2024", "2026-07-10": "2025", "2026-12-31": "2025", "2027-01-05": "2025", "2027-01-10": "2025", "2027-06-30": "2025", "2027-07-15": "2026",
	} {
		d, err := company.ParseDate(on)
		if got := headcountYear(d); err != nil || got != want {
			t.Errorf("on %s: %s, want %s", on, got, want)
		}
	}
}

// TestRealAnswers replays the real answers. No name stands here.
func TestRealAnswers(t *testing.T) {
	for _, c := range []struct {
		file string
		inn  company.INN
		want map[company.Field]string // nil = not found
	}{
		{"search-proc-2019-2466220319.json", "2466220319", map[company.Field]string{
			company.FieldOGRN: "1092468017729", company.FieldSME: "2", company.FieldSMESince: "2016-08-01", company.FieldRegion: "24", company.FieldCity: "Красноярск", company.FieldOKVEDMain: "61.10.1",
		}},
		{"search-proc-2026-ip-redacted.json", "504110181262", map[company.Field]string{
			company.FieldOGRN: "326508100214173", company.FieldSME: "1", company.FieldSMESince: "2026-05-10", company.FieldRegion: "50", company.FieldCity: "Реутов", company.FieldOKVEDMain: "49.41",
		}},
		{"search-proc-2026-empty.json", "7707083893", nil},
	} {
		body, err := os.ReadFile(realfiles.Path(t, "rmsp-json/"+c.file))
		if err != nil {
			t.Fatal(err)
		}
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
		answers, err := enrich(t, over(t, v, nil), asksOf([]company.Company{of(t, c.inn)}))
		a := answers[string(c.inn)]
		if err != nil || a.Found != (c.want != nil) || !a.Found && a.Outcome != "not_sme" {
			t.Fatalf("%s: %+v, %v", c.file, a, err)
		}
		if a.Found {
			check(t, a.Observation, c.want)
		}
	}
}

// FuzzPage: whatever the site answers, each ask gets one answer or all end in an error
// with a name, and what is found is canonical and of the company asked for.
func FuzzPage(f *testing.F) {
	f.Add([]byte(`{"data":[` + strings.Join(slices.Concat(rows()[known], rows()[sole]), ",") + `],"rowCount":3,"dtQueryBegin":"21.11.2026 05:00:00"}`))
	f.Add([]byte(`{"data":[{"inn":5902000008,"category":"3","od2_sschr":1e3}],"rowCount":1.0}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := parsePage(body)
		if err != nil {
			if !errors.Is(err, service.ErrLayout) && !errors.Is(err, service.ErrBroken) && !errors.Is(err, service.ErrLimit) && !errors.Is(err, service.ErrAsk) {
				t.Fatalf("an error without a name: %v", err)
			}
			return
		}
		e := &Enricher{name: "msp", options: Defaults()}
		for _, raw := range *p.Rows {
			var r row
			if json.Unmarshal(raw, &r) != nil {
				continue
			}
			for _, c := range []company.Company{of(t, known), of(t, sole)} {
				a := e.answer(&pipeline.Ask{ID: "x", Company: c}, pipeline.Task{Now: now}, &r, p.date())
				if a.Found == (a.Outcome != "") {
					t.Fatalf("%+v", a)
				}
				if a.Found && (a.Observation.INN != c.INN || sourcetest.CheckObservation(&a.Observation, false) != nil) {
					t.Fatalf("%+v: %v", a.Observation, sourcetest.CheckObservation(&a.Observation, false))
				}
			}
		}
	})
}
