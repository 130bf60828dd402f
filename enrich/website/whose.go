package website

import (
	"net/url"
	"slices"

	"obzvon/pipeline/company"
)

// whose tells to whom a site belongs by the numbers printed on it.
type whose uint8

const (
	unsaid  whose = iota // it prints none: nothing speaks for or against the company asked for
	own                  // it prints the company's ИНН, or its ОГРН and nobody's ИНН
	another              // it prints only others', or those of so many that it is a list of firms
)

// whoseSite weighs the numbers of the pages against those of the company. An
// ОГРН beside others' ИНН may be that of a supplier or a predecessor: it proves
// nothing. A listing, which has no numbers, is nobody's until matching decides.
func whoseSite(c *company.Company, inns, ogrns []string) whose {
	ogrn := c.Get(company.FieldOGRN)
	switch {
	case len(inns) >= maxPrinted, len(ogrns) >= maxPrinted:
		return another
	case c.INN != "" && slices.Contains(inns, string(c.INN)):
		return own
	case len(inns) > 0:
		return another
	case ogrn != "" && slices.Contains(ogrns, ogrn):
		return own
	case len(ogrns) > 0:
		return another
	}
	return unsaid
}

// mine tells whether what a site says may be written down under the ИНН of the
// company asked for: the site proves it, or says nothing against what one of
// the company's own sources says. All else goes without an ИНН and past
// matching, which weighs it: a lead by the domain of a mailbox, by a listing
// that was only joined, to a page on somebody's site, or away to another domain.
func (e *Enricher) mine(c *company.Company, is whose, host, home string) bool {
	at, err := company.ParseSite(home)
	if c.INN == "" || err != nil || at.Shared || company.SharedHost(host) {
		return false
	}
	asked, err := company.ParseSite(host)
	return is == own || is == unsaid && err == nil && at.Domain == asked.Domain && e.named(c, asked.Host)
}

// named tells that one of the company's own sources gives the host as its site,
// and not a page on it, as directories and marketplaces have of firms.
func (e *Enricher) named(c *company.Company, host string) bool {
	return slices.ContainsFunc(c.Values, func(v company.Value) bool {
		if v.Field != company.FieldSite || v.Source == e.name || v.Joined {
			return false
		}
		s, err := company.ParseSite(v.Value)
		if err != nil || s.Host != host {
			return false
		}
		u, err := url.Parse(s.URL)
		return err == nil && plainAddress(u)
	})
}
