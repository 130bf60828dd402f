// Package requisite reads off a page whose site it is: ИНН, ОГРН, КПП, the
// legal name, addresses. The bank's, the studio's and the clients' stand on the
// same pages and are left out.
package requisite

import (
	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
)

// Bounds on one page; a page with more is a directory, not a firm's.
const (
	maxLine      = 6000 // bytes of a line that are looked at
	maxNumbers   = 200
	maxLabels    = 2000 // of numbers
	maxNames     = 300
	maxAddresses = 200
	keepNames    = 6
	keepOthers   = 12
)

// Read fills INNs, OGRNs, KPPs, Names and Addresses of f, each the firm's own
// as far as the page tells, the surest first. It keeps nothing of p.
func Read(p *page.Page, f *finding.Page) {
	r := newReader(p)
	r.readNumbers()
	r.readDataNumbers()
	f.INNs, f.OGRNs, f.KPPs = r.own(inn), r.own(ogrn), nil
	if len(f.INNs)+len(f.OGRNs) > 0 { // alone it has nothing to be checked by
		f.KPPs = r.own(kpp)
	}
	f.Addresses = r.addresses() // first: names are known by the addresses beside them
	f.Names = r.names(f)
}

// reader is a page with what is worked out of its lines once.
type reader struct {
	page    *page.Page
	lines   []line
	brands  []string // folded words of the title and the host that may be a name
	numbers []number
	data    *structured // nil until it is asked for
	digitAt []int       // the first line with a digit from each line on
}

// line is one with its text in small letters, byte for byte as long.
type line struct {
	*page.Line
	text  string // cut to maxLine
	lower string
	digit bool  // a digit is in it
	upper bool  // two capital letters in a row are
	topic topic // of the headings it stands under

	address bool // an address begins in it; set by addresses
	named   bool // a legal name is in it; set by met

	street fact // a kind of street is in it, see hasStreet
	brand  fact // a word of the site's name is, see brandNear
}

// fact is worked out when it is asked for first.
type fact uint8

const (
	factUnknown fact = iota
	factFalse
	factTrue
)

func (f *fact) of(find func() bool) bool {
	if *f == factUnknown {
		*f = factFalse
		if find() {
			*f = factTrue
		}
	}
	return *f == factTrue
}

func newReader(p *page.Page) *reader {
	r := &reader{page: p, lines: make([]line, len(p.Lines))}
	var t topics
	for i := range p.Lines {
		l := &p.Lines[i]
		text := cut(l.Text, maxLine)
		r.lines[i] = line{Line: l, text: text, lower: lower(text), digit: digitAt(text) >= 0, upper: capitals(text)}
		r.lines[i].topic = t.next(&r.lines[i])
	}
	r.brands = brands(p)
	r.digitAt = make([]int, len(r.lines))
	for i, at := len(r.lines)-1, len(r.lines); i >= 0; i-- {
		if r.lines[i].digit {
			at = i
		}
		r.digitAt[i] = at
	}
	return r
}

// digitSoon tells a digit in a line or in one of so many behind it: without one
// there is neither a number nor an address.
func (r *reader) digitSoon(i, most int) bool { return r.digitAt[i] <= i+most }
