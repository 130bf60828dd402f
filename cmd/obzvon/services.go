package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/store"
)

// checked are the options of an adapter.
type checked interface{ Validate() error }

// vendor is what an adapter over a service's interface gives: the variable of its
// key ("" = it needs none), its options before the section is read, the service, and
// itself over that service.
type vendor[O checked, A any] struct {
	variable string
	defaults func() O
	service  func(o O, key string) service.Options
	build    func(name string, s *service.Service, o O) (A, error)
}

// make builds the adapter of a section.
func (v vendor[O, A]) make(h *house, s config.Section) (made A, err error) {
	o := v.defaults()
	if err := s.Decode(&o); err != nil {
		return made, err
	}
	if err := o.Validate(); err != nil {
		return made, err
	}
	key := ""
	if v.variable != "" {
		if key, err = s.Secret(v.variable); err != nil {
			return made, err
		}
	}
	opened, err := h.service(s, v.service(o, key))
	if err != nil {
		return made, err
	}
	return v.build(s.Name, opened, o)
}

// sourceOf is the line of a vendor's source in the list.
func sourceOf[O checked, A pipeline.Source](variable string, defaults func() O, iface func(O, string) service.Options, build func(string, *service.Service, O) (A, error)) sourceMaker {
	v := vendor[O, A]{variable, defaults, iface, build}
	return func(h *house, s config.Section) (pipeline.Source, error) { return v.make(h, s) }
}

// enricherOf is that of an enricher.
func enricherOf[O checked, A pipeline.Enricher](h *house, variable string, defaults func() O, iface func(O, string) service.Options, build func(string, *service.Service, O) (A, error)) func(config.Section) (pipeline.Enricher, error) {
	v := vendor[O, A]{variable, defaults, iface, build}
	return func(s config.Section) (pipeline.Enricher, error) { return v.make(h, s) }
}

// service opens a service's interface for a section: within its bounds, from the
// common budget, with the shelf of this installation.
func (h *house) service(s config.Section, o service.Options) (*service.Service, error) {
	if s.CallsADay > 0 {
		o.PerDay = s.CallsADay
	}
	o.InAll = s.CallsInAll
	if s.Fresh > 0 {
		o.Fresh = s.Fresh
	}
	zone := h.zone()
	o.Purse, o.Told = purse{h}, h.told
	o.Day = func() company.Date { return company.DateOf(h.client.Now().In(zone)) }
	if o.Fresh > 0 && (!o.Persons || h.config.PersonalData.NamedPeople) {
		o.Shelf = h.shelf()
	}
	if h.opened != nil {
		*h.opened = append(*h.opened, o)
	}
	return service.New(h.client, o)
}

// spentOf tells what was spent of services' budgets today, and what is left of the one
// that is nearest to its end; nil = nothing is counted.
func (h *house) spentOf(opened []service.Options) func(ctx context.Context) (today, left int64, err error) {
	if len(opened) == 0 {
		return nil
	}
	return func(ctx context.Context) (today, left int64, err error) {
		left = -1
		for i := range opened {
			o := &opened[i]
			spent, err := h.store.SpentBy(ctx, o.Name, o.Day())
			if err != nil {
				return 0, 0, fmt.Errorf("read what %s has spent: %w", o.Name, err)
			}
			today += spent.Day
			for _, bound := range []struct{ most, spent int64 }{{o.PerDay, spent.Day}, {o.InAll, spent.InAll}} {
				if rest := max(bound.most-bound.spent, 0); bound.most > 0 && (left < 0 || rest < left) {
					left = rest
				}
			}
		}
		return today, left, nil
	}
}

// shelf keeps answers in the data folder, where forgetting finds them.
func (h *house) shelf() *service.DiskShelf {
	return &service.DiskShelf{Dir: filepath.Join(h.dir, "answers"), Now: h.client.Now, Disk: h.client.Disk()}
}

// answersKept is for how long an answer may be used again at most.
const answersKept = 400 * 24 * time.Hour

// keeps notes for how long the answers of services are used again: of sections that
// share a service the longest.
func (h *house) keeps(opened []service.Options) {
	for i := range opened {
		o := &opened[i]
		h.fresh[o.Name] = max(h.fresh[o.Name], o.Fresh)
	}
}

// sweepAnswers removes answers that nobody will use again: they may name people. Those of
// a service that is in no section now wait for it as long as any may. They lie in the way
// of no night: an error is a word in the log.
func (a *app) sweepAnswers(ctx context.Context, h *house) {
	n, err := h.shelf().Sweep(ctx, h.client.Now().Add(-answersKept))
	for name, fresh := range h.fresh {
		shelf := h.shelf()
		shelf.Dir = filepath.Join(shelf.Dir, name)
		swept, failed := shelf.Sweep(ctx, h.client.Now().Add(-fresh))
		n, err = n+swept, errors.Join(err, failed)
	}
	if err != nil {
		a.log().Warn("remove old answers of services", slog.Any("why", err))
	}
	if n > 0 {
		a.log().Info("removed old answers of services", slog.Int("files", n))
	}
}

// purse debits budgets in the store of a house. The house is asked for it late:
// adapters are made before the store is open, too, to be described.
type purse struct{ house *house }

// errNoStore is a call of a service by somebody who has opened no store.
var errNoStore = errors.New("the store is not open: budgets cannot be kept")

// Debit implements service.Purse.
func (p purse) Debit(ctx context.Context, account string, day company.Date, amount, perDay, inAll int64) error {
	if p.house.store == nil {
		return errNoStore
	}
	_, err := p.house.store.Spend(ctx, store.Debit{Account: account, Day: day, Amount: amount, PerDay: perDay, InAll: inAll})
	if errors.Is(err, store.ErrBudget) {
		return fmt.Errorf("%w: %w", service.ErrBudget, err)
	}
	return err
}
