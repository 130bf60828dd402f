package risk

import (
	"context"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// wellKnown is a company of which there is never a case nor a record: Сбербанк.
const wellKnown company.INN = "7707083893"

// Probe implements pipeline.Prober: one call of the first part that is switched on.
func (e *Enricher) Probe(ctx context.Context) (string, error) {
	p := e.options.Parts()[0]
	c := bankruptcyCall(wellKnown)
	switch p {
	case PartUnfair:
		c = unfairCall(wellKnown)
	case PartFlags:
		c = searchForm(wellKnown, true)
	case PartBankruptcy:
	}
	c.Once = true
	a, err := e.services[p].Ask(ctx, c)
	if err != nil {
		return "", fmt.Errorf("%s: %w", p, err)
	}
	switch p {
	case PartUnfair:
		entries, err := parseEntries(a.Body)
		return fmt.Sprintf("the list of unfair suppliers answers: %d records for ИНН %s", len(entries), wellKnown), err
	case PartFlags:
		_, err := parseReply(a.Body)
		return fmt.Sprintf("pb.nalog.ru takes a search of ИНН %s and asks for no picture", wellKnown), err
	default:
		b, err := parseBankrupts(a.Body)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("the registry of bankruptcies answers: %d rows for ИНН %s", len(*b.Rows), wellKnown), nil
	}
}

var _ pipeline.Prober = (*Enricher)(nil)
