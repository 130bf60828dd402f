package exhibitors

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// TestPagedForm: the markup of ITE's catalogues, by a posted form.
func TestPagedForm(t *testing.T) {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, err := strconv.Atoi(r.PostFormValue("page"))
		if r.Method != http.MethodPost || r.PostFormValue("event_id") != "77" || err != nil {
			http.Error(w, "", http.StatusNotFound)
			return
		}
		page = min(page, 3) // beyond the last it shows the last again
		for i := range 2 {
			n := page*2 + i
			country := "Россия"
			if n%4 == 0 {
				country = "Китай"
			}
			fmt.Fprintf(w, `<div class="card"><h5 class="card-title"><a href="/mims/ru/Exhibitor/Details/%d">Выдумка-%d</a></h5><h6 class="card-subtitle">Стенд № A%d</h6><p class="card-text">%s</p></div>`, 900+n, n, n, country)
		}
	})
	for _, layout := range []string{"itegroup", "mims"} {
		o := options()
		o.Layout, o.List, o.Parameters = layout, "/mims/ru/Exhibitor/ajaxPaginationData", map[string]string{"event_id": "77", "language": "ru"}
		r := over(t, handler, o, nil)
		p := pullAll(t, r.source, pipeline.Request{})
		if want := (pipeline.Counts{Declared: 6, Read: 6, Taken: 5, NotWanted: 1}); p.err != nil || p.counts != want {
			t.Errorf("%s: %+v, %v", layout, p.counts, p.err)
		}
		if o := p.obs[0]; o.Key != "vydumka-2027/902" || o.First(company.FieldFairStand) != "Стенд № A2" || o.First(company.FieldNameBrand) != "Выдумка-2" {
			t.Errorf("%s: %+v", layout, o)
		}
		if advice, err := r.source.Advice(t.Context()); err != nil || len(advice) != 1 {
			t.Errorf("%s: %q, %v", layout, advice, err)
		}
	}
}

// TestOwnLayoutOfJSON: a list in JSON, given in the section, paged by the query.
func TestOwnLayoutOfJSON(t *testing.T) {
	section, err := config.ParseSection("fair", `
adapter: exhibitors
layout: own
base: http://fair.example
list: /api/exhibitors
parameters: {lang: ru}
fair: json-2027
title: Джейсон-2027
pages: 2
page:
  form: json
  rows: data.items
  row: {name: company.name, link: url, country: country, phone: contacts.phones, site: contacts.site, rubrics: rubrics, stand: stand}
  paging: {kind: query, parameter: offset, step: 2}
`)
	if err != nil {
		t.Fatal(err)
	}
	o := Defaults()
	if err := section.Decode(&o); err != nil {
		t.Fatal(err)
	}
	r := over(t, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		n, _ := strconv.Atoi(q.URL.Query().Get("offset"))
		if q.URL.Query().Get("lang") != "ru" {
			n = 99
		}
		fmt.Fprintf(w, `{"data":{"items":[{"company":{"name":"АО Выдумка-%d"},"url":"/e/%d0","country":{"name":"Россия"},"contacts":{"phones":["+7 907 000-00-0%d"],"site":"vydumka.example"},"rubrics":[{"title":"Подшипники"},"Станки"],"stand":%d},{"company":{}}]}}`, n, n+10, n, n)
	}), o, nil)
	p := pullAll(t, r.source, pipeline.Request{})
	if want := (pipeline.Counts{Declared: 4, Read: 4, Taken: 2, Quarantined: 2}); p.err != nil || p.counts != want || len(p.batches[1].Gaps) != 1 {
		t.Fatalf("%+v, %v", p.counts, p.err)
	}
	got := p.obs[1]
	if got.Key != "json-2027/120" || got.First(company.FieldPhone) != "+79070000002" || len(got.All(company.FieldRubric)) != 2 || got.First(company.FieldFairStand) != "стенд 2" {
		t.Errorf("%+v", got)
	}
}

func TestOtherMarkup(t *testing.T) {
	o := options()
	o.Layout = "innoprom"
	o.Cards = false
	page := `<div class="exhibitors__item"><a href="/exhibitor/alpha"><span class="exhibitors__title">АЛЬФА, ООО</span></a></div>`
	r := over(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") == "2" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(page))
	}), o, nil)
	if p := pullAll(t, r.source, pipeline.Request{}); p.err != nil || len(p.obs) != 1 || p.obs[0].Key != "vydumka-2027/exhibitor/alpha" {
		t.Errorf("%+v, %v", p.obs, p.err)
	}
	page = "<div>Список участников скоро появится</div>"
	if p := pullAll(t, r.source, pipeline.Request{}); !errors.Is(p.err, service.ErrLayout) {
		t.Errorf("got %v", p.err)
	}
}

// TestLabels: what stands behind a label, in the markups that cards have.
func TestLabels(t *testing.T) {
	for _, page := range []string{
		`<dl><dt>Город:</dt><dd>Тула</dd><dt>Телефон:</dt><dd>1</dd><dd>2</dd><dt>Сайт:</dt><dd>a</dd></dl>`,
		`<p><b>Телефон</b>: 1; 2</p>`,
		`<table><tr><td>Телефон</td><td>1; 2</td></tr></table>`,
		`<div><span>Телефон:</span><div>1</div><div>2</div></div>`,
		`<div><strong>Телефон</strong><br>1; 2</div>`,
	} {
		l := Layout{Rows: "x", Card: Fields{Phone: "label Телефон"}}
		f, err := l.parseCard([]byte(page))
		if got := strings.Trim(strings.Join(f.phones, "; "), "; "); err != nil || got != "1; 2" {
			t.Errorf("%s: %q, %v", page, got, err)
		}
	}
}

func TestOptions(t *testing.T) {
	for _, name := range Layouts() {
		o := options()
		o.Layout = name
		if err := o.Validate(); (err == nil) != (name != own) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, change := range map[string]func(*Options){
		"layout":  func(o *Options) { o.Layout = "nobody" },
		"a page":  func(o *Options) { o.Page = &Layout{} },
		"no base": func(o *Options) { o.Layout, o.Page = own, &Layout{Rows: "tr", Row: Fields{Name: "td"}} },
		"base":    func(o *Options) { o.Base = "ftp://x" },
		"no rows": func(o *Options) { o.Layout, o.Base, o.Page = own, "http://x.example", &Layout{} },
		"no link": func(o *Options) {
			o.Layout, o.Base, o.Page = own, "http://x.example", &Layout{Rows: "tr", Row: Fields{Name: "td"}, Card: Fields{City: "td"}}
		},
		"form": func(o *Options) {
			o.Layout, o.Base, o.Page = own, "http://x.example", &Layout{Form: "xml", Rows: "tr", Row: Fields{Name: "td"}}
		},
		"parameter": func(o *Options) {
			o.Layout, o.Base, o.Page = own, "http://x.example", &Layout{Rows: "tr", Row: Fields{Name: "td"}, Paging: Paging{Kind: PagingQuery}}
		},
		"kind": func(o *Options) {
			o.Layout, o.Base, o.Page = own, "http://x.example", &Layout{Rows: "tr", Row: Fields{Name: "td"}, Paging: Paging{Kind: "x"}}
		},
		"list":  func(o *Options) { o.List = "list" },
		"query": func(o *Options) { o.List = "/list?x=1" },
		"fair":  func(o *Options) { o.Fair = "Выставка" },
		"title": func(o *Options) { o.Title = " " },
		"day":   func(o *Options) { o.Day = "2027-13-01" },
		"pages": func(o *Options) { o.Pages = 0 },
	} {
		o := options()
		change(&o)
		if _, err := New("fair", nil, o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func TestLinksLeadNowhereElse(t *testing.T) {
	s := &Source{base: &url.URL{Scheme: "https", Host: "fair.example"}}
	for link, want := range map[string]bool{
		"/e/1": true, "https://fair.example/e/1#x": true, "e/1": true, "": false, "https://other.example/e/1": false,
		"http://fair.example/e/1": false, "javascript:void(0)": false, "mailto:a@fair.example": false, "//other.example/": false, "https://u:p@fair.example/e/1": false,
	} {
		if _, ok := s.follow(link); ok != want {
			t.Errorf("%q: %t", link, ok)
		}
	}
}
