package risk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/witness"
)

const (
	searchPath = "/search-proc.json"
	cardPath   = "/company-proc.json"
)

// reply is any answer of pb.nalog.ru.
type reply struct {
	ID        text           `json:"id"` // of a search or of a card that is being made
	Token     text           `json:"token"`
	Captcha   bool           `json:"captchaRequired"`
	Errors    map[string]any `json:"ERRORS"`
	Status    text           `json:"status"` // "wait"
	Companies *rowsOf        `json:"ul"`
	Sole      *rowsOf        `json:"ip"`
	card
}

type rowsOf struct {
	Rows []flagRow `json:"data"`
}

// flagRow is a company in the answer to a search.
type flagRow struct {
	INN     text `json:"inn"`
	OGRN    text `json:"ogrn"`
	Name    text `json:"namep"`
	Invalid text `json:"invalid"` // "1": the register doubts what it holds of the company
	Token   text `json:"token"`
}

// judgeFlags tells answers, complaints and what is not done yet apart; complaints come
// with status 400, 429 or 200.
func judgeFlags(code int, body []byte) (string, error) {
	r, err := parseReply(body)
	switch {
	case errors.Is(err, service.ErrLimit), errors.Is(err, ErrPending) && code == http.StatusOK:
		return complaints(r), err
	case judgeStatus(code) != nil:
		return complaints(r), judgeStatus(code)
	}
	return complaints(r), err
}

// parseReply reads an answer. Its errors are ErrCaptcha, ErrLimit, ErrAsk where the site
// complains of the question, ErrPending, ErrBlocked, ErrLayout and ErrBroken.
func parseReply(body []byte) (reply, error) {
	switch string(bytes.TrimSpace(body)) {
	case "null", "{}":
		return reply{}, ErrPending
	}
	var r reply
	if err := decode(body, &r); err != nil {
		return reply{}, err
	}
	for name := range r.Errors {
		switch name = strings.ToLower(name); {
		case strings.Contains(name, "captcha"):
			return r, ErrCaptcha
		case strings.Contains(name, "ratelimit"):
			return r, service.ErrLimit
		}
	}
	switch {
	case r.Captcha:
		return r, ErrCaptcha
	case len(r.Errors) > 0:
		return r, service.ErrAsk
	case r.Status.line() == "wait":
		return r, ErrPending
	case r.ID == "" && r.Companies == nil && r.Sole == nil && r.Extract == nil:
		return r, service.ErrLayout
	}
	return r, nil
}

func complaints(r reply) string {
	var out []string
	for name, what := range r.Errors {
		out = append(out, fmt.Sprintf("%s: %v", name, what))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func form(path string, once bool, pairs ...string) service.Call {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return service.Call{
		Method: http.MethodPost, Path: path, Body: []byte(v.Encode()), Type: "application/x-www-form-urlencoded; charset=UTF-8", Once: once,
	}
}

// searchForm begins a search. More parameters than these make the site ask for a
// picture.
func searchForm(inn company.INN, once bool) service.Call {
	if inn.Person() {
		return form(searchPath, once, "mode", "search-ip", "queryIp", string(inn))
	}
	return form(searchPath, once, "mode", "search-ul", "queryUl", string(inn))
}

// flags searches for a company and reads what the tax service warns of. What was begun
// at another time, and kept, may be forgotten there; then it is begun anew.
func (e *Enricher) flags(ctx context.Context, c *company.Company, once bool) ([]company.Fact, error) {
	facts, kept, err := e.look(ctx, c, once)
	if err != nil && kept && (errors.Is(err, ErrPending) || !service.Final(err)) {
		facts, _, err = e.look(ctx, c, true)
	}
	return facts, err
}

func (e *Enricher) look(ctx context.Context, c *company.Company, once bool) (facts []company.Fact, kept bool, err error) {
	begun, kept, err := e.reply(ctx, searchForm(c.INN, once))
	if err != nil {
		return nil, kept, err
	}
	mode := "search-ul-result"
	if c.INN.Person() {
		mode = "search-ip-result"
	}
	found, _, err := e.reply(ctx, form(searchPath, once, "id", begun.ID.line(), "method", "get-response", "mode", mode))
	if err != nil {
		return nil, kept, err
	}
	rows := found.Companies
	if c.INN.Person() {
		rows = found.Sole
	}
	if rows == nil {
		return nil, kept, fmt.Errorf("%w: no rows", service.ErrLayout)
	}
	i := slices.IndexFunc(rows.Rows, func(r flagRow) bool { return r.INN.line() == string(c.INN) })
	if i < 0 {
		return nil, kept, nil
	}
	row := rows.Rows[i]
	if err := witness.Check(c, said(row.INN, row.OGRN, row.Name)); err != nil {
		return nil, kept, err
	}
	if row.Invalid.yes() {
		facts = append(facts, fact(company.RiskDoubt, "сведения в ЕГРЮЛ недостоверны"))
	}
	if !e.options.Card || row.Token == "" {
		return facts, kept, nil
	}
	warned, err := e.card(ctx, c, row.Token.line(), once)
	return append(facts, warned...), kept, err
}

func (e *Enricher) reply(ctx context.Context, c service.Call) (reply, bool, error) {
	a, err := e.patient(ctx, PartFlags, c)
	if err != nil {
		return reply{}, false, err
	}
	r, err := parseReply(a.Body)
	return r, a.Kept, err
}

func fact(r company.Risk, note string) company.Fact {
	return company.Fact{Field: company.FieldRisk, Value: string(r), Note: note}
}
