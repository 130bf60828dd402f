package evidence

import (
	"math"

	"obzvon/pipeline/store"
)

// The kinds of evidence, as store.Evidence names them.
const (
	kindPrior   = "prior"
	kindINN     = "inn"
	kindOGRN    = "ogrn"
	kindPhone   = "phone"
	kindEmail   = "email"
	kindSite    = "site"
	kindName    = "name"       // a legal name or a sign
	kindPart    = "name_part"  // of a name some telling words, or all among other descriptions
	kindPerson  = "person"     // the name of a sole proprietor
	kindAlias   = "alias"      // a mailbox or domain of the one has the name of the other
	kindLegal   = "name_legal" // the legal names, where it is a sign that agrees
	kindForm    = "form"
	kindTrade   = "trade"
	kindRegion  = "region"
	kindCity    = "city"
	kindAddress = "address"
	kindKin     = "kin" // it may be a firm of the same owner, group or brand
)

// finding is the outcome of one comparison.
type finding struct {
	kind, value string
	weight      int64
	agrees      bool
	unlike      bool    // of names: both tell, and differ
	sign        bool    // of names: it is a sign that agrees, no legal name
	whole       bool    // of names: every word agrees
	brought     bool    // of contacts: only by a joined listing
	own         bool    // of phones: of this firm alone, by sources that name it
	doors       float64 // listings beyond the usual few that have the value
	kindred     float64 // how many times rather than usual it may be kindred firms' together
	odds        odds    // by how much more it is an outcome of others
}

// comparison is one Weigh under way.
type comparison struct {
	listing, firm *Party
	count         func(hash uint64) Count
	region        string // of the firm: the listing's if it is there, else its first

	pieces [20]store.Evidence
	n      int
	sum    sum
}

// sum is what findings come to.
type sum struct {
	weight int64
	odds   odds
}

func (s sum) plus(all ...finding) sum {
	for i := range all {
		s.weight += all[i].weight
		s.odds = s.odds.plus(all[i].odds)
	}
	return s
}

func (c *comparison) add(f finding) {
	c.sum = c.sum.plus(f)
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
	c.numbers()
	var stack [maxDomains + 1]finding
	domains := c.domains(stack[:0])
	c.add(c.findMailbox(domains[0].agrees))
	c.add(c.findForm())
	c.add(c.findTrade())
	best := c.best(domains)
	for _, f := range best.findings {
		c.add(f)
	}
	c.add(finding{kind: kindKin, weight: c.sum.others(best.kindred, best.doors)})
	w := Weighed{Evidence: append([]store.Evidence(nil), c.pieces[:c.n]...)}
	for i := range w.Evidence {
		w.Weight += w.Evidence[i].Weight
	}
	return w
}

// reading is one way to read names, phones, domains and what they make of the
// place.
type reading struct {
	findings       [7]finding // phone, domain, name, legal name, region, city, address
	kindred, doors float64
	total          int64
}

// best takes the reading that says most for the firm: which of its names is
// meant, and whether the domain counts at all, since that of a brand says which
// brand it is rather than which firm.
func (c *comparison) best(domains []finding) reading {
	var stack [maxReadings + 1]finding
	phones := [2]finding{c.findPhone(true), c.findPhone(false)}
	legal := c.findLegal()
	at := c.where()
	best := reading{total: math.MinInt64}
	for _, name := range c.readings(stack[:0]) {
		for _, domain := range domains {
			r := reading{findings: [7]finding{phones[0], domain, name}, kindred: 1, doors: domain.doors}
			if domain.weight > 0 {
				r.kindred = domain.kindred
			}
			if !name.agrees {
				r.findings[0] = phones[1]
			}
			if name.sign {
				r.findings[3] = legal
			}
			r.put(at)
			if r.weigh(c.sum); r.total > best.total {
				best = r
			}
		}
	}
	return best
}

// put says what the place comes to in this reading. A shop elsewhere that shows
// the firm's site and its whole name is a branch; and one that shows its phone,
// for numbers that are given to others or mistaken stay in the town. A house has one reception: a
// phone that nobody but a listing of the house vouches for, and no name, are its
// neighbours' too.
func (r *reading) put(at setting) {
	phone, domain, name := &r.findings[0], &r.findings[1], &r.findings[2]
	if domain.weight > 0 && name.whole || phone.own {
		at = at.ofBranch()
	}
	if phone.agrees && phone.brought && !name.agrees && domain.weight <= 0 && at.address.agrees {
		at.address = finding{}
	}
	r.findings[4], r.findings[5], r.findings[6] = at.region, at.city, at.address
}

func (r *reading) weigh(s sum) {
	s = s.plus(r.findings[:]...)
	r.total = s.weight + s.others(r.kindred, r.doors)
}

// others weighs that what agrees agrees with a kindred firm too, or with any
// firm under the brand whose site has so many doors: if it is nobody's in
// particular the odds are e to the weight, and they are those of the others
// that there are.
func (s sum) others(kindred, doors float64) int64 {
	of := func(prior float64, odds int64) float64 { return prior * math.Exp(float64(s.weight+odds)/1000) }
	more := of(kinOf*kindred, s.odds.kin)
	if doors > 0 {
		more += of(brandOf/(1+math.Pow(halfDoors/doors, steepDoors)), s.odds.brand) // few doors are a chain's own
	}
	return weight(1, 1+more)
}
