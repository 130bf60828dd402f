package people

import (
	"obzvon/enrich/website/page"
)

// farReach is how many lines of numbers may follow one name.
const farReach = 10

// giveContacts gives numbers and e-mails to the names and posts they stand
// beside: in the line, in the row of a table, in the lines that follow up to
// the next one, or above in the same card.
func (r *reader) giveContacts() {
	for from := 0; from < len(r.items); {
		to := from + 1
		for to < len(r.items) && r.items[to].line == r.items[from].line {
			to++
		}
		r.inLine(from, to)
		from = to
	}
	r.inRows()
	r.numbersFirst()
	r.following()
	r.aboveInBox()
}

// anchor tells an item that numbers may belong to.
func (r *reader) anchor(k int) bool {
	it := &r.items[k]
	return it.kind == isName && (it.postOf >= 0 || it.sure > alone) || it.kind == isPost && !it.used
}

func (r *reader) give(anchor, reach int) {
	r.items[anchor].reach = append(r.items[anchor].reach, reach)
	r.items[reach].used = true
}

// inLine gives the numbers of a line to its anchors: those behind an anchor
// are its own; where the line begins with a number, each stands before its
// anchor: «+7 … — директор».
func (r *reader) inLine(from, to int) {
	first := -1
	for k := from; k < to && first < 0; k++ {
		if r.items[k].kind == isReach || r.anchor(k) {
			first = k
		}
	}
	if first < 0 {
		return
	}
	if r.items[first].kind == isReach {
		for k, mine := first, []int(nil); k < to; k++ {
			switch {
			case r.items[k].kind == isReach:
				mine = append(mine, k)
			case r.items[k].kind == isText:
				mine = nil
			case r.anchor(k):
				for _, m := range mine {
					r.give(k, m)
				}
				mine = nil
			}
		}
		if r.items[to-1].kind != isReach {
			return
		}
	}
	holder := -1
	for k := from; k < to; k++ {
		switch {
		case r.anchor(k):
			holder = k
		case r.items[k].kind == isText && len(r.items[k].text) > longText:
			holder = -1
		case r.items[k].kind == isReach && holder >= 0 && !r.items[k].used:
			r.give(holder, k)
		}
	}
}

const longText = 60 // bytes between a name and its number in one line

// inRows gives the numbers of a row to its name, else to its post.
func (r *reader) inRows() {
	for k := range r.items {
		l := r.lineOf(k)
		if r.items[k].kind != isReach || r.items[k].used || l.Table == 0 {
			continue
		}
		best := -1
		look := func(p int) bool {
			m := r.lineOf(p)
			if m.Table != l.Table || m.Row != l.Row {
				return m.Table != l.Table && m.Row == l.Row && m.Table != 0
			}
			if r.anchor(p) && (best < 0 || r.items[p].kind == isName && r.items[best].kind != isName) {
				best = p
			}
			return true
		}
		for p := k - 1; p >= max(0, k-maxRow) && look(p); p-- {
		}
		for p := k + 1; best < 0 && p < min(len(r.items), k+maxRow) && look(p); p++ {
		}
		if best >= 0 && (r.lineOf(best).Col != l.Col || r.sameBox(best, k) || r.items[best].kind == isName) {
			r.give(best, k)
		}
	}
}

// following gives lines of numbers to the anchor above them.
func (r *reader) following() {
	holder, count, noted, closed := -1, 0, false, false
	for k := range r.items {
		it := &r.items[k]
		switch {
		case r.anchor(k):
			holder, count, noted, closed = k, 0, false, r.oneOfSeveral(k)
		case it.kind == isReach && it.used:
			// Its own line has an anchor.
		case it.kind == isReach && holder >= 0 && it.only && it.line != r.items[holder].line:
			if count++; count > farReach || !r.reaches(holder, k) || r.otherNumber(holder, k) || noted && !r.within(holder, k) || closed && (!r.sameBox(holder, k) || r.oneOfSeveral(holder)) {
				holder = -1
				continue
			}
			noted = false
			r.give(holder, k)
		case it.kind == isNote:
			// «Сбыт / ул. Садовая, 5 / 12-34-56»; behind numbers the place of
			// something else begins.
			if holder >= 0 && it.line != r.items[holder].line {
				noted, closed = true, closed || r.items[holder].kind != isPost || len(r.items[holder].reach) > 0
			}
		case it.kind == isText && !r.inBrackets(k) || it.kind == isBreak:
			holder = -1
		}
	}
}

// otherNumber tells a line that names somebody, or the number of the whole
// firm, below an anchor that has its number in its own line.
func (r *reader) otherNumber(anchor, k int) bool {
	if !r.hasOwnReach(anchor) {
		return false
	}
	line := r.items[k].line
	for p := k - 1; p >= 0 && r.items[p].line == line; p-- {
		it := &r.items[p]
		if it.kind == isName || it.kind == isLabel && hasAny(fold(it.text), firmNumber) {
			return true
		}
	}
	return false
}

// firmNumber are labels of a number for all.
var firmNumber = []string{"един", "многоканальн", "контактн", "общий", "номер", "бесплатн"}

// oneOfSeveral tells the last anchor of a line that had numbers for several:
// what follows is nobody's.
func (r *reader) oneOfSeveral(k int) bool {
	if len(r.items[k].reach) == 0 {
		return false
	}
	for p := k - 1; p >= 0 && r.items[p].line == r.items[k].line; p-- {
		if r.anchor(p) && len(r.items[p].reach) > 0 {
			return true
		}
	}
	return false
}

// within tells a line that stands in the anchor's card, or in none.
func (r *reader) within(anchor, k int) bool {
	a, b := r.lineOf(anchor).Box, r.lineOf(k).Box
	return a == 0 || b <= a
}

// inBrackets tells a remark to the line above: «(сырьё и материалы)».
func (r *reader) inBrackets(k int) bool {
	t := r.lineOf(k).Text
	return t != "" && t[0] == '(' && len(t) < 100
}

// reaches tells that a line of numbers may belong to an anchor above it. A
// card of several lines has its numbers inside.
func (r *reader) reaches(anchor, reach int) bool {
	a, b := r.lineOf(anchor), r.lineOf(reach)
	if a.Part != b.Part || a.Table != b.Table && a.Table != 0 || a.Table != 0 && a.Row != b.Row && a.Box != b.Box {
		return false
	}
	if a.Table != 0 && a.Table == b.Table && a.Row != b.Row {
		return false
	}
	if b.Box != 0 && b.Box != a.Box && r.anchorIn(reach) {
		return false // a card that begins with its number
	}
	return a.Box == b.Box || a.Box == 0 || r.items[anchor].kind == isPost || !r.cardOf(anchor)
}

// anchorIn tells that an anchor follows in the card of a number, before any
// other card.
func (r *reader) anchorIn(reach int) bool {
	for p := reach + 1; p < min(len(r.items), reach+maxRow) && r.sameBox(p, reach); p++ {
		if r.anchor(p) {
			return true
		}
	}
	return false
}

// cardOf tells a card with more than the anchor's line and that of its post.
func (r *reader) cardOf(k int) bool {
	line := r.items[k].line
	for _, j := range [2]int{line - 1, line + 1} {
		if j >= 0 && j < len(r.page.Lines) && r.page.Lines[j].Box == r.page.Lines[line].Box && r.page.Lines[j].Text != "" {
			return true
		}
	}
	return false
}

// aboveInBox gives a number to the only anchor of its card, where it stands
// above it.
func (r *reader) aboveInBox() {
	for k := range r.items {
		if !r.anchor(k) || len(r.items[k].reach) > 0 || r.lineOf(k).Box == 0 || r.lineOf(k).Part == page.Header {
			continue
		}
		for p := k - 1; p >= max(0, k-maxRow) && r.sameBox(p, k); p-- {
			it := &r.items[p]
			if it.kind == isReach && !it.used && it.only && !r.anchorBefore(p) {
				r.give(k, p)
				continue
			}
			if it.kind != isLabel && (it.kind != isPost || !it.used) {
				break
			}
		}
	}
}

// anchorBefore tells that the card has an anchor above a place.
func (r *reader) anchorBefore(p int) bool {
	for q := p - 1; q >= max(0, p-maxRow) && r.sameBox(q, p); q-- {
		if r.anchor(q) {
			return true
		}
	}
	return false
}
