package night

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// Answer is what explain tells of one company, in Russian.
type Answer struct {
	Explanation *score.Explanation `json:"explanation"`
	OnList      string             `json:"on_list"` // why it is or is not on the day's list
	Facts       []FactLine         `json:"facts"`
	Joins       []JoinLine         `json:"joins,omitempty"`
}

// FactLine is one value with where it comes from.
type FactLine struct {
	Field     company.Field `json:"field"`
	Title     string        `json:"title"`
	Key       string        `json:"key,omitempty"`
	Value     string        `json:"value"`
	Note      string        `json:"note,omitempty"`
	Source    string        `json:"source"`
	Date      company.Date  `json:"date,omitzero"`
	FirstSeen company.Date  `json:"first_seen,omitzero"`
	Wins      bool          `json:"wins"`
	Joined    bool          `json:"joined,omitempty"`
}

// JoinLine is a listing that was joined, with its evidence.
type JoinLine struct {
	Source   string           `json:"source"`
	Key      string           `json:"key"`
	Name     string           `json:"name"`
	Evidence []store.Evidence `json:"evidence"`
	Manual   bool             `json:"manual"`
}

// Errors of Explain, in the reader's language.
var (
	ErrUnknownCompany = errors.New("нет в базе")
	ErrQuery          = errors.New("нужен ИНН с верной контрольной суммой, телефон или e-mail")
)

// Explain answers for an ИНН, a phone or an e-mail: every company that has it.
func (n *Night) Explain(ctx context.Context, query string, day company.Date) ([]Answer, error) {
	if day == 0 {
		var err error
		if day, err = n.day(Request{}); err != nil {
			return nil, err
		}
	}
	found, err := n.find(ctx, query)
	if err != nil {
		return nil, err
	}
	stops, err := n.stops(ctx)
	if err != nil {
		return nil, err
	}
	scorer, err := n.scorer(day, stops)
	if err != nil {
		return nil, err
	}
	p, err := n.newPresenter(ctx, day, scorer)
	if err != nil {
		return nil, err
	}
	var out []Answer
	for _, d := range found {
		a, err := p.answer(ctx, d)
		if err != nil {
			return nil, fmt.Errorf("explain %s: %w", d.INN, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// find looks an ИНН up directly; a phone or an e-mail is searched for among
// all companies.
func (n *Night) find(ctx context.Context, query string) ([]store.Dossier, error) {
	stop, err := calllist.ParseStop(query)
	if err != nil {
		return nil, fmt.Errorf("«%s»: %w", query, ErrQuery)
	}
	if stop.Kind == store.StopINN {
		d, err := n.Store.Dossier(ctx, company.INN(stop.Value))
		if errors.Is(err, store.ErrNotFound) {
			return nil, fmt.Errorf("ИНН %s: %w: ни один источник его не назвал, или его коды не нужны ни одному сегменту", stop.Value, ErrUnknownCompany)
		}
		return []store.Dossier{d}, err
	}
	wanted := calllist.NewStopSet([]store.Stop{{Kind: stop.Kind, Value: stop.Value, Reason: calllist.StopOther}})
	var out []store.Dossier
	for d, err := range n.dossiers(ctx) {
		if err != nil {
			return nil, err
		}
		c := company.Derive(d.INN, d.Observations, n.trust())
		if contacts := score.ContactsOf(&c); wanted.Reason(contacts.INN, contacts.Phones, contacts.Emails, contacts.Domains) != "" {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("«%s»: %w", query, ErrUnknownCompany)
	}
	return out, nil
}

func (p *presenter) answer(ctx context.Context, d store.Dossier) (Answer, error) {
	c := company.Derive(d.INN, d.Observations, p.night.trust())
	row := score.RowOf(p.scorer.Matcher(), &c, p.shown.newest(&c))
	a := Answer{Explanation: p.scorer.Explain(&row, &c)}
	p.nameSources(a.Explanation)
	for i := range c.Values {
		v := &c.Values[i]
		info, _ := v.Field.Info()
		a.Facts = append(a.Facts, FactLine{
			Field: v.Field, Title: info.Title, Key: v.Key, Value: readable(v.Field, v.Value), Note: v.Note,
			Source: p.title(v.Source), Date: v.Seen, FirstSeen: v.FirstSeen, Wins: v.Wins, Joined: v.Joined,
		})
	}
	for _, j := range d.Joins {
		a.Joins = append(a.Joins, JoinLine{Source: p.title(j.ID.Source), Key: j.ID.Key, Name: nameOf(&c, j.ID), Evidence: j.Evidence, Manual: j.Manual})
	}
	res := p.scorer.Score(&row)
	var err error
	a.OnList, err = p.onList(ctx, &res, a.Explanation)
	return a, err
}

func nameOf(c *company.Company, id store.ObservationID) string {
	for i := range c.Observations {
		o := &c.Observations[i]
		if o.Source == id.Source && o.Key == id.Key {
			return o.First(company.FieldNameBrand)
		}
	}
	return ""
}

// nameSources puts the titles that people know in place of config names.
func (p *presenter) nameSources(e *score.Explanation) {
	for g := range e.Groups {
		for i := range e.Groups[g].Contributions {
			c := &e.Groups[g].Contributions[i]
			c.Source = p.title(c.Source)
		}
	}
}

func (p *presenter) title(source string) string {
	if t := p.titles[source]; t != "" {
		return t
	}
	return source
}

// onList says why a company is or is not on the day's list.
func (p *presenter) onList(ctx context.Context, res *score.Result, e *score.Explanation) (string, error) {
	data, err := p.night.Store.List(ctx, p.day)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Sprintf("Список на %s ещё не выпущен. %s", p.day.Russian(), e.Verdict), nil
	}
	if err != nil {
		return "", err
	}
	list, err := calllist.Decode(data)
	if err != nil {
		return "", err
	}
	for _, entry := range list.Rows {
		if entry.Row.INN == res.INN() {
			return fmt.Sprintf("В списке на %s: строка %d, звонит %s.", p.day.Russian(), entry.Row.Number, entry.Row.Manager), nil
		}
	}
	if !res.Lead() {
		return fmt.Sprintf("Нет в списке на %s: %s", p.day.Russian(), e.Verdict), nil
	}
	c, callable, err := p.candidate(ctx, res)
	if err != nil {
		return "", err
	}
	switch {
	case len(c.Phones) == 0:
		return fmt.Sprintf("Нет в списке на %s: %s.", p.day.Russian(), calllist.ReasonText(calllist.SkipNoPhone)), nil
	case !callable:
		return fmt.Sprintf("Нет в списке на %s: %s.", p.day.Russian(), calllist.ReasonText(calllist.SkipNoWindow)), nil
	}
	return p.whyBelow(ctx, res, c, list)
}

// whyBelow is for a lead that could be called and is not on the list.
func (p *presenter) whyBelow(ctx context.Context, res *score.Result, c calllist.Candidate, list *calllist.List) (string, error) {
	mix := calllist.MixOf(p.night.Segments.Phases, p.night.Config.Strategy.StartDate.Date(), p.day)
	if mix[res.Priority-1] == 0 {
		return fmt.Sprintf("Нет в списке на %s: приоритет %d на этом этапе стратегии ещё не открыт.", p.day.Russian(), res.Priority), nil
	}
	for _, entry := range list.Rows {
		for _, phone := range entry.Phones {
			for _, own := range c.Phones {
				if phone == own {
					return fmt.Sprintf("Нет в списке на %s: тот же телефон у «%s», строка %d.", p.day.Russian(), entry.Row.Company, entry.Row.Number), nil
				}
			}
		}
	}
	better, total := 0, 0
	err := p.night.eachRow(ctx, func(row *score.Row) {
		other := p.scorer.Score(row)
		if !other.Lead() || other.Priority != res.Priority {
			return
		}
		total++
		if other.Compare(res) < 0 {
			better++
		}
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("Нет в списке на %s: по баллам она %d-я из %d в приоритете %d, до неё очередь не дошла.",
		p.day.Russian(), better+1, total, res.Priority), nil
}

// EvidenceText says in Russian what a join rests on.
func EvidenceText(e store.Evidence) string {
	title := map[string]string{
		"ogrn": "ОГРН", "inn": "ИНН", "phone": "телефон", "site": "сайт", "email": "почта",
		"name_city": "название и город", "decision": "решение человека",
	}[e.Kind]
	if title == "" {
		title = e.Kind
	}
	value := e.Value
	if e.Kind == "phone" {
		value = readable(company.FieldPhone, e.Value)
	}
	return strings.TrimSpace(title + " " + value)
}
