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
	Ties     Tie
	Troubles Trouble
	Site     bool // it is what a site prints, no listing of a directory
}

// Tie is what of a listing agrees with what is known of its firm.
type Tie uint8

// The ties.
const (
	TieContact Tie = 1 << iota // a phone, mailbox, domain or number of the firm's own
	TieShared                  // a domain, mailbox or ИНН that its group shows too
	TieOthers                  // a contact that another listing of the firm shows, or its site, which has a tie
	TieAddress
	TieName
)

// String names the ties: «contact, name».
func (t Tie) String() string {
	var names []string
	for i, name := range []string{"contact", "shared contact", "contact through others", "address", "name"} {
		if t&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if names == nil {
		return "nothing"
	}
	return strings.Join(names, ", ")
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

// ties are the agreements of a listing with its firm.
func (s *shown) ties(k *known) Tie {
	f := s.owner
	var t Tie
	contact := func(agrees, shared bool) {
		switch {
		case agrees && shared:
			t |= TieShared
		case agrees:
			t |= TieContact
		}
	}
	contact(s.ogrn, false)
	contact(len(s.prints) > 0, len(s.prints) > 1)
	for _, p := range s.phones {
		p, _, _ = strings.Cut(p, ";")
		contact(slices.Contains(k.phones, p), false)
	}
	contact(s.domain != "" && slices.Contains(k.domains, s.domain), f.group)
	contact(s.mail != "" && slices.Contains(k.mails, s.mail), f.group)
	if s.related {
		t |= TieName
	}
	if s.spot != nil && k.address && s.spot.same(f.seat) {
		t |= TieAddress
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
	ties := m.ties(scene)
	out := make([]Truth, len(scene))
	for i := range scene {
		s := &scene[i]
		out[i] = Truth{Troubles: s.troubles, Site: s.obs.Source == SourceSite}
		if s.owner.n < 0 {
			continue
		}
		out[i].INN, out[i].Ties = s.owner.inn, ties[i]
		out[i].Bond = bond(s, ties[i], r)
		if s.related && s.town == s.owner.seat.town && r.inTown(s) > 0 {
			out[i].Troubles |= TroubleNamesake
		}
	}
	return out
}

// ties finds what ties each listing of a story to its firm, then what does so
// through others that are tied themselves.
func (m *maker) ties(scene []shown) []Tie {
	all := make([]Tie, len(scene))
	for i := range scene {
		if s := &scene[i]; s.owner.n >= 0 {
			k := m.known(s.owner)
			all[i] = s.ties(&k) | groupSite(s, scene)
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range scene {
			for j := range scene {
				a, b := &scene[i], &scene[j]
				if all[i]&(TieContact|TieOthers) == 0 && all[j]&(TieContact|TieOthers) != 0 && a.owner.n >= 0 && a.owner.n == b.owner.n && linked(a, b) {
					all[i] |= TieOthers
					changed = true
				}
			}
		}
	}
	return all
}

// groupSite notes that a group's site, which prints the firm's ИНН among
// others' or that of the group's leader, is the one that the listing shows.
func groupSite(s *shown, scene []shown) Tie {
	for i := range scene {
		site := &scene[i]
		if s.owner.group && s.domain != "" && site.domain == s.domain && slices.Contains(site.prints, s.owner.inn) {
			return TieShared
		}
	}
	return 0
}

func bond(s *shown, t Tie, r *rivals) Bond {
	outdone := false
	switch {
	case t == 0:
		return BondUnlinked
	case t&(TieContact|TieOthers) != 0:
	case t&TieName != 0 && t&(TieAddress|TieShared) != 0:
	case t&TieName != 0:
		outdone = r.byName(s) > 0
	case t&TieAddress != 0:
		outdone = r.byAddress(s) > 0
	default:
		outdone = true
	}
	if outdone {
		return BondOutdone
	}
	return BondDecidable
}
