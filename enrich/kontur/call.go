package kontur

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
)

// records asks for all and gives each ИНН its own. Where a record is of nobody who was
// asked for, those without one are asked for alone, and what comes then stands under
// their ИНН, so that it can be told for false.
func (e *Enricher) records(ctx context.Context, method string, asked []*open) (map[company.INN][]record, error) {
	found := map[company.INN][]record{}
	if len(asked) == 0 {
		return found, nil
	}
	inns := make([]company.INN, len(asked))
	for i, p := range asked {
		inns[i] = p.inn()
	}
	all, err := e.call(ctx, method, inns, false)
	if err != nil {
		return nil, err
	}
	strays := false
	for _, r := range all {
		if inn := company.INN(r.INN); slices.Contains(inns, inn) {
			found[inn] = append(found[inn], r)
		} else {
			strays = true
		}
	}
	if !strays {
		return found, nil
	}
	for _, inn := range inns {
		if found[inn] != nil {
			continue
		}
		if len(inns) > 1 {
			if all, err = e.call(ctx, method, []company.INN{inn}, false); err != nil {
				return nil, err
			}
		}
		found[inn] = all
	}
	return found, nil
}

// call makes one request. Nothing found is no error.
func (e *Enricher) call(ctx context.Context, method string, inns []company.INN, once bool) ([]record, error) {
	list := make([]string, len(inns))
	for i, inn := range inns {
		list[i] = string(inn)
	}
	a, err := e.service.Ask(ctx, service.Call{Path: "/" + method, Query: url.Values{"inn": {strings.Join(list, ",")}}, Once: once})
	if errors.Is(err, pipeline.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parse(a.Body)
}

// living is the record that is not dissolved; of several that of the ОГРН that is known,
// else the first.
func living(all []record, c *company.Company) *record {
	var best *record
	rank := func(r *record) (n int) {
		if !r.firm().dissolved() {
			n += 2
		}
		if r.OGRN == c.Get(company.FieldOGRN) {
			n++
		}
		return n
	}
	for i := range all {
		if r := &all[i]; best == nil || rank(r) > rank(best) {
			best = r
		}
	}
	return best
}

// said is by what a record names its subject.
func said(r *record) witness.Said {
	s := witness.Said{INNs: []string{r.INN}, Name: r.firm().name()}
	if r.OGRN != "" {
		s.OGRNs = []string{r.OGRN}
	}
	return s
}

// passing tells failures that concern one request and may be over tomorrow.
func passing(err error) bool {
	return errors.Is(err, service.ErrBroken) || errors.Is(err, service.ErrAsk)
}
