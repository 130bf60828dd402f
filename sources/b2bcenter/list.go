package b2bcenter

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// notice is one row of the list, as it is printed.
type notice struct {
	number    string
	kind      string // «Запрос предложений», «Объявление о продаже»
	subject   string
	category  string
	page      string // path of its page
	organiser string
	firm      string // path of the organiser's page
	published string // «17.08.2025 17:18», Moscow time
	deadline  string
	raw       string
}

// list is one page of the market.
type list struct {
	title string // of the page, for a message
	rows  []notice
}

// parsePage reads a page. It is ErrEmpty where the market shows no notice, ErrLayout
// where it is another page.
func parsePage(body []byte) (list, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return list{}, fmt.Errorf("%w: %w", service.ErrLayout, err)
	}
	doc.Find("br").ReplaceWithNodes(&html.Node{Type: html.TextNode, Data: "\n"})
	out := list{title: line(doc.Find("title").First().Text())}
	table := doc.Find("table.search-results").First()
	if table.Length() == 0 {
		if doc.Find(`#search-result, [name="f_keyword"], .search-results`).Length() > 0 {
			return out, ErrEmpty
		}
		return out, service.ErrLayout
	}
	at := columnsOf(table)
	table.Find("tr").Each(func(_ int, tr *goquery.Selection) {
		if cells := tr.ChildrenFiltered("td"); cells.Length() > 1 {
			out.rows = append(out.rows, at.read(cells))
		}
	})
	if len(out.rows) == 0 {
		return out, ErrEmpty
	}
	if !slices.ContainsFunc(out.rows, func(n notice) bool { return n.number != "" && n.organiser != "" }) {
		return out, fmt.Errorf("%w: rows without numbers or organisers", service.ErrLayout)
	}
	return out, nil
}

// columns are the places of the cells in a row; below 0 = no header tells.
type columns struct{ title, organiser, published, deadline int }

// columnsOf finds columns by the beginnings of words in their headers.
func columnsOf(table *goquery.Selection) columns {
	at := columns{-1, -1, -1, -1}
	table.Find("tr").First().ChildrenFiltered("th, td").Each(func(i int, cell *goquery.Selection) {
		text := strings.ToLower(line(cell.Text()))
		for _, c := range []struct {
			at    *int
			words []string
		}{
			{&at.deadline, []string{"актуально до", "окончани", "срок", "приём заявок", "прием заявок"}},
			{&at.published, []string{"опубликован", "публикаци", "размещен", "размещён"}},
			{&at.organiser, []string{"организатор", "заказчик", "компания"}},
			{&at.title, []string{"торгов", "процедур", "название", "наименование", "предмет", "закупк"}},
		} {
			if *c.at < 0 && slices.ContainsFunc(c.words, func(w string) bool { return strings.Contains(text, w) }) {
				*c.at = i
				return
			}
		}
	})
	return at
}

var moment = regexp.MustCompile(`\d{2}\.\d{2}\.\d{4}(?:\s+\d{2}:\d{2})?`)

// read takes a row apart: by the columns of the headers, else by what stands in cells.
func (at columns) read(cells *goquery.Selection) notice {
	n := notice{raw: line(cells.Text())}
	title := cells.Find("a.search-results-title").First()
	cell := title.ParentsFiltered("td").First()
	if title.Length() == 0 && at.title >= 0 {
		cell = cells.Eq(at.title)
		title = cell.Find("a[href]").First()
	}
	n.page = pathOf(title)
	n.number = numberIn(n.page)
	n.titled(title, cell)
	firm := cells.Find(`a[href*="/firms/"]`).First()
	n.firm, n.organiser = pathOf(firm), line(firm.Text())
	if n.organiser == "" && at.organiser >= 0 {
		n.organiser = line(cells.Eq(at.organiser).Text())
	}
	var moments []string
	cells.Each(func(_ int, c *goquery.Selection) {
		if m := moment.FindString(line(c.Text())); m != "" && (cell.Length() == 0 || c.Get(0) != cell.Get(0)) {
			moments = append(moments, m)
		}
	})
	n.published, n.deadline = at.moment(cells, at.published, moments, 0), at.moment(cells, at.deadline, moments, 1)
	return n
}

// moment is that of a column, else the one of that place among those of the row.
func (at columns) moment(cells *goquery.Selection, column int, moments []string, place int) string {
	if column >= 0 && column < cells.Length() {
		return moment.FindString(line(cells.Eq(column).Text()))
	}
	if at.published < 0 && at.deadline < 0 && place < len(moments) {
		return moments[place]
	}
	return ""
}

// titled parts «Запрос цен № 4140452Торги на …», where the description may stand apart.
func (n *notice) titled(title, cell *goquery.Selection) {
	desc := title.Find(".search-results-title-desc").First()
	n.subject = subjectOf(desc.Text())
	n.category = line(cell.Find("small").First().Text())
	head := title.Clone()
	head.Find(".search-results-title-desc").Remove()
	kind, rest, found := strings.Cut(head.Text(), "№")
	if !found {
		rest, kind = kind, cell.Find(".search-results-title-type").First().Text()
	}
	n.kind = line(kind)
	if n.kind == "" {
		n.kind = line(cell.Find(".search-results-title-type").First().Text())
	}
	if n.subject == "" {
		n.subject = subjectOf(strings.TrimPrefix(strings.TrimSpace(rest), n.number))
	}
}

// subjectOf joins the lines of a description, without those that others begin with or
// hold.
func subjectOf(text string) string {
	var parts []string
	for part := range strings.SplitSeq(text, "\n") {
		part = line(part)
		low := strings.ToLower(part)
		if part == "" || slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(strings.ToLower(p), low) }) {
			continue
		}
		parts = append(parts, part)
	}
	return members.Line(strings.Join(parts, " — "))
}

var tenderNumber = regexp.MustCompile(`/tender-(\d{3,15})(?:/|$)`)

func numberIn(path string) string {
	if m := tenderNumber.FindStringSubmatch(path); m != nil {
		return m[1]
	}
	return ""
}

// pathOf is where a link leads on the site: without host, query and what follows "#".
func pathOf(a *goquery.Selection) string {
	href, _ := a.Attr("href")
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Opaque != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") {
		return ""
	}
	if h := u.Hostname(); h != "" && h != "b2b-center.ru" && !strings.HasSuffix(h, ".b2b-center.ru") {
		return ""
	}
	return u.EscapedPath()
}
