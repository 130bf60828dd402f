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
	legal       int64   // of names: what the best of the listing's legal names weighs, if any agrees
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
	contacts := c.contacts(&name)
	c.numbers()
	for _, f := range contacts {
		c.add(f)
	}
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

// contacts compares phones, domains and mailboxes. A sign that agrees loses
// what a brand's site says already.
func (c *comparison) contacts(name *finding) [3]finding {
	domain := c.findDomain()
	found := [3]finding{c.findPhone(name.unlike), domain, c.findMailbox(domain.agrees)}
	without := found
	without[1].weight = 0
	further(&found)
	if !domain.agrees || !name.agrees || !name.sign || domain.doors == 0 {
		return found
	}
	further(&without)
	independent, tied := found, found
	n := dependent(&tied[1].weight, name.weight)
	switch a, b, c := total(tied)+n, total(independent)+name.legal, total(without)+name.weight; max(a, b, c) {
	case a:
		name.weight = n
		return tied
	case b:
		name.weight = name.legal
		return independent
	}
	return without
}

// further leaves the contact that says most its weight, and of the others that
// agree a part.
func further(contacts *[3]finding) {
	best := -1
	for i, f := range contacts {
		if f.agrees && (best < 0 || f.weight > contacts[best].weight) {
			best = i
		}
	}
	for i := range contacts {
		if contacts[i].agrees && i != best {
			contacts[i].weight /= furtherContact
		}
	}
}

// dependent takes a brand's site for what it is: over many doors of a franchise
// hang one sign and one address of a site, so that the one that says less says
// little.
func dependent(domain *int64, name int64) int64 {
	if *domain < name {
		*domain /= furtherContact
		return name
	}
	return name / furtherContact
}

func total(all [3]finding) (sum int64) {
	for i := range all {
		sum += all[i].weight
	}
	return sum
}
