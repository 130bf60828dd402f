package main

import (
	"context"
	"errors"
	"iter"

	"obzvon/cmd/obzvon/sample"
	"obzvon/config"
	"obzvon/enrich/website"
	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
)

// errNoContact keeps the program from strangers' sites until they are told whom
// to write to.
var errNoContact = errors.New("fetch.contact is empty: sites are visited under a name with a contact; write an e-mail or a page there, or switch enrich.website off")

func makeWebsite(h *house, s config.Section) (pipeline.Enricher, error) {
	o := website.Defaults()
	if err := s.Decode(&o); err != nil {
		return nil, err
	}
	if s.Budget < 1 {
		return nil, errors.New("budget: want how many sites may be visited in a night, such as 500")
	}
	e, err := website.New(s.Name, h.guest, o)
	if err != nil {
		return nil, err
	}
	if !h.sample && h.config.Fetch.Contact == "" {
		return forbidden{e, errNoContact}, nil
	}
	return e, nil
}

// newGuest is the one guest of the program on strangers' sites. The sample's
// sites are in the program: nobody need wait for his turn there.
func (h *house) newGuest() error {
	o := fetch.GuestOptions{}
	if h.sample {
		web, err := sample.NewWeb()
		if err != nil {
			return err
		}
		h.sites = fetch.New(fetch.Options{Version: versionText(), Base: web})
		o.Pace, o.AddressPace = -1, -1
	}
	from := h.client
	if h.sites != nil {
		from = h.sites
	}
	h.guest = from.Guest(o)
	return nil
}

// forbidden stands for an enricher that may not be asked yet.
type forbidden struct {
	pipeline.Enricher

	why error
}

func (f forbidden) Enrich(context.Context, pipeline.Task, iter.Seq[pipeline.Ask]) iter.Seq2[pipeline.Answer, error] {
	return func(yield func(pipeline.Answer, error) bool) { yield(pipeline.Answer{}, f.why) }
}
