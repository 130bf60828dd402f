package zakupki

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// Classes of the site's list, of July and August 2026.
const (
	classEntry = "search-registry-entry-block"
	classTotal = "search-results__total"
)

// nothingFound are words of a page that has no results. They were not seen.
var nothingFound = [][]byte{[]byte("Поиск не дал результатов"), []byte("Ничего не найдено"), []byte("ничего не найдено")}

// resultsPage tells a page of results, an empty one too.
func resultsPage(body []byte) bool {
	return bytes.Contains(body, []byte(classEntry)) || bytes.Contains(body, []byte(classTotal)) || emptyPage(body)
}

func emptyPage(body []byte) bool {
	for _, words := range nothingFound {
		if bytes.Contains(body, words) {
			return true
		}
	}
	return false
}

// results is a page of results.
type results struct {
	total   int64 // of the whole search; -1 = the page does not say
	atLeast bool  // «более 1 000»: the total is not counted out
	rows    []row
}

// everything is a total that no search for one word within some days comes to.
const everything = 1_000_000

// parsePage reads a page of results. Errors are ErrIgnored and ErrLayout.
func parsePage(body []byte) (results, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return results{}, fmt.Errorf("%w: %w", service.ErrLayout, err)
	}
	r := results{total: -1}
	if text := doc.Find("." + classTotal).First().Text(); text != "" {
		r.total, r.atLeast = totalOf(text)
	} else if emptyPage(body) {
		r.total = 0
	}
	if r.total >= everything {
		return results{}, fmt.Errorf("%w: it has found %d", ErrIgnored, r.total)
	}
	doc.Find("." + classEntry).Each(func(_ int, s *goquery.Selection) {
		r.rows = append(r.rows, row{entry(s), members.Line(s.Text())})
	})
	if len(r.rows) == 0 && r.total != 0 {
		return results{}, fmt.Errorf("%w: results without entries", service.ErrLayout)
	}
	return r, nil
}

// totalOf reads «более 27 000 000 записей».
func totalOf(text string) (total int64, atLeast bool) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	if digits == "" {
		return -1, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return everything, true
	}
	return n, strings.Contains(strings.ToLower(text), "более")
}

// entry reads one block of the list.
func entry(s *goquery.Selection) *purchase {
	link := s.Find(".registry-entry__header-mid__number a").First()
	href, _ := link.Attr("href")
	p := &purchase{
		number: numberIn(href, link.Text()), page: pageOf(href),
		roubles: roublesIn(s.Find(".price-block__value").First().Text()),
	}
	var c customer
	s.Find(".registry-entry__body-title").Each(func(_ int, title *goquery.Selection) {
		value := members.Line(title.NextFiltered(".registry-entry__body-value, .registry-entry__body-href").Text())
		switch label := strings.ToLower(members.Line(title.Text())); {
		case strings.HasPrefix(label, "объект закупки"), strings.HasPrefix(label, "наименование закупки"), strings.HasPrefix(label, "наименование объекта"):
			p.subject = subjectOf(value)
		case strings.HasPrefix(label, "заказчик"):
			c.full = value
		}
	})
	s.Find(".data-block__title").Each(func(_ int, title *goquery.Selection) {
		day := dayOf(title.NextFiltered(".data-block__value").Text())
		switch label := strings.ToLower(members.Line(title.Text())); {
		case strings.HasPrefix(label, "размещено"):
			p.day = day
		case strings.HasPrefix(label, "обновлено"):
			p.updated = day
		case strings.HasPrefix(label, "окончание подачи"):
			p.deadline = day
		}
	})
	s.Find("a[onclick]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		script, _ := a.Attr("onclick")
		if strings.HasPrefix(script, "openPlanGraphSearchUrl(") {
			code, ok := findIKZ(script)
			c.code = code
			return !ok
		}
		return true
	})
	p.customers = []customer{c}
	return p
}

// roublesIn is a price with its sign; in another currency it is none.
func roublesIn(text string) int64 {
	if text = members.Line(text); strings.HasSuffix(text, "₽") || strings.Trim(text, "0123456789.,\u00a0 ") == "" {
		return roublesOf(text)
	}
	return 0
}

// titleOf is the title of a page, for a message.
func titleOf(body []byte) string {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return ""
	}
	title := members.Line(doc.Find("title").First().Text())
	if title == "" {
		title = members.Line(doc.Find("h1").First().Text())
	}
	return title
}
