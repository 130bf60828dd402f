package evidence

import "obzvon/pipeline/company"

// numbers compares ИНН and ОГРН. Both stand in one print, so the second that
// agrees adds little; each that differs speaks for itself.
func (c *comparison) numbers() {
	inn := c.findNumber(kindINN, false)
	ogrn := c.findNumber(kindOGRN, true)
	switch {
	case inn.agrees && ogrn.agrees && inn.weight >= ogrn.weight:
		ogrn.weight, ogrn.odds = anotherSame, odds{}
	case inn.agrees && ogrn.agrees:
		inn.weight, inn.odds = anotherSame, odds{}
	}
	c.add(inn)
	c.add(ogrn)
}

func (c *comparison) findNumber(kind string, entity bool) finding {
	listed, vouched := 0, false
	theirs := ""
	f := finding{kind: kind}
	for i := range c.firm.numbers {
		q := &c.firm.numbers[i]
		if q.entity != entity || !q.own {
			continue
		}
		theirs = q.value
		for j := range c.listing.numbers {
			p := &c.listing.numbers[j]
			if p.entity == entity && p.value == q.value {
				f.value, f.agrees, vouched = p.value, true, p.own
			}
		}
	}
	other := ""
	for j := range c.listing.numbers {
		if p := &c.listing.numbers[j]; p.entity == entity {
			listed++
			other, vouched = p.value, vouched || !f.agrees && p.own
		}
	}
	switch {
	case f.agrees && vouched:
		f.weight, f.odds = rare(ownNumber.m/float64(listed), strayOwn), ownNumber.odds()
	case f.agrees:
		f.weight, f.odds = rare(sameNumber.m/float64(listed), strayPrinted), sameNumber.odds()
	case theirs == "" || listed == 0:
	case vouched:
		f.value, f.weight = other, weight(otherOwn, 1)
	default:
		f.value, f.weight = other, weight(otherPrinted, 1)
	}
	return f
}

// each calls back for each value that both have.
func each(listing, firm []contact, yield func(ours, theirs *contact)) {
	for i := range listing {
		for j := range firm {
			if listing[i].hash == firm[j].hash && listing[i].value == firm[j].value {
				yield(&listing[i], &firm[j])
			}
		}
	}
}

// findPhone takes the number that says most. Where a name agrees, many listings
// with the number are a chain's; else it may be the reception of a centre.
func (c *comparison) findPhone(named bool) finding {
	best := finding{kind: kindPhone}
	brought, inside := strayBroughtUnlike, strayInsideUnlike
	if named {
		brought, inside = strayBrought, strayInside
	}
	each(c.listing.phones, c.firm.phones, func(ours, theirs *contact) {
		n := c.count(theirs.hash)
		doors := n.doors(usualPhone) * strayListing
		if !named {
			doors *= n.doors(usualPhone) // one more may be another directory's, many are a centre's
		}
		carriers := n.others() + strayPhone(theirs.phone) + doors
		if ours.inside || theirs.inside {
			carriers += inside
		}
		r := samePhone
		if n.others() == 0 && !theirs.brought {
			r = ownPhone
		}
		if best.better(theirs, r, carriers, brought) {
			best.own = r == ownPhone
		}
	})
	if !best.agrees {
		best.missing(c.listing.phones, c.firm.phones, otherPhone)
	}
	return best
}

func strayPhone(kind company.PhoneKind) float64 {
	switch kind {
	case company.PhoneMobile:
		return strayMobile
	case company.PhoneLandline:
		return strayLandline
	case company.PhoneTollFree, company.PhoneOther, company.PhoneForeign:
	}
	return strayFree
}

// maxDomains is how many domains that agree are looked at.
const maxDomains = 4

// domains compares domains, whether of a site or of mail: they are one fact.
// They are as many ways to read the two, that they are no sign of anything
// among them.
func (c *comparison) domains(to []finding) []finding {
	each(c.listing.domains, c.firm.domains, func(_, theirs *contact) {
		if len(to) == maxDomains {
			return
		}
		n := c.count(theirs.hash)
		f := finding{kind: kindEmail, doors: n.doors(usualDomain)}
		stray := strayDomain
		if theirs.prints {
			stray = strayPrinting
		}
		f.better(theirs, sameDomain, n.others()+stray+f.doors*strayDoor, strayBrought)
		f.kindred = n.kindred()
		if f.site(c.listing.domains) {
			f.kind = kindSite
		}
		to = append(to, f)
	})
	if len(to) > 0 {
		return append(to, finding{agrees: true})
	}
	f := finding{kind: kindSite}
	f.missing(c.listing.domains, c.firm.domains, otherDomain)
	return append(to, f)
}

// site tells that the listing shows a site there.
func (f *finding) site(listing []contact) bool {
	for i := range listing {
		if listing[i].value == f.value && listing[i].site {
			return true
		}
	}
	return false
}

func (c *comparison) findMailbox(domainAgrees bool) finding {
	best := finding{kind: kindEmail}
	each(c.listing.mailboxes, c.firm.mailboxes, func(_, theirs *contact) {
		n, r := c.count(theirs.hash), sameMailbox
		if n.others() == 0 && !theirs.brought {
			r = ownMailbox
		}
		best.better(theirs, r, n.others()+strayMailbox, strayBrought)
	})
	if !best.agrees && !domainAgrees {
		best.missing(c.listing.mailboxes, c.firm.mailboxes, otherMailbox)
	}
	return best
}

// better takes a value that agrees if it says more than the one before.
func (f *finding) better(theirs *contact, r rates, carriers, brought float64) bool {
	if theirs.brought {
		carriers += brought
	}
	w := max(0, rare(r.m, carriers))
	if f.agrees && w <= f.weight {
		return false
	}
	f.value, f.weight, f.agrees, f.brought, f.odds = theirs.value, w, true, theirs.brought, r.odds()
	return true
}

// missing weighs that both have values and none in common. What only listings
// brought is no full account of what the firm has.
func (f *finding) missing(listing, firm []contact, r rates) {
	if len(listing) == 0 || len(firm) == 0 {
		return
	}
	f.value, f.weight = listing[0].value, weight(r.m, 1)/2
	for i := range firm {
		if !firm[i].brought {
			f.weight, f.odds = weight(r.m, 1), r.odds()
			return
		}
	}
}
