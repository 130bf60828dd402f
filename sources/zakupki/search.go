package zakupki

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

const (
	feedPath = "/epz/order/extendedsearch/rss.html"
	listPath = "/epz/order/extendedsearch/results.html"

	perPage   = 50  // the most that a page shows
	pagesMost = 100 // the site shows no more of a search
)

// call asks for a question's notices of some days; unknown days bound nothing.
func (s *Source) call(path string, q question, from, to company.Date) service.Call {
	v := url.Values{
		"searchString": {q.word}, lawParameter(q.law): {"on"},
		"af": {"on"}, "ca": {"on"}, "pc": {"on"}, "pa": {"on"}, // every stage: an old tender tells who buys too
		"sortBy": {"PUBLISH_DATE"}, "sortDirection": {"false"}, "pageNumber": {"1"}, "recordsPerPage": {"_" + strconv.Itoa(perPage)},
	}
	if s.options.Morphology {
		v.Set("morphology", "on")
	}
	if from.Known() {
		v.Set("publishDateFrom", from.Russian())
		v.Set("publishDateTo", to.Russian())
	}
	var places []string
	for _, r := range plain(s.options.Regions) {
		places = append(places, placeOf(r))
	}
	if len(places) > 0 {
		v.Set("customerPlace", strings.Join(places, ","))
	}
	return service.Call{Path: path, Query: v, Accept: "application/rss+xml, text/xml, text/html"}
}

// feeds reads the feed of each question, a day at a time: it holds no more than 200.
func (p *pull) feeds() error {
	day, last, err := p.begin()
	if err != nil {
		return err
	}
	type step struct {
		question
		day company.Date
	}
	var steps []step
	var names []string
	for _, q := range p.source.questions() {
		for d := day - company.Date(p.source.options.DaysBack); d <= day; d++ {
			steps, names = append(steps, step{q, d}), append(names, q.String()+separator+d.String())
		}
	}
	from, err := after(names, last)
	if err != nil {
		return err
	}
	for i := from; i < len(steps); i++ {
		p.progress(names[i], i, len(steps))
		if err := p.ctx.Err(); err != nil {
			return err
		}
		rows, err := p.source.feed(p, steps[i].question, steps[i].day)
		if err != nil {
			return err
		}
		g := p.gather(names[i])
		g.list(rows)
		if len(rows) >= feedMost {
			g.gap(names[i], fmt.Sprintf("the feed is full: it holds %d at most, and there may be more of that day; take mode pages", feedMost), 0)
		}
		if err := p.emit(g.done(releaseOf(day), day.String()+separator+names[i])); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source) feed(p *pull, q question, d company.Date) ([]row, error) {
	a, err := s.service.Ask(p.ctx, s.call(feedPath, q, d, d))
	if err != nil {
		return nil, err
	}
	return parseFeed(a.Body)
}

// list takes the rows of a list.
func (g *gatherer) list(rows []row) {
	for i, r := range rows {
		g.row(r.purchase, g.unit, int64(i)+1, r.raw)
	}
}

// pages reads the pages of each question.
func (p *pull) pages() error {
	day, last, err := p.begin()
	if err != nil {
		return err
	}
	questions := p.source.questions()
	first, page := 0, 1
	if last != "" {
		name, done, of, err := cutPage(last)
		if err != nil {
			return err
		}
		var names []string
		for _, q := range questions {
			names = append(names, q.String())
		}
		if first, err = after(names, name); err != nil {
			return err
		}
		if done < of {
			first, page = first-1, done+1
		}
	}
	for i := first; i < len(questions); i++ {
		for of := page; page <= of; page++ {
			p.progress(questions[i].String(), i, len(questions))
			if err := p.ctx.Err(); err != nil {
				return err
			}
			if of, err = p.page(day, questions[i], page); err != nil {
				return err
			}
		}
		page = 1
	}
	return nil
}

// page reads one page and tells how many there are.
func (p *pull) page(day company.Date, q question, page int) (of int, err error) {
	c := p.source.call(listPath, q, day-company.Date(p.source.options.DaysBack), day)
	c.Query.Set("pageNumber", strconv.Itoa(page))
	a, err := p.source.service.Ask(p.ctx, c)
	if err != nil {
		return 0, err
	}
	r, err := parsePage(a.Body)
	if err != nil {
		return 0, fmt.Errorf("page %d of %s: %w", page, q, err)
	}
	g := p.gather(fmt.Sprintf("%s%s%d", q, separator, page))
	g.list(r.rows)
	of = r.pages(page)
	if missing := r.expected(page) - int64(len(r.rows)); missing > 0 {
		g.gap(g.unit, "the page shows fewer entries than its total says", missing)
	}
	if of == pagesMost && r.total > pagesMost*perPage && page == of {
		g.gap(g.unit, fmt.Sprintf("the site shows %d of %d: take fewer days or regions", pagesMost*perPage, r.total), r.total-pagesMost*perPage)
	}
	cursor := strings.Join([]string{day.String(), q.String(), strconv.Itoa(page), strconv.Itoa(of)}, separator)
	return of, p.emit(g.done(releaseOf(day), cursor))
}

// pages is how many there are, as far as this one tells: where the total is not
// counted out, a full page has another behind it.
func (r *results) pages(page int) int {
	if r.total < 0 || r.atLeast {
		if len(r.rows) < perPage {
			return page
		}
		return min(page+1, pagesMost)
	}
	return max(page, min(pagesMost, int((r.total+perPage-1)/perPage)))
}

// expected is how many entries a page must show.
func (r *results) expected(page int) int64 {
	if r.total < 0 || r.atLeast {
		return 0
	}
	return max(0, min(perPage, r.total-int64(page-1)*perPage))
}
