package night

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"
	"time"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/store"
)

// JoinLine is a listing that was joined, with its evidence.
type JoinLine struct {
	Section  string           `json:"section"` // the source's name in the config
	Source   string           `json:"source"`  // its title
	Key      string           `json:"key"`
	Name     string           `json:"name"` // of the listing; "" = it has none
	INN      company.INN      `json:"inn"`
	Company  string           `json:"company"` // its name; "" = no source in force names the ИНН
	Evidence []store.Evidence `json:"evidence"`
	Manual   bool             `json:"manual"`
}

// DecisionLine is a person's word on a listing and a company.
type DecisionLine struct {
	Section string      `json:"section"`
	Source  string      `json:"source"`
	Key     string      `json:"key"`
	Name    string      `json:"name"` // of the listing; "" = it has none, or is there no more
	INN     company.INN `json:"inn"`
	Company string      `json:"company"`
	Same    bool        `json:"same"`
	By      string      `json:"by"`
	At      time.Time   `json:"at"`
}

// Joins walks the joins of a company, or all if inn is "", in the order of the
// listings.
func (n *Night) Joins(ctx context.Context, inn company.INN) iter.Seq2[JoinLine, error] {
	return func(yield func(JoinLine, error) bool) {
		t, err := n.teller(ctx)
		if err != nil {
			yield(JoinLine{}, err)
			return
		}
		for j, err := range t.joined(ctx, inn) {
			line := JoinLine{}
			if err == nil {
				var c company.Company
				c, err = t.firm(ctx, j.INN)
				line = t.join(j, &c)
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

// Decisions are what people decided, in the order of the listings: of a
// company, or all if inn is "".
func (n *Night) Decisions(ctx context.Context, inn company.INN) ([]DecisionLine, error) {
	t, err := n.teller(ctx)
	if err != nil {
		return nil, err
	}
	return t.decisions(ctx, inn)
}

// teller puts names to listings and companies, as the night may show them.
type teller struct {
	*view

	titles map[string]string
}

func (n *Night) teller(ctx context.Context) (teller, error) {
	v, err := n.view(ctx)
	return teller{v, n.titles()}, err
}

// joined walks joins as they are stored: of one company by its dossier, of all
// by pages.
func (t *teller) joined(ctx context.Context, inn company.INN) iter.Seq2[store.Join, error] {
	return func(yield func(store.Join, error) bool) {
		if inn != "" {
			d, err := t.Store.Dossier(ctx, inn)
			if err != nil {
				yield(store.Join{}, err)
				return
			}
			for _, j := range d.Joins {
				if !yield(j, nil) {
					return
				}
			}
			return
		}
		for after := (store.ObservationID{}); ; {
			page, err := t.Joins(ctx, after, pageSize)
			if err != nil {
				yield(store.Join{}, err)
				return
			}
			for _, j := range page {
				if !yield(j, nil) {
					return
				}
			}
			if len(page) < pageSize {
				return
			}
			after = page[len(page)-1].ID
		}
	}
}

// firm is the company of an ИНН, one without values if nobody in force names it.
func (t *teller) firm(ctx context.Context, inn company.INN) (company.Company, error) {
	d, err := t.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return company.Company{INN: inn}, nil
	}
	return t.company(d), err
}

func (t *teller) join(j store.Join, c *company.Company) JoinLine {
	line := JoinLine{
		Section: j.ID.Source, Source: t.title(j.ID.Source), Key: j.ID.Key,
		INN: j.INN, Company: firmName(c), Evidence: j.Evidence, Manual: j.Manual,
	}
	for i := range c.Observations {
		if o := &c.Observations[i]; o.Source == j.ID.Source && o.Key == j.ID.Key {
			line.Name = listingName(o)
		}
	}
	return line
}

func (t *teller) decisions(ctx context.Context, inn company.INN) ([]DecisionLine, error) {
	all, err := t.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what people decided: %w", err)
	}
	var out []DecisionLine
	for _, d := range all {
		if inn != "" && d.INN != inn {
			continue
		}
		line := DecisionLine{Section: d.ID.Source, Source: t.title(d.ID.Source), Key: d.ID.Key, INN: d.INN, Same: d.Same, By: d.By, At: d.At}
		o, err := t.Get(ctx, d.ID)
		switch {
		case err == nil:
			allowed := t.allowed(o)
			line.Name = listingName(&allowed)
		case !errors.Is(err, store.ErrNotFound):
			return nil, fmt.Errorf("read listing %s %s: %w", d.ID.Source, d.ID.Key, err)
		}
		c, err := t.firm(ctx, d.INN)
		if err != nil {
			return nil, fmt.Errorf("read company %s: %w", d.INN, err)
		}
		line.Company = firmName(&c)
		out = append(out, line)
	}
	return out, nil
}

func (t *teller) title(source string) string { return cmp.Or(t.titles[source], source) }

// firmName is the name under which a company was registered, without the signs
// that were joined to it.
func firmName(c *company.Company) string {
	if len(c.Values) == 0 {
		return ""
	}
	own := company.Company{INN: c.INN}
	for _, v := range c.Values {
		if v.Field != company.FieldNameBrand {
			own.Values = append(own.Values, v)
		}
	}
	if own.Name() == string(c.INN) {
		return calllist.DisplayName(c) // it is known by its sign alone
	}
	return calllist.DisplayName(&own)
}

// Text tells in Russian why the listing was joined: each piece of evidence with
// what it adds to the log-odds or takes from them, and what they come to.
func (j *JoinLine) Text() string {
	if j.Manual {
		return "решение человека"
	}
	sum, prior, sides := j.Weight(), j.Weight(), [2][]string{}
	for i, pieces := range [][]store.Evidence{resolve.For(j.Evidence), resolve.Against(j.Evidence)} {
		for _, e := range pieces {
			sides[i] = append(sides[i], fmt.Sprintf("%s (%s)", resolve.Said(e), oddsText(e.Weight)))
			prior -= e.Weight // what stays is on neither side
		}
	}
	text := "за: " + strings.Join(sides[0], ", ")
	if len(sides[1]) > 0 {
		text += "; против: " + strings.Join(sides[1], ", ")
	}
	return text + fmt.Sprintf("; исходно %s, всего %s: %s", oddsText(prior), oddsText(sum), resolve.Percent(j.Probability()))
}

// Weight is what the pieces of evidence come to, in thousandths of log-odds.
func (j *JoinLine) Weight() int64 {
	sum := int64(0)
	for _, e := range j.Evidence {
		sum += e.Weight
	}
	return sum
}

// Probability is what the weight stands for where no other company comes near,
// 0..1.
func (j *JoinLine) Probability() float64 { return 1 / (1 + math.Exp(-float64(j.Weight())/1000)) }

// Text tells in Russian what was decided.
func (d *DecisionLine) Text() string {
	word := "нет, это не она"
	if d.Same {
		word = "да, это она"
	}
	return fmt.Sprintf("%s — %s, %s", word, cmp.Or(d.By, "кто, неизвестно"), d.At.Local().Format("02.01.2006 15:04"))
}

// oddsText writes thousandths of log-odds: «+12,3».
func oddsText(weight int64) string {
	text := strings.Replace(fmt.Sprintf("%+.1f", float64(weight)/1000), ".", ",", 1)
	return strings.Replace(text, "-", "−", 1)
}
