package girbo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
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

var now = time.Date(2026, time.November, 23, 1, 0, 0, 0, time.UTC)

// innOf completes nine digits to the number of an invented firm.
func innOf(nine int) string {
	for d := range 10 {
		if inn, err := company.ParseINN(fmt.Sprintf("%09d%d", nine, d)); err == nil {
			return string(inn)
		}
	}
	panic("one of ten digits is right")
}

// firm is an invented company of the site.
type firm struct {
	id         int
	inn, okved string
	status     string
	thousands  any // nil = not reported
}

// firms has n companies under 99 00, and some elsewhere that hold the same digits.
func firms(n int) []firm {
	var out []firm
	for i := range n {
		out = append(out, firm{100 + i, innOf(990000000 + i*7), "24.10.2", "ACTIVE", 1500.0 + float64(i)})
	}
	return append(out, firm{9001, innOf(509900123), "24.10", "ACTIVE", 5.0}, firm{9002, innOf(997700123), "24.10", "ACTIVE", nil})
}

func (f firm) json(query string) string {
	row := map[string]any{
		"id": f.id, "inn": strings.Replace(f.inn, query, "<strong>"+query+"</strong>", 1),
		"shortName": `АО "ВЫДУМАННЫЙ ЗАВОД ` + strconv.Itoa(f.id) + `"`, "ogrn": "1027700132195", "index": "614000",
		"region": "ПЕРМСКИЙ", "district": nil, "city": "ПЕРМЬ", "settlement": nil, "street": "ЗАВОДСКАЯ", "house": "5 А", "building": nil, "office": 12,
		"okved2": f.okved, "statusCode": f.status, "bfo": map[string]any{"period": "2025", "gainSum": f.thousands, "actualBfoDate": "2026-03-30"},
	}
	text, err := json.Marshal(row)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// site plays the search over the firms, and their reports.
func site(all []firm) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
		switch path := r.URL.Path; {
		case path == searchPath:
			search(w, r, all)
		case strings.HasSuffix(path, "/details"):
			fmt.Fprint(w, `[{"id":1,"bfoOrganizationInfo":{"okved2":null},"financialResult":{"current2110":1600,"previous2110":1200,"current2400":-30.4,"previous2400":null}}]`)
		case strings.HasPrefix(path, "/nbo/organizations/"):
			id := strings.Split(path, "/")[3]
			for _, f := range all {
				if strconv.Itoa(f.id) == id {
					fmt.Fprintf(w, `[{"id":71,"period":"2023","gainSum":900,"actualBfoDate":"2024-03-01"},
{"id":73,"period":"2025","gainSum":77,"actualBfoDate":"2026-03-30","organizationInfo":{"fullName":"АКЦИОНЕРНОЕ ОБЩЕСТВО \"ВЫДУМКА\"","inn":%q,"kpp":"590201001"}},
{"id":74,"period":"2024","gainSum":null,"organizationInfo":{"inn":"0000000000"}}]`, f.inn)
				}
			}
		default:
			http.NotFound(w, r)
		}
	}
}

func search(w http.ResponseWriter, r *http.Request, all []firm) {
	q := r.URL.Query()
	page, _ := strconv.Atoi(q.Get("page"))
	size, _ := strconv.Atoi(q.Get("size"))
	var rows []string
	for _, f := range all {
		if strings.Contains(f.inn, q.Get("query")) {
			rows = append(rows, f.json(q.Get("query")))
		}
	}
	total := len(rows)
	if page*size >= 100 {
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	rows = rows[min(total, page*size):min(total, (page+1)*size)]
	fmt.Fprintf(w, `{"content":[%s],"totalElements":%d}`, strings.Join(rows, ","), total)
}

func options() Options {
	o := Defaults()
	o.Regions, o.Rows = append(o.Regions, "99"), 10
	return o
}

// wanted is a request for metallurgy.
func wanted() pipeline.Request {
	return pipeline.Request{Now: now, Wanted: pipeline.Wanted{Codes: []company.OKVED{"24"}}}
}

// over makes a source that asks a vendor, who shows a hundred rows of a search.
func over(t testing.TB, v *servicetest.Vendor, o Options, change func(*service.Options)) *Source {
	t.Helper()
	o.Base = v.URL
	so := Interface(o, "")
	if change != nil {
		change(&so)
	}
	s, err := service.New(v.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	return reaching(t, s, o)
}

func reaching(t testing.TB, s *service.Service, o Options) *Source {
	t.Helper()
	src, err := New("girbo", s, o)
	if err != nil {
		t.Fatal(err)
	}
	src.reach = 100
	return src
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

// withoutNetwork makes a source that asks a handler.
func withoutNetwork(t testing.TB, h http.Handler, o Options) *Source {
	t.Helper()
	o.Base = "https://girbo.example"
	c := fetch.New(fetch.Options{Base: inMemory{h}, Clock: fetchtest.NewClock(), Jitter: func() float64 { return 0 }})
	t.Cleanup(c.Close)
	s, err := service.New(c, Interface(o, ""))
	if err != nil {
		t.Fatal(err)
	}
	return reaching(t, s, o)
}

// pulled is all that a pull yields.
type pulled struct {
	batches []pipeline.Batch
	obs     []company.Observation
	counts  pipeline.Counts
	gaps    int
	err     error
}

func pullAll(t testing.TB, s *Source, req pipeline.Request) pulled {
	t.Helper()
	var out pulled
	for b, err := range s.Pull(t.Context(), req) {
		if err != nil {
			out.err = err
			continue
		}
		if err := b.Counts.Check(); err != nil {
			t.Error(err)
		}
		out.batches, out.obs = append(out.batches, b), append(out.obs, b.Observations...)
		out.counts, out.gaps = out.counts.Add(b.Counts), out.gaps+len(b.Gaps)
	}
	return out
}
