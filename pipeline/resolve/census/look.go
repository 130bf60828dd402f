package census

import (
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// shown is a listing in the making: what it shows, and what of that could tell
// whose it is.
type shown struct {
	obs      company.Observation
	owner    *firm // n < 0 for one that the registry does not have
	troubles Trouble

	related bool   // the name has to do with the legal name
	key     uint64 // of the name as shown, slips apart
	form    string // the legal form that is shown; "" = none
	town    *town  // nil = none is shown
	spot    *spot  // nil = no address
	phones  []string
	domain  string // of the site or the mailbox
	mail    string
	ogrn    bool
	prints  []company.INN // of a site
}

// wish says how a story wants a firm to be shown.
type wish struct {
	id     int // of the listing, for ever
	f      *firm
	at     spot
	phone  string // "" = the firm's own
	first  bool   // the first place of the firm
	second bool   // in a second directory
}

// listing shows a firm in a directory.
func (m *maker) listing(x wish) shown {
	w, f := m.w, x.f
	s := shown{owner: f}
	source := w.sourceOf(x.id, x.second)
	s.obs = company.Observation{Source: source, Key: w.keyOf(x.id), Date: listingDay}
	d := m.d.of(w.spec.Seed+w.version(streamLook, x.id), streamLook, x.id)
	m.nameFacts(d, &s)
	m.placeFacts(d, &s, x)
	m.phoneFacts(d, &s, x)
	m.webFacts(d, &s, x)
	if d.chance(rateShowOGRN) && f.ogrn != "" {
		s.obs.Add(company.FieldOGRN, string(f.ogrn))
		s.ogrn = true
	}
	if source == SourceGIS {
		s.obs.Add(company.FieldDescription, pick(d, f.trade.what))
	}
	s.obs.Add(company.FieldRubric, pick(d, f.trade.rubrics))
	s.obs.Sort()
	return s
}

// sourceOf chooses the directory.
func (w *World) sourceOf(id int, second bool) string {
	at := scramble(w.spec.Seed, id) % 100
	switch {
	case second && at < 60, !second && at >= 58 && at < 88:
		return SourceMaps
	case second || at >= 88:
		return SourceFair
	}
	return SourceGIS
}

// keyOf makes a key that tells nothing of the order in which listings were made.
func (w *World) keyOf(id int) string {
	const factor, mask = 0x5851f42d4c957f2d, 1<<48 - 1 // odd: no two alike
	return strconv.FormatUint(uint64(id)*factor&mask, 10)
}

func (m *maker) placeFacts(d *draw, s *shown, x wish) {
	f, at := x.f, x.at
	if x.first && d.chance(rateOtherPlace) {
		at = drawSpot(d, m.w.tables, at.town)
	}
	s.town = at.town
	if s.obs.Source == SourceFair && d.chance(rateNoTown) {
		s.town = nil
		s.troubles |= TroubleNoTown
		return
	}
	s.obs.Add(company.FieldCity, at.town.name)
	if s.obs.Source != SourceFair || d.chance(0.3) {
		s.obs.Add(company.FieldRegion, at.town.region.code)
	}
	if !d.chance(rateNoAddress) && (s.obs.Source != SourceFair || d.chance(0.4)) {
		s.spot = &at
		s.obs.Add(company.FieldAddress, at.shown(d))
	}
	switch {
	case f.n < 0:
	case at.town.region != f.seat.town.region:
		s.troubles |= TroubleMoved
	case at.town != f.seat.town:
		s.troubles |= TroubleOtherTown
	case s.spot != nil && !at.same(f.seat):
		s.troubles |= TroubleOtherSpot
	}
}

func (m *maker) phoneFacts(d *draw, s *shown, x wish) {
	f := x.f
	rate := ratePhone
	if s.obs.Source == SourceFair {
		rate = rateFairPhone
	}
	switch {
	case x.phone != "":
		s.phones = append(s.phones, x.phone)
	case !d.chance(rate):
		s.troubles |= TroubleNoPhone
	case d.chance(rateOldPhone):
		s.phones = append(s.phones, f.phones[slotOld])
		s.troubles |= TroubleOldPhone
	case x.at.centre >= 0 && d.chance(rateHousePhone):
		p := x.at.town.centrePhone(x.at.centre)
		if d.chance(0.4) {
			p += ";ext=" + strconv.Itoa(100+d.below(900))
		}
		s.phones = append(s.phones, p)
		s.troubles |= TroubleSharedPhone
	case d.chance(rateTracker):
		s.phones = append(s.phones, phone(phonesOfTrackers+d.below(1+m.w.spec.Listings/400)))
		s.troubles |= TroubleSharedPhone
	default:
		s.phones = append(s.phones, f.phones[slotMain])
		if d.chance(0.25) {
			s.phones = append(s.phones, f.phones[slotSecond])
		}
		if d.chance(0.04) {
			s.phones = append(s.phones, f.phones[slotHead])
		}
	}
	for _, p := range s.phones {
		s.obs.Add(company.FieldPhone, p)
	}
}

func (m *maker) webFacts(d *draw, s *shown, x wish) {
	f := x.f
	site, mail := rateShowSite, rateShowMail
	if s.obs.Source == SourceFair {
		site, mail = rateFairSite, rateFairMail
	}
	switch {
	case f.domain != "" && d.chance(site):
		s.domain = f.domain
		s.obs.Add(company.FieldSite, pick(d, []string{"http://", "https://", "http://www."})+f.domain+pick(d, []string{"", "", "", "/contacts"}))
	case f.domain == "" && d.chance(ratePage):
		s.obs.Add(company.FieldSite, "https://"+pick(d, m.w.tables.pages)+"/"+label(f.sign.body()))
	}
	if !d.chance(mail) {
		return
	}
	s.mail = f.mail
	if s.mail == "" {
		s.mail = f.box
	} else {
		s.domain = f.domain
	}
	s.obs.Add(company.FieldEmail, s.mail)
}

// nameFacts files the name as a reader of such a directory would.
func (m *maker) nameFacts(d *draw, s *shown) {
	text := m.name(d, s)
	what := pick(d, s.owner.trade.what)
	if s.obs.Source == SourceMaps && d.chance(rateWithWhat) {
		switch way := d.choose(3, 2, 1); {
		case way == 0 || s.form != "":
			text += ", " + what
		case way == 1:
			text = capital(what) + " «" + strings.Trim(text, "«»") + "»"
		default:
			text = capital(what) + " " + text
		}
	}
	n := company.ParseName(text)
	if s.obs.Source == SourceGIS || n.Form == "" {
		s.obs.Add(company.FieldNameBrand, text)
	}
	if n.Form != "" {
		s.obs.Add(company.FieldNameShort, n.String())
	}
}

// name chooses what a listing calls the firm.
func (m *maker) name(d *draw, s *shown) string {
	f := s.owner
	if f.sole {
		return m.soleName(d, s)
	}
	x := f.sign
	s.related = !f.other
	if f.other {
		s.troubles |= TroubleSign
		if s.obs.Source == SourceFair && d.chance(0.6) { // exhibitors sign a contract
			x, s.related = f.title, true
			s.troubles &^= TroubleSign
		}
	}
	text := m.spoil(d, s, x)
	rate := rateShowsForm
	if s.obs.Source == SourceFair {
		rate = 0.6
	}
	if !s.related || !d.chance(rate) {
		return text
	}
	form := f.form.short
	if d.chance(rateChangedForm) {
		form = pick(d, []string{"ЗАО", "ОАО", "ООО", "АО"})
		if form != f.form.short {
			s.troubles |= TroubleForm
		}
	}
	s.form = form
	switch d.choose(3, 3, 1) {
	case 0:
		return form + " «" + text + "»"
	case 1:
		return text + ", " + form
	default:
		return text + " " + form
	}
}

func (m *maker) soleName(d *draw, s *shown) string {
	f := s.owner
	byName := "ИП " + f.who.initials()
	if d.chance(0.3) {
		byName = "ИП " + f.who.full()
	}
	switch {
	case f.role.story == storyFranchise && d.chance(0.9), f.other && !d.chance(rateSoleByName+rateSoleBoth):
		s.troubles |= TroubleSign
		return m.spoil(d, s, f.sign)
	case f.other && d.chance(rateSoleBoth/(rateSoleByName+rateSoleBoth)):
		s.related, s.form = true, "ИП"
		s.key = f.personKey()
		return f.sign.plain(true) + ", ИП " + f.who.initials()
	}
	s.related, s.form = true, "ИП"
	s.troubles |= TroublePerson
	s.key = f.personKey()
	return byName
}

// personKey is the same for all spellings of a person's name.
func (f *firm) personKey() uint64 { return sameKey("ип" + f.who.initials()) }
