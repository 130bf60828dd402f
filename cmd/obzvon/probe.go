package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/gate"
)

// probed tells whether an adapter is tried by one call rather than by reading.
func probed(adapter any) bool {
	_, ok := adapter.(pipeline.Prober)
	return ok
}

// probe makes one cheap call with the operator's key, within the budget, and says what
// came of it. It needs the store, where the budget stands.
//
// Nobody is asked whose terms were not accepted, not even once.
func (a *app) probe(ctx context.Context, kind config.SectionKind, s config.Section, d pipeline.Descriptor, find func(h *house) (any, error)) error {
	name := s.Name
	if !d.Open && s.TermsAccepted == "" {
		return usage(fmt.Errorf("%s is not asked before somebody has read its terms (%s): then set %s.%s.terms_accepted to the date", name, strings.TrimSpace(d.Licence+" "+d.TermsURL), kind, name))
	}
	return a.within(ctx, "sources check", gate.Write, func(h *house) error {
		adapter, err := find(h)
		if err != nil {
			return err
		}
		saw, err := adapter.(pipeline.Prober).Probe(ctx)
		if err != nil {
			return fmt.Errorf("check %s: %w%s", name, err, probeAdvice(err))
		}
		fmt.Fprintf(a.io.out, "%s: %s\n", name, saw)
		return nil
	})
}

// probeAdvice says what to do about a call that failed.
func probeAdvice(err error) string {
	switch {
	case errors.Is(err, service.ErrKey):
		return "; give the key that `obzvon sources` names, or renew it with the vendor"
	case errors.Is(err, service.ErrBudget):
		return "; calls_a_day of its section bounds it, tomorrow there are calls again"
	case errors.Is(err, service.ErrLimit):
		return "; ask again later, or with a smaller calls_a_day"
	case errors.Is(err, fetch.ErrRedirect):
		return "; it sends elsewhere, and the key goes nowhere else: set base of its section to the new address, if it is the vendor's"
	case errors.Is(err, pipeline.ErrNotFound):
		return "; nothing is there: see base of its section"
	case errors.Is(err, service.ErrLayout):
		return "; open its address in a browser: where it asks people for a picture or a login, or shuts this machine's address out, ask later or from another; where the page is as ever, look for a newer version of this program"
	case errors.Is(err, service.ErrDown):
		return "; see whether its address can be reached from this machine, fetch.proxy and fetch.ca_file"
	}
	return ""
}

// sourceNamed and enricherNamed make the adapter of a section anew, in a house whose
// store is open.
func sourceNamed(s config.Section) func(h *house) (any, error) {
	return func(h *house) (any, error) { return h.source(s) }
}

func enricherNamed(s config.Section) func(h *house) (any, error) {
	return func(h *house) (any, error) { return make1("enrich", enricherAdapters(h), s) }
}
