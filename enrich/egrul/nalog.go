package egrul

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// found is a row of a search at egrul.nalog.ru.
type found struct {
	Full    string `json:"n"`
	Short   string `json:"c"`
	INN     string `json:"i"`
	OGRN    string `json:"o"`
	KPP     string `json:"p"`
	Since   string `json:"r"`  // day of the ОГРН
	Ended   string `json:"e"`  // day on which it ended
	Void    string `json:"v"`  // day on which the record was found to be an error
	Head    string `json:"g"`  // «ДИРЕКТОР: Фамилия Имя Отчество»
	Region  string `json:"rn"` // «Г.Москва»
	Address string `json:"a"`  // until 2019 at least
}

func (f *found) alive() bool { return line(f.Ended) == "" && line(f.Void) == "" }

// search asks for a token and with it for the rows. A token that was kept from before
// may have died; then there is another.
func (e *Enricher) search(ctx context.Context, inn company.INN, once bool) (*found, error) {
	rows, kept, err := e.rows(ctx, inn, once)
	if err != nil && kept && !service.Final(err) {
		rows, _, err = e.rows(ctx, inn, true)
	}
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(f found) bool { return strings.TrimSpace(f.INN) != string(inn) })
	if len(rows) == 0 {
		return nil, pipeline.ErrNotFound
	}
	best := slices.MaxFunc(rows, func(a, b found) int {
		if a.alive() != b.alive() {
			if a.alive() {
				return 1
			}
			return -1
		}
		return cmp.Compare(members.DateOf(a.Since), members.DateOf(b.Since))
	})
	return &best, nil
}

// rows asks for the token and for what it stands for.
func (e *Enricher) rows(ctx context.Context, inn company.INN, once bool) (rows []found, kept bool, err error) {
	token, kept, err := e.token(ctx, inn, once)
	if err != nil {
		return nil, kept, err
	}
	result, err := e.patient(ctx, service.Call{Path: "/search-result/" + token, Once: once})
	if err != nil {
		return nil, kept, err
	}
	a, err := parseAnswer(result.Body)
	if err != nil {
		return nil, kept, err
	}
	if a.Rows == nil {
		return nil, kept, fmt.Errorf("%w: no rows", service.ErrLayout)
	}
	rows, err = foundIn(*a.Rows)
	return rows, kept, err
}

const (
	looksMost = 5 // at a search that is not done
	triesMost = 2 // of a site that does not answer
)

// patient asks again while a search is not done, and once more when the site does not
// answer; the pace keeps the questions apart. Where a picture is asked for it does not
// insist.
func (e *Enricher) patient(ctx context.Context, c service.Call) (*service.Answer, error) {
	for n := 1; ; n++ {
		a, err := e.service.Ask(ctx, c)
		most := 1
		switch failed := (*service.Error)(nil); {
		case errors.Is(err, ErrPending):
			most = looksMost
		case errors.As(err, &failed) && failed.Wait == 0 && errors.Is(err, service.ErrDown):
			most = triesMost
		}
		if err == nil || n >= most {
			return a, err
		}
	}
}

// token begins a search, and tells whether the token was kept from before.
func (e *Enricher) token(ctx context.Context, inn company.INN, once bool) (token string, kept bool, err error) {
	form := url.Values{
		"query": {string(inn)}, "region": {""}, "page": {""}, "nameEq": {"on"},
		"vyp3CaptchaToken": {""}, "PreventChromeAutocomplete": {""},
	}
	first, err := e.patient(ctx, service.Call{
		Method: http.MethodPost, Path: "/", Body: []byte(form.Encode()), Type: "application/x-www-form-urlencoded; charset=UTF-8", Once: once,
	})
	if err != nil {
		return "", false, err
	}
	a, err := parseAnswer(first.Body)
	if err == nil && (a.Token == "" || strings.Trim(a.Token, tokenLetters) != "") {
		err = fmt.Errorf("%w: no token", service.ErrLayout)
	}
	return a.Token, first.Kept, err
}

// tokenLetters are those that may stand in a path as they are.
const tokenLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_="

func foundIn(raws []json.RawMessage) ([]found, error) {
	var out []found
	for _, raw := range raws {
		var f found
		if err := json.Unmarshal(raw, &f); err != nil {
			return nil, fmt.Errorf("%w: a row: %w", service.ErrLayout, err)
		}
		out = append(out, f)
	}
	return out, nil
}

// renumbered is from when the day of an ОГРН is that of the registration: those who were
// there before got theirs until then.
var renumbered = company.NewDate(2004, time.January, 1)

// observe states what a row says.
func (f *found) observe(o *company.Observation, persons bool) {
	o.Add(company.FieldNameFull, line(f.Full))
	o.Add(company.FieldNameShort, line(f.Short))
	if n, err := company.ParseOGRN(f.OGRN); err == nil && n.Sole() == o.INN.Person() {
		o.Add(company.FieldOGRN, string(n))
	}
	if kpp, err := company.ParseKPP(f.KPP); err == nil {
		o.Add(company.FieldKPP, string(kpp))
	}
	if d := members.DateOf(f.Since); d >= renumbered {
		o.Add(company.FieldRegistered, d.String())
	}
	if r, ok := company.FindRegion(line(f.Region)); ok {
		o.Add(company.FieldRegion, r.Code)
	}
	o.Add(company.FieldAddress, line(f.Address))
	post, name, _ := strings.Cut(line(f.Head), ": ")
	f.status(o, post)
	if post = sentence(strings.TrimSpace(post)); post == "" {
		return
	}
	if name = line(name); strings.ContainsAny(name, `"«0123456789`) {
		o.Add(company.FieldManager, name) // a company that acts as the head
		return
	}
	addHead(o, post, name, persons)
}

// status: rows only tell that the subject has ended. Who acts for it tells the rest.
func (f *found) status(o *company.Observation, post string) {
	s := company.Fact{Field: company.FieldStatus, Value: string(statusOfWords(post)), Note: "по должности руководителя"}
	if s.Value == string(company.StatusActive) {
		s.Note = "записи о прекращении нет"
	}
	text := company.Fact{Field: company.FieldStatusText}
	switch ended, void := members.DateOf(f.Ended), members.DateOf(f.Void); {
	case f.alive():
	case line(f.Ended) != "":
		s.Value, s.Note, text.Value = string(company.StatusLiquidated), "", "Деятельность прекращена"
		text.Note = since(ended)
	default:
		s.Value, s.Note, text.Value = string(company.StatusLiquidated), "", "Регистрация признана ошибочной"
		text.Note = since(void)
	}
	o.Facts = append(o.Facts, s)
	if text.Value != "" {
		o.Facts = append(o.Facts, text)
	}
}

func since(d company.Date) string {
	if !d.Known() {
		return ""
	}
	return "с " + d.Russian()
}
