package evidence

// maxReadings is how many pairs of names are looked at in the end.
const maxReadings = 12

// readings are the ways to read the names of the two: each pair that is alike,
// and that they are not. A sole proprietor's name and a sign have nothing to do
// with each other.
func (c *comparison) readings(to []finding) []finding {
	compared := false
	for i := range c.listing.names {
		for j := range c.firm.names {
			a, b := &c.listing.names[i], &c.firm.names[j]
			likeness := compareNames(a, b)
			compared = compared || likeness.level != apart
			if likeness.level <= unlike || len(to) == maxReadings {
				continue
			}
			r := ratesOf(a, b, likeness.level)
			to = append(to, finding{
				kind: likeness.level.kind(), value: a.text, agrees: true, sign: !a.legal, whole: likeness.level == whole,
				weight: c.weighName(r.m, a, b, likeness), odds: r.odds(),
			})
		}
	}
	if len(to) == 0 {
		to = c.aliases(to)
	}
	switch p := c.findPerson(); {
	case p.agrees:
		return append(to, p)
	case p.unlike && len(to) == 0:
		return append(to, p)
	case compared && len(to) == 0:
		r := c.otherName()
		return append(to, finding{kind: kindName, value: c.listing.names[0].text, weight: weight(r.m, 1), unlike: true, odds: r.odds()})
	case len(to) == 0:
		return append(to, finding{})
	}
	return to
}

// otherName weighs names that have nothing in common.
func (c *comparison) otherName() rates {
	switch {
	case hasLegal(c.listing.names) && hasLegal(c.firm.names):
		return legalRates[unlike]
	case hasSign(c.firm.names):
		return otherKnownSign
	}
	return signRates[unlike]
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
		if names[i].tells && names[i].hung {
			return true
		}
	}
	return false
}

func ratesOf(a, b *name, l level) rates {
	if a.legal && b.legal {
		return legalRates[l]
	}
	return signRates[l]
}

// weighName weighs a likeness of two names by the carriers of what they have in
// common.
func (c *comparison) weighName(m float64, a, b *name, l likeness) int64 {
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
	return rare(m, c.inRegion(l.word.hash, unseen(ownSounds(l.word.sound))))
}

// wholeCarriers is how many others may have the whole name.
func (c *comparison) wholeCarriers(a, b *name) float64 {
	n := c.count(b.key)
	stray := max(unseen(b.own), c.composed(b))
	if !b.tells {
		stray = strayGeneric
	}
	if !a.legal {
		stray += n.doors(doorsOfName) * strayDoorName
	}
	carriers := n.others() + stray
	if one, _ := b.mostTelling(); one != nil && n.Firms >= CarrierLimit {
		carriers = min(carriers, max(CarrierLimit, c.inRegion(one.hash, unseen(ownSounds(one.sound)))))
	}
	return carriers
}

// composed is how many firms of the very name are to be expected by how many
// have its parts, as far as that is more than what is seen: names such as
// «Приборстанкосервис» and «Новая дорожная компания» are put together again and
// again.
func (c *comparison) composed(b *name) float64 {
	one, two := b.mostTelling()
	var parts [2]float64
	switch at := regionHash(c.region); {
	case one == nil || c.region == "":
		return 0
	case two != nil:
		parts[0], parts[1] = c.count(hashWord(one.hash, at)).others(), c.count(hashWord(two.hash, at)).others()
	case len(one.sound) >= twoHalves:
		parts[0], parts[1] = c.count(slipBegin(one.sound, at)).others(), c.count(slipEnd(one.sound, at)).others()
	}
	share := regionShare(c.region)
	return min(mostComposed, parts[0]/share*(parts[1]/share)/firmsInAll)
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
func (c *comparison) findLegal() finding {
	f := finding{kind: kindLegal}
	for i := range c.listing.names {
		for j := range c.firm.names {
			a, b := &c.listing.names[i], &c.firm.names[j]
			if !a.legal || !b.legal || b.brought {
				continue
			}
			switch compareNames(a, b).level {
			case apart:
			case unlike:
				f.value, f.weight, f.odds = a.text, weight(legalRates[unlike].m, 1), legalRates[unlike].odds()
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
			if w, r := c.weighPerson(p, q, level); !best.agrees || w > best.weight {
				best = finding{kind: kindPerson, value: p.text, weight: w, agrees: true, odds: r.odds()}
			}
		}
	}
	if !best.agrees && len(c.listing.people) > 0 && len(c.firm.people) > 0 {
		best.value, best.weight, best.unlike, best.odds = c.listing.people[0].text, weight(otherPerson.m, 1), true, otherPerson.odds()
	}
	return best
}

// weighPerson weighs by how many bear the name in the country: those counted in
// the region, and those to be expected by how common its parts are.
func (c *comparison) weighPerson(p, q *person, level kinship) (int64, rates) {
	r, u := sameInitialsPerson, q.frequency()
	n := c.count(hashWord(q.key, regionHash(c.region))).others()
	switch level {
	case sameWhole:
		r, u, n = sameWholePerson, u*givenAlike, c.count(q.whole).others()
	case samePen:
		r, u = slipOfPerson, u*slipsOfSurname
	case strangers, sameInitials:
	}
	if p.patronymic == "" || q.patronymic == "" {
		u /= patronymicAlike
	}
	if level != sameWhole {
		n /= regionShare(c.region)
	}
	return max(0, weight(r.m, u+n/firmsInAll)), r
}
