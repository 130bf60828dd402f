package saby

import (
	"encoding/json"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// statusWords tell a state by parts of its words, the surest first.
var statusWords = []struct {
	part   string
	status company.Status
}{
	{"предстоящ", company.StatusLiquidating},
	{"недейств", company.StatusLiquidated},
	{"не действ", company.StatusLiquidated},
	{"банкрот", company.StatusBankrupt},
	{"конкурсн", company.StatusBankrupt},
	{"прекра", company.StatusLiquidated},
	{"ликвидирован", company.StatusLiquidated},
	{"исключен", company.StatusLiquidated},
	{"ликвид", company.StatusLiquidating},
	{"реорганиз", company.StatusReorganizing},
	{"действ", company.StatusActive},
}

func (i *item) standing(o *company.Observation) {
	said := i.Condition
	if said == "" {
		said = i.Status
	}
	low := strings.ReplaceAll(strings.ToLower(string(said)), "ё", "е")
	at := slices.IndexFunc(statusWords, func(w struct {
		part   string
		status company.Status
	},
	) bool {
		return strings.Contains(low, w.part)
	})
	switch {
	case i.Liquidated != "":
		o.Add(company.FieldStatus, string(company.StatusLiquidated))
	case at >= 0:
		o.Add(company.FieldStatus, string(statusWords[at].status))
	}
	o.Add(company.FieldStatusText, string(said))
	if d, err := company.ParseDate(string(i.Registered)); err == nil {
		o.Add(company.FieldRegistered, d.String())
	}
	for _, r := range []struct {
		is   bool
		risk company.Risk
	}{
		{i.Mass, company.RiskMassAddress},
		{i.MassHead, company.RiskMassHead},
		{i.Unreliable != nil && (i.Unreliable.Address || i.Unreliable.Head || i.Unreliable.Founder), company.RiskDoubt},
		{i.listed("unscrupulous_supplier", o.Date), company.RiskUnfair},
	} {
		if r.is {
			o.Add(company.FieldRisk, string(r.risk))
		}
	}
}

// listed tells whether a company stands in one of the registers on a day.
func (i *item) listed(register string, day company.Date) bool {
	var entry *struct {
		End text `json:"date_end"`
	}
	if json.Unmarshal(i.Registers[register], &entry) != nil || entry == nil {
		return false
	}
	end, err := company.ParseDate(string(entry.End))
	return err != nil || !end.Known() || end >= day
}
