package website

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/company"
)

// TestUnnamedVisit: a memory without the addresses that may name somebody leads
// to all pages again, asks for no more than it must, and says the same.
func TestUnnamedVisit(t *testing.T) {
	site := pages{
		"/":                  menu("/kontakty|Контакты", "/rekvizity|Реквизиты", "/sotrudniki/vihrov|Руководство"),
		"/kontakty":          contactPage,
		"/rekvizity":         detailsPage,
		"/sotrudniki/vihrov": `<p>Отдел закупок: +7 (907) 123-00-77</p>` + menu("/filialy|Филиалы"),
		"/filialy":           `<p>Склад: +7 (907) 123-00-78</p>`,
	}
	e, w := at(t, map[string]http.Handler{"vega.example": site})
	c := firm(vega, "site=http://vega.example")
	first := ask(t, e, c, nil)
	m, err := unpack(first.Memory)
	if err != nil {
		t.Fatal(err)
	}
	m.Site = m.Site.unnamed()
	kept, err := m.pack()
	if err != nil {
		t.Fatal(err)
	}
	w.asked()
	second := ask(t, e, c, kept, later)
	asked := w.asked()
	fresh := ask(t, e, c, nil, later)
	if !reflect.DeepEqual(second.Observation, fresh.Observation) || !strings.Contains(says(second.Observation, company.FieldPhone), "+79071230077") {
		t.Errorf("with memory %+v, without %+v", second.Observation, fresh.Observation)
	}
	for path, again := range map[string]bool{"/": true, "/sotrudniki/vihrov": true, "/kontakty": false, "/rekvizity": false} {
		if read := slices.Contains(asked, "http://vega.example"+path); read != again {
			t.Errorf("%s: read again: %v; asked %q", path, read, asked)
		}
	}
}

// TestUnnamed: pages and links go by their addresses; what leads to them loses
// its validators and nothing else does.
func TestUnnamed(t *testing.T) {
	p := func(path, from string) pageMemory {
		return pageMemory{From: from, ETag: `"1"`, Modified: "x", Found: finding.Page{URL: "http://vega.example" + path}}
	}
	const home, zoya = "http://vega.example/", "http://vega.example/komanda/zoya"
	s := siteMemory{Home: home, Pages: []pageMemory{p("/", ""), p("/kontakty", home), p("/komanda", home), p("/komanda/zoya", home+"komanda"), p("/otdely", zoya), p("/filialy", home)}, Links: []linkMemory{
		{URL: home + "sklad", From: home}, {URL: home + "vihrov", From: home + "filialy"}, {URL: home + "ofisy", From: zoya},
	}}
	got := s.unnamed()
	var pages []string
	for _, p := range got.Pages {
		pages = append(pages, strings.TrimPrefix(p.Found.URL, "http://vega.example")+" "+p.ETag+p.Modified)
	}
	if want := []string{`/ "1"x`, `/kontakty "1"x`, `/komanda `, `/otdely "1"x`, `/filialy `}; !slices.Equal(pages, want) {
		t.Errorf("pages %q, want %q", pages, want)
	}
	if len(got.Links) != 1 || got.Links[0].URL != home+"sklad" {
		t.Errorf("links %+v", got.Links)
	}
	if got.Pages[3].From != "" || len(s.Pages) != 6 || s.Pages[4].From != zoya || s.Pages[2].ETag == "" {
		t.Errorf("from %q; the memory it was made of: %+v", got.Pages[3].From, s)
	}
	if again := got.unnamed(); !reflect.DeepEqual(again, got) {
		t.Errorf("once %+v, twice %+v", got, again)
	}
}
