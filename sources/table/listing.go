package table

import (
	"fmt"
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
