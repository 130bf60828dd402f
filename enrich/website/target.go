package website

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// targets is how many sites of one company are tried.
const targets = 3

// targetsOf lists the hosts that may be the company's own, as in
// company.Site.Host: its sites in the order of their sources' rank, then the
// domains of its own mail. What this enricher found itself is no lead.
func (e *Enricher) targetsOf(c *company.Company) (hosts []string) {
	add := func(text string) {
		s, err := company.ParseSite(text)
		if err == nil && !s.Shared && len(hosts) < targets && !slices.Contains(hosts, s.Host) {
			hosts = append(hosts, s.Host)
		}
	}
	for v := range c.Winning(company.FieldSite) {
		if v.Source != e.name {
			add(v.Value)
		}
	}
	for v := range c.Winning(company.FieldEmail) {
		_, domain, ok := strings.Cut(v.Value, "@")
		if v.Source != e.name && ok && !company.FreeMail(domain) && !company.ReportingOperator(domain) {
			add(domain)
		}
	}
	return hosts
}

// onlyShared tells a company whose pages all stand on other people's sites.
func (e *Enricher) onlyShared(c *company.Company) bool {
	for v := range c.Winning(company.FieldSite) {
		if s, err := company.ParseSite(v.Value); err == nil && s.Shared && v.Source != e.name {
			return true
		}
	}
	return false
}
