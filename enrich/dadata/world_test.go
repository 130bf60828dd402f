package dadata

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
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
	known  = company.INN("5902000008")
	silent = company.INN("5902000015")   // not there
	liar   = company.INN("5902000022")   // another name
	other  = company.INN("5902000030")   // another's ИНН
	sole   = company.INN("590200000143") // closed once, open again
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
	if r.Header.Get("Authorization") != "Token secret" {
		http.Error(w, `{"family":"CLIENT_ERROR","reason":"Forbidden","message":"Permission denied"}`, http.StatusForbidden)
		return
	}
	var q struct {
		Query  string `json:"query"`
		Branch string `json:"branch_type"`
	}
	body, _ := io.ReadAll(r.Body)
	if json.Unmarshal(body, &q) != nil || r.URL.Path != "/findById/party" || q.Branch == "MAIN" != (len(q.Query) == 10) {
		http.Error(w, `{"message":"a wrong question"}`, http.StatusBadRequest)
		return
	}
	reply(w, parties()[company.INN(q.Query)]...)
}

func reply(w http.ResponseWriter, all ...object) {
	out := []object{}
	for _, d := range all {
		out = append(out, object{"value": "x", "data": d})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(object{"suggestions": out}) // the other end may have gone
}

func parties() map[company.INN][]object {
	plain := func(inn company.INN, name, status string) object {
		return object{
			"inn": string(inn), "type": "LEGAL", "branch_type": "MAIN", "okved": "45.20", "okved_type": "2014",
			"name":  object{"short_with_opf": name},
			"state": object{"status": status, "actuality_date": 1790000000000, "registration_date": 1267660800000},
		}
	}
	full := plain(known, `ООО "АЗИМУТ"`, "ACTIVE")
	full["address"] = object{"value": "г Пермь, ул Мира, д 5", "unrestricted_value": "614000, г Пермь, ул Мира, д 5", "data": object{
		"region_kladr_id": "5900000000000", "city": "Пермь", "timezone": "UTC+5",
	}}
	full["phones"] = []object{{"value": "+7 907 000-00-01 доб. 12", "data": object{"contact": "Образцов Пётр"}}}
	full["emails"] = []object{{"value": "SALES@AZIMUT.EXAMPLE"}, {"value": "p.obraztsov@azimut.example"}, {"value": "5902000008@tensor.ru"}}
	full["employee_count"] = 12
	full["finance"] = object{"income": 90183000.0, "expense": 128338000.0, "year": 2025}
	full["management"] = object{"name": "ОБРАЗЦОВ ПЁТР ИВАНОВИЧ", "post": "ДИРЕКТОР", "disqualified": nil}
	full["documents"] = object{"smb": object{"category": "SMALL", "issue_date": 1565384400000}}
	branch := plain(known, `ФИЛИАЛ ООО "АЗИМУТ"`, "ACTIVE")
	branch["branch_type"] = "BRANCH"
	closed := object{"inn": string(sole), "type": "INDIVIDUAL", "name": object{"short_with_opf": "ИП Образцов Пётр Иванович"}, "state": object{"status": "LIQUIDATED", "registration_date": 1267660800000}}
	open := object{"inn": string(sole), "type": "INDIVIDUAL", "name": object{"short_with_opf": "ИП Образцов Пётр Иванович"}, "state": object{"status": "ACTIVE", "registration_date": 1667660800000}}
	return map[company.INN][]object{
		known: {branch, full}, liar: {plain(liar, `ООО "РОМАШКА"`, "ACTIVE")}, other: {plain(known, `ООО "АЗИМУТ"`, "ACTIVE")}, sole: {closed, open},
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
		of(known, `ООО "АЗИМУТ"`), of(silent, `ООО "ТЕНЬ"`), of(liar, `ООО "ПОЛЯРИС"`), of(other, `ООО "ПОЛЮС"`), of(sole, "ИП Образцов Пётр Иванович"),
	}
}

func (v *vendor) enricher(t *testing.T, perDay int64, key string, o Options) *Enricher {
	t.Helper()
	o.Base = v.URL
	so := Interface(o, key)
	so.PerDay, so.Purse, so.Shelf = perDay, &v.purse, &v.shelf
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New("dadata", s, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func maximal() Options {
	o := Defaults()
	o.Plan = Maximal
	return o
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
