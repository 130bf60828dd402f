package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// seed fixes every choice: the same program writes the same files.
const seed = 20261121

type legalKind int

const (
	legalEntity legalKind = iota
	soleTrader
	farmHead
)

// firm is one invented company and what each source knows of it.
type firm struct {
	number  int
	segment string
	kind    legalKind
	form    string // ООО, АО
	core    string // the name without form: what the sign says
	who     person // the proprietor, or the director
	inn     string
	ogrn    string
	place   *place

	code, reported string
	extras         []string
	category       int // 1 micro, 2 small, 3 medium
	staff          int
	founded        int // year
	revenue        int // thousand roubles

	landline, mobile string // ten digits
	site, email      string
	sign             string // what the sign says when it is not the name
	rubrics, says    string

	registry, kompas bool
	doors            int // branches in 2ГИС; 0 = not there
	status           string
	match            matchKind

	web     webKind
	special bool   // what its site is like was decided
	desk    string // ten digits: a number that only the site gives
	direct  string // likewise, of purchasing
}

// matchKind is by what a listing in 2ГИС is to find its company.
type matchKind int

const (
	byPhone matchKind = iota
	bySite
	byName // no phone or site in common, only name and city
)

type forge struct {
	rnd    *rand.PCG
	places []*place
	made   int
}

func newForge() *forge { return &forge{rnd: rand.NewPCG(seed, seed), places: places()} }

func (g *forge) below(n int) int { return int(g.rnd.Uint64() % uint64(n)) }

func (g *forge) chance(ofTen int) bool { return g.below(10) < ofTen }

func (g *forge) pick(list []string) string { return list[g.below(len(list))] }

// firms makes the whole sample: the ordinary ones of each profile, then those
// with something special about them.
func (g *forge) firms() []*firm {
	var all []*firm
	for i := range profiles {
		p := &profiles[i]
		for n := range p.count {
			all = append(all, g.ordinary(p, n))
		}
	}
	all = append(all, g.special()...)
	for _, f := range all {
		f.giveSite()
	}
	return all
}

// ordinary makes the n-th firm of a profile: first the sole proprietors, then
// the farms; the last ones are too large for the registry.
func (g *forge) ordinary(p *profile, n int) *firm {
	f := g.blank(p)
	switch {
	case n < p.soles:
		f.kind = soleTrader
	case n < p.soles+p.farms:
		f.kind = farmHead
	}
	if f.kind != legalEntity {
		f.staff = 1 + f.staff%14
		f.category, f.revenue = 1, f.staff*(700+f.number%9*200)
	}
	f.registry = n < p.count-p.large
	f.kompas = g.chance(p.kompas) || !f.registry
	if f.kind == legalEntity && g.chance(p.listed) || f.kind == soleTrader && f.registry && g.chance(3) {
		f.doors = 1
		if p.id == "auto_service" && n%6 == 5 {
			f.doors = 2 + g.below(4)
		}
	}
	if !f.registry {
		f.staff, f.revenue, f.category = 260+g.below(2000), 2_100_000+g.below(9_000_000), 0
		f.form = "АО"
	}
	f.match = matchKind(g.below(3))
	if !f.kompas {
		f.match = byName
	}
	g.identify(f)
	return f
}

// blank draws what does not depend on the kind of subject.
func (g *forge) blank(p *profile) *firm {
	f := &firm{
		number: g.made, segment: p.id, form: "ООО", place: g.places[g.made%len(g.places)],
		code: g.pick(p.codes), rubrics: g.pick(p.rubrics), says: g.pick(p.says), founded: 2003 + g.below(22),
		who: personOf(g.made), staff: 1 + g.below(p.headUpTo),
	}
	g.made++
	f.core = coreName(f.number) + " " + p.words[f.number%len(p.words)]
	for range g.below(4) {
		if e := g.pick(p.extras); e != f.code && !strings.Contains(strings.Join(f.extras, " "), e) {
			f.extras = append(f.extras, e)
		}
	}
	if g.chance(3) {
		f.reported = g.pick(p.codes)
	}
	f.category = 1
	if f.staff > 15 {
		f.category = 2
	}
	if f.staff > 100 {
		f.category = 3
	}
	f.revenue = f.staff * (900 + g.below(4000))
	return f
}

// identify gives the firm its numbers and its contacts.
func (g *forge) identify(f *firm) {
	serial := 10_001 + f.number
	region := f.place.code
	if f.kind == legalEntity {
		f.inn, f.ogrn = companyINN(region, serial), companyOGRN(region, f.founded, serial)
	} else {
		f.inn, f.ogrn = personINN(region, serial), soleOGRN(region, f.founded, serial)
	}
	if g.chance(8) {
		f.landline = f.place.landline()
	}
	if f.landline == "" || g.chance(4) {
		f.mobile = fmt.Sprintf("907000%04d", f.number)
	}
	if g.chance(7) {
		f.site = domain(f.core)
	}
	if f.site != "" && g.chance(8) {
		f.email = g.pick([]string{"info", "zakaz", "sales", "office", "snab"}) + "@" + f.site
	}
}

// short is the name as registries shorten it.
func (f *firm) short() string { return f.form + ` "` + strings.ToUpper(f.core) + `"` }

// full is the name as registered.
func (f *firm) full() string {
	form := "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ"
	if f.form == "АО" {
		form = "АКЦИОНЕРНОЕ ОБЩЕСТВО"
	}
	return form + ` "` + strings.ToUpper(f.core) + `"`
}

func (f *firm) kpp() string { return f.inn[:4] + "01001" }
