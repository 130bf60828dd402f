package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/exports/web/manager"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/resolve"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// Owns implements manager.Companies.
func (d *managerDesk) Owns(ctx context.Context, id string, inn company.INN) (bool, error) {
	h := d.live()
	keepers, err := h.keepersNow(ctx)
	if err != nil {
		return false, err
	}
	if keepers.of(inn).manager == id || keepers.issued[inn] == id {
		return true, nil
	}
	results, err := h.store.Results(ctx, inn)
	if err != nil {
		return false, fmt.Errorf("read results of %s: %w", inn, err)
	}
	if slices.ContainsFunc(results, func(r store.Result) bool { return r.Manager == id }) {
		return true, nil
	}
	if _, listed := keepers.issued[inn]; !listed {
		return false, nil
	}
	days, err := h.store.ListDays(ctx)
	if err != nil {
		return false, fmt.Errorf("read the days of lists: %w", err)
	}
	for _, day := range slices.Backward(days) {
		list, err := h.listOf(ctx, day)
		if err != nil {
			return false, err
		}
		for i := range list.Rows {
			if row := &list.Rows[i].Row; row.INN == inn && row.ManagerID == id {
				return true, nil
			}
		}
	}
	return false, nil
}

// RowOf implements manager.Companies.
func (d *managerDesk) RowOf(ctx context.Context, day company.Date, inn company.INN) (*manager.Row, error) {
	h := d.live()
	list, err := h.frozen(ctx, day)
	if err != nil {
		return nil, err
	}
	for i := range list.Rows {
		if list.Rows[i].Row.INN == inn {
			r := &manager.Row{Row: list.Rows[i].Row}
			if r.Result, err = h.resultOf(ctx, list.ID, inn); err != nil {
				return nil, err
			}
			return r, h.hideStopped(ctx, day, r)
		}
	}
	return nil, manager.ErrNoRow
}

// hideStopped takes the numbers out of a row that the stop list takes off its list.
func (h *house) hideStopped(ctx context.Context, day company.Date, r *manager.Row) error {
	issued, err := h.night.Issued(ctx, day)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(issued.Rows, func(e calllist.Entry) bool { return e.Row.INN == r.INN }) {
		r.Phone, r.PhoneLink, r.OtherPhones, r.Email = "", "", "", ""
	}
	return nil
}

// Card implements manager.Companies.
func (d *managerDesk) Card(ctx context.Context, inn company.INN, day company.Date) (*manager.Card, error) {
	h := d.live()
	n, err := h.night.Card(ctx, inn, day)
	if errors.Is(err, night.ErrUnknownCompany) {
		return nil, manager.ErrNoCompany
	}
	if err != nil {
		return nil, err
	}
	c := &manager.Card{
		Row: n.Row, OnList: n.OnList, Verdict: n.Explanation.Verdict, Known: float64(n.Explanation.Known) / 1000,
		Next: n.Next.Band, NextDay: n.Next.Day, NextAt: n.Next.At, Groups: cardGroups(n.Explanation.Groups), Calls: cardCalls(n.Calls),
	}
	if n.Stopped != "" {
		c.Stopped = stopReason(n.Stopped)
	}
	if n.Keeper != "" {
		c.Keeper = manager.Manager{ID: n.Keeper, Name: h.managerName(n.Keeper)}
	}
	if c.Stopped == "" { // nobody is to be tempted
		for _, p := range n.Phones {
			c.Phones = append(c.Phones, manager.Phone{Text: p.Pretty(), E164: p.E164, Note: p.Note})
		}
		c.Contacts = cardContacts(n.Contacts)
	}
	c.Tenders = cardTenders(n.Facts, n.Explanation.Day)
	c.Facts, c.Others = cardFacts(n.Facts, c.Stopped != "")
	for i := range n.Joins {
		c.Joined = append(c.Joined, joinedText(&n.Joins[i]))
	}
	return c, nil
}

func cardGroups(all []score.GroupTotal) []manager.Group {
	var out []manager.Group
	for _, g := range all {
		group := manager.Group{Title: g.Title, Total: int64(g.Total), Cap: int64(g.Cap)}
		for _, c := range g.Contributions {
			group.Reasons = append(group.Reasons, manager.Reason{
				Title: c.Title, Evidence: c.Evidence, Source: c.Source, Points: int64(c.Points), Known: c.Known, Date: c.Date,
			})
		}
		out = append(out, group)
	}
	return out
}

func cardCalls(all []night.CallLine) []manager.Call {
	var out []manager.Call
	for _, c := range slices.Backward(all) {
		call := manager.Call{
			Day: c.Day, Outcome: c.Outcome, Comment: c.Comment, Next: c.Next, Amount: c.Amount, File: strings.Replace(c.File, pageFile, "на странице", 1),
			Manager: cmp.Or(c.Manager, "кто звонил, не сказано"),
		}
		switch c.Consent {
		case store.ConsentGiven:
			call.Consent = "согласие на звонки и письма дано"
		case store.ConsentRefused:
			call.Consent = "в согласии отказано"
		}
		out = append(out, call)
	}
	return out
}

func cardContacts(all []night.ContactLine) []manager.Contact {
	var out []manager.Contact
	for _, c := range all {
		contact := manager.Contact{Post: c.Post, Name: c.Name, Phone: c.Phone, Email: c.Email, Page: c.Page, Source: c.Source, Date: c.Date}
		if phones, _ := company.ParsePhones(c.Phone, "", ""); len(phones) > 0 {
			contact.E164 = phones[0].E164
		}
		out = append(out, contact)
	}
	return out
}

// ofTender tells a fact that cardTenders shows.
func ofTender(f company.Field) bool { return strings.HasPrefix(string(f), "tender.") }

// cardTenders are those that the facts tell of, the one that closes last first.
func cardTenders(all []night.FactLine, today company.Date) []manager.Tender {
	by := map[string]*manager.Tender{}
	for i := range all {
		f := &all[i]
		if !f.Wins || !ofTender(f.Field) {
			continue
		}
		t := by[f.Key]
		if t == nil {
			t = &manager.Tender{Source: f.Source, Date: f.Date}
			by[f.Key] = t
		}
		switch f.Field { //nolint:exhaustive // the other fields are no tender's
		case company.FieldTenderSubject:
			t.Subject = f.Value
		case company.FieldTenderPage:
			t.Page = f.Value
		case company.FieldTenderPrice:
			t.Price = f.Value
		case company.FieldTenderDeadline:
			if day, err := company.ParseDate(f.Value); err == nil {
				t.Deadline, t.Open = day, day >= today
			}
		}
	}
	var out []manager.Tender
	for _, t := range by {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b manager.Tender) int {
		return cmp.Or(cmp.Compare(b.Deadline, a.Deadline), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Page, b.Page))
	})
	return out
}

// cardFacts are what is known beside contacts and tenders: what counts, and what others
// say otherwise. Of a company that must not be called the numbers are left out.
func cardFacts(all []night.FactLine, stopped bool) (known, others []manager.Fact) {
	all = slices.DeleteFunc(slices.Clone(all), func(f night.FactLine) bool {
		reach := f.Field == company.FieldPhone || f.Field == company.FieldEmail || f.Field == company.FieldMessenger
		return ofTender(f.Field) || stopped && reach
	})
	title := ""
	for _, v := range gather(all) {
		title = cmp.Or(v.head, title)
		first := &v.said[0]
		fact := manager.Fact{Title: title, Value: first.Value, Note: first.Note, Source: sourcesOf(v.said), Date: first.Date}
		if strings.HasPrefix(first.Value, "https://") || strings.HasPrefix(first.Value, "http://") {
			fact.Page = first.Value
		}
		if v.wins {
			known = append(known, fact)
		} else {
			others = append(others, fact)
		}
	}
	return known, others
}

// sourcesOf are the titles of all that say a value.
func sourcesOf(said []night.FactLine) string {
	var out []string
	for i := range said {
		if !slices.Contains(out, said[i].Source) {
			out = append(out, said[i].Source)
		}
	}
	return strings.Join(out, ", ")
}

func joinedText(j *night.JoinLine) manager.Joined {
	out := manager.Joined{Source: j.Source, Name: j.Name, Why: "так решил человек"}
	if j.Manual {
		return out
	}
	var said []string
	for _, e := range resolve.For(j.Evidence) {
		said = append(said, resolve.Said(e))
	}
	out.Why = "узнана по тому, что совпало: " + strings.Join(said, ", ")
	return out
}
