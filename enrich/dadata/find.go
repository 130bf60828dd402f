package dadata

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
)

// find asks for one company. An answer about another is a *witness.Refusal.
func (e *Enricher) find(ctx context.Context, c *company.Company) (*party, error) {
	all, err := e.ask(ctx, c.INN, false)
	if err != nil {
		return nil, err
	}
	p := best(all, string(c.INN))
	if p == nil {
		return nil, fmt.Errorf("a company: %w", pipeline.ErrNotFound)
	}
	said := witness.Said{INNs: []string{p.INN}, Name: clean(p.Name.Short)}
	if said.Name == "" {
		said.Name = clean(p.Name.Full)
	}
	if p.OGRN != "" {
		said.OGRNs = []string{p.OGRN}
	}
	if err := witness.Check(c, said); err != nil {
		return nil, err
	}
	return p, nil
}

// ask makes one call: the head office alone, sole proprietors apart.
func (e *Enricher) ask(ctx context.Context, inn company.INN, once bool) ([]party, error) {
	question := map[string]any{"query": string(inn), "count": 10}
	if inn.Person() {
		question["type"] = "INDIVIDUAL"
	} else {
		question["type"], question["branch_type"] = "LEGAL", "MAIN"
	}
	body, err := json.Marshal(question)
	if err != nil {
		return nil, fmt.Errorf("write a question: %w", err)
	}
	a, err := e.service.Ask(ctx, service.Call{Method: http.MethodPost, Path: "/findById/party", Body: body, Type: "application/json", Once: once})
	if err != nil {
		return nil, err
	}
	return parse(a.Body)
}

// best is the one that is of the ИНН, no branch, alive and the newest; another's if
// there is none of it; nil if there is nothing.
func best(all []party, inn string) *party {
	rank := func(p *party) (n int) {
		if p.INN == inn {
			n += 4
		}
		if p.Branch != "BRANCH" {
			n += 2
		}
		if statuses[p.State.Status] != company.StatusLiquidated {
			n++
		}
		return n
	}
	var found *party
	for i := range all {
		p := &all[i]
		if found == nil || rank(p) > rank(found) || rank(p) == rank(found) && p.State.Registered > found.State.Registered {
			found = p
		}
	}
	return found
}
