package exhibitors

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"obzvon/pipeline/fetch/service"
)

// firm is an exhibitor as it is printed.
type firm struct {
	name, link, country, city, address, hall, stand string

	rubrics, phones, emails, sites []string

	doubt string // why what stands here is not to be believed
}

// things takes an answer apart by the layout's form.
func (l *Layout) things(body []byte, rows string) ([]thing, error) {
	if l.Form == FormJSON {
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			return nil, fmt.Errorf("%w: no JSON: %s", service.ErrLayout, line(err.Error()))
		}
		return objects(v, rows), nil
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", service.ErrLayout, err)
	}
	doc.Find("br").ReplaceWithNodes(&html.Node{Type: html.TextNode, Data: "; "})
	if rows == "" {
		return []thing{element{Selection: doc.Selection}}, nil
	}
	var out []thing
	headers := map[*html.Node][]string{}
	doc.Find(rows).Each(func(_ int, s *goquery.Selection) {
		e := element{Selection: s}
		if table := s.Closest("table"); table.Length() > 0 {
			node := table.Get(0)
			if _, ok := headers[node]; !ok {
				headers[node] = headersOf(table)
			}
			e.headers = headers[node]
		}
		if s.Is("tr") && s.ChildrenFiltered("td").Length() == 0 {
			return // headers
		}
		out = append(out, e)
	})
	return out, nil
}

func objects(v any, rows string) []thing {
	if rows == "" {
		return []thing{object{v}}
	}
	array, _ := at(v, strings.TrimPrefix(rows, ".")).([]any)
	var out []thing
	for _, e := range array {
		out = append(out, object{e})
	}
	return out
}

func headersOf(table *goquery.Selection) []string {
	var out []string
	table.Find("tr").First().ChildrenFiltered("th, td").Each(func(_ int, c *goquery.Selection) {
		out = append(out, strings.ToLower(line(c.Text())))
	})
	return out
}

// read picks the fields of a row or a card into a firm, over what is there.
func (f *firm) read(t thing, at *Fields) {
	for _, p := range []struct {
		to   *string
		from string
	}{
		{&f.name, at.Name},
		{&f.link, at.Link},
		{&f.country, at.Country},
		{&f.city, at.City},
		{&f.address, at.Address},
		{&f.hall, at.Hall},
		{&f.stand, at.Stand},
	} {
		if texts := pickOf(t, p.from); len(texts) > 0 {
			*p.to = texts[0]
		}
	}
	for _, p := range []struct {
		to   *[]string
		from string
	}{{&f.rubrics, at.Rubrics}, {&f.phones, at.Phone}, {&f.emails, at.Email}, {&f.sites, at.Site}} {
		if texts := pickOf(t, p.from); len(texts) > 0 {
			*p.to = texts
		}
	}
}

func pickOf(t thing, field string) []string {
	if field == "" {
		return nil
	}
	return t.pick(field)
}

// says tells whether a card gave anything.
func (f *firm) says() bool {
	return f.country+f.city+f.address+f.hall+f.stand != "" || len(f.rubrics)+len(f.phones)+len(f.emails)+len(f.sites) > 0
}

// parseList reads a page of the list.
func (l *Layout) parseList(body []byte) ([]firm, error) {
	rows, err := l.things(body, l.Rows)
	if err != nil {
		return nil, err
	}
	out := make([]firm, len(rows))
	for i, t := range rows {
		out[i].read(t, &l.Row)
	}
	return out, nil
}

// parseCard reads a card.
func (l *Layout) parseCard(body []byte) (firm, error) {
	things, err := l.things(body, "")
	if err != nil {
		return firm{}, err
	}
	var f firm
	f.read(things[0], &l.Card)
	return f, nil
}

// told names a page of the list by whom it shows.
func told(firms []firm) string {
	h := sha256.New()
	for i := range firms {
		fmt.Fprintf(h, "%q %q\n", firms[i].name, firms[i].link)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}
