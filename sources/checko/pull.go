package checko

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/sources/checko/api"
)

// pull is one reading.
type pull struct {
	source *Source
	req    pipeline.Request
	rows   int64
}

// page reads one page and gives its batch, whose unit is "" if there is none, and what
// is next. With an error nothing is next.
func (p *pull) page(ctx context.Context, at place) (pipeline.Batch, place, error) {
	if err := context.Cause(ctx); err != nil {
		return pipeline.Batch{}, at, err
	}
	q := p.source.questions[at.question]
	q.Page = at.page
	unit := unitOf(q)
	p.progress(unit, at)
	found, err := p.source.client.Search(ctx, q, false)
	if err != nil {
		return p.missed(unit, at, err)
	}
	at.pages = pagesOf(found, q)
	b, err := p.batch(ctx, found, q, unit)
	b.Cursor = at.cursor(p.source.questions)
	p.rows += b.Counts.Read
	return b, at.next(), err
}

// missed is a page that could not be had. A question that the vendor does not understand
// is a gap, and the next one is asked; anything else ends the pull, which goes on at this
// page another night.
func (p *pull) missed(unit string, at place, err error) (pipeline.Batch, place, error) {
	if !errors.Is(err, service.ErrAsk) && !errors.Is(err, pipeline.ErrNotFound) {
		return pipeline.Batch{}, at, err
	}
	at.pages = max(at.pages, at.page)
	b := pipeline.Batch{Unit: unit, Release: p.release(), Cursor: at.cursor(p.source.questions)}
	if !errors.Is(err, pipeline.ErrNotFound) {
		b.Gaps = []pipeline.Gap{{Unit: unit, Detail: err.Error()}}
	}
	return b, at.next(), nil
}

// batch turns the rows into observations, and asks for some cards. Where the calls end
// amid them the rest come as they are, and the error after them.
func (p *pull) batch(ctx context.Context, found *api.Page, q api.Query, unit string) (pipeline.Batch, error) {
	b := pipeline.Batch{Unit: unit, Release: p.release()}
	b.Counts.Read = int64(len(found.Rows))
	b.Counts.Declared = max(b.Counts.Read, declared(found, q))
	if b.Counts.Unread = b.Counts.Declared - b.Counts.Read; b.Counts.Unread > 0 {
		b.Gaps = append(b.Gaps, pipeline.Gap{Unit: unit, Detail: "the page has fewer rows than it declares", Unread: b.Counts.Unread})
	}
	seen := map[company.INN]bool{}
	cards := p.source.options.Cards
	var ended error
	for i, raw := range found.Rows {
		row, err := found.Row(i)
		if err != nil {
			reject(&b, i, pipeline.ReasonFormat, err, raw)
			continue
		}
		inn, err := company.ParseINN(string(row.INN))
		switch {
		case err != nil:
			reject(&b, i, pipeline.ReasonINN, err, raw)
			continue
		case seen[inn]:
			reject(&b, i, pipeline.ReasonConflict, fmt.Errorf("the ИНН %s twice on a page", inn), raw)
			continue
		}
		seen[inn] = true
		o := p.observe(inn, row, q, fmt.Sprintf("%s, row %d", unit, i+1))
		if cards > 0 && ended == nil {
			cards--
			ended = p.card(ctx, &o)
		}
		b.Observations = append(b.Observations, o)
		b.Counts.Taken++
	}
	return b, ended
}

func (p *pull) release() pipeline.Release {
	day := company.DateOf(p.req.Now)
	return pipeline.Release{ID: day.String(), Date: day}
}

func (p *pull) progress(unit string, at place) {
	if p.req.Progress != nil {
		p.req.Progress(pipeline.Progress{Unit: unit, Done: int64(at.question), Total: int64(len(p.source.questions)), Rows: p.rows})
	}
}

func unitOf(q api.Query) string {
	where := q.Region
	if where == "" {
		where = "all regions"
	}
	return fmt.Sprintf("%s, %s, %s, page %d", q.Code, where, q.Object, q.Page)
}

// pagesOf is how many pages a question has: as is said, else as follows from the number
// of rows.
func pagesOf(found *api.Page, q api.Query) int {
	pages := found.Pages
	if pages == 0 {
		pages = int((found.Total + int64(q.Limit) - 1) / int64(q.Limit))
	}
	if len(found.Rows) == 0 { // nothing comes behind an empty page
		pages = q.Page
	}
	return max(pages, q.Page)
}

// declared is how many rows the page should have; 0 where the site pages otherwise than
// it was asked to.
func declared(found *api.Page, q api.Query) int64 {
	limit := int64(q.Limit)
	if found.Pages != int((found.Total+limit-1)/limit) {
		return 0
	}
	return max(min(limit, found.Total-int64(q.Page-1)*limit), 0)
}
