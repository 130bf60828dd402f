package resolve

import (
	"slices"
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

// kindOrder: the strongest first.
var kindOrder = [...]string{kindOGRN, kindPhone, kindSite, kindEmail, kindName}

func kindRank(kind string) int { return slices.Index(kindOrder[:], kind) }

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

// rules tell whose domains identify nobody.
type rules struct {
	freeMail, sharedHosts map[string]bool
}

func newRules(cfg config.Resolve) rules {
	r := rules{freeMail: map[string]bool{}, sharedHosts: map[string]bool{}}
	for _, d := range cfg.FreeMail {
		r.freeMail[strings.ToLower(d)] = true
	}
	for _, d := range cfg.SharedHosts {
		r.sharedHosts[strings.ToLower(d)] = true
	}
	return r
}

// reader takes observations apart. It remembers the names that it parsed until
// forget, and is for one goroutine.
type reader struct {
	rules
	sieve *sieve // what cannot be listed is not yielded; nil = everything is

	names   []parsed
	scratch []uint64
}

// parsed is a name taken apart.
type parsed struct {
	raw  string
	name company.Name
	key  string
}

func (r *reader) parse(raw string) parsed {
	for _, p := range r.names {
		if p.raw == raw {
			return p
		}
	}
	p := parsed{raw: raw, name: company.ParseName(raw)}
	p.key = p.name.Key()
	r.names = append(r.names, p)
	return p
}

func (r *reader) forget() { r.names = r.names[:0] }

// clues yields everything by which the observation can agree with another;
// names only if they are wanted.
func (r *reader) clues(o *company.Observation, names bool, yield func(clue)) {
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
			if d, ok := r.mailDomain(f.Value); ok {
				yield(clue{token: token{spaceDomain, d}, kind: kindEmail})
			}
		case company.FieldNameShort, company.FieldNameFull, company.FieldNameBrand:
			if names && r.sieve.name(f.Value, &r.scratch) {
				r.nameClue(f.Value, yield)
			}
		}
	}
}

// nameClue leaves out persons: namesakes are many and the law protects them.
func (r *reader) nameClue(s string, yield func(clue)) {
	if p := r.parse(s); p.key != "" && p.name.Form != company.FormIP {
		yield(clue{token: token{spaceName, p.key}, kind: kindName, form: p.name.Form})
	}
}

// mailDomain returns the domain of a mailbox unless it is a mail service's.
func (r *reader) mailDomain(address string) (string, bool) {
	_, host, ok := strings.Cut(address, "@")
	if !ok || !r.sieve.host(host) || r.freeMail[host] || company.FreeMail(host) || company.ReportingOperator(host) {
		return "", false
	}
	d, ok := r.domain(host)
	return d, ok && !r.freeMail[d]
}

// domain returns the registered domain of a site unless many firms share it.
func (r *reader) domain(address string) (string, bool) {
	if !r.sieve.host(address) {
		return "", false
	}
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

// placeOf reads where an observation puts the firm. A subject that is a city
// needs no city.
func placeOf(o *company.Observation) (city, region string) {
	region = o.First(company.FieldRegion)
	if city = o.First(company.FieldCity); city == "" {
		switch region {
		case "77":
			city = "Москва"
		case "78":
			city = "Санкт-Петербург"
		case "92":
			city = "Севастополь"
		}
	}
	return strings.Join(company.FoldWords(company.CleanCity(city)), " "), region
}

// signName is the name by which a listing is counted among those that use a
// phone.
func (r *reader) signName(o *company.Observation) string {
	for _, f := range []company.Field{company.FieldNameBrand, company.FieldNameShort, company.FieldNameFull} {
		if s := o.First(f); s != "" {
			if p := r.parse(s); p.key != "" {
				return identity(p.key)
			}
		}
	}
	return ""
}
