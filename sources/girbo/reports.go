package girbo

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// listed is a report in the list of a company's.
type listed struct {
	report

	Company struct {
		FullName text `json:"fullName"`
		INN      text `json:"inn"`
		KPP      text `json:"kpp"`
	} `json:"organizationInfo"`
	Corrections []struct {
		Correction struct {
			Result result `json:"financialResult"`
		} `json:"correction"`
	} `json:"typeCorrections"`
}

// result are lines of a report of financial results, thousands of roubles, of its year
// and of the one before.
type result struct {
	Revenue       *float64 `json:"current2110"`
	RevenueBefore *float64 `json:"previous2110"`
	Profit        *float64 `json:"current2400"`
	ProfitBefore  *float64 `json:"previous2400"`
}

// details is a report with its lines.
type details struct {
	Company struct {
		INN text `json:"inn"`
	} `json:"bfoOrganizationInfo"`
	Result result `json:"financialResult"`
}

// reports adds what the reports of the companies of a batch say. A company of which they
// cannot be had stands as its row has it, and a gap says so. When the budget ends amid
// them the page is still done, or a page that takes more than a day's calls would be
// asked for ever; any other error that ends the pull ends it before the batch.
func (p *pull) reports(ctx context.Context, b *pipeline.Batch) error {
	if p.source.options.Reports == ReportsNone {
		return nil
	}
	for i := range b.Observations {
		o := &b.Observations[i]
		err := p.addReports(ctx, o)
		if service.Final(err) && !errors.Is(err, service.ErrBudget) {
			return fmt.Errorf("reports of company %s: %w", o.INN, err)
		}
		if err != nil && !errors.Is(err, pipeline.ErrNotFound) {
			b.Gaps = append(b.Gaps, pipeline.Gap{Unit: b.Unit, Detail: fmt.Sprintf("reports of company %s: %v", o.INN, err)})
		}
		if errors.Is(err, service.ErrBudget) {
			return nil
		}
	}
	return nil
}

func (p *pull) addReports(ctx context.Context, o *company.Observation) error {
	var list []listed
	if err := p.source.askList(ctx, "/nbo/organizations/"+url.PathEscape(o.Key)+"/bfo/", &list); err != nil {
		return err
	}
	years, last := figures{}, (*listed)(nil)
	for i := range list {
		r := &list[i]
		year, ok := r.Period.year()
		if !ok || r.Company.INN != "" && r.Company.INN.line() != string(o.INN) {
			continue
		}
		given := members.DateOf(r.Given.line())
		years.add(company.FieldRevenue, year, r.Revenue, given)
		for _, c := range r.Corrections[:min(1, len(r.Corrections))] {
			years.result(year, &c.Correction.Result, given)
		}
		if last == nil || r.Period > last.Period {
			last = r
		}
	}
	if last == nil {
		return nil
	}
	err := p.addLines(ctx, o, last, years)
	last.names(o)
	years.into(o)
	return err
}

// addLines reads the lines of the last report.
func (p *pull) addLines(ctx context.Context, o *company.Observation, last *listed, years figures) error {
	if p.source.options.Reports != ReportsDetails || last.ID == "" {
		return nil
	}
	var all []details
	if err := p.source.askList(ctx, "/nbo/bfo/"+url.PathEscape(last.ID.line())+"/details", &all); err != nil {
		return err
	}
	year, _ := last.Period.year()
	for i := range all {
		if inn := all[i].Company.INN; inn == "" || inn.line() == string(o.INN) {
			years.result(year, &all[i].Result, members.DateOf(last.Given.line()))
			return nil
		}
	}
	return nil
}

func (l *listed) names(o *company.Observation) {
	o.Add(company.FieldNameFull, l.Company.FullName.line())
	if kpp, err := company.ParseKPP(l.Company.KPP.line()); err == nil {
		o.Add(company.FieldKPP, string(kpp))
	}
}

// figures are the facts of years; what a year's own report says stands before what the
// next one says of it.
type figures map[[2]string]company.Fact

func (f figures) add(field company.Field, year string, thousands *float64, given company.Date) {
	id := [2]string{string(field), year}
	if value, ok := roubles(thousands); ok && f[id].Value == "" {
		f[id] = company.Fact{Field: field, Key: year, Value: value, Date: given}
	}
}

func (f figures) result(year string, r *result, given company.Date) {
	f.add(company.FieldRevenue, year, r.Revenue, given)
	f.add(company.FieldProfit, year, r.Profit, given)
	if n, err := strconv.Atoi(year); err == nil && n > 1990 {
		before := strconv.Itoa(n - 1)
		f.add(company.FieldRevenue, before, r.RevenueBefore, given)
		f.add(company.FieldProfit, before, r.ProfitBefore, given)
	}
}

// into adds the figures that the row has not said.
func (f figures) into(o *company.Observation) {
	for _, fact := range o.Facts {
		delete(f, [2]string{string(fact.Field), fact.Key})
	}
	for _, fact := range f {
		o.Facts = append(o.Facts, fact)
	}
	o.Sort()
}

// askList asks for a list. What of it has another form is ErrLayout.
func (s *Source) askList(ctx context.Context, path string, to any) error {
	a, err := s.service.Ask(ctx, service.Call{Path: path})
	if err != nil {
		return err
	}
	if err := json.Unmarshal(a.Body, to); err != nil {
		return fmt.Errorf("%w: %s", service.ErrLayout, cmp.Or(path, "/"))
	}
	return nil
}
