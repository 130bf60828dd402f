package twogis

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

const secret = "key/of+2gis&1"

var now = time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)

// firm is an invented branch with everything that a key may be given.
func firm(n int) map[string]any {
	return map[string]any{
		"id": fmt.Sprintf("7000000100000%04d_hash%d", n, n), "type": "branch",
		"name":                fmt.Sprintf("Выдумка-%d, автосервис", n),
		"name_ex":             map[string]any{"primary": fmt.Sprintf("Выдумка-%d", n), "extension": "автосервис", "legal_name": fmt.Sprintf(`ООО "Выдумка-%d"`, n)},
		"org":                 map[string]any{"id": strconv.Itoa(4000 + n), "branch_count": 1},
		"rubrics":             []any{map[string]any{"name": "Авторемонт и техобслуживание (СТО)", "kind": "primary"}, map[string]any{"name": "Красноярск", "kind": "geo"}},
		"adm_div":             []any{map[string]any{"type": "country", "name": "Россия"}, map[string]any{"type": "region", "name": "Красноярский край"}, map[string]any{"type": "city", "name": "Красноярск"}, map[string]any{"type": "district", "name": "Советский район"}},
		"address_name":        fmt.Sprintf("Выдуманная улица, %d", n),
		"address_comment":     "2 этаж",
		"timezone":            "Asia/Krasnoyarsk",
		"schedule":            map[string]any{"Mon": map[string]any{"working_hours": []any{map[string]any{"from": "09:00", "to": "18:00"}}}, "is_24x7": false},
		"employees_org_count": "16-100",
		"contact_groups": []any{map[string]any{"name": "Отдел запчастей", "contacts": []any{
			map[string]any{"type": "phone", "value": fmt.Sprintf("+7907000%04d", n), "text": fmt.Sprintf("+7 (907) 000-%04d", n), "comment": "звонить утром"},
			map[string]any{"type": "fax", "value": "+73912000000"},
			map[string]any{"type": "email", "value": fmt.Sprintf("INFO%d@vydumka.example", n)},
			map[string]any{"type": "website", "value": "http://link.2gis.ru/1.2/AAAA", "text": "vydumka.example", "url": fmt.Sprintf("https://vydumka-%d.example/?utm_source=2gis", n)},
			map[string]any{"type": "telegram", "text": "Перейти в Telegram-канал", "url": "https://t.me/vydumka_auto"},
			map[string]any{"type": "whatsapp", "value": "https://wa.me/79070000001"},
		}}},
	}
}

// directory is an interface with a demo key's limits.
type directory struct {
	pageSize, pages int                         // of the key
	found           map[string][]map[string]any // by rubric and region, or by org
}

func (d *directory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	fail := func(code int, kind, message string) {
		reply(w, map[string]any{"meta": map[string]any{"code": code, "error": map[string]any{"type": kind, "message": message}}})
	}
	size, _ := strconv.Atoi(q.Get("page_size"))
	page, _ := strconv.Atoi(q.Get("page"))
	switch {
	case r.URL.Path != "/3.0/items":
		http.NotFound(w, r)
	case q.Get("key") != secret:
		fail(403, "apiKeyIsBlocked", "Authorization error: key "+q.Get("key"))
	case size > d.pageSize:
		fail(400, "paramIsOutsideSet", fmt.Sprintf("Parameter page_size has invalid value [1..%d]", d.pageSize))
	case page > d.pages:
		fail(400, "paramIsOutsideSet", fmt.Sprintf("Parameter page has invalid value [1..%d]", d.pages))
	default:
		all := d.found[q.Get("rubric_id")+"|"+q.Get("region_id")+q.Get("point")]
		if org := q.Get("org_id"); org != "" {
			all = d.found["org "+org]
		}
		from := min((page-1)*size, len(all))
		rows := all[from:min(from+size, len(all))]
		if len(rows) == 0 {
			fail(404, "itemNotFound", "Results not found")
			return
		}
		reply(w, map[string]any{"meta": map[string]any{"code": 200, "api_version": "3.0"}, "result": map[string]any{"items": rows, "total": len(all)}})
	}
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v)
}

// small are two rubrics in two regions: 23 firms, 3, none, 10.
func small() (*directory, Options) {
	d := &directory{pageSize: 10, pages: 5, found: map[string][]map[string]any{}}
	for n := range 36 {
		key := "9041|32"
		switch {
		case n >= 26:
			key = "430|13"
		case n >= 23:
			key = "9041|13"
		}
		d.found[key] = append(d.found[key], firm(n))
	}
	o := Defaults()
	o.Rubrics, o.Regions = []string{"9041 СТО", "430 Автозапчасти"}, []config.Code{"32", "13"}
	return d, o
}

type rig struct {
	*servicetest.Vendor
	purse  servicetest.Purse
	source *Source
}

// over makes a source that asks a vendor.
func over(t testing.TB, handler http.Handler, o Options, change func(*service.Options)) *rig {
	t.Helper()
	r := &rig{Vendor: servicetest.New(t, handler)}
	o.Base = r.URL
	so := Interface(o, secret)
	so.Purse = &r.purse
	if change != nil {
		change(&so)
	}
	s, err := service.New(r.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	if r.source, err = New("dir", s, o); err != nil {
		t.Fatal(err)
	}
	return r
}

type pulled struct {
	batches []pipeline.Batch
	obs     []company.Observation
	counts  pipeline.Counts
	err     error
}

func (p *pulled) cursor() string {
	if len(p.batches) == 0 {
		return ""
	}
	return p.batches[len(p.batches)-1].Cursor
}

func pullAll(t testing.TB, s *Source, req pipeline.Request) pulled {
	t.Helper()
	req.Now = now
	var out pulled
	for b, err := range s.Pull(t.Context(), req) {
		if err != nil {
			out.err = err
			continue
		}
		if err := b.Counts.Check(); err != nil {
			t.Error(err)
		}
		out.batches, out.obs, out.counts = append(out.batches, b), append(out.obs, b.Observations...), out.counts.Add(b.Counts)
	}
	return out
}

// asked are the pages of the log: "rubric|region|page" or "org N|page".
func (r *rig) asked(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, a := range r.Asked() {
		q, err := url.ParseQuery(a.Query)
		if err != nil {
			t.Fatal(err)
		}
		text := q.Get("rubric_id") + "|" + q.Get("region_id")
		if q.Get("org_id") != "" {
			text = "org " + q.Get("org_id")
		}
		out = append(out, text+"|"+q.Get("page"))
	}
	return out
}

func words(list []string) string { return strings.Join(list, " ") }
