package checko

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
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

// missed is a page that could not be had. What concerns this question alone is a gap;
// anything else ends the pull.
func (p *pull) missed(unit string, at place, err error) (pipeline.Batch, place, error) {
	if !errors.Is(err, service.ErrAsk) && !errors.Is(err, service.ErrBroken) && !errors.Is(err, pipeline.ErrNotFound) {
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

func (p *pull) observe(inn company.INN, row *api.Card, q api.Query, origin string) company.Observation {
	o := company.Observation{Source: p.source.name, Key: string(inn), INN: inn, Date: company.DateOf(p.req.Now), Origin: origin}
	row.Observe(&o, p.req.Persons)
	if o.First(company.FieldOKVEDMain) == "" && !q.All {
		// The search looks at the main code, and rows only give its name.
		o.Facts = append(o.Facts, company.Fact{Field: company.FieldOKVEDMain, Value: q.Code, Note: noteOf(row, q)})
	}
	if o.First(company.FieldRegion) == "" {
		o.Add(company.FieldRegion, q.Region)
	}
	api.Mark(&o)
	return o
}

// noteOf says that a code is only known to the precision of the question.
func noteOf(row *api.Card, q api.Query) string {
	if name, ok := company.OKVED(q.Code).Name(); ok && strings.EqualFold(name, row.Activity.Name) {
		return ""
	}
	return "по поиску; может быть код ниже"
}

// card puts what the company's own card says in the place of what the row said. An
// error is one that ends the pull.
func (p *pull) card(ctx context.Context, o *company.Observation) error {
	card, _, err := p.source.client.Card(ctx, o.INN, false)
	switch {
	case service.Final(err), errors.Is(err, service.ErrLayout):
		return err
	case err != nil:
		return nil // the row stands as it is
	}
	asked := company.Derive(o.INN, []company.Observation{*o}, nil)
	if witness.Check(&asked, witness.Said{INNs: []string{string(card.INN)}, OGRNs: numbers(card), Name: card.Name()}) != nil {
		return nil // about somebody else
	}
	full := company.Observation{Source: o.Source, Key: o.Key, INN: o.INN, Date: o.Date, Origin: o.Origin}
	card.Observe(&full, p.req.Persons)
	for _, f := range o.Facts { // what the row alone says
		if full.First(f.Field) == "" {
			full.Facts = append(full.Facts, f)
		}
	}
	api.Mark(&full)
	*o = full
	return nil
}

func numbers(c *api.Card) []string {
	if c.Number() == "" {
		return nil
	}
	return []string{c.Number()}
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

func reject(b *pipeline.Batch, i int, reason pipeline.Reason, err error, raw []byte) {
	b.Counts.Quarantined++
	b.Rejects = append(b.Rejects, pipeline.Reject{Unit: b.Unit, Row: int64(i + 1), Reason: reason, Detail: err.Error(), Raw: cut(raw)})
}

// cut keeps as much of a row as is kept, in whole letters.
func cut(raw []byte) string {
	s := string(raw)
	if len(s) > pipeline.RawLimit {
		s = s[:pipeline.RawLimit]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}
