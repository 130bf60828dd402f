package evidence

// commonRegion is where the firm's carriers are counted.
func (c *comparison) commonRegion() string {
	region := ""
	for i := range c.firm.places {
		theirs := c.firm.places[i].region
		if theirs == "" {
			continue
		}
		for j := range c.listing.places {
			if c.listing.places[j].region == theirs {
				return theirs
			}
		}
		if region == "" || !c.firm.places[i].brought && c.broughtRegion(region) {
			region = theirs
		}
	}
	return region
}

func (c *comparison) broughtRegion(region string) bool {
	for i := range c.firm.places {
		if at := &c.firm.places[i]; at.region == region && !at.brought {
			return false
		}
	}
	return true
}

// setting is what a place says.
type setting struct{ region, city, address finding }

// where compares region, city and address. The address contains the city and
// the city the region: each adds what it says beyond the other.
func (c *comparison) where() setting {
	region := c.findRegion()
	city := c.findCity(region)
	return setting{region, city, c.findAddress(city, region.weight+city.weight)}
}

// ofBranch is the setting for a listing that is rather a branch of the firm.
func (s setting) ofBranch() setting {
	s.region.soften(branchElsewhere)
	s.city.soften(branchNearby)
	return s
}

// soften lets what does not agree speak no more against the firm than at these
// rates.
func (f *finding) soften(r rates) {
	if w := weight(r.m, 1); !f.agrees && f.weight < w {
		f.weight, f.odds = w, r.odds()
	}
}

// findRegion: the more regions a firm is in, the less one that agrees says.
func (c *comparison) findRegion() finding {
	f := finding{kind: kindRegion}
	in, near, other := 0.0, false, ""
	for i := range c.firm.places {
		theirs := c.firm.places[i].region
		if theirs == "" || c.seenBefore(i) {
			continue
		}
		in += regionShare(theirs)
		for j := range c.listing.places {
			switch ours := c.listing.places[j].region; ours {
			case "":
			case theirs:
				f.agrees, f.value = true, ours
			default:
				near, other = near || neighbours[ours] == theirs, ours
			}
		}
	}
	switch {
	case f.agrees:
		f.weight, f.odds = max(0, weight(sameRegion.m, min(1, in))), sameRegion.odds()
	case other == "":
	case near:
		f.value, f.weight, f.odds = other, weight(nearRegion.m, uNearRegion), nearRegion.odds()
	default:
		f.value, f.weight, f.odds = other, weight(otherRegionOf.m, 1), otherRegionOf.odds()
	}
	return f
}

func (c *comparison) seenBefore(i int) bool {
	for k := range i {
		if c.firm.places[k].region == c.firm.places[i].region {
			return true
		}
	}
	return false
}

// findCity compares the towns within a region, or any where a region is not
// known.
func (c *comparison) findCity(region finding) finding {
	f := finding{kind: kindCity}
	if region.value != "" && !region.agrees {
		return f
	}
	in, other := 0.0, ""
	for i := range c.firm.places {
		theirs := &c.firm.places[i]
		if theirs.city == "" || region.agrees && theirs.region != region.value {
			continue
		}
		share := townShare / 2 // of all the country's
		if region.agrees {
			share = cityShare(theirs.region, theirs.city)
		}
		in += share
		for j := range c.listing.places {
			ours := &c.listing.places[j]
			switch {
			case ours.city == "" || region.agrees && ours.region != region.value:
			case ours.city == theirs.city:
				f.agrees, f.value = true, ours.city
			default:
				other = ours.city
			}
		}
	}
	switch {
	case f.agrees:
		f.weight, f.odds = max(0, weight(sameCity.m, min(1, in))), sameCity.odds()
	case other != "":
		f.value, f.weight, f.odds = other, weight(otherCity.m, 1), otherCity.odds()
	}
	return f
}

// findAddress: at a business centre many firms have one address, and those at
// it that nobody counted are more.
func (c *comparison) findAddress(city finding, said int64) finding {
	f := finding{kind: kindAddress}
	for i := range c.listing.addresses {
		for j := range c.firm.addresses {
			ours, theirs := &c.listing.addresses[i], &c.firm.addresses[j]
			if ours.place != theirs.place {
				continue
			}
			w := max(0, rare(sameAddress.m, c.count(ours.place).others()+strayAddress)-max(0, said))
			if !f.agrees || w > f.weight {
				f.agrees, f.value, f.weight, f.odds = true, ours.text, w, sameAddress.odds()
			}
		}
	}
	if !f.agrees && city.agrees && len(c.listing.addresses) > 0 && len(c.firm.addresses) > 0 {
		f.value, f.weight, f.odds = c.listing.addresses[0].text, weight(otherAddress.m, 1), otherAddress.odds()
	}
	return f
}
