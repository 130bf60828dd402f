package table

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline"
)

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
