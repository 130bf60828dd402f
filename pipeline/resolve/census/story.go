package census

// listingsOfOne is how many listings one company or stranger may have.
const listingsOfOne = 16

// outsideIDs is where the ids of listings of strangers begin.
const outsideIDs = MaxCompanies * listingsOfOne

// teller tells stories: the listings of firms that have to do with each other,
// and the sites that these listings show.
type teller struct {
	w    *World
	m    *maker
	emit func(scene []shown) bool
	told int // listings, sites apart
}

// stories tells franchises, networks and groups, then firms alone and firms
// that the registry does not have. What is more than the listings asked for is
// cut off, so that one story may lose its end. emit returns false to end it.
func (w *World) stories(emit func(scene []shown) bool) {
	t := &teller{w: w, m: w.maker(), emit: emit}
	for g := range w.layout.franchises {
		if !t.tell(t.franchise(g)) {
			return
		}
	}
	for g := range w.layout.networks {
		if !t.tell(t.network(w.layout.networksFrom() + g)) {
			return
		}
	}
	for g := range w.layout.holdings {
		if !t.tell(t.holding(w.layout.holdingsFrom() + g*holdingFirms)) {
			return
		}
	}
	t.others()
}

// others tells of those who stand alone, one in so many a stranger.
func (t *teller) others() {
	outside, strangers := 0, 0
	for place := t.w.layout.aloneFrom(); place < t.w.spec.Companies; {
		var scene []shown
		if float64(outside) < rateOutside*float64(t.told) {
			scene = t.outside(strangers)
			outside += len(scene)
			strangers++
		} else {
			scene = t.alone(place)
			place++
		}
		if !t.tell(scene) {
			return
		}
	}
}

// tell adds the sites of a story's listings and hands it on; false at the end.
func (t *teller) tell(scene []shown) bool {
	scene = scene[:min(len(scene), t.w.spec.Listings-t.told)]
	t.told += len(scene)
	seen := map[string]bool{}
	for i := range scene {
		if host := scene[i].domain; host != "" && !seen[host] {
			seen[host] = true
			if s, ok := t.m.site(scene[i].owner, host); ok {
				scene = append(scene, s)
				trouble(scene, &s)
			}
		}
	}
	return t.emit(scene) && t.told < t.w.spec.Listings
}

// trouble tells the listings that show a site what it prints wrongly.
func trouble(scene []shown, site *shown) {
	for i := range scene {
		if scene[i].domain == site.domain {
			scene[i].troubles |= site.troubles
		}
	}
}

// firm makes the company at a place of the layout.
func (t *teller) firm(place int) *firm {
	f := t.m.firm(t.w.layout.at(place))
	return &f
}

func (t *teller) show(x wish, with Trouble) shown {
	s := t.m.listing(x)
	s.troubles |= with
	return s
}

// alone shows a firm in one directory, some in two or three.
func (t *teller) alone(place int) []shown {
	f := t.firm(place)
	id := place * listingsOfOne
	scene := []shown{t.show(wish{id: id, f: f, at: f.works, first: true}, 0)}
	d := t.m.d.of(t.w.spec.Seed, streamScene, id)
	twice, thrice := d.chance(rateTwice), d.chance(rateThrice/rateTwice)
	for n, more := range []bool{twice, twice && thrice} {
		if more {
			scene = append(scene, t.show(wish{id: id + 1 + n, f: f, at: f.works, first: true, second: true}, TroubleTwice))
		}
	}
	return scene
}

// network shows two to nine places of one firm: a third of the networks are of
// one town, the others' branches are in the region or anywhere. Most branches
// have a number of their own, the others that of the office.
func (t *teller) network(place int) []shown {
	w, f := t.w, t.firm(place)
	id := place * listingsOfOne
	d := newDraw().of(w.spec.Seed, streamScene, id)
	local := d.chance(0.35)
	scene := []shown{t.show(wish{id: id, f: f, at: f.works, first: true}, TroubleNetwork)}
	for b := 1; b < 2+d.below(networkMean*2-4); b++ {
		at := f.works.town
		switch {
		case local:
		case d.chance(0.55):
			at = at.region.drawTown(d)
		default:
			at = w.tables.drawRegion(d).drawTown(d)
		}
		if at.village {
			at = &at.region.towns[0]
		}
		x := wish{id: id + b, f: f, at: drawSpot(d, w.tables, at)}
		if d.chance(0.6) {
			x.phone = phone(phonesOfBranches + place*listingsOfOne + b)
		}
		scene = append(scene, t.show(x, TroubleNetwork))
	}
	return scene
}

// franchise shows the owner of a brand and those who work under it, each with
// a phone of his own and the brand's site.
func (t *teller) franchise(group int) []shown {
	var scene []shown
	for member := range franchiseFirms {
		place := group*franchiseFirms + member
		f := t.firm(place)
		scene = append(scene, t.show(wish{id: place * listingsOfOne, f: f, at: f.works, first: true}, TroubleFranchise))
	}
	return scene
}

func (t *teller) holding(place int) []shown {
	var scene []shown
	for member := range holdingFirms {
		f := t.firm(place + member)
		scene = append(scene, t.show(wish{id: (place + member) * listingsOfOne, f: f, at: f.works, first: true}, TroubleHolding))
	}
	return scene
}

// outside shows a firm that the registry does not have.
func (t *teller) outside(n int) []shown {
	f, trouble := t.m.stranger(n)
	id := outsideIDs + n*listingsOfOne
	scene := []shown{t.show(wish{id: id, f: &f, at: f.works, first: true}, trouble)}
	d := newDraw().of(t.w.spec.Seed, streamScene, id)
	if d.chance(rateTwice) {
		scene = append(scene, t.show(wish{id: id + 1, f: &f, at: f.works, first: true, second: true}, trouble|TroubleTwice))
	}
	return scene
}
