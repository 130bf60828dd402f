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
	"obzvon/pipeline/night"
)

// checkEnricher makes an enricher as a run does; the one that visits sites
// visits one.
func (a *app) checkEnricher(ctx context.Context, h *house, s config.Section, site []string) error {
	made, err := make1("enrich", enricherAdapters(h), s)
	if err != nil {
		return err
	}
	e, visits := made.(*website.Enricher)
	switch {
	case !visits && len(site) > 0:
		return usage(fmt.Errorf("%s is not asked at any place: `obzvon sources check %s` is all there is to check", s.Name, s.Name))
	case !visits && probed(made):
		return a.probe(ctx, config.Enrichers, s, made.Describe(), enricherNamed(s))
	case !visits:
		d := made.Describe()
		fmt.Fprintf(a.io.out, "%s: «%s», ready; it works on what is stored and asks nobody\n  %s\n  renewed %s\n", s.Name, d.Title, d.Licence, d.Rhythm)
		return nil
	case len(site) == 0:
		return usage(fmt.Errorf("%s visits sites: say which, such as `obzvon sources check %s firm.ru`", s.Name, s.Name))
	}
	if off := h.off(e, s); off != "" {
		return usage(errors.New(off))
	}
	return a.checkSite(ctx, h, e, site[0])
}

// checkSite visits one site as a night would and prints what is read off it.
// Nothing is stored.
func (a *app) checkSite(ctx context.Context, h *house, e *website.Enricher, site string) error {
	parsed, err := company.ParseSite(site)
	if err != nil {
		return usage(fmt.Errorf("visit a site: %w", err))
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
		if said := outcomeOf(answer.Outcome); !said.read {
			return fmt.Errorf("%s could not be read: %s", parsed.Host, said.means)
		}
	}
	return nil
}

func writeVisited(w io.Writer, host string, a *pipeline.Answer) error {
	said := outcomeOf(a.Outcome)
	fmt.Fprintf(w, "%s: %s; would be visited again on %s\n", host, said.means, a.Again.Local().Format(time.DateOnly))
	if said.do != "" {
		fmt.Fprintf(w, "  what to do: %s\n", said.do)
	}
	c := company.Derive("", []company.Observation{a.Observation}, nil)
	lines := night.FactsOf(&c)
	if contacts := night.ContactsOf(&c); len(contacts) > 0 {
		writeContacts(w, contacts)
		fmt.Fprintln(w)
	}
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	title := ""
	for i := range lines {
		if f := &lines[i]; !f.OfContact() {
			shown := f.Title
			if shown == title {
				shown = ""
			}
			title = f.Title
			fmt.Fprintf(tw, "%s\t%s%s\n", shown, f.Value, inBrackets(f.Note))
		}
	}
	return tw.Flush()
}
