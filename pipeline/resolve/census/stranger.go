package census

import "strconv"

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
		f.domain = base + "-0" + strconv.FormatInt(int64(n), 36) + ".example" // the number of a company has no zero in front
		if d.chance(rateOwnMail) {
			f.mail = "info@" + f.domain
		}
	}
	f.box = base + "0" + strconv.FormatInt(int64(n), 36) + "@" + pick(d, t.freeMail)
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
