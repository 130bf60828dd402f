package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"obzvon/config"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// enricherStatus is what sources tells of one configured enricher.
type enricherStatus struct {
	Name      string     `json:"name"`
	Adapter   string     `json:"adapter"`
	Title     string     `json:"title"`
	Enabled   bool       `json:"enabled"`
	Needs     []string   `json:"needs,omitempty"` // what is still missing
	Licence   string     `json:"licence"`
	Trust     int        `json:"trust"`
	LastAsked *time.Time `json:"last_asked,omitempty"`
	Complete  bool       `json:"complete"`
	Asked     int64      `json:"asked"` // in the last night
	Found     int64      `json:"found"`
	Budget    int        `json:"budget,omitempty"` // asks a night
	Spent     int64      `json:"spent,omitempty"`  // of the coming list's night
	Error     string     `json:"error,omitempty"`
}

func (a *app) enricherStatuses(ctx context.Context, h *house) ([]enricherStatus, error) {
	day, err := night.NextDay(h.config, time.Now())
	if err != nil {
		return nil, err
	}
	var out []enricherStatus
	for _, s := range h.config.Sections(config.Enrichers) {
		made, err := make1("enrich", enricherAdapters(h), s)
		if err != nil {
			return nil, err
		}
		d := made.Describe()
		st := enricherStatus{Name: s.Name, Adapter: s.Adapter, Title: d.Title, Enabled: s.Enabled, Licence: d.Licence, Trust: s.Trust}
		if off := h.off(made); off != "" {
			st.Needs = append(st.Needs, off)
		}
		if d.Metered {
			st.Budget = s.Budget
			if st.Spent, err = h.store.Claimed(ctx, s.Name, day); err != nil {
				return nil, fmt.Errorf("read what %s has spent: %w", s.Name, err)
			}
		}
		p, err := h.store.Pull(ctx, s.Name)
		switch {
		case err == nil:
			when := p.Started
			st.LastAsked, st.Complete, st.Error = &when, p.Complete, p.Error
			st.Asked, st.Found = p.Counts.Read, p.Counts.Taken
		case !errors.Is(err, store.ErrNotFound):
			return nil, fmt.Errorf("read the state of %s: %w", s.Name, err)
		}
		out = append(out, st)
	}
	return out, nil
}

func writeEnrichers(w io.Writer, list []enricherStatus) error {
	if len(list) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "ENRICHER\tADAPTER\tSTATE\tLAST ASKED\tASKED\tFOUND\tBUDGET\tSPENT")
	for _, s := range list {
		state, last, budget := "ready", "never", "none"
		switch {
		case !s.Enabled:
			state = "off"
		case len(s.Needs) > 0:
			state = "needs"
		case s.Error != "":
			state = "failed"
		}
		if s.LastAsked != nil {
			last = s.LastAsked.Format("2006-01-02 15:04")
		}
		if s.Budget > 0 {
			budget = fmt.Sprint(s.Budget)
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%d\n", s.Name, s.Adapter, state, last, s.Asked, s.Found, budget, s.Spent)
	}
	if err := tw.Flush(); err != nil {
		return fmt.Errorf("print enrichers: %w", err)
	}
	for _, s := range list {
		for _, need := range s.Needs {
			fmt.Fprintf(w, "%s needs: %s\n", s.Name, need)
		}
		if s.Error != "" {
			fmt.Fprintf(w, "%s: %s\n", s.Name, s.Error)
		}
	}
	return nil
}
