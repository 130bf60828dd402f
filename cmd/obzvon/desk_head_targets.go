package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"obzvon/exports/web/head"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// Targets implements head.Targets.
func (d headDesk) Targets(ctx context.Context) (head.TargetList, error) {
	h := d.live()
	inns, day, err := h.lastTargets(ctx)
	if err != nil {
		return head.TargetList{}, err
	}
	k, err := h.keepersNow(ctx)
	if err != nil {
		return head.TargetList{}, err
	}
	var added []company.INN
	for inn, marks := range k.marks {
		_, hand := marks[store.MarkTarget]
		if _, released := marks[store.MarkReleased]; hand && !released && !slices.Contains(inns, inn) {
			added = append(added, inn)
		}
	}
	slices.Sort(added)
	all := slices.Concat(added, inns)
	out := head.TargetList{Day: day, Rows: make([]head.Target, len(all))}
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(targetsAtOnce)
	for i, inn := range all {
		work.Go(func() error {
			t, err := h.target(ctx, &k, inn)
			t.Listed = slices.Contains(inns, inn)
			out.Rows[i] = t
			return err
		})
	}
	return out, work.Wait()
}

// targetsAtOnce is how many cards are made at the same time: each goes through the
// lists of the last days.
const targetsAtOnce = 4

// targetContacts is how many contacts of a target are shown.
const targetContacts = 4

// target is what is known of one company of «ТОП-20».
func (h *house) target(ctx context.Context, k *keepersNow, inn company.INN) (head.Target, error) {
	t := head.Target{}
	var err error
	if t.Firm, err = h.firm(ctx, k, inn); err != nil {
		return t, err
	}
	for _, kind := range []store.MarkKind{store.MarkTarget, store.MarkReleased} {
		if m, ok := k.marks[inn][kind]; ok {
			t.Note = h.markText(&m)
			t.Added, t.Released = kind == store.MarkTarget, kind == store.MarkReleased
		}
	}
	c, err := h.companyOf(ctx, inn)
	if err != nil || c == nil {
		return t, err
	}
	t.Branches = c.Branches()
	card, err := h.night.Card(ctx, inn, 0)
	switch {
	case errors.Is(err, night.ErrUnknownCompany):
		return t, nil // what the list rested on is switched off
	case err != nil:
		return t, fmt.Errorf("tell of the target %s: %w", inn, err)
	}
	t.Codes, t.Revenue, t.People = card.Row.OKVED, card.Row.Revenue, card.Row.Headcount
	for _, line := range card.Contacts[:min(len(card.Contacts), targetContacts)] {
		t.Contacts = append(t.Contacts, contactWords(&line))
	}
	if len(card.Calls) > 0 {
		t.Last = strings.Replace(card.Calls[len(card.Calls)-1].Text(), pageFile, "на странице", 1)
	}
	t.Next = nextWords(&card.Next)
	return t, nil
}

// contactWords is whom to ask for, without where that was found.
func contactWords(l *night.ContactLine) string {
	parts := []string{l.Post}
	for _, s := range []string{l.Name, l.Phone, l.Email} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// nextWords says when a company's turn comes.
func nextWords(n *night.NextCall) string {
	if n.Band == funnel.BandNew {
		return ""
	}
	text := n.Band.Title()
	if n.Day.Known() {
		text += ", " + n.Day.Russian()
	}
	if n.At > 0 {
		text += fmt.Sprintf(" %02d:%02d МСК", n.At/60, n.At%60)
	}
	return text
}

// AddTarget implements head.Targets.
func (d headDesk) AddTarget(ctx context.Context, who string, inn company.INN) error {
	return d.settleTarget(ctx, who, inn, store.MarkTarget, store.MarkReleased)
}

// ReleaseTarget implements head.Targets.
func (d headDesk) ReleaseTarget(ctx context.Context, who string, inn company.INN) error {
	return d.settleTarget(ctx, who, inn, store.MarkReleased, store.MarkTarget)
}

func (d headDesk) settleTarget(ctx context.Context, who string, inn company.INN, kind, instead store.MarkKind) error {
	return d.change(ctx, "targets", who, func(h *house) error {
		if err := h.knownTo(ctx, inn); err != nil {
			return err
		}
		return h.putMarks(ctx, []company.INN{inn}, store.Mark{Kind: kind}, instead)
	})
}
