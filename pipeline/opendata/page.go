package opendata

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"obzvon/pipeline/company"
)

// Newest finds the newest release of a set on its page, in its meta.csv, or in
// the list of a mirror's folder; base is the address of the page. The passport
// names it in item 8 and as dc:source (Методические рекомендации 3.0 and the
// RDFa of nalog.gov.ru); what it lists as earlier releases is never taken.
//
// The release's address is on the host of the page or one of ФНС. Its date is
// that of its name, read as the page's own date where it can be read so; one
// after until counts as not told (0 = any may be). ErrNoRelease is the answer
// to everything else.
func Newest(page []byte, base *url.URL, until company.Date) (Release, error) {
	text := bytes.TrimPrefix(page, []byte("\xef\xbb\xbf"))
	if comma, ok := metaComma(text); ok {
		return newestOfMeta(text, comma, base, until)
	}
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return Release{}, fmt.Errorf("%w: read the page: %w", ErrNoRelease, err)
	}
	p := passport{base: base, until: until}
	p.read(doc)
	return p.newest()
}

// passport is what a page says of releases.
type passport struct {
	base     *url.URL
	until    company.Date
	is       bool // it is a passport, not any page
	changed  company.Date
	item     []string // links of item 8
	source   []string // dc:source
	links    []string // all links
	pageName string
}

func (p *passport) read(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Tr:
			p.row(n)
		case atom.A:
			p.links = append(p.links, attr(n, "href"))
		case atom.Title:
			p.pageName = textOf(n)
		}
		for _, property := range strings.Fields(attr(n, "property")) {
			p.is = p.is || strings.HasPrefix(property, "dc:")
			if property == "dc:source" {
				p.source = append(p.source, attr(n, "content"))
			}
		}
	}
}

// row reads a row of the passport's table: number, name, value.
func (p *passport) row(tr *html.Node) {
	var cells []*html.Node
	for c := range tr.ChildNodes() {
		if c.DataAtom == atom.Td {
			cells = append(cells, c)
		}
	}
	if len(cells) != 3 {
		return
	}
	switch label := textOf(cells[1]); {
	case strings.HasPrefix(label, "Гиперссылка (URL) на набор"):
		p.is = true
		for n := range cells[2].Descendants() {
			if n.DataAtom == atom.A {
				p.item = append(p.item, attr(n, "href"))
			}
		}
		p.item = append(p.item, strings.Fields(textOf(cells[2]))...)
	case strings.HasPrefix(label, "Идентификационный номер"), strings.HasPrefix(label, "Гиперссылки (URL) на предыдущие релизы"):
		p.is = true
	case strings.HasPrefix(label, "Дата последнего внесения изменений"):
		p.changed = dateIn(textOf(cells[2]))
	}
}

func (p *passport) newest() (Release, error) {
	for _, refs := range [][]string{p.item, p.source} {
		for _, ref := range refs {
			if r, ok := releaseAt(ref, p.base, p.changed); ok {
				return r.believed(p.until), nil
			}
		}
	}
	if p.is {
		return Release{}, fmt.Errorf("%w in item 8 of the passport, or it leads to another host than those of ФНС", ErrNoRelease)
	}
	var listed []Release
	for _, ref := range p.links {
		if r, ok := releaseAt(ref, p.base, 0); ok {
			listed = append(listed, r.believed(p.until))
		}
	}
	r, err := newestOf(listed)
	if err != nil && p.pageName != "" {
		err = fmt.Errorf("%w on the page %q", err, short(p.pageName))
	}
	return r, err
}

// metaComma tells a meta.csv by its first row, "property,value", and what
// stands between its values.
func metaComma(text []byte) (comma rune, ok bool) {
	const first = "property"
	head := bytes.TrimLeft(text[:min(len(text), 64)], " \t\r\n\"")
	if len(head) < len(first)+3 || !strings.EqualFold(string(head[:len(first)]), first) {
		return 0, false
	}
	switch rest := bytes.TrimLeft(head[len(first):], "\" "); {
	case len(rest) == 0:
		return 0, false
	default:
		return rune(rest[0]), bytes.IndexByte([]byte(",;\t"), rest[0]) >= 0
	}
}

// newestOfMeta reads rows of property and value. Those named data-… are
// releases, in no order.
func newestOfMeta(text []byte, comma rune, base *url.URL, until company.Date) (Release, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	var refs []string
	var changed company.Date
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Release{}, fmt.Errorf("%w: read meta.csv: %w", ErrNoRelease, err)
		}
		if len(row) < 2 {
			continue
		}
		switch property := strings.ToLower(strings.TrimSpace(row[0])); {
		case property == "modified":
			changed = dateIn(row[1])
		case strings.HasPrefix(property, "data-"):
			refs = append(refs, row[1])
		}
	}
	var all []Release
	for _, ref := range refs {
		if rel, ok := releaseAt(ref, base, changed); ok {
			all = append(all, rel.believed(until))
		}
	}
	newest, err := newestOf(all)
	if err != nil {
		return Release{}, fmt.Errorf("%w in meta.csv", err)
	}
	return newest, nil
}
