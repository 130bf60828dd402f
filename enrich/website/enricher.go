package website

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Web carries requests to strangers' servers. What comes back without an error
// is a page, "not modified" or a redirect; everything else is an error that
// fetch.Outcome can name. *fetch.Guest is one.
type Web interface{ http.RoundTripper }

// Enricher visits sites.
type Enricher struct {
	name string
	web  Web
	opt  Options
}

// New makes the enricher; name is that of its section in the config, under
// which its observations are kept. The web stays the caller's to close.
func New(name string, web Web, o Options) (*Enricher, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	return &Enricher{name: name, web: web, opt: o}, nil
}

// Describe is static.
func (e *Enricher) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name:     "website",
		Title:    "Сайты компаний",
		Kind:     pipeline.KindEnrichment,
		Licence:  "facts that firms publish of themselves, read within robots.txt (152-ФЗ, art. 10.1, for named people)",
		TermsURL: "https://www.rfc-editor.org/rfc/rfc9309",
		Open:     true,
		Rhythm:   "as companies change their sites; each is read again after a while",
		Decoder:  decoder,
		Metered:  true,
		Contacts: true,
	}
}

// Lacks tells whether there is a site that may be the company's own.
func (e *Enricher) Lacks(c *company.Company) bool { return len(e.targetsOf(c)) > 0 }

// Places are the hosts that may be the company's. An ask visits that of its ID, by
// whatever scheme and with or without www.
func (e *Enricher) Places(c *company.Company) []string { return e.targetsOf(c) }

// Enrich visits the sites of those asked for, many side by side.
func (e *Enricher) Enrich(ctx context.Context, t pipeline.Task, asks iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) {
		c := newCrew(e, task{now: t.Now, today: company.DateOf(t.Now), persons: t.Persons})
		for a, err := range c.work(ctx, asks) {
			if !yield(a, err) || err != nil {
				return
			}
		}
		if ctx.Err() != nil {
			yield(pipeline.Answer{}, fmt.Errorf("visit sites: %w", context.Cause(ctx)))
		}
	}
}

// task is what all visits of one call have in common.
type task struct {
	now     time.Time
	today   company.Date
	persons bool
}
