package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"obzvon/exports/web/analyst"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/score"
)

// Firm tells everything of a company that an analyst may know.
func (d *analystDesk) Firm(ctx context.Context, inn company.INN) (*analyst.Firm, error) {
	h := d.live()
	answers, err := h.night.Explain(ctx, string(inn), 0)
	if errors.Is(err, night.ErrUnknownCompany) || err == nil && len(answers) == 0 {
		return nil, errors.Join(analyst.ErrNone, err)
	}
	if err != nil {
		return nil, fmt.Errorf("explain a company: %w", err)
	}
	seen, err := h.sight(ctx)
	if err != nil {
		return nil, err
	}
	c, err := seen.company(ctx, inn)
	if err != nil {
		return nil, err
	}
	a := &answers[0]
	f := explained(a.Explanation)
	f.INN, f.Name, f.OnList = inn, firmTitle(&c), onListText(a.OnList)
	for i := range a.Joins {
		f.Joins = append(f.Joins, firmJoin(&a.Joins[i]))
	}
	for i := range a.Facts {
		if fact, shown := factShown(&a.Facts[i], isSole(inn)); shown {
			f.Facts = append(f.Facts, fact)
		} else {
			f.Hidden++
		}
	}
	if !f.Lead {
		return f, nil
	}
	counted, err := d.census(ctx, h)
	if errors.Is(err, analyst.ErrUnscored) {
		return f, nil
	}
	if err != nil {
		return nil, err
	}
	f.Place, f.Of = counted.scales[f.Priority-1].place(a.Explanation.Total)
	return f, nil
}

func explained(e *score.Explanation) *analyst.Firm {
	f := &analyst.Firm{
		Town: analyst.Mask(e.City), Activity: e.Activity, Day: e.Day, Verdict: analyst.Mask(e.Verdict), Why: analyst.Mask(e.Why),
		Lead: e.Lead, Segment: e.Segment, Priority: e.Priority, Total: int64(e.Total), Known: e.Known, Missing: e.Missing,
	}
	for _, g := range e.Groups {
		group := analyst.FirmGroup{Title: g.Title, Cap: int64(g.Cap), Total: int64(g.Total)}
		for i := range g.Contributions {
			c := &g.Contributions[i]
			group.Lines = append(group.Lines, analyst.FirmLine{
				Title: c.Title, Points: int64(c.Points), Max: int64(c.Max), Over: c.Signal == score.OverCap,
				Evidence: analyst.Mask(c.Evidence), Source: c.Source, Date: c.Date,
			})
		}
		f.Groups = append(f.Groups, group)
	}
	for _, s := range e.Fits {
		f.Fits = append(f.Fits, analyst.Fit{Title: s.Title, Priority: s.Priority, Total: int64(s.Total), By: analyst.Mask(s.By), Wins: s.Wins})
	}
	for _, n := range e.Near {
		f.Near = append(f.Near, analyst.Near{Title: n.Title, Reason: n.Reason})
	}
	return f
}

// The caller's name, and whose number another company has.
var (
	byWhom     = regexp.MustCompile(`, звонит .*\.$`)
	samePhones = regexp.MustCompile(`тот же телефон у «.*», строка`)
)

// onListText is why a company is or is not on the list, without people.
func onListText(text string) string {
	text = samePhones.ReplaceAllString(text, "тот же телефон у другой компании, строка")
	return analyst.Mask(byWhom.ReplaceAllString(text, "."))
}

// factShown is a fact as it may be shown, if it may.
func factShown(f *night.FactLine, sole bool) (analyst.Fact, bool) {
	if !shownField(f.Field, sole) {
		return analyst.Fact{}, false
	}
	title, value := f.Title, f.Value
	if f.Key != "" && f.Field != company.FieldBranch {
		title += " " + f.Key
	}
	if wordField(f.Field) {
		value = analyst.Mask(value)
	}
	return analyst.Fact{Title: title, Value: value, Source: f.Source, Date: f.Date, Wins: f.Wins, Joined: f.Joined}, true
}

func firmJoin(j *night.JoinLine) analyst.FirmJoin {
	out := analyst.FirmJoin{SourceTitle: j.Source, Name: analyst.Mask(j.Name), Manual: j.Manual, Likely: resolve.Percent(j.Probability())}
	pair := pairing{sole: isSole(j.INN)}
	if pair.sole {
		out.Name = ""
	}
	for _, e := range resolve.For(j.Evidence) {
		out.For = append(out.For, pair.agreement(e))
	}
	for _, e := range resolve.Against(j.Evidence) {
		out.Against = append(out.Against, pair.agreement(e))
	}
	return out
}
