package egrul

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// registration tells records apart: a person who ends as a sole proprietor and
// begins again keeps the ИНН and gets a new ОГРНИП, and both stay in the
// register for ever.
type registration struct {
	inn  company.INN
	ogrn string
}

// finding is the newest that a file says of one registration.
type finding struct {
	rows   int64
	since  company.Date // when it was registered
	date   company.Date // ДатаВып
	ended  bool
	wanted bool
	says   company.Observation // only if wanted
}

// note keeps what a document says if it is the newest of its registration.
func (c *collector) note(id registration, doc *document, date company.Date) {
	f := c.found[id]
	if f == nil {
		f = &finding{}
		c.found[id] = f
	}
	f.rows++
	ended, on := doc.of.end()
	next := finding{rows: f.rows, since: members.DateOf(doc.of.since()), date: date, ended: ended}
	if f.rows > 1 && !next.mayReplace(f) {
		return
	}
	a := doc.of.shared().activity()
	if next.wanted = c.request.Held.Has(id.inn) || a.wanted(c.request.Wanted) && (!ended || c.ofLate(on)); next.wanted {
		next.says = c.observe(id.inn, doc, a, date)
	}
	if f.rows == 1 || next.newer(f) {
		*f = next
	}
}

// lateDays is for how long an end is news to who does not hold the company but
// has it from another registry, which may show it for months still. A year and
// some weeks also let a yearly archive come late.
const lateDays = 400

// ofLate tells an end that somebody may not know of yet. Without a day, or a
// clock to hold it against, it is none.
func (c *collector) ofLate(on company.Date) bool {
	return on.Known() && !c.request.Now.IsZero() && on >= company.DateOf(c.request.Now)-lateDays
}

func (c *collector) observe(inn company.INN, doc *document, a activity, date company.Date) company.Observation {
	b := builder{persons: c.request.Persons, branches: c.options.branches()}
	b.Source, b.Key, b.INN, b.Date = c.source, string(inn), inn, doc.of.day(date)
	b.Origin = c.unit + "#" + cmp.Or(members.Clip(strings.TrimSpace(doc.id), 80), strconv.FormatInt(doc.row, 10))
	return b.observe(doc.of, a)
}

// mayReplace compares what is known before anything is built.
func (f *finding) mayReplace(g *finding) bool {
	return f.date > g.date || f.date == g.date && (f.ended || !g.ended)
}

// newer decides between two rows of one registration: the later extract, then
// the end, then what is wanted, then the greater content, so that the order of
// rows does not matter.
func (f *finding) newer(g *finding) bool {
	switch {
	case f.date != g.date:
		return f.date > g.date
	case f.ended != g.ended:
		return f.ended
	case f.wanted != g.wanted:
		return f.wanted
	default:
		return slices.CompareFunc(f.says.Facts, g.says.Facts, compareFacts) > 0
	}
}

func compareFacts(f, g company.Fact) int {
	return cmp.Or(cmp.Compare(f.Field, g.Field), cmp.Compare(f.Key, g.Key), cmp.Compare(f.Value, g.Value), cmp.Compare(f.Note, g.Note))
}

// present gives each ИНН its present registration, the one that has not ended,
// else the last one, with the rows of all.
func (c *collector) present() map[company.INN]finding {
	type last struct {
		finding
		ogrn string
	}
	best := make(map[company.INN]last, len(c.found))
	for id, f := range c.found {
		next, old := last{*f, id.ogrn}, best[id.inn]
		if old.rows > 0 && !old.before(f, old.ogrn, id.ogrn) {
			next = old
		}
		next.rows = old.rows + f.rows
		best[id.inn] = next
	}
	out := make(map[company.INN]finding, len(best))
	for inn, b := range best {
		out[inn] = b.finding
	}
	return out
}

// before tells that another registration of the same ИНН is the present one.
func (f *finding) before(g *finding, own, other string) bool {
	switch {
	case f.ended != g.ended:
		return f.ended
	case f.since != g.since:
		return f.since < g.since
	default:
		return own < other
	}
}
