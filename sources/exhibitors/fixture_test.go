package exhibitors

import (
	"fmt"
	"html"
	"net/http"
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

// exhibitor is an invented one as a catalogue has it.
type exhibitor struct {
	id, name, country, hall, stand, city, phone, site, email string

	rubrics []string
}

func invented(n int) []exhibitor {
	var out []exhibitor
	for i := range n {
		out = append(out, exhibitor{
			id: strconv.Itoa(370000 + i), name: fmt.Sprintf("ВЫДУМКА-%d, ООО", i), country: "Россия", hall: "8 (залы 2, 3)", stand: fmt.Sprintf("83D%02d", i),
			city: "Пермь", phone: fmt.Sprintf("+7 (907) 000-%04d", i), site: fmt.Sprintf("http://www.vydumka-%d.example", i), email: fmt.Sprintf("info@vydumka-%d.example", i),
			rubrics: []string{"Станки токарные", "Инструмент"},
		})
	}
	return out
}

const showPath = "/ru/exhibitions/00000000-0000-4000-8000-000000000001"

// catalogue answers as Expocentre's does: the whole list in one page, and a card each.
type catalogue struct {
	all     []exhibitor
	robots  string
	noCards bool // cards have another layout
}

func (c *catalogue) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch r.URL.Path {
	case "/robots.txt":
		_, _ = w.Write([]byte(c.robots))
	case showPath + "/list":
		_, _ = w.Write([]byte(c.list()))
	default:
		for i := range c.all {
			if r.URL.Path == showPath+"/exhibitors/"+c.all[i].id {
				_, _ = w.Write([]byte(c.card(&c.all[i])))
				return
			}
		}
		http.NotFound(w, r)
	}
}

func (c *catalogue) list() string {
	var b strings.Builder
	b.WriteString(`<html><body><table id="fresh-table"><thead><tr><th>Название компании</th><th>Страна</th><th>Павильон</th><th>Стенд</th><th>Рубрики</th></tr></thead><tbody>`)
	for _, e := range c.all {
		fmt.Fprintf(&b, `<tr><td><a href="%s/exhibitors/%s?stand=%s">%s</a></td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>`,
			showPath, e.id, e.stand, html.EscapeString(e.name), e.country, e.hall, e.stand, html.EscapeString(strings.Join(e.rubrics, "; ")))
	}
	b.WriteString(`</tbody></table></body></html>`)
	return b.String()
}

func (c *catalogue) card(e *exhibitor) string {
	if c.noCards {
		return "<html><body><h1>Новый сайт каталога</h1></body></html>"
	}
	var b strings.Builder
	b.WriteString(`<html><body><h1>` + html.EscapeString(e.name) + `</h1><dl class="dl-horizontal">`)
	for _, p := range [][2]string{{"Стенд", e.stand}, {"Страна", e.country}, {"Город", e.city}, {"Телефон", e.phone}, {"Сайт", e.site}, {"E-mail", e.email}} {
		if p[1] != "" {
			fmt.Fprintf(&b, "<dt>%s:</dt>\n<dd>%s</dd>\n", p[0], html.EscapeString(p[1]))
		}
	}
	b.WriteString(`</dl>`)
	for _, r := range e.rubrics {
		b.WriteString(`<span class="label label-primary">` + html.EscapeString(r) + `</span>`)
	}
	b.WriteString(`</body></html>`)
	return b.String()
}

func options() Options {
	o := Defaults()
	o.List, o.Fair, o.Title, o.Day = showPath+"/list", "vydumka-2027", "Выдумка-2027", "2027-05-24"
	return o
}

type rig struct {
	*servicetest.Vendor
	purse  servicetest.Purse
	source *Source
}

// over makes a source that asks a catalogue.
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
	if r.source, err = New("fair", s, o); err != nil {
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

// cards and lists that the log has.
func (r *rig) asked() (lists, cards int) {
	for _, a := range r.Asked() {
		switch {
		case strings.HasSuffix(a.Path, "/list"):
			lists++
		case strings.Contains(a.Path, "/exhibitors/"):
			cards++
		}
	}
	return lists, cards
}
