package main

import (
	"strconv"

	"obzvon/cmd/obzvon/sample"
	"obzvon/config"
	"obzvon/enrich/website"
	"obzvon/pipeline"
	"obzvon/pipeline/fetch"
)

func makeWebsite(h *house, s config.Section) (pipeline.Enricher, error) {
	o := website.Defaults()
	if err := s.Decode(&o); err != nil {
		return nil, err
	}
	if s.Budget < 1 {
		return nil, s.Wrong("budget", strconv.Itoa(s.Budget), config.WantedBudget)
	}
	return website.New(s.Name, h.guest, o)
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
