package evidence

import "cmp"

// findName takes the pair of names that says most. A sole proprietor's name
// and a sign have nothing to do with each other.
func (c *comparison) findName() finding {
	best, compared, legal := finding{}, false, int64(0)
	for i := range c.listing.names {
		for j := range c.firm.names {
			a, b := &c.listing.names[i], &c.firm.names[j]
			likeness := compareNames(a, b)
			compared = compared || likeness.level != apart
			if likeness.level <= unlike {
				continue
			}
			f := finding{kind: kindName, value: a.text, agrees: true, sign: !a.legal, weight: c.weighName(a, b, likeness)}
			if a.legal {
				legal = max(legal, f.weight)
			}
			if !best.agrees || f.weight > best.weight {
				best = f
			}
		}
	}
	best.legal = legal
	if p := c.findPerson(); p.agrees && p.weight > best.weight || best.weight <= 0 && p.unlike {
		return p
	}
	if compared && best.weight <= 0 { // so many have it in common that it is nothing
		return finding{kind: kindName, value: c.listing.names[0].text, weight: c.otherName(), unlike: true}
	}
	return best
}

// otherName weighs names that have nothing in common.
func (c *comparison) otherName() int64 {
	switch {
	case hasLegal(c.listing.names) && hasLegal(c.firm.names):
		return weight(otherLegal, 1)
	case hasSign(c.firm.names):
		return weight(otherKnownSign, 1)
	}
	return weight(otherSign, 1)
}

func hasLegal(names []name) bool {
	for i := range names {
		if names[i].legal && names[i].tells && !names[i].brought {
			return true
		}
	}
	return false
}

func hasSign(names []name) bool {
	for i := range names {
		if names[i].tells && (!names[i].legal || names[i].brought) {
			return true
		}
	}
	return false
}

// weighName weighs a likeness of two names by the carriers of what they have in
// common.
func (c *comparison) weighName(a, b *name, l likeness) int64 {
	m := mSign[l.level]
	if a.legal && b.legal {
		m = mLegal[l.level]
	}
	if l.level == whole {
		return rare(m, c.wholeCarriers(a, b))
	}
	if l.level == byInitials {
		short := a
		if b.initials == "" {
			short = b
		}
		return rare(m, c.inRegion(hashOf(KindWord, short.joined), 3))
	}
	return rare(m, c.inRegion(l.word.hash, unseen(len(l.word.sound))))
}

// wholeCarriers is how many others may have the whole name.
func (c *comparison) wholeCarriers(a, b *name) float64 {
	n := c.count(b.key)
	stray := unseen(len(b.joined))
	if !b.tells {
		stray = strayGeneric
	}
	if !a.legal {
		stray += n.doors(doorsOfName) * strayDoorName
	}
	carriers := n.others() + stray
	if one, _ := b.mostTelling(); one != nil && n.Firms >= CarrierLimit {
		carriers = min(carriers, max(CarrierLimit, c.inRegion(one.hash, unseen(len(one.sound)))))
	}
	return carriers
}

// inRegion is how many others in the country may have a word, by those who have
// it in the firm's region.
func (c *comparison) inRegion(word uint64, stray float64) float64 {
	if c.region == "" {
		return uncounted
	}
	n := c.count(hashWord(word, regionHash(c.region)))
	if n.Firms == 0 {
		return uncounted // no token was made of it
	}
	return (n.others() + stray) / regionShare(c.region)
}

// findLegal weighs against a firm whose sign agrees that both legal names are
// known and differ: many hang out the sign of a brand.
func (c *comparison) findLegal(found finding) finding {
	f := finding{kind: kindLegal}
	if !found.agrees || !found.sign || found.kind != kindName {
		return f
	}
	for i := range c.listing.names {
		for j := range c.firm.names {
			a, b := &c.listing.names[i], &c.firm.names[j]
			if !a.legal || !b.legal || b.brought {
				continue
			}
			switch compareNames(a, b).level {
			case apart:
			case unlike:
				f.value, f.weight = a.text, weight(otherLegal, 1)
			default:
				return finding{kind: kindLegal}
			}
		}
	}
	if p := c.findPerson(); f.weight == 0 && p.unlike {
		return p
	}
	return f
}

// findPerson compares sole proprietors.
func (c *comparison) findPerson() finding {
	best := finding{kind: kindPerson}
	for i := range c.listing.people {
		for j := range c.firm.people {
			p, q := &c.listing.people[i], &c.firm.people[j]
			level := comparePeople(p, q)
			if level == strangers {
				continue
			}
			if w := c.weighPerson(q, level); !best.agrees || w > best.weight {
				best = finding{kind: kindPerson, value: p.text, weight: w, agrees: true}
			}
		}
	}
	if !best.agrees && len(c.listing.people) > 0 && len(c.firm.people) > 0 {
		best.value, best.weight, best.unlike = c.listing.people[0].text, weight(otherPerson, 1), true
	}
	return best
}

func (c *comparison) weighPerson(q *person, level kinship) int64 {
	byInitials := c.inRegion(q.key, cmp.Or(unseen(len(q.surname)), 1))
	switch level {
	case sameWhole:
		n := c.count(q.whole)
		return max(0, rare(mPersonWhole, min(byInitials, n.others()+unseen(2*len(q.surname)))))
	case sameInitials:
		return max(0, rare(mPersonInitials, byInitials))
	case strangers, samePen:
	}
	return max(0, rare(mPersonSlip, byInitials))
}
