package evidence

import "obzvon/pipeline/store"

// The kinds of evidence, as store.Evidence names them.
const (
	kindPrior   = "prior"
	kindINN     = "inn"
	kindOGRN    = "ogrn"
	kindPhone   = "phone"
	kindEmail   = "email"
	kindSite    = "site"
	kindName    = "name"       // a legal name or a sign
	kindPerson  = "person"     // the name of a sole proprietor
	kindLegal   = "name_legal" // the legal names, where it is a sign that agrees
	kindForm    = "form"
	kindRegion  = "region"
	kindCity    = "city"
	kindAddress = "address"
)

// finding is the outcome of one comparison.
type finding struct {
	kind, value string
	weight      int64
	agrees      bool
	unlike      bool    // of names: both tell, and differ
	sign        bool    // of names: it is a sign that agrees, no legal name
	doors       float64 // listings beyond the usual few that have the value
}

// comparison is one Weigh under way.
type comparison struct {
	listing, firm *Party
	count         func(hash uint64) Count
	region        string // of the firm: the listing's if it is there, else its first

	pieces [16]store.Evidence
	n      int
}

func (c *comparison) add(f finding) {
	if f.weight != 0 {
		c.pieces[c.n] = store.Evidence{Kind: f.kind, Value: f.value, Weight: f.weight}
		c.n++
	}
}

// Weigh compares a listing with a firm. The count tells of any token of either
// how many carry it, the two themselves included.
func (m *Model) Weigh(listing, firm *Party, count func(hash uint64) Count) Weighed {
	c := comparison{listing: listing, firm: firm, count: count}
	c.region = c.commonRegion()
	c.add(finding{kind: kindPrior, weight: weight(known/(1-known), firmsInAll)})
	name := c.findName()
	domain := c.findDomain()
	domain.weight, name.weight = dependent(domain, name)
	c.numbers()
	phone, mailbox := c.findPhone(name.unlike), c.findMailbox(domain.agrees)
	further(&phone, &domain, &mailbox)
	c.add(phone)
	c.add(domain)
	c.add(mailbox)
	c.add(name)
	c.add(c.findLegal(name))
	c.add(c.findForm())
	c.where()
	w := Weighed{Evidence: append([]store.Evidence(nil), c.pieces[:c.n]...)}
	for i := range w.Evidence {
		w.Weight += w.Evidence[i].Weight
	}
	return w
}

// dependent takes a brand's site for what it is: over many doors of a franchise
// hang one sign and one address of a site, so that the second says little once
// the first is known.
func dependent(domain, name finding) (domainWeight, nameWeight int64) {
	d, n := domain.weight, name.weight
	if domain.agrees && name.agrees && name.sign && domain.doors > 0 {
		if d < n {
			return d / 4, n
		}
		return d, n / 4
	}
	return d, n
}

// further leaves the contact that says most its weight, and of the others that
// agree a part.
func further(contacts ...*finding) {
	best := contacts[0]
	for _, f := range contacts {
		if f.agrees && (!best.agrees || f.weight > best.weight) {
			best = f
		}
	}
	for _, f := range contacts {
		if f.agrees && f != best {
			f.weight /= furtherContact
		}
	}
}
