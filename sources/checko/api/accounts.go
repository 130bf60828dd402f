package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Accounts are the yearly accounts of a company.
type Accounts struct {
	Of    *Card // whose they are; nil = the answer does not say
	Years map[string]map[string]Line
}

// ParseAccounts reads the answer of finances. None is pipeline.ErrNotFound.
func ParseAccounts(body []byte) (*Accounts, error) {
	e, err := open(body)
	if err != nil {
		return nil, err
	}
	if none(e.Data) {
		return nil, fmt.Errorf("accounts: %w", pipeline.ErrNotFound)
	}
	a := &Accounts{Years: map[string]map[string]Line{}}
	var years map[string]json.RawMessage
	if err := json.Unmarshal(e.Data, &years); err != nil {
		return nil, fmt.Errorf("accounts: %w", err) // open has read it
	}
	for name, raw := range years {
		var lines map[string]Line
		if year(name) && json.Unmarshal(raw, &lines) == nil {
			a.Years[name] = lines
		}
	}
	if !none(e.Company) {
		if of, err := parseRow(e.Company); err == nil {
			a.Of = of
		}
	}
	return a, nil
}

// Lines of the accounts by their codes (order of Минфин 66н of 02.07.2010).
const (
	lineRevenue = "2110"
	lineProfit  = "2400"
)

// Facts are revenue and profit by year, in whole roubles.
func (a *Accounts) Facts() []company.Fact {
	var out []company.Fact
	for _, y := range slices.Sorted(maps.Keys(a.Years)) {
		for _, line := range []struct {
			code  string
			field company.Field
		}{{lineRevenue, company.FieldRevenue}, {lineProfit, company.FieldProfit}} {
			if v := a.Years[y][line.code]; v.Known {
				out = append(out, company.Fact{Field: line.field, Key: y, Value: strconv.FormatInt(v.Whole(), 10)})
			}
		}
	}
	return out
}
