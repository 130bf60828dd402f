package rmsp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// Errors of this site beside those of package service; each is one of those too.
var (
	ErrCaptcha = fmt.Errorf("the site asks for the letters of a picture, which is for people: %w", service.ErrLimit)
	// ErrRefused is 401 or 403 where no key is asked for.
	ErrRefused = fmt.Errorf("the site refuses this address (it may want a Russian one): %w", service.ErrKey)
)

// Interface is the site's own interface; it asks for no key.
func Interface(o Options, _ string) service.Options {
	return service.Options{
		Name: Adapter, Base: o.Base, Pace: 2 * time.Second, PerDay: 500, Fresh: 20 * time.Hour, Attempts: 2, Judge: judge,
	}
}

const searchPath = "/search-proc.json"

// call asks for a page of what is known of a list of ИНН.
func call(list []company.INN, page int) service.Call {
	var texts []string
	for _, inn := range list {
		texts = append(texts, string(inn))
	}
	form := url.Values{
		"mode": {"inn-list"}, "innList": {strings.Join(texts, ",")}, "page": {strconv.Itoa(page)},
		"pageSize": {strconv.Itoa(listMost)}, "sortField": {""},
	}
	return service.Call{
		Method: http.MethodPost, Path: searchPath, Body: []byte(form.Encode()), Type: "application/x-www-form-urlencoded; charset=UTF-8",
	}
}

// page is an answer.
type page struct {
	Rows    *[]json.RawMessage `json:"data"`
	Total   float64            `json:"rowCount"`
	Asked   string             `json:"dtQueryBegin"` // «19.09.2026 19:33:55»
	Captcha bool               `json:"captchaRequired"`
	Errors  map[string]any     `json:"ERRORS"`
}

// date is the day of the answer by the site's clock; 0 = it does not say.
func (p *page) date() company.Date {
	if d := text(p.Asked).day(); d >= company.NewDate(2016, time.August, 1) { // when the registry began
		return d
	}
	return 0
}

// judge tells an answer from other pages, and keeps what is none off the shelf. What
// the site complains of comes with status 400 or 200.
func judge(code int, body []byte) (string, error) {
	p, err := parsePage(body)
	switch {
	case errors.Is(err, ErrCaptcha):
		return "", err
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return "", ErrRefused
	case service.ByStatus(code) != nil:
		return said(p), service.ByStatus(code)
	}
	return said(p), err
}

// parsePage reads an answer. Its errors are ErrCaptcha, ErrAsk where the site complains
// of the question, ErrLayout and ErrBroken.
func parsePage(body []byte) (page, error) {
	var p page
	err := json.NewDecoder(bytes.NewReader(body)).Decode(&p)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return page{}, service.ErrBroken
	case err != nil:
		return page{}, service.ErrLayout
	}
	for name := range p.Errors {
		if strings.Contains(strings.ToLower(name), "captcha") {
			return p, ErrCaptcha
		}
	}
	switch {
	case p.Captcha:
		return p, ErrCaptcha
	case len(p.Errors) > 0:
		return p, service.ErrAsk
	case p.Rows == nil:
		return p, service.ErrLayout
	}
	return p, nil
}

// said are the names of what the site complains of.
func said(p page) string {
	var names []string
	for name, what := range p.Errors {
		names = append(names, fmt.Sprintf("%s: %v", name, what))
	}
	return strings.Join(names, "; ")
}

// pagesMost bounds the pages of one list: a company comes twice at most, excluded and
// taken in again.
const pagesMost = 4

// ask reads all pages of a list.
func (e *Enricher) ask(ctx context.Context, list []company.INN) (rows []json.RawMessage, date company.Date, err error) {
	for n := 1; n <= pagesMost; n++ {
		a, err := e.service.Ask(ctx, call(list, n))
		if err != nil {
			return nil, 0, err
		}
		p, err := parsePage(a.Body)
		if err != nil {
			return nil, 0, err
		}
		rows, date = append(rows, *p.Rows...), p.date()
		if len(*p.Rows) == 0 || float64(len(rows)) >= p.Total {
			break
		}
	}
	return rows, date, nil
}
