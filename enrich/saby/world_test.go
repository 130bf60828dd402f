package saby

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
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
	other  = company.INN("5902000030")   // answered with another's item
	sole   = company.INN("590200000143") //

	key = `app:se"cret:service-key`
)

type object = map[string]any

// vendor plays the interface; a session lives until it is ended.
type vendor struct {
	*servicetest.Vendor
	purse servicetest.Purse
	shelf servicetest.Shelf

	mu      sync.Mutex
	session int
}

func newVendor(t *testing.T, handler http.HandlerFunc) *vendor {
	t.Helper()
	v := &vendor{}
	if handler == nil {
		handler = v.answer
	}
	v.Vendor = servicetest.New(t, handler)
	v.shelf.Now = v.Clock.Now
	return v
}

// end makes all sessions void.
func (v *vendor) end() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.session++
}

func (v *vendor) answer(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	session := fmt.Sprint("session-", v.session)
	v.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path == loginPath {
		var q map[string]string
		body, _ := io.ReadAll(r.Body)
		if json.Unmarshal(body, &q) != nil || q["app_client_id"] != "app" || q["app_secret"] != `se"cret` || q["secret_key"] != "service-key" {
			http.Error(w, `{"error":"no such application"}`, http.StatusUnauthorized)
			return
		}
		_ = json.NewEncoder(w).Encode(object{"access_token": "token", "sid": session})
		return
	}
	if method, demo := strings.CutPrefix(r.URL.Path, "/vok-demo/"); demo {
		_ = json.NewEncoder(w).Encode(list(method, r.URL.Query()["inn"]))
		return
	}
	if r.Header.Get("X-SBISAccessToken") != "token" || r.Header.Get("X-SBISSessionId") != session {
		http.Error(w, `{"error":"no session"}`, http.StatusUnauthorized)
		return
	}
	_ = json.NewEncoder(w).Encode(list(strings.TrimPrefix(r.URL.Path, "/vok/"), r.URL.Query()["inn"])) // the other end may have gone
}

func list(method string, inns []string) any {
	out := []any{}
	for _, inn := range inns {
		if i := items(method)[company.INN(inn)]; i != nil {
			out = append(out, i)
		}
	}
	if method == "contacts-official" && len(out) == 1 {
		return out[0] // as the documentation shows it
	}
	if method == "client/stat" {
		return object{"requests_count_limit": 30000, "requests_count": 5, "unique_value_limit": 5000, "unique_value_count": 5}
	}
	return out
}

func items(method string) map[company.INN]object {
	firm := func(inn company.INN, name string) object {
		return object{"inn": string(inn), "company_short_name": name, "company_name": nil, "condition_name": "Действующий", "liquidation_date": nil, "unreliable": nil}
	}
	switch method {
	case "req":
		full := firm(known, `ООО "АЗИМУТ"`)
		for k, v := range (object{
			"kpp": "590201001", "ogrn": "1025900000015", "okved": "45.20,45.31", "main_okved": "45.20", "registration_date": "2010-03-04",
			"address_legal": "614000, г. Пермь, ул. Мира, д. 5", "parsed_address": `{"RegionCode":"59","CityName":"ПЕРМЬ"}`,
			"director_surname": "ОБРАЗЦОВ", "director_name": "ПЁТР", "director_patronymic": "ИВАНОВИЧ", "director_position": "Директор",
			"amount_of_employees": object{"history_amount": []object{{"count": 12, "year": 2025, "spp": true}, {"count": 9, "year": 2024, "spp": true}}, "history_amount_by_nalogru": []object{{"count": 10, "year": 2024}}},
			"spec_reg":            object{"unscrupulous_supplier": object{"date_begin": "13.09.2024", "date_end": "9999-12-31"}}, "address_is_mass": true,
		}) {
			full[k] = v
		}
		person := object{"inn": string(sole), "entrepreneur": true, "entrepreneur_surname": "Образцов", "entrepreneur_name": "Пётр", "entrepreneur_patronymic": "Иванович", "condition_name": "Действующий"}
		return map[company.INN]object{known: full, liar: firm(liar, `ООО "РОМАШКА"`), other: firm("5902000054", `ООО "ВЕГА"`), sole: person}
	case "contacts-official":
		return map[company.INN]object{
			known: {"phone_numbers": []string{"79070000001", "73422000000"}, "sites": []string{"azimut.example", "shop.azimut.example"}, "emails": []string{"zakupki@azimut.example", "p.obraztsov@azimut.example", "v@tensor.ru"}, "branch_code": nil},
			sole:  {"phone_numbers": []string{"79070000003"}, "sites": nil, "emails": nil},
		}
	case "finance":
		year := func(income any) object {
			return object{"income": object{"value": income}, "costs": object{"value": 5}, "net_profit": object{"value": nil}}
		}
		return map[company.INN]object{known: {"financial_indicators": object{"2024": year(2000000), "2023": year(1000000), "2010": object{"income": object{"value": 0}, "costs": object{"value": 0}}}}}
	}
	return nil
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

func (v *vendor) enricher(t *testing.T, perDay int64, key string, o Options) *Enricher {
	t.Helper()
	o.Base = v.URL
	so := Interface(o, key)
	so.PerDay, so.Purse, so.Shelf, so.Pace = perDay, &v.purse, &v.shelf, 0
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New("saby", s, o)
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

// calls are the methods and how many ИНН were asked for: "req 5".
func (v *vendor) calls() []string {
	var out []string
	for _, a := range v.Asked() {
		if a.Path == loginPath {
			out = append(out, "login")
			continue
		}
		out = append(out, fmt.Sprintf("%s %d", strings.TrimPrefix(a.Path, "/vok/"), strings.Count(a.Query, "inn=")))
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
