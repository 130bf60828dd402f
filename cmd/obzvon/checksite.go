package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"obzvon/config"
	"obzvon/enrich/website"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// checkSite visits one site as a night would and prints what is read off it.
// Nothing is stored.
func (a *app) checkSite(ctx context.Context, h *house, s config.Section, site string) error {
	parsed, err := company.ParseSite(site)
	if err != nil {
		return usage(fmt.Errorf("visit a site: %w", err))
	}
	made, err := make1("enrich", enricherAdapters(h), s)
	if err != nil {
		return err
	}
	e, ok := made.(*website.Enricher)
	if !ok {
		return usage(fmt.Errorf("enrich.%s visits no sites", s.Name))
	}
	if off := h.off(e); off != "" {
		return usage(errors.New(off))
	}
	o := company.Observation{Source: "command line", Key: parsed.Host, Date: company.DateOf(time.Now())}
	o.Add(company.FieldSite, parsed.URL)
	ask := pipeline.Ask{ID: parsed.Host, Company: company.Derive("", []company.Observation{o}, nil)}
	task := pipeline.Task{Now: time.Now(), Persons: h.config.PersonalData.NamedPeople}
	for answer, err := range e.Enrich(ctx, task, slices.Values([]pipeline.Ask{ask})) {
		if err != nil {
			return fmt.Errorf("visit %s: %w", parsed.Host, err)
		}
		if err := writeVisited(a.io.out, parsed.Host, &answer); err != nil {
			return fmt.Errorf("print what %s says: %w", parsed.Host, err)
		}
	}
	return nil
}

func writeVisited(w io.Writer, host string, a *pipeline.Answer) error {
	outcome := a.Outcome
	if outcome == "" {
		outcome = "read"
	}
	fmt.Fprintf(w, "%s: %s; would be visited again on %s\n", host, outcome, a.Again.Format(time.DateOnly))
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, f := range a.Observation.Facts {
		info, _ := f.Field.Info()
		note := ""
		if f.Note != "" {
			note = " (" + f.Note + ")"
		}
		fmt.Fprintf(tw, "%s\t%s\t%s%s\n", info.Title, f.Key, f.Value, note)
	}
	return tw.Flush()
}
