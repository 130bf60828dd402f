package checko

import (
	"context"
	"errors"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
	"obzvon/sources/checko/api"
)

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
