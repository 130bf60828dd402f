package risk

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
)

// card is what pb.nalog.ru shows of a company. Names of people stand there and are not
// read.
type card struct {
	Extract   *extract          `json:"vyp"`
	Neighbors []json.RawMessage `json:"masaddress"` // other companies at the address
}

type extract struct {
	INN         text    `json:"ИНН"`
	PersonINN   text    `json:"ИННФЛ"`
	OGRN        text    `json:"ОГРН"`
	Name        text    `json:"НаимЮЛПолн"`
	Invalid     text    `json:"invalid"`
	Debt        text    `json:"pr_zd"`          // owes taxes of more than 1000 roubles that went to the bailiffs
	DebtSum     text    `json:"totalarrearsum"` // roubles
	NoReports   text    `json:"pr_otch"`        // has not reported for more than a year
	Heads       []shown `json:"masruk"`
	Founders    []shown `json:"masuchr"`
	HeadDoubt   text    `json:"masrukinvalid"`
	OwnersDoubt text    `json:"masuchrinvalid"`
}

// shown is somebody by the number of his companies alone.
type shown struct {
	Companies text `json:"cnt"`
}

// card asks for a company's card by the token of its row.
func (e *Enricher) card(ctx context.Context, c *company.Company, token string, once bool) ([]company.Fact, error) {
	begun, _, err := e.reply(ctx, form(cardPath, once, "token", token, "method", "get-request"))
	if err != nil {
		return nil, err
	}
	r, _, err := e.reply(ctx, form(cardPath, once, "id", begun.ID.line(), "token", begun.Token.line(), "method", "get-response"))
	if err != nil {
		return nil, err
	}
	if r.Extract == nil {
		return nil, fmt.Errorf("%w: no card", service.ErrLayout)
	}
	inn := r.Extract.INN
	if c.INN.Person() {
		inn = r.Extract.PersonINN
	}
	// The token says whose card it is; a card that says so itself must agree.
	if inn != "" {
		if err := witness.Check(c, said(inn, r.Extract.OGRN, r.Extract.Name)); err != nil {
			return nil, err
		}
	}
	return e.options.warnings(&r.card), nil
}

// warnings are the risks of a card, in the words of the site.
func (o Options) warnings(c *card) []company.Fact {
	var out []company.Fact
	x := c.Extract
	if n := len(c.Neighbors) + 1; n >= o.MassAddress {
		out = append(out, fact(company.RiskMassAddress, fmt.Sprintf("организаций по этому адресу: %d", n)))
	}
	if n := most(x.Heads); n >= int64(o.MassHead) {
		out = append(out, fact(company.RiskMassHead, fmt.Sprintf("руководитель в нескольких организациях: %d", n)))
	} else if n := most(x.Founders); n >= int64(o.MassHead) {
		out = append(out, fact(company.RiskMassHead, fmt.Sprintf("учредитель в нескольких организациях: %d", n)))
	}
	switch {
	case x.Invalid.yes():
		out = append(out, fact(company.RiskDoubt, "сведения в ЕГРЮЛ недостоверны"))
	case x.HeadDoubt.yes():
		out = append(out, fact(company.RiskDoubt, "сведения о руководителе недостоверны"))
	case x.OwnersDoubt.yes():
		out = append(out, fact(company.RiskDoubt, "сведения об учредителе недостоверны"))
	}
	if x.Debt.yes() {
		note := "задолженность свыше 1000 ₽, направлена судебным приставам"
		if sum := roubles(x.DebtSum); sum != "" {
			note += "; недоимка " + sum + " ₽"
		}
		out = append(out, fact(company.RiskTaxDebt, note))
	}
	if x.NoReports.yes() {
		out = append(out, fact(company.RiskNoReports, "налоговая отчётность не представляется более года"))
	}
	return out
}

func most(list []shown) int64 {
	var n int64
	for _, s := range list {
		whole, _, _ := strings.Cut(s.Companies.line(), ".")
		if k, err := strconv.ParseInt(whole, 10, 64); err == nil {
			n = max(n, k)
		}
	}
	return n
}

// roubles is a sum in whole ones, "" for none.
func roubles(t text) string {
	v, err := strconv.ParseFloat(t.line(), 64)
	if err != nil || !(v >= 1 && v < 1e15) {
		return ""
	}
	return strconv.FormatInt(int64(v), 10)
}
