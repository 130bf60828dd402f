package dump

import (
	"math/rand/v2"
)

// Kinds of subject as ВидСубМСП writes them.
const (
	kindFirm = 1
	kindSole = 2
	kindFarm = 3
)

// firm is one document. It is filled again for each number.
type firm struct {
	kind     int
	category int
	wanted   bool
	isNew    bool // ПризНовМСП
	since    int  // months before the release that it entered the registry
	year     int  // of registration
	staff    int  // -1 = not given

	inn, ogrn  []byte
	form       int
	name       []byte // of a legal entity, as the registry writes it
	noShort    bool
	surname    []byte
	given      string
	patronymic string // "" = none

	place                                *place
	townKind, town, district, settlement string
	settlementKind                       string

	main     int // of the classifier
	extra    []int
	reported int // -1 = none
	licence  int // of years; 0 = none
	product  bool
	number   int
}

// maker fills firms; each goroutine has its own.
type maker struct {
	g     *Generator
	words words
	pcg   rand.PCG
	f     firm
}

func (g *Generator) maker() *maker { return &maker{g: g, words: wordsTable()} }

// firm gives the n-th document. It is valid until the next call.
func (m *maker) firm(n int) *firm {
	member := m.g.draws(&m.pcg, drawMember, n/MemberDocs)
	place := m.g.drawPlace(member) // published members hold one region each
	r := m.g.draws(&m.pcg, drawFirm, n)
	f := &m.f
	*f = firm{number: n, place: place, inn: f.inn[:0], ogrn: f.ogrn[:0], name: f.name[:0], surname: f.surname[:0], extra: f.extra[:0]}
	m.subject(r, f)
	m.codes(r, f)
	m.where(r, f)
	if f.kind == kindFirm {
		m.firmName(r, f)
	} else {
		m.person(r, f)
	}
	if f.wanted && m.g.changed(n) {
		f.change(len(m.g.codes.all))
	}
	return f
}

func (m *maker) subject(r *rand.Rand, f *firm) {
	switch u := r.Float64(); {
	case u < 0.37:
		f.kind = kindFirm
		f.inn = appendFirmINN(f.inn, f.place.code, f.number)
	case u < 0.985:
		f.kind = kindSole
	default:
		f.kind = kindFarm
	}
	if f.kind != kindFirm {
		f.inn = appendSoleINN(f.inn, f.place.code, f.number)
	}
	f.category = 1
	if u := r.Float64(); u < 0.003 {
		f.category = 3
	} else if u < 0.035 {
		f.category = 2
	}
	f.since = r.IntN(124) // 0 = this month … the registry's first
	f.isNew = f.since < 3 || f.number >= m.g.opt.Docs
	if f.number >= m.g.opt.Docs {
		f.since = 0
	}
	f.year = 2026 - f.since/12 - r.IntN(9)
	f.ogrn = appendOGRN(f.ogrn, f.kind != kindFirm, f.year, f.place.code, f.number)
	f.staff = -1
	if f.kind == kindFirm && r.Float64() < 0.85 || r.Float64() < 0.15 {
		f.staff = int(r.ExpFloat64() * 6 * float64(f.category*f.category))
	}
	if r.Float64() < 0.03 {
		f.licence = 1 + r.IntN(10)
	}
	f.product = r.Float64() < 0.005
}

func (m *maker) codes(r *rand.Rand, f *firm) {
	c := &m.g.codes
	f.wanted = r.Float64() < m.g.opt.Share
	from := c.other
	if f.wanted {
		from = c.wanted
	}
	f.main = from[skewed(r, len(from))]
	f.extra = c.extras(r, f.extra)
	f.reported = -1
	if r.Float64() < 0.3 {
		f.reported = f.main
		if r.Float64() < 0.4 {
			f.reported = from[skewed(r, len(from))]
		}
	}
}

func (m *maker) where(r *rand.Rand, f *firm) {
	if len(f.place.towns) == 0 {
		return // a city that is a region
	}
	if r.Float64() < 0.7 {
		f.townKind, f.town = pick(r, m.words.townKinds), pick(r, f.place.towns)
		if r.Float64() < 0.6 { // centres have most of the firms
			f.town = f.place.towns[0]
		}
		return
	}
	f.district, f.settlement = pick(r, m.words.districts), pick(r, m.words.settlements)
	f.settlementKind = pick(r, m.words.settlersKind)
}

func (m *maker) firmName(r *rand.Rand, f *firm) {
	if r.Float64() < 0.06 {
		f.form = 1 + r.IntN(len(m.words.formsFull)-1)
	}
	f.noShort = r.Float64() < 0.02
	f.name = append(f.name, pick(r, m.words.roots)...)
	if r.Float64() < 0.5 {
		f.name = append(f.name, pick(r, m.words.roots)...)
	}
	if r.Float64() < 0.3 {
		f.name = append(f.name, '-')
	}
	f.name = append(f.name, pick(r, m.words.tails)...)
	if r.Float64() < 0.35 {
		f.name = append(append(f.name, ' '), pick(r, m.words.extras)...)
	}
}

// person gives a sole proprietor a name that nobody has.
func (m *maker) person(r *rand.Rand, f *firm) {
	f.surname = append(append(f.surname, pick(r, m.words.stems)...), pick(r, m.words.endings)...)
	f.surname = append(append(f.surname, '-'), pick(r, m.words.stems)...)
	f.surname = append(f.surname, pick(r, m.words.endings)...)
	f.given = pick(r, m.words.names)
	if r.Float64() > 0.01 {
		f.patronymic = pick(r, m.words.patronymics)
	}
}

// change makes it the document of a later month: another size, another code.
func (f *firm) change(codes int) {
	f.category = f.category%3 + 1
	f.staff++
	f.extra = append(f.extra, (f.main+codes/2)%codes)
}
