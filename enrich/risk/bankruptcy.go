package risk

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
	"obzvon/pipeline/witness"
)

// bankrupt is a row of the search. The manager's name stands there and is not read.
type bankrupt struct {
	INN  text `json:"inn"`
	OGRN text `json:"ogrn"`
	Name text `json:"name"`
	Case *struct {
		Number text `json:"number"`
		Status struct {
			Code        text `json:"code"`
			Description text `json:"description"`
			Date        text `json:"date"` // of the stage: «2025-01-14T00:00:00»
		} `json:"status"`
	} `json:"lastLegalCase"`
}

type bankrupts struct {
	Rows  *[]bankrupt `json:"pageData"`
	Total *float64    `json:"total"`
}

func judgeBankruptcy(code int, body []byte) (string, error) {
	if err := judgeStatus(code); err != nil {
		return "", err
	}
	_, err := parseBankrupts(body)
	return "", err
}

// parseBankrupts reads an answer. Its errors are ErrBlocked, ErrLayout and ErrBroken.
func parseBankrupts(body []byte) (bankrupts, error) {
	var b bankrupts
	if err := decode(body, &b); err != nil {
		return bankrupts{}, err
	}
	if b.Rows == nil || b.Total == nil {
		return bankrupts{}, service.ErrLayout
	}
	return b, nil
}

const bankruptsShown = 15

func bankruptcyCall(inn company.INN) service.Call {
	return service.Call{Path: "/backend/cmpbankrupts", Query: url.Values{
		"searchString": {string(inn)}, "isActiveLegalCase": {"null"}, "regionId": {"all"}, "limit": {"15"}, "offset": {"0"},
	}}
}

// bankruptcy looks for a case of a legal entity. The search finds near numbers and names
// too: only rows of the very ИНН count.
func (e *Enricher) bankruptcy(ctx context.Context, c *company.Company, once bool) ([]company.Fact, error) {
	call := bankruptcyCall(c.INN)
	call.Once = once
	a, err := e.patient(ctx, PartBankruptcy, call)
	if err != nil {
		return nil, err
	}
	b, err := parseBankrupts(a.Body)
	if err != nil {
		return nil, err
	}
	rows := slices.DeleteFunc(slices.Clone(*b.Rows), func(r bankrupt) bool { return r.INN.line() != string(c.INN) })
	if len(rows) == 0 {
		if *b.Total > float64(len(*b.Rows)) || len(*b.Rows) > bankruptsShown {
			return nil, ErrUnproven
		}
		return nil, nil
	}
	var facts []company.Fact
	for i := range rows {
		if err := witness.Check(c, said(rows[i].INN, rows[i].OGRN, rows[i].Name)); err != nil {
			return nil, err
		}
		if facts = rows[i].facts(); len(facts) > 0 {
			break
		}
	}
	return facts, nil
}

// said is by what a row names its subject.
func said(inn, ogrn, name text) witness.Said {
	s := witness.Said{INNs: []string{inn.line()}, Name: name.line()}
	if n := ogrn.line(); len(n) == 13 {
		s.OGRNs = []string{n}
	}
	return s
}

// facts are those of a case that goes on: the risk, and the state of a company that is
// being sold off. A procedure to save it leaves it at work.
func (b *bankrupt) facts() []company.Fact {
	if b.Case == nil {
		return nil
	}
	s := b.Case.Status
	words := s.Description.line()
	if ended(s.Code.line(), words) {
		return nil
	}
	notes := []string{words}
	if n := b.Case.Number.line(); n != "" {
		notes = append(notes, "дело "+n)
	}
	date, _, _ := strings.Cut(s.Date.line(), "T")
	if d := members.DateOf(date); d.Known() {
		notes = append(notes, "с "+d.Russian())
	}
	out := []company.Fact{{Field: company.FieldRisk, Value: string(company.RiskBankruptcy), Note: joined(notes)}}
	if s.Code.line() == "Tender" {
		out = append(out, company.Fact{Field: company.FieldStatus, Value: string(company.StatusBankrupt), Note: joined(notes)})
		if words != "" {
			out = append(out, company.Fact{Field: company.FieldStatusText, Value: words})
		}
	}
	return out
}

// ended tells a case that has, by its code or by its words. Stages that go on are
// Watching, FinancialRecovery, ExternalManagement and Tender; one that is not known
// goes on, as does all else that this registry holds.
func ended(code, words string) bool {
	switch code {
	case "ProceedingsStopped", "ProceedingsFinished":
		return true
	case "Watching", "FinancialRecovery", "ExternalManagement", "Tender":
		return false
	}
	words = strings.ToLower(words)
	return slices.ContainsFunc([]string{"прекращен", "завершен", "мировое соглашение", "отказано"}, func(w string) bool { return strings.Contains(words, w) })
}

func joined(parts []string) string {
	return members.Line(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", "))
}
