package rmsp

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

// The invented companies.
const (
	known    = company.INN("5902000008")
	bare     = company.INN("5902000015") // in the registry, without contacts
	large    = company.INN("5902000022") // not in it
	excluded = company.INN("5902000030")
	liar     = company.INN("5902000054")   // answered with another's name
	sole     = company.INN("590200000143") // has begun again
)

var now = time.Date(2026, time.November, 21, 2, 0, 0, 0, time.UTC)

// rows are what the registry holds.
func rows() map[company.INN][]string {
	row := func(inn company.INN, rest string) string {
		return fmt.Sprintf(`{"id":1,"inn":%q,"regioncode":"59","citytype":"г.","cityname":"Пермь","okved1":"45.20","nptype":"UL",%s}`, inn, rest)
	}
	return map[company.INN][]string{
		known: {row(known, `"ogrn":"1025900000004","name_ex":"ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"АЗИМУТ\"","category":2,"is_active":1,"dtregistry":"01.08.2016 00:00:00","od2_sschr":17,
"phone":"8 (907) 000-00-01, отдел продаж","email":"INFO@azimut.example; 1@kontur-extern.example","www":"azimut.example"`)},
		bare:     {row(bare, `"ogrn":"1025900000015","name_ex":"ООО \"ВЕКТОР\"","category":"1","is_active":"1","dtregistry":"10.05.2020 00:00:00"`)},
		excluded: {row(excluded, `"name_ex":"ООО \"БЫЛОЕ\"","category":0,"is_active":0,"dtregistry":"01.08.2016 00:00:00","dtregistryout":"10.08.2020 00:00:00","phone":"+79070000009"`)},
		liar:     {row(liar, `"name_ex":"ООО \"СОВСЕМ ДРУГОЕ НАЗВАНИЕ\"","category":1,"is_active":1,"phone":"+79070000008"`)},
		sole: {
			row(sole, `"ogrn":"304590000000011","name_ex":"ВЫДУМАННЫЙ ПЁТР ИЛЬИЧ","category":0,"is_active":0,"dtregistry":"01.08.2016 00:00:00"`),
			row(sole, `"ogrn":"324590000000013","name_ex":"ВЫДУМАННЫЙ ПЁТР ИЛЬИЧ","category":1,"is_active":1,"dtregistry":"10.03.2024 00:00:00","phone":"89070000002"`),
		},
	}
}

// registry plays the site.
func registry(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != searchPath || r.Method != http.MethodPost || r.FormValue("mode") != "inn-list" {
		http.NotFound(w, r)
		return
	}
	var out []string
	for inn := range strings.SplitSeq(r.FormValue("innList"), ",") {
		out = append(out, rows()[company.INN(inn)]...)
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	fmt.Fprintf(w, `{"dtQueryBegin":"21.11.2026 05:00:00","data":[%s],"queryTime":1,"rowCount":%d,"rowLimit":0}`, strings.Join(out, ","), len(out))
}

func of(t testing.TB, inn company.INN, facts ...string) company.Company {
	t.Helper()
	if _, err := company.ParseINN(string(inn)); err != nil {
		t.Fatal(err)
	}
	o := company.Observation{Source: "directory", Key: "1", INN: inn, Date: company.NewDate(2026, time.November, 1)}
	for _, f := range facts {
		field, value, _ := strings.Cut(f, "=")
		o.Add(company.Field(field), value)
	}
	o.Sort()
	return company.Derive(inn, []company.Observation{o}, nil)
}

// companies are one of each kind.
func companies(t testing.TB) []company.Company {
	t.Helper()
	return []company.Company{
		of(t, known, `name.short=ООО «Азимут»`, "ogrn=1025900000004"), of(t, bare, "phone=+79070000003"), of(t, large),
		of(t, excluded), of(t, liar, `name.short=ООО «Меридиан»`), of(t, sole, "ogrn=304590000000011"),
	}
}

func asksOf(all []company.Company) []pipeline.Ask {
	var out []pipeline.Ask
	for i := range all {
		out = append(out, pipeline.Ask{ID: string(all[i].INN), Company: all[i]})
	}
	return out
}

func over(t testing.TB, v *servicetest.Vendor, change func(*service.Options, *Options)) *Enricher {
	t.Helper()
	o := Defaults()
	o.Base = v.URL
	so := Interface(o, "")
	if change != nil {
		change(&so, &o)
	}
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New("msp", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// inMemory is a host without connections, whose goroutines would look like leaks.
type inMemory struct{ http.Handler }

func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	return w.Result(), nil
}

func withoutNetwork(t testing.TB) *Enricher {
	t.Helper()
	o := Defaults()
	o.Base = "https://rmsp.example"
	c := fetch.New(fetch.Options{Base: inMemory{http.HandlerFunc(registry)}, Clock: fetchtest.NewClock(), Jitter: func() float64 { return 0 }})
	t.Cleanup(c.Close)
	s, err := service.New(c, Interface(o, ""))
	if err != nil {
		t.Fatal(err)
	}
	e, err := New("msp", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func enrich(t testing.TB, e *Enricher, asks []pipeline.Ask) (answers map[string]pipeline.Answer, final error) {
	t.Helper()
	answers = map[string]pipeline.Answer{}
	for a, err := range e.Enrich(t.Context(), pipeline.Task{Now: now}, slices.Values(asks)) {
		if err != nil {
			return answers, err
		}
		answers[a.ID] = a
	}
	return answers, nil
}

// lists are the lists that the vendor was asked for.
func lists(v *servicetest.Vendor) []string {
	var out []string
	for _, a := range v.Asked() {
		form, _ := url.ParseQuery(a.Body)
		out = append(out, form.Get("innList"))
	}
	return out
}
