package saby

import (
	"context"
	"errors"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
)

// serve answers a group, in parts if the calls that are left do not reach for all of it.
// With an error come the answers of those that were done before it.
func (e *Enricher) serve(ctx context.Context, task pipeline.Task, group []pipeline.Ask) ([]pipeline.Answer, error) {
	out := make([]pipeline.Answer, len(group))
	var inns []company.INN
	for i := range group {
		out[i].ID = group[i].ID
		if e.Lacks(&group[i].Company) {
			inns = append(inns, group[i].Company.INN)
		}
	}
	found, err := e.requisites(ctx, inns)
	if errors.Is(err, service.ErrBudget) && len(group) > 1 {
		return e.halved(ctx, task, group)
	}
	if err != nil && !passing(err) {
		return nil, err
	}
	for i := range group {
		c, a := &group[i].Company, &out[i]
		switch {
		case !slices.Contains(inns, c.INN):
		case err != nil:
			a.Outcome, a.Again = service.Outcome(err), task.Now.Add(day)
		case found[c.INN] == nil:
			a.Outcome, a.Again = "not_found", task.Now.Add(e.options.Missing)
		case witness.Check(c, said(found[c.INN])) != nil:
			a.Outcome, a.Again = "poison", task.Now.Add(e.options.Missing)
		default:
			o := company.Observation{Source: e.name, Key: string(c.INN), INN: c.INN, Date: company.DateOf(task.Now)}
			found[c.INN].requisites(&o, task.Persons)
			if err := e.more(ctx, c, &o, task.Persons); err != nil {
				return out[:i], err
			}
			mark(&o)
			a.Found, a.Observation, a.Again = true, o, task.Now.Add(e.options.Again)
		}
	}
	return out, nil
}

// halved serves a group in two parts: each company of a request is debited, and a bound
// below the size of a group would else let nobody be asked for, night after night.
func (e *Enricher) halved(ctx context.Context, task pipeline.Task, group []pipeline.Ask) ([]pipeline.Answer, error) {
	half := len(group) / 2
	first, err := e.serve(ctx, task, group[:half])
	if err != nil {
		return first, err
	}
	rest, err := e.serve(ctx, task, group[half:])
	return append(first, rest...), err
}

// more asks for what req does not tell, one company at a time: these answers do not say
// whose they are.
func (e *Enricher) more(ctx context.Context, c *company.Company, o *company.Observation, persons bool) error {
	lacking := e.lacking(c)
	lacks := func(fields ...company.Field) bool {
		return slices.ContainsFunc(lacking, func(f company.Field) bool { return slices.Contains(fields, f) })
	}
	for _, m := range []struct {
		method string
		wanted bool
		take   func(*item)
	}{
		{"contacts-official", lacks(company.FieldPhone, company.FieldEmail, company.FieldSite), func(i *item) { i.contacts(o, persons) }},
		{"finance", lacks(company.FieldRevenue), func(i *item) { i.accounts(o) }},
	} {
		if !m.wanted {
			continue
		}
		all, err := e.call(ctx, m.method, []company.INN{c.INN}, false)
		switch {
		case err != nil && passing(err):
			continue // what req said is worth having by itself
		case err != nil:
			return err
		}
		// Of several records none is known to be this company's.
		if len(all) == 1 && (all[0].INN == "" || witness.Check(c, said(&all[0])) == nil) {
			m.take(&all[0])
		}
	}
	return nil
}

// requisites asks req and gives each ИНН its own item. Where an item is of nobody who was
// asked for, those without one are asked for alone, and what comes then stands under
// their ИНН, so that it can be told for false.
func (e *Enricher) requisites(ctx context.Context, inns []company.INN) (map[company.INN]*item, error) {
	found := map[company.INN]*item{}
	if len(inns) == 0 {
		return found, nil
	}
	all, err := e.call(ctx, "req", inns, false)
	if err != nil {
		return nil, err
	}
	strays := false
	for i := range all {
		inn := company.INN(all[i].INN)
		switch {
		case !slices.Contains(inns, inn):
			strays = true
		case found[inn] == nil || found[inn].Liquidated != "" && all[i].Liquidated == "":
			found[inn] = &all[i]
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
			if all, err = e.call(ctx, "req", []company.INN{inn}, false); err != nil {
				return nil, err
			}
		}
		if len(all) > 0 {
			found[inn] = &all[0]
		}
	}
	return found, nil
}

// said is by what an item names its subject.
func said(i *item) witness.Said {
	s := witness.Said{INNs: []string{string(i.INN)}, Name: i.title()}
	if i.OGRN != "" {
		s.OGRNs = []string{string(i.OGRN)}
	}
	return s
}

// passing tells failures that concern one request and may be over tomorrow.
func passing(err error) bool {
	return errors.Is(err, service.ErrBroken) || errors.Is(err, service.ErrAsk)
}
