package resolve

import (
	"strings"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// The kinds of evidence, as store.Evidence names them.
const (
	kindOGRN  = "ogrn"
	kindPhone = "phone"
	kindSite  = "site"
	kindEmail = "email"
	kindName  = "name_city"
)

// token is a thing by which two observations can agree. Site and mailbox
// share the space of domains: info@vega.ru speaks for vega.ru.
type token struct {
	space spaceKind
	value string
}

type spaceKind uint8

const (
	spaceOGRN spaceKind = iota
	spacePhone
	spaceDomain
	spaceName
)

// clue is a token as an observation gives it.
type clue struct {
	token
	kind string
	form company.LegalForm // of the name
}

// place is where an observation puts the firm.
type place struct{ city, region string }

// reader takes observations apart.
type reader struct {
	freeMail, sharedHosts map[string]bool
}

func newReader(cfg config.Resolve) reader {
	r := reader{freeMail: map[string]bool{}, sharedHosts: map[string]bool{}}
	for _, d := range cfg.FreeMail {
		r.freeMail[strings.ToLower(d)] = true
	}
	for _, d := range cfg.SharedHosts {
		r.sharedHosts[strings.ToLower(d)] = true
	}
	return r
}

// clues yields everything by which the observation can agree with another.
func (r reader) clues(o *company.Observation, yield func(clue)) {
	for i := range o.Facts {
		f := &o.Facts[i]
		switch f.Field {
		case company.FieldOGRN:
			yield(clue{token: token{spaceOGRN, f.Value}, kind: kindOGRN})
		case company.FieldPhone:
			number, _, _ := strings.Cut(f.Value, ";")
			yield(clue{token: token{spacePhone, number}, kind: kindPhone})
		case company.FieldSite:
			if d, ok := r.domain(f.Value); ok {
				yield(clue{token: token{spaceDomain, d}, kind: kindSite})
			}
		case company.FieldEmail:
			if _, host, ok := strings.Cut(f.Value, "@"); ok && !r.freeMail[host] && !company.FreeMail(host) && !company.ReportingOperator(host) {
				if d, ok := r.domain(host); ok && !r.freeMail[d] {
					yield(clue{token: token{spaceDomain, d}, kind: kindEmail})
				}
			}
		case company.FieldNameShort, company.FieldNameFull, company.FieldNameBrand:
			r.nameClue(f.Value, yield)
		}
	}
}

// nameClue leaves out persons: namesakes are many and the law protects them.
func (r reader) nameClue(s string, yield func(clue)) {
	n := company.ParseName(s)
	if n.Form == company.FormIP {
		return
	}
	if key := n.Key(); key != "" {
		yield(clue{token: token{spaceName, key}, kind: kindName, form: n.Form})
	}
}

// domain returns the registered domain of a site unless many firms share it.
func (r reader) domain(address string) (string, bool) {
	s, err := company.ParseSite(address)
	if err != nil || s.Shared || r.sharedHosts[s.Domain] {
		return "", false
	}
	for host := s.Host; host != ""; {
		if r.sharedHosts[host] {
			return "", false
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return s.Domain, true
}

// placeOf reads city and region. A subject that is a city needs no city.
func placeOf(o *company.Observation) place {
	p := place{region: o.First(company.FieldRegion)}
	city := o.First(company.FieldCity)
	if city == "" {
		switch p.region {
		case "77":
			city = "Москва"
		case "78":
			city = "Санкт-Петербург"
		case "92":
			city = "Севастополь"
		}
	}
	p.city = strings.Join(company.FoldWords(company.CleanCity(city)), " ")
	return p
}

// near tells that two places may be one: the city is known and equal, and no
// region speaks against it.
func (p place) near(q place) bool {
	return p.city != "" && p.city == q.city && (p.region == "" || q.region == "" || p.region == q.region)
}

// signName is the name by which a listing is counted among those that use a
// phone.
func signName(o *company.Observation) string {
	for _, f := range []company.Field{company.FieldNameBrand, company.FieldNameShort, company.FieldNameFull} {
		if s := o.First(f); s != "" {
			if key := company.ParseName(s).Key(); key != "" {
				return identity(key)
			}
		}
	}
	return ""
}
