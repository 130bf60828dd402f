package night

import (
	"context"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/score"
)

// woken tells whether the row of a company that rests after a refusal shows a tender
// that is open on the day, and a notice since then. They need not be of one tender:
// wakes looks closer.
func (c *calls) woken(row *score.Row) bool {
	refused, may := c.refused[row.INN()]
	return may && row.Tender >= c.day && row.Notice > refused
}

// wakes tells whether a company rests after a refusal and a tender breaks its rest.
func (p *presenter) wakes(ctx context.Context, inn company.INN) (bool, error) {
	refused, may := p.calls.refused[inn]
	if !may {
		return false, nil
	}
	d, err := p.Dossier(ctx, inn)
	if err != nil {
		return false, fmt.Errorf("read the dossier of %s: %w", inn, err)
	}
	firm := p.company(d)
	return calllist.TenderSince(&firm, refused, p.day), nil
}

// wake gives a company that a tender wakes its turn.
func (p *presenter) wake(c *calllist.Candidate) {
	c.Turn.Band, c.Turn.Due, c.Row.State = funnel.BandRest, p.day, pipeline.RowAgain
}
