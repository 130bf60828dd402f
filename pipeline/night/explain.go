package night

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// Answer is what explain tells of one company, in Russian.
type Answer struct {
	Explanation *score.Explanation `json:"explanation"`
	OnList      string             `json:"on_list"`            // why it is or is not on the day's list
	Contacts    []ContactLine      `json:"contacts,omitempty"` // whom to ask for, the best first
	Calls       []CallLine         `json:"calls,omitempty"`    // the oldest first
	Visits      []VisitLine        `json:"visits,omitempty"`   // where it may be asked, the likeliest first
	Facts       []FactLine         `json:"facts"`
	Joins       []JoinLine         `json:"joins,omitempty"`
	Decisions   []DecisionLine     `json:"decisions,omitempty"` // of people, that concern it
}

// FactLine is one value with where it comes from.
type FactLine struct {
	Field     company.Field `json:"field"`
	Title     string        `json:"title"`
	Key       string        `json:"key,omitempty"`
	Value     string        `json:"value"`
	Note      string        `json:"note,omitempty"`
	Source    string        `json:"source"`
	SourceKey string        `json:"source_key,omitempty"` // the source's own, of its card or row
	Date      company.Date  `json:"date,omitzero"`
	FirstSeen company.Date  `json:"first_seen,omitzero"`
	Wins      bool          `json:"wins"`
	Joined    bool          `json:"joined,omitempty"`
}

// Errors of Explain, in the reader's language.
var (
	ErrUnknownCompany = errors.New("нет в базе")
	ErrQuery          = errors.New("нужен ИНН с верной контрольной суммой, телефон или e-mail")
)

// Explain answers for an ИНН, a phone or an e-mail: every company that has it.
func (n *Night) Explain(ctx context.Context, query string, day company.Date) ([]Answer, error) {
	day, v, err := n.asOf(ctx, day)
	if err != nil {
		return nil, err
	}
	found, err := n.find(ctx, v, query)
	if err != nil {
		return nil, err
	}
	sc, err := n.scoring(ctx, v, day)
	if err != nil {
		return nil, err
	}
	calls, err := n.calls(ctx, day)
	if err != nil {
		return nil, err
	}
	p, err := n.newPresenter(ctx, v, calls, sc.scorer)
	if err != nil {
		return nil, err
	}
	var out []Answer
	for _, d := range found {
		a, err := p.answer(ctx, d, sc.stops)
		if err != nil {
			return nil, fmt.Errorf("explain %s: %w", d.INN, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// asOf is the day a question is about, 0 = the next list's, and what is in
// force.
func (n *Night) asOf(ctx context.Context, day company.Date) (company.Date, *view, error) {
	if day == 0 {
		next, err := NextDay(n.Config, n.Clock())
		if err != nil {
			return 0, nil, err
		}
		day = next
	}
	v, err := n.view(ctx)
	return day, v, err
}

// find looks an ИНН up directly; a phone, an e-mail or a domain is searched for
// among all companies.
func (n *Night) find(ctx context.Context, v *view, query string) ([]store.Dossier, error) {
	if inn, err := company.ParseINNCell(query); err == nil {
		d, err := v.Dossier(ctx, inn)
		if !errors.Is(err, store.ErrNotFound) {
			return []store.Dossier{d}, err
		}
	}
	stop, err := calllist.ParseStop(query)
	if errors.Is(err, calllist.ErrStopTwoWay) {
		stop, err = calllist.ParseStop("tel:" + query)
	}
	if errors.Is(err, calllist.ErrStopShared) {
		return nil, fmt.Errorf("«%s»: %w: домен общий для множества фирм", query, ErrQuery)
	}
	if err != nil {
		return nil, fmt.Errorf("«%s»: %w", query, ErrQuery)
	}
	if stop.Kind == store.StopINN {
		d, err := v.Dossier(ctx, company.INN(stop.Value))
		if !errors.Is(err, store.ErrNotFound) {
			return []store.Dossier{d}, err
		}
		return nil, fmt.Errorf("ИНН %s: %w: ни один источник его не назвал, или его коды не нужны ни одному сегменту", stop.Value, ErrUnknownCompany)
	}
	wanted := calllist.NewStopSet([]store.Stop{stop})
	var out []store.Dossier
	for d, err := range v.all(ctx) {
		if err != nil {
			return nil, err
		}
		c := v.company(d)
		contacts := score.ContactsOf(&c)
		if _, has := wanted.Reason(contacts.INN, contacts.Phones, contacts.Emails, contacts.Domains); has {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("«%s»: %w", query, ErrUnknownCompany)
	}
	return out, nil
}

func (p *presenter) answer(ctx context.Context, d store.Dossier, stops *calllist.StopSet) (Answer, error) {
	c := p.company(d)
	row := p.row(p.scorer.Matcher(), &c)
	a := Answer{Explanation: p.scorer.Explain(&row, &c)}
	p.nameSources(a.Explanation)
	a.Facts = FactsOf(&c)
	for i := range a.Facts {
		a.Facts[i].Source = p.title(a.Facts[i].Source)
	}
	a.Contacts = ContactsOf(&c)
	for i := range a.Contacts {
		a.Contacts[i].Source = p.title(a.Contacts[i].Source)
	}
	tell := teller{p.view, p.titles}
	for _, j := range d.Joins {
		a.Joins = append(a.Joins, tell.join(j, &c))
	}
	var err error
	if a.Decisions, err = tell.decisions(ctx, d.INN); err != nil {
		return a, err
	}
	if a.Visits, err = p.visits(ctx, &c); err != nil {
		return a, err
	}
	if a.Calls, err = p.callLines(ctx, d.INN); err != nil {
		return a, err
	}
	res := p.scorer.Score(&row)
	a.OnList, err = p.onList(ctx, &res, a.Explanation, stops)
	return a, err
}

// FactsOf are the values of a company as people read them, in the order of
// reading, with the names of their sources.
func FactsOf(c *company.Company) []FactLine {
	var out []FactLine
	for i := range c.Values {
		v := &c.Values[i]
		info, _ := v.Field.Info()
		out = append(out, FactLine{
			Field: v.Field, Title: info.Title, Key: v.Key, Value: readable(v.Field, v.Value), Note: v.Note,
			Source: v.Source, SourceKey: v.SourceKey, Date: v.Seen, FirstSeen: v.FirstSeen, Wins: v.Wins, Joined: v.Joined,
		})
	}
	sortFacts(out)
	return out
}

// OfContact tells a fact that ContactsOf shows as part of a contact.
func (f *FactLine) OfContact() bool {
	switch f.Field {
	case company.FieldContactDuty, company.FieldContactPost, company.FieldContactName,
		company.FieldContactPhone, company.FieldContactEmail, company.FieldContactPage:
		return true
	}
	return false
}

// sortFacts puts facts in the order of reading; those of one field stay as they
// are, and fields of a later version come last.
func sortFacts(facts []FactLine) {
	order := readingOrder()
	place := func(f company.Field) int {
		if n, ok := order[f]; ok {
			return n
		}
		return len(order)
	}
	slices.SortStableFunc(facts, func(a, b FactLine) int { return place(a.Field) - place(b.Field) })
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

func (p *presenter) title(source string) string { return cmp.Or(p.titles[source], source) }
