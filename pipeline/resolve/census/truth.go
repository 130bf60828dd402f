package census

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

// Bond tells what there is to tell by whose a listing is.
type Bond uint8

// The bonds. See the package comment.
const (
	BondNone      Bond = iota // the registry does not have the firm
	BondUnlinked              // nothing that is shown agrees with anything that is known of the firm
	BondOutdone               // another company agrees in all in which the firm agrees
	BondDecidable             // neither
)

// String names the bond.
func (b Bond) String() string {
	return [...]string{"not in the registry", "nothing links", "another agrees as well", "decidable"}[b]
}

// Truth is whose a listing is.
type Truth struct {
	INN      company.INN // "" = the registry does not have the firm
	Bond     Bond
	Troubles Trouble
	Site     bool // it is what a site prints, no listing of a directory
}

// Listing is an observation without ИНН, and whose it is.
type Listing struct {
	Observation company.Observation
	Truth       Truth
}

// known is what the sources with an ИНН say of a firm, as far as a listing
// could agree with it.
type known struct {
	phones, mails, domains []string
	address                bool
}

func (m *maker) known(f *firm) known {
	var k known
	records := []company.Observation{f.registryRecord()}
	if o, ok := m.kompasRecord(f); ok {
		records = append(records, o)
	}
	for i := range records {
		o := &records[i]
		k.phones = append(k.phones, o.All(company.FieldPhone)...)
		k.address = k.address || o.First(company.FieldAddress) != ""
		for _, mail := range o.All(company.FieldEmail) {
			k.mails = append(k.mails, mail)
			if mail == f.mail {
				k.domains = append(k.domains, f.domain)
			}
		}
		for _, site := range o.All(company.FieldSite) {
			k.domains = append(k.domains, strings.TrimPrefix(site, "https://"))
		}
	}
	return k
}

// ties are the agreements of a listing with its firm. Those that are pooled
// hold with others too.
type ties struct{ own, pooled, name, address bool }

func (s *shown) ties(k *known) ties {
	f := s.owner
	t := ties{name: s.related, own: s.ogrn || len(s.prints) == 1, pooled: len(s.prints) > 1}
	t.address = s.spot != nil && k.address && s.spot.same(f.seat)
	for _, p := range s.phones {
		p, _, _ = strings.Cut(p, ";")
		t.own = t.own || slices.Contains(k.phones, p)
	}
	if s.domain != "" && slices.Contains(k.domains, s.domain) {
		t.own, t.pooled = t.own || !f.group, t.pooled || f.group
	}
	if s.mail != "" && slices.Contains(k.mails, s.mail) {
		t.own, t.pooled = t.own || !f.group, t.pooled || f.group
	}
	return t
}

// linked tells that two listings of one firm show that they are of one firm.
func linked(a, b *shown) bool {
	if a.domain != "" && a.domain == b.domain && !a.owner.group || a.mail != "" && a.mail == b.mail {
		return true
	}
	return slices.ContainsFunc(a.phones, func(p string) bool { return slices.Contains(b.phones, p) })
}

// truths decides a whole story, since listings and sites of one firm tell of
// each other.
func (m *maker) truths(scene []shown, r *rivals) []Truth {
	out := make([]Truth, len(scene))
	all := make([]ties, len(scene))
	for i := range scene {
		s := &scene[i]
		if s.owner.n < 0 {
			continue
		}
		k := m.known(s.owner)
		all[i] = s.ties(&k)
		m.pooledSite(s, scene, &all[i])
	}
	for range len(scene) { // until nothing changes, which takes no longer
		for i := range scene {
			for j := range scene {
				a, b := &scene[i], &scene[j]
				if !all[i].own && all[j].own && a.owner.n >= 0 && a.owner.n == b.owner.n && linked(a, b) {
					all[i].own = true
				}
			}
		}
	}
	for i := range scene {
		s := &scene[i]
		out[i] = Truth{Troubles: s.troubles, Site: s.obs.Source == SourceSite}
		if s.owner.n < 0 {
			continue
		}
		out[i].INN = s.owner.inn
		out[i].Bond = m.bond(s, all[i], r)
		if s.related && s.town == s.owner.seat.town && r.inTown(s) > 0 {
			out[i].Troubles |= TroubleNamesake
		}
	}
	return out
}

// pooledSite notes that a group's site, which prints the firm's ИНН among
// others' or that of the group's leader, is the one that the listing shows.
func (m *maker) pooledSite(s *shown, scene []shown, t *ties) {
	for i := range scene {
		site := &scene[i]
		if s.owner.group && s.domain != "" && site.domain == s.domain && slices.Contains(site.prints, s.owner.inn) {
			t.pooled = true
		}
	}
}

func (m *maker) bond(s *shown, t ties, r *rivals) Bond {
	outdone := false
	switch {
	case t.own:
		return BondDecidable
	case t.name && (t.address || t.pooled):
		return BondDecidable
	case t.name:
		outdone = r.byName(s) > 0
	case t.address:
		outdone = r.byAddress(s) > 0
	case t.pooled:
		outdone = true
	default:
		return BondUnlinked
	}
	if outdone {
		return BondOutdone
	}
	return BondDecidable
}
