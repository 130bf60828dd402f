package census

import "obzvon/pipeline/company"

// listingsOfOne is how many listings one company or stranger may have.
const listingsOfOne = 16

// outsideIDs is where the ids of listings of strangers begin.
const outsideIDs = MaxCompanies * listingsOfOne

// teller tells stories: the listings of firms that have to do with each other,
// and the sites that these listings show.
type teller struct {
	w     *World
	m     *maker
	emit  func(scene []shown) bool
	told  int // listings, sites apart
	sites map[string]bool
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

// stranger makes the n-th firm that the registry does not have. Nothing but
// the ИНН that its site may print tells it from those of the registry.
func (m *maker) stranger(n int) (firm, Trouble) {
	w, t := m.w, m.w.tables
	d := newDraw().of(w.spec.Seed, streamOutside, n)
	like := m.legal(d)
	f := firm{n: -1, keeper: -1, year: 2015, form: legalForms()[0], sole: d.chance(rateSole)}
	f.role.story = storyAlone
	r := t.drawRegion(d)
	serial := serialFrom + serials + n
	f.inn, f.ogrn = innOf(r.code, serial, f.sole), ogrnOf(r.code, serial, f.year, f.sole)
	f.works = drawSpot(d, t, r.drawTown(d))
	f.who = drawPerson(d, t)
	f.title = drawTitle(d, t, f.works.town.region)
	f.trade = &t.trades[d.zipf(len(t.trades), 0.5)]
	for i := range f.phones {
		f.phones[i] = phone(phonesOfOutsiders + n*phoneSlots + i)
	}
	trouble := m.resemble(d, &f, &like)
	f.seat = f.works
	f.sign = f.title
	if f.sole && trouble&(TroubleElsewhere|TroubleNear) == 0 {
		f.other = d.chance(rateOtherSignSole)
		f.sign = drawSign(d, t, f.works.town.region)
	} else {
		f.sole = false
	}
	rate := rateSite
	if f.sole {
		rate = rateSiteSole
	}
	base := label(f.sign.body())
	if d.chance(rate) {
		f.domain = base + "-x" + w.keyOf(n)[:6] + ".example"
		if d.chance(rateOwnMail) {
			f.mail = "info@" + f.domain
		}
	}
	f.box = base + ".x" + w.keyOf(n) + "@" + pick(d, t.freeMail)
	return f, trouble
}

// legal chooses a company that is no sole proprietor.
func (m *maker) legal(d *draw) firm {
	for {
		if f := m.firm(d.below(m.w.spec.Companies)); !f.sole {
			return f
		}
	}
}

// resemble makes some strangers like a company of the registry.
func (m *maker) resemble(d *draw, f, like *firm) Trouble {
	t := m.w.tables
	switch d.choose(rateNamesake, rateNear, rateNeighbour, rateReused, 1-rateNamesake-rateNear-rateNeighbour-rateReused) {
	case 0:
		f.title = like.title
		if f.works.town == like.seat.town || f.works.town == like.works.town {
			return TroubleStranger // of the same town it would be nothing but the company itself
		}
		return TroubleStranger | TroubleElsewhere
	case 1:
		f.works = drawSpot(d, t, like.works.town)
		f.title = near(d, t, like.title)
		return TroubleStranger | TroubleNear
	case 2:
		f.works = like.seat
		return TroubleStranger | TroubleNeighbour
	case 3:
		f.works = drawSpot(d, t, like.works.town)
		f.phones[slotMain] = like.phones[slotOld]
		return TroubleStranger | TroubleReused
	}
	return TroubleStranger
}

// near changes a name into that of somebody else.
func near(d *draw, t *tables, x title) title {
	x.words = append([]string(nil), x.words...)
	switch d.choose(3, 3, 1, 1) {
	case 0:
		x.words = append(x.words, pick(d, t.tails))
		if x.glue == "" {
			x.glue = pick(d, []string{"-", " "})
		}
	case 1:
		if len(x.words) > 1 {
			x.words[len(x.words)-1] = pick(d, t.tails)
		} else {
			x.words = append(x.words, pick(d, t.tails))
			x.glue = "-"
		}
	case 2:
		x.tail = "-" + string(rune('2'+d.below(8)))
	default:
		x.kind = &t.kinds[d.below(len(t.kinds))]
		x.tail += " плюс"
	}
	return x
}

// site shows what can be read off the site of a firm; not every site can be
// read, and half of those print no ИНН.
func (m *maker) site(f *firm, host string) (shown, bool) {
	w := m.w
	owner := f
	if f.group && f.role.member > 0 {
		leader := m.firm(w.layout.leader(f.role))
		owner = &leader
	}
	d := newDraw().of(w.spec.Seed, streamSite, int(sameKey(host)>>1))
	if !d.chance(rateVisited) {
		return shown{}, false
	}
	s := shown{owner: owner, domain: host}
	s.obs = company.Observation{Source: SourceSite, Key: host, Date: listingDay}
	s.obs.Add(company.FieldSite, "https://"+host)
	s.obs.Add(company.FieldNameBrand, owner.sign.plain(true))
	m.printed(d, &s)
	if d.chance(0.85) {
		s.phones = append(s.phones, owner.phones[slotMain])
	}
	if d.chance(0.4) {
		s.phones = append(s.phones, owner.phones[slotSecond])
	}
	if d.chance(rateBuilderPhone) {
		s.phones = append(s.phones, phone(phonesOfBuilders+d.zipf(1+w.spec.Companies/5000, 0.8)))
		s.troubles |= TroubleBuilder
	}
	for _, p := range s.phones {
		s.obs.Add(company.FieldPhone, p)
	}
	if d.chance(0.8) {
		s.mail = owner.mail
		if s.mail == "" {
			s.mail = owner.box
		}
		s.obs.Add(company.FieldEmail, s.mail)
	}
	if d.chance(0.5) {
		s.obs.Add(company.FieldCity, owner.works.town.name)
		s.obs.Add(company.FieldAddress, owner.works.shown(d))
	}
	s.obs.Sort()
	return s, true
}

// printed adds the numbers that a site prints: its own, those of a group, in
// rare cases only those of who built it.
func (m *maker) printed(d *draw, s *shown) {
	w, f := m.w, s.owner
	rate := ratePrints
	if f.group {
		rate = rateGroupPrints
	}
	switch {
	case d.chance(rateBuilderINN):
		b := m.firm(w.layout.at(w.spec.Companies - 1 - d.zipf(1+w.spec.Companies/20_000, 0.8)))
		s.obs.Add(company.FieldPrintedINN, string(b.inn))
		s.troubles |= TroubleWrongPrint
		return
	case !d.chance(rate):
		return
	}
	s.prints = append(s.prints, f.inn)
	s.obs.Add(company.FieldPrintedINN, string(f.inn))
	if d.chance(ratePrintsOGRN) {
		s.obs.Add(company.FieldPrintedOGRN, string(f.ogrn))
	}
	if d.chance(0.4) {
		s.obs.Add(company.FieldNameShort, f.legalName())
	}
	if f.n < 0 {
		s.troubles |= TroubleUnknownPrint
	}
	if f.role.story != storyHolding || !d.chance(0.35) {
		return
	}
	for member := 1; member < holdingFirms; member++ {
		g := m.firm(w.layout.at(w.layout.holdingsFrom() + f.role.group*holdingFirms + member))
		s.prints = append(s.prints, g.inn)
		s.obs.Add(company.FieldPrintedINN, string(g.inn))
	}
}

// legalName is «ООО «ТД Вектор»» or «ИП Иванов И.И.».
func (f *firm) legalName() string {
	if f.sole {
		return "ИП " + f.who.initials()
	}
	return f.form.short + " «" + f.title.plain(true) + "»"
}
