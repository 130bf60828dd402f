package table

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// listing is a row whose meaning is known. identify fills it.
type listing struct {
	rec record
	l   *layout
	s   *settings

	key      string
	place    string // the directory's id of the door, "" if it gives none
	inn      company.INN
	ogrn     company.OGRN
	name     string // the best there is
	region   string // code
	regional bool   // region and city were looked for
	city     string
	phones   []company.Phone
	phoned   bool   // phones were read
	abroad   bool   // a piece that is no valid phone has a foreign code
	left     string // why the row is not wanted, in words
}

// verdict is what becomes of a row.
type verdict int

const (
	taken verdict = iota
	notWanted
	rejected
)

// get returns the first column of that meaning that says anything.
func (x *listing) get(r role) string {
	for _, col := range x.l.byRole[r] {
		if col < len(x.rec.cells) {
			if v := clean(x.rec.cells[col]); v != "" {
				return v
			}
		}
	}
	return ""
}

// each calls f for every column of that meaning, empty cells left out unless
// an address stands behind them.
func (x *listing) each(r role, f func(col int, text, link string)) {
	for _, col := range x.l.byRole[r] {
		text, link := "", ""
		if col < len(x.rec.cells) {
			text = clean(x.rec.cells[col])
		}
		if x.rec.link != nil {
			link = strings.TrimSpace(x.rec.link(col))
		}
		if text != "" || link != "" {
			f(col, text, link)
		}
	}
}

// identify decides what becomes of a row and under which key. It is cheap
// where the key is, because every row passes it twice.
func identify(rec record, l *layout, s *settings) (listing, verdict, *fault) {
	x := listing{rec: rec, l: l, s: s}
	if rec.fault != nil {
		return x, rejected, rec.fault
	}
	if f := x.misfit(); f != nil {
		return x, rejected, f
	}
	if f := x.strange(); f != nil {
		return x, rejected, f
	}
	if x.left != "" {
		return x.leave()
	}
	if f := x.readNumbers(); f != nil {
		return x, rejected, f
	}
	for _, r := range []role{roleNameShort, roleName, roleNameFull, roleBrand} {
		if x.name = x.get(r); x.name != "" {
			break
		}
	}
	if f := x.lacking(); f != nil {
		return x, rejected, f
	}
	if l.preset.byPhone && x.inn == "" && x.foreignPhones() {
		x.left = leftForeign
		return x.leave()
	}
	x.setKey()
	return x, taken, nil
}

// misfit finds a row whose cells do not stand under their titles: text beyond
// the last column, a stray quote that swallowed delimiters, a row that breaks
// off before the id which its directory always gives.
func (x *listing) misfit() *fault {
	if x.rec.loose {
		return nil
	}
	have, want := len(x.rec.cells), len(x.l.header)
	surplus := false
	for _, c := range x.rec.cells[min(want, have):] {
		surplus = surplus || strings.TrimSpace(c) != ""
	}
	switch {
	case surplus, x.short() && x.rec.mended, x.short() && x.l.has(roleKey) && x.get(roleKey) == "":
		return &fault{pipeline.ReasonFormat, fmt.Sprintf("%d cells under a header of %d", have, want)}
	default:
		return nil
	}
}

// short tells a row of a CSV with fewer cells than the header. It may be
// right: spreadsheet programs leave empty cells off the end of some rows.
func (x *listing) short() bool { return !x.rec.loose && len(x.rec.cells) < len(x.l.header) }

// leave gives up a row that is not wanted. Of a row whose cells may be in
// wrong columns nobody can say that, so it is kept to be looked at.
func (x *listing) leave() (listing, verdict, *fault) {
	switch {
	case x.rec.mended:
		return *x, rejected, &fault{pipeline.ReasonFormat, "a stray quote, and as it stands: " + x.left}
	case x.short() && x.left != leftHeader:
		return *x, rejected, &fault{pipeline.ReasonFormat, fmt.Sprintf("%d cells under a header of %d, and as it stands: %s", len(x.rec.cells), len(x.l.header), x.left)}
	default:
		return *x, notWanted, nil
	}
}

// headerAgain tells the header repeated inside a table glued from several.
func (x *listing) headerAgain() bool {
	same := 0
	for i, c := range x.rec.cells {
		if c == "" || i >= len(x.l.header) {
			continue
		}
		if c != x.l.header[i] {
			return false
		}
		same++
	}
	return same > 1
}

// Why a row is not wanted, where nothing of the row itself is told.
const (
	leftHeader  = "the header again"
	leftForeign = "foreign phones only"
)

// strange finds what is no firm or not in Russia. A word that is neither a
// kind of object nor a country is no reason to leave a row out: it rather
// shows that the cells are in wrong columns.
func (x *listing) strange() *fault {
	if x.headerAgain() {
		x.left = leftHeader
		return nil
	}
	if t := strings.ToLower(x.get(roleType)); t != "" && len(x.l.preset.companyTyp) > 0 && !slices.Contains(x.l.preset.companyTyp, t) {
		if !slices.Contains(x.l.preset.otherTyp, t) {
			return &fault{pipeline.ReasonFormat, fmt.Sprintf("%q is no known type of object", cutText(t, 80))}
		}
		x.left = "not a company: " + t
		return nil
	}
	if c := x.get(roleCountry); abroad(c) {
		if !isCountry(c) {
			return &fault{pipeline.ReasonFormat, fmt.Sprintf("%q is no known country", cutText(c, 80))}
		}
		x.left = "not in Russia: " + c
	}
	return nil
}

func (x *listing) readNumbers() *fault {
	text := x.get(roleINN)
	if text == "" {
		text, _, _ = strings.Cut(x.get(roleINNKPP), "/")
		text = clean(text)
	}
	if text != "" {
		if f := x.readINN(text); f != nil {
			return f
		}
	}
	if text = x.get(roleOGRN); text == "" {
		return nil
	}
	plain, exact := plainNumber(text)
	ogrn, err := company.ParseOGRNCell(plain)
	switch {
	case err == nil && exact:
		x.ogrn = ogrn
	case x.inn == "":
		return &fault{pipeline.ReasonINN, fmt.Sprintf("no ИНН and a wrong ОГРН %q", text)}
	}
	return nil
}

func (x *listing) readINN(text string) *fault {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '/' })
	if len(parts) > 1 && x.l.preset.weakINN {
		return nil
	}
	plain, exact := plainNumber(text)
	if !exact {
		return &fault{pipeline.ReasonINN, fmt.Sprintf("%q: digits of the ИНН were lost in a spreadsheet", text)}
	}
	inn, err := company.ParseINNCell(plain)
	if err != nil {
		return &fault{pipeline.ReasonINN, err.Error()}
	}
	x.inn = inn
	return nil
}

func (x *listing) lacking() *fault {
	if x.name == "" && x.l.preset.needName {
		return &fault{pipeline.ReasonMissing, "no name"}
	}
	if x.name != "" || x.inn != "" || x.ogrn != "" {
		return nil
	}
	for r := range x.l.byRole {
		if r.contact() && x.get(r) != "" {
			return nil
		}
	}
	return &fault{pipeline.ReasonMissing, "neither ИНН nor name nor any contact"}
}

// foreignPhones tells a row that gives phones, none of them Russian. A number
// with a foreign code that no numbering plan knows is foreign all the same.
func (x *listing) foreignPhones() bool {
	x.readPhones()
	foreign := x.abroad
	for _, p := range x.phones {
		if p.Kind != company.PhoneForeign {
			return false
		}
		foreign = true
	}
	return foreign
}
