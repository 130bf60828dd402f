package b2bcenter

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

var now = time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)

// listing is one row as a page has it.
type listing struct{ kind, number, subject, organiser, category, published, deadline string }

// purchases are invented notices, a day older each.
func purchases(from, n int) []listing {
	var out []listing
	for i := range n {
		day := now.AddDate(0, 0, -i)
		out = append(out, listing{
			"Запрос предложений", strconv.Itoa(4900000 + from + i), fmt.Sprintf("Подшипники 6204-2RS,\u00a0лот %d", from+i), fmt.Sprintf(`АО "Выдуманный завод № %d"`, from+i),
			"Подшипники", day.Format("02.01.2006") + " 17:18", day.AddDate(0, 0, 9).Format("02.01.2006") + " 12:00",
		})
	}
	return out
}

// pageText writes a page in the markup that scrapers' code describes; wide adds the
// column of the newer one, bare leaves the headers out.
func pageText(rows []listing, form string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><title>Торги</title></head><body><form><input name="f_keyword"></form><div id="search-result"><table class="search-results">`)
	region, regionHead := "", ""
	if form == "wide" {
		region, regionHead = "<td>Выдуманская область, 01.02.2003</td>", "<th>Регион</th>"
	}
	if form != "bare" {
		b.WriteString(`<thead><tr><th>Название торговой процедуры</th>` + regionHead + `<th>Организатор</th><th>Опубликовано</th><th>Актуально до</th></tr></thead>`)
	}
	b.WriteString(`<tbody>`)
	for i, r := range rows {
		href := fmt.Sprintf("/market/podshipniki/tender-%s/#btid=2&sqh=%d&tsid=1", r.number, i)
		if i%2 == 1 {
			href = fmt.Sprintf("https://www.b2b-center.ru/app/market-next/podshipniki/tender-%s/", r.number)
		}
		fmt.Fprintf(&b, `<tr><td><a class="search-results-title visited" href="%s">%s № %s<div class="search-results-title-desc">%s<br>%s</div></a><small>%s</small></td>%s<td><a href="/firms/vydumka/%s/">%s</a></td><td>%s</td><td>%s</td></tr>`,
			html.EscapeString(href), r.kind, r.number, html.EscapeString(r.subject), html.EscapeString(r.subject), r.category, region, r.number, html.EscapeString(r.organiser), r.published, r.deadline)
	}
	b.WriteString(`</tbody></table></div></body></html>`)
	return b.String()
}

// market answers searches, twenty a page; beyond the last it begins again.
type market struct {
	found  map[string][]listing
	form   string
	robots string
	empty  bool // as when it is asked too much
}

func (m *market) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		_, _ = w.Write([]byte(m.robots))
		return
	}
	q := r.URL.Query()
	rows := m.found[q.Get("f_keyword")]
	from, _ := strconv.Atoi(q.Get("from"))
	if from >= len(rows) {
		from = 0
	}
	rows = rows[from:min(from+20, len(rows))]
	if m.empty {
		rows = nil
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(pageText(rows, m.form)))
}

// small is a market of 45 notices of one keyword, four of another, and none of a third.
func small() (*market, Options) {
	m := &market{found: map[string][]listing{"подшипник": purchases(0, 45), "ролик": purchases(100, 4), "": purchases(200, 20)}}
	for i := range m.found["ролик"] {
		m.found["ролик"][i].subject, m.found["ролик"][i].category = "Ролик конвейерный", "Конвейеры"
	}
	o := Defaults()
	o.Keywords = []string{"подшипник", "ролик"}
	return m, o
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
	so := Interface(o, "")
	so.Purse = &r.purse
	if change != nil {
		change(&so)
	}
	s, err := service.New(r.Client(t), so)
	if err != nil {
		t.Fatal(err)
	}
	if r.source, err = New("market", s, o); err != nil {
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
	if req.Now.IsZero() {
		req.Now = now
	}
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

// asked are the pages of the log: "keyword|from".
func (r *rig) asked(t testing.TB) string {
	t.Helper()
	var out []string
	for _, a := range r.Asked() {
		q, err := url.ParseQuery(a.Query)
		if err != nil {
			t.Fatal(err)
		}
		if a.Path != "/robots.txt" {
			out = append(out, q.Get("f_keyword")+"|"+q.Get("from"))
		}
	}
	return strings.Join(out, " ")
}
