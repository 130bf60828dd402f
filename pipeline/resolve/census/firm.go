package census

import (
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// firm is a company as it is, which no source tells whole.
type firm struct {
	n    int
	role role

	inn  company.INN
	ogrn company.OGRN
	sole bool
	form legalForm
	year int

	who   person // of a sole proprietor
	title title  // of a legal entity
	sign  title  // over the door
	other bool   // the sign has nothing to do with the legal name

	trade *trade
	code  string
	seat  spot // registered
	works spot // where it is

	domain string // "" = none
	group  bool   // the domain is a group's or a franchise's
	mail   string // "" = none
	box    string // at a free service
	phones [phoneSlots]string
	keeper int // number of the bookkeeper whose contacts the state has; -1 = none

	register bool // has an address in the registry
	kompas   bool
	listed   bool
}

type legalForm struct{ short, long string }

func legalForms() []legalForm {
	return []legalForm{
		{"ООО", "Общество с ограниченной ответственностью"},
		{"АО", "Акционерное общество"},
		{"ЗАО", "Закрытое акционерное общество"},
		{"ПАО", "Публичное акционерное общество"},
		{"ОАО", "Открытое акционерное общество"},
	}
}

// maker makes companies. Each goroutine needs its own.
type maker struct {
	w    *World
	d, c *draw // c of contacts, which ask for other companies on the way
}

// phones: the first two are in use, the third is the director's, the last one
// was in use years ago.
const (
	slotMain = iota
	slotSecond
	slotHead
	slotOld
)

// firm makes the n-th company, all of it a function of the seed and n.
func (m *maker) firm(n int) firm {
	f := m.base(n)
	switch f.role.story {
	case storyHolding:
		if f.role.member > 0 {
			m.join(&f)
		}
	case storyFranchise:
		if f.role.member > 0 {
			m.franchisee(&f)
		}
	case storyAlone, storyNetwork:
	}
	m.contacts(&f)
	return f
}

// base makes what a company is apart from any story.
func (m *maker) base(n int) firm {
	w, t := m.w, m.w.tables
	d := m.d.of(w.spec.Seed, streamFirm, n)
	f := firm{n: n, role: w.layout.role(n), keeper: -1}
	home, serial := w.number(n)
	u := d.float()
	f.sole = u < rateSole
	leads := f.role.story == storyNetwork || f.role.story == storyHolding || f.role.story == storyFranchise && f.role.member == 0
	if leads {
		f.sole = false
	}
	f.inn = innOf(home.code, serial, f.sole)
	f.year = 2002 + d.below(19)
	if d.chance(rateSince2021) {
		f.year = 2021 + d.below(6)
	}
	f.ogrn = ogrnOf(home.code, serial, f.year, f.sole)
	forms := legalForms()
	f.form = forms[d.choose(940, 35, 12, 3, 10)]

	r := home
	if d.chance(rateElsewhere) {
		r = t.drawRegion(d)
	}
	f.seat = drawSpot(d, t, r.drawTown(d))
	m.where(d, &f)
	f.who = drawPerson(d, t)
	f.title = drawTitle(d, t, f.seat.town.region)
	f.sign = f.title
	rate := rateOtherSign
	switch {
	case f.sole:
		rate = rateOtherSignSole
	case f.role.story == storyFranchise:
		rate = rateOtherSignBrand
	}
	if f.other = d.chance(rate); f.other || f.sole {
		f.sign = drawSign(d, t, f.works.town.region)
	}
	f.trade = &t.trades[d.zipf(len(t.trades), 0.5)]
	f.code = pick(d, f.trade.codes)
	if d.chance(rateOtherCode) {
		f.code = pick(d, pick(d, t.trades).codes)
	}
	return f
}

// where says where the company works.
func (m *maker) where(d *draw, f *firm) {
	t := m.w.tables
	at := f.seat.town
	switch {
	case d.chance(rateMoved):
		at = t.drawRegion(d).drawTown(d)
	case at.village && d.chance(rateVillage):
		at = &at.region.towns[0]
	case d.chance(rateOtherTown):
		at = at.region.drawTown(d)
	}
	other := d.chance(rateOtherSpot)
	if f.works = drawSpot(d, t, at); at == f.seat.town && !other {
		f.works = f.seat
	}
}

// join puts a company into its group: in the same town, mostly under a name
// that is made of the leader's, half of them in the same house.
func (m *maker) join(f *firm) {
	leader := m.base(m.w.layout.leader(f.role))
	d := m.d.of(m.w.spec.Seed, streamStory, f.n)
	if d.chance(0.7) {
		f.title = leader.title
		f.title.told = false
		if f.role.member == 1 {
			f.title.kind = &m.w.tables.kinds[0]
		} else {
			f.title.words = append(append([]string(nil), leader.title.words...), m.w.tables.tails[1])
			f.title.glue = "-"
		}
		f.sign, f.other = f.title, false
	}
	if d.chance(0.5) {
		f.works = leader.works
	} else {
		f.works = drawSpot(d, m.w.tables, leader.works.town)
	}
	if d.chance(0.8) {
		f.seat = f.works
	}
}

// franchisee works under the brand of its franchise.
func (m *maker) franchisee(f *firm) {
	leader := m.base(m.w.layout.leader(f.role))
	f.sign, f.other, f.trade = leader.sign, true, leader.trade
	f.code = leader.code
}

// contacts gives the company phones, a domain and mail, and says what the
// state and the second directory know of them.
func (m *maker) contacts(f *firm) {
	w := m.w
	d := m.c.of(w.spec.Seed, streamContact, f.n)
	for i := range f.phones {
		f.phones[i] = phone(phonesOfFirms + f.n*phoneSlots + i)
	}
	f.listed = w.layout.place(f.n) < w.listedPlaces
	rate := rateSite
	if f.sole {
		rate = rateSiteSole
	}
	has, own, suffix := d.chance(rate), d.chance(rateOwnMail), d.below(3)
	switch {
	case f.role.story == storyFranchise || f.role.story == storyHolding:
		f.group = true
		f.domain = m.domain(m.w.layout.leader(f.role), 0)
	case has || f.role.story == storyNetwork:
		f.domain = m.domain(f.n, suffix)
	}
	franchisee := f.role.story == storyFranchise && f.role.member > 0
	if f.domain != "" && own && !franchisee {
		f.mail = pick(d, []string{"info", "office", "sale", "zakaz", "mail"}) + "@" + f.domain
	}
	if franchisee && d.chance(rateBrandMail) {
		f.mail = "tochka" + strconv.Itoa(f.role.member) + "@" + f.domain
	}
	f.box = label(f.sign.body()) + strconv.FormatInt(int64(f.n), 36) + "@" + pick(d, w.tables.freeMail)
	if d.chance(rateBookkeeper) {
		f.keeper = w.keeper(d, f.seat.town)
	}
	f.register = d.chance(rateRegister)
	known := rateKompas
	if f.listed {
		known = rateKompasListed
	}
	f.kompas = d.chance(known)
}

// domain is that of the n-th company: made of its sign, and nobody else's.
func (m *maker) domain(n, suffix int) string {
	f := m.base(n)
	name := label(f.sign.body())
	switch suffix {
	case 1:
		name += f.works.town.region.code
	case 2:
		name = strings.TrimSpace(name + "-" + label(f.works.town.name))
	}
	return name + "-" + strconv.FormatInt(int64(n), 36) + ".example"
}

// keepersOfTown is how many bookkeepers a town has at most.
const keepersOfTown = 100

// keeper is a bookkeeper of a town, who has some dozens of clients there.
func (w *World) keeper(d *draw, t *town) int {
	ofTown := 1 + w.spec.Companies/20_000
	if t == &t.region.towns[0] {
		ofTown = 1 + w.spec.Companies/2_000
	}
	return t.number*keepersOfTown + d.zipf(min(ofTown, keepersOfTown), 0.5)
}

func keeperPhone(k int) string { return phone(phonesOfBooks + k) }
func keeperMail(k int) string {
	return "buh" + strconv.Itoa(k) + "@otchet" + strconv.Itoa(k%97) + ".example"
}
