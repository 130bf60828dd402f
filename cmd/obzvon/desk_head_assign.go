package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"obzvon/config"
	"obzvon/exports/web/head"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Managers implements head.Assignments.
func (d headDesk) Managers(context.Context) ([]head.Manager, error) {
	h := d.live()
	out := make([]head.Manager, len(h.config.Managers))
	for i, m := range h.config.Managers {
		out[i] = head.Manager{ID: m.ID, Name: h.managerName(m.ID)}
	}
	return out, nil
}

// knownTo tells a company that some source knows.
func (h *house) knownTo(ctx context.Context, inn company.INN) error {
	_, err := h.store.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return head.ErrUnknown
	}
	return err
}

// hired tells a manager of the config.
func (h *house) hired(id string) error {
	if !slices.ContainsFunc(h.config.Managers, func(m config.Manager) bool { return m.ID == id }) {
		return head.ErrManager
	}
	return nil
}

// Assign implements head.Assignments.
func (d headDesk) Assign(ctx context.Context, who string, inn company.INN, manager string, pin bool) error {
	return d.change(ctx, "assign", who, func(h *house) error {
		if err := h.hired(manager); err != nil {
			return err
		}
		if err := h.knownTo(ctx, inn); err != nil {
			return err
		}
		if pin {
			return h.putMarks(ctx, []company.INN{inn}, store.Mark{Kind: store.MarkPin, Value: manager})
		}
		keepers, err := h.keepersNow(ctx)
		if err != nil {
			return err
		}
		if own := keepers.of(inn); own.pinned() && own.manager != manager {
			return &head.PinnedError{Manager: h.managerName(own.manager)}
		}
		return h.putMarks(ctx, []company.INN{inn}, store.Mark{Kind: store.MarkManager, Value: manager})
	})
}

// Free implements head.Assignments.
func (d headDesk) Free(ctx context.Context, who string, inn company.INN) error {
	return d.change(ctx, "assign", who, func(h *house) error {
		dropped, err := h.dropMarks(ctx, inn, store.MarkManager, store.MarkPin)
		if err == nil && len(dropped) == 0 {
			return head.ErrNothing
		}
		return err
	})
}

// moving is a head.Move with the companies.
type moving struct {
	head.Move

	free, pinned []company.INN
}

func (h *house) moving(ctx context.Context, from, to string) (moving, error) {
	m := moving{Move: head.Move{From: head.Manager{ID: from, Name: h.managerName(from)}, To: head.Manager{ID: to, Name: h.managerName(to)}}}
	keepers, err := h.keepersNow(ctx)
	if err != nil {
		return m, err
	}
	known := h.hired(from) == nil
	for inn := range keepers.all {
		switch own := keepers.of(inn); {
		case own.manager != from:
		case own.pinned():
			m.pinned = append(m.pinned, inn)
		default:
			m.free = append(m.free, inn)
		}
	}
	if !known && len(m.free)+len(m.pinned) == 0 || from == to { // who left the config may still have some
		return m, head.ErrManager
	}
	if err := h.hired(to); err != nil {
		return m, err
	}
	slices.Sort(m.free)
	slices.Sort(m.pinned)
	m.Free, m.Pinned = len(m.free), len(m.pinned)
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %q %q", from, to, m.free, m.pinned))
	m.Mark = hex.EncodeToString(sum[:8])
	return m, nil
}

// Count implements head.Assignments.
func (d headDesk) Count(ctx context.Context, from, to string) (head.Move, error) {
	m, err := d.live().moving(ctx, from, to)
	return m.Move, err
}

// MoveAll implements head.Assignments.
func (d headDesk) MoveAll(ctx context.Context, who string, shown head.Move, pinned bool) error {
	return d.change(ctx, "assign", who, func(h *house) error {
		m, err := h.moving(ctx, shown.From.ID, shown.To.ID)
		if err != nil {
			return err
		}
		if m.Mark != shown.Mark {
			return head.ErrChanged
		}
		var marks []store.Mark
		for _, inn := range m.free {
			marks = append(marks, store.Mark{INN: inn, Kind: store.MarkManager, Value: m.To.ID})
		}
		if pinned {
			for _, inn := range m.pinned {
				marks = append(marks, store.Mark{INN: inn, Kind: store.MarkPin, Value: m.To.ID})
			}
		}
		return h.writeMarks(ctx, marks)
	})
}

// firm tells whose a company is.
func (h *house) firm(ctx context.Context, k *keepersNow, inn company.INN) (head.Firm, error) {
	own := k.of(inn)
	f := head.Firm{INN: inn, KeeperID: own.manager, Why: k.why(own), Settled: own.mark != nil, Pinned: own.pinned()}
	if own.manager != "" {
		f.Keeper = h.managerName(own.manager)
	}
	c, err := h.companyOf(ctx, inn)
	if c != nil {
		f.Name, f.City = nameOf(c), c.Get(company.FieldCity)
	}
	return f, err
}

// Settled implements head.Assignments.
func (d headDesk) Settled(ctx context.Context) ([]head.Firm, error) {
	h := d.live()
	k, err := h.keepersNow(ctx)
	if err != nil {
		return nil, err
	}
	var out []head.Firm
	for inn := range k.marks {
		if k.of(inn).mark == nil {
			continue // it is on «ТОП-20», or was
		}
		f, err := h.firm(ctx, &k, inn)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	slices.SortFunc(out, byName)
	return out, nil
}

func byName(a, b head.Firm) int {
	if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
		return c
	}
	return strings.Compare(string(a.INN), string(b.INN))
}
