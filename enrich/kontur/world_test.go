package kontur

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/sourcetest"
)

// The companies of the vendor.
const (
	known  = company.INN("5902000008")   // with a twin that is dissolved
	silent = company.INN("5902000015")   // not there
	liar   = company.INN("5902000022")   // another name
	other  = company.INN("5902000030")   // answered with another's record
	sole   = company.INN("590200000143") //

	ours, twins = "1025900000015", "1025900000004"
)

type object = map[string]any

type vendor struct {
	*servicetest.Vendor
	purse servicetest.Purse
	shelf servicetest.Shelf
}

func newVendor(t *testing.T, handler http.HandlerFunc) *vendor {
	t.Helper()
	v := &vendor{}
	if handler == nil {
		handler = answer
	}
	v.Vendor = servicetest.New(t, handler)
	v.shelf.Now = v.Clock.Now
	return v
}

func answer(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("key") != "secret" {
		http.Error(w, "the key is not known", http.StatusForbidden)
		return
	}
	method := strings.TrimPrefix(r.URL.Path, "/api3/")
	out := []object{}
	for _, inn := range strings.Split(r.URL.Query().Get("inn"), ",") {
		out = append(out, records(method)[company.INN(inn)]...)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out) // the other end may have gone
}

func firmOf(inn company.INN, ogrn, name string, status object) object {
	return object{"inn": string(inn), "ogrn": ogrn, "contactPhones": object{"count": 3}, "UL": object{
		"legalName": object{"short": name}, "status": status, "registrationDate": "2010-03-04", "kpp": "590201001",
		"legalAddress": object{"parsedAddressRF": object{
			"zipCode": "614000", "regionCode": "59", "regionName": object{"topoShortName": "край", "topoValue": "Пермский"},
			"city": object{"topoShortName": "г", "topoValue": "Пермь"}, "street": object{"topoShortName": "ул", "topoValue": "Мира"}, "house": object{"topoShortName": "дом", "topoValue": "5"},
		}},
		"heads": []object{{"fio": "Образцов Пётр Иванович", "position": "Директор"}},
	}}
}

func records(method string) map[company.INN][]object {
	of := func(extra object) []object {
		return []object{{"inn": string(known), "ogrn": twins}, merge(object{"inn": string(known), "ogrn": ours}, extra)}
	}
	switch method {
	case req:
		return map[company.INN][]object{
			known: {
				firmOf(known, twins, `ООО "АЗИМУТ", признано ошибочным`, object{"dissolved": true, "statusString": "Признано ошибочным"}),
				firmOf(known, ours, `ООО "АЗИМУТ"`, object{"statusString": "Действующее"}),
			},
			liar:  {firmOf(liar, ours, `ООО "РОМАШКА"`, object{})},
			other: {firmOf("5902000054", ours, `ООО "ВЕГА"`, object{})},
			sole:  {{"inn": string(sole), "ogrn": "304590200000115", "IP": object{"fio": "Образцов Пётр Иванович", "status": object{"statusString": "Действующий"}}}},
		}
	case details:
		return map[company.INN][]object{known: of(object{"UL": object{"activities": object{
			"principalActivity": object{"code": "45.20"}, "complementaryActivities": []object{{"code": "45.31"}}, "okvedVersion": "2",
		}}})}
	case finance:
		return map[company.INN][]object{known: of(object{"financeAnalyticsData": object{
			"lastBuhYear": object{"data": 2025, "isActual": true}, "incomeEnd": object{"data": 2000000.0}, "incomeStart": object{"data": 1000000.0}, "profitEnd": object{"data": -5},
		}})}
	case analytics:
		return map[company.INN][]object{known: of(object{"analytics": object{"m7023": false, "m7024": true, "m4001": true}})}
	case phones:
		return map[company.INN][]object{
			known: of(object{"contactPhones": object{"count": 2, "phones": []any{"+7 907 000-00-01", object{"value": "89070000002"}}}}),
			sole:  {{"inn": string(sole), "ogrn": "304590200000115", "contactPhones": object{"phones": []string{"+79070000003"}}}},
		}
	case emails:
		return map[company.INN][]object{known: of(object{"contactEmails": object{"emails": []string{"sales@azimut.example", "p.obraztsov@azimut.example", "x@diadoc.ru"}}})}
	case sites:
		return map[company.INN][]object{known: of(object{"sites": []string{"azimut.example"}})}
	}
	return nil
}

func merge(a, b object) object {
	for k, v := range b {
		a[k] = v
	}
	return a
}

// of derives a company of which a registry knows the name, and of facts "field=value".
func of(inn company.INN, name string, facts ...string) company.Company {
	o := company.Observation{Source: "registry", Key: string(inn), INN: inn, Date: company.NewDate(2026, time.November, 1)}
	o.Add(company.FieldNameShort, name)
	for _, f := range facts {
		field, value, _ := strings.Cut(f, "=")
		fact := company.Fact{Field: company.Field(field), Value: value}
		if field == "revenue" {
			fact.Key = "2024"
		}
		o.Facts = append(o.Facts, fact)
	}
	o.Sort()
	return company.Derive(inn, []company.Observation{o}, nil)
}

func companies() []company.Company {
	return []company.Company{
		of(known, `ООО "АЗИМУТ"`), of(silent, `ООО "ТЕНЬ"`), of(liar, `ООО "ПОЛЯРИС"`), of(other, `ООО "ПОЛЮС"`), of(sole, "ИП Образцов Пётр Иванович"),
	}
}

func all() Options {
	o := Defaults()
	o.Contacts, o.Fields = true, []string{"status", "okved.main", "revenue", "sme", "phone", "email", "site"}
	return o
}

func (v *vendor) enricher(t *testing.T, perDay int64, key string, o Options) *Enricher {
	t.Helper()
	o.Base = v.URL + "/api3"
	so := Interface(o, key)
	so.PerDay, so.Purse, so.Shelf, so.Pace = perDay, &v.purse, &v.shelf, 0
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New("kontur", s, o)
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

// calls are the methods and ИНН that were asked, "req 1,2".
func (v *vendor) calls() []string {
	var out []string
	for _, a := range v.Asked() {
		q := a.Query[:strings.LastIndex(a.Query, "&key=")]
		out = append(out, strings.TrimPrefix(a.Path, "/api3/")+" "+strings.ReplaceAll(strings.TrimPrefix(q, "inn="), "%2C", ","))
	}
	return out
}

func lines(o company.Observation) []string {
	var out []string
	for _, f := range o.Facts {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s", f.Field, f.Key))+"="+f.Value)
	}
	return out
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%s is missing in %v", w, got)
		}
	}
}
