package people

import "obzvon/enrich/website/page"

// farReach is how many lines of numbers may follow one name.
const farReach = 10

// following gives lines of numbers to the anchor above them.
func (r *reader) following() {
	holder, count, noted, closed := -1, 0, false, false
	level := 0 // of the heading that the holder stands under
	for k := range r.items {
		it := &r.items[k]
		title := r.lineOf(k).Heading
		if title > 0 && title < page.Bold {
			if it.kind == isLabel && level > 0 && title <= level && holder >= 0 && r.lineOf(holder).Heading == 0 {
				holder = -1 // «Электронная почта» begins a chapter of its own
			}
			level = title
		}
		switch {
		case r.anchor(k):
			holder, count, noted, closed = k, 0, false, r.oneOfSeveral(k)
		case it.kind == isReach && it.used:
			// Its own line has an anchor.
		case it.kind == isReach && holder >= 0 && it.only && it.line != r.items[holder].line:
			if count++; count > farReach || !r.reaches(holder, k) || r.otherNumber(holder, k) || r.oneLiner(holder) || noted && !r.within(holder, k) || closed && (!r.sameBox(holder, k) || r.oneOfSeveral(holder)) {
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
			if it.kind == isBreak || holder >= 0 && !r.tellsOf(holder, k) {
				holder = -1
			}
		}
	}
}

// tellsOf tells a text about somebody in the card that names nobody else: his
// numbers may follow it.
func (r *reader) tellsOf(holder, k int) bool {
	return r.items[holder].kind == isName && r.sameBox(holder, k) && r.ownCard(holder) && r.items[k].line != r.items[holder].line
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

// oneLiner tells the last of persons each of whom has a line of his own with
// his number in it: what follows their list is nobody's.
func (r *reader) oneLiner(holder int) bool {
	if !r.whole(holder) || r.ownCard(holder) {
		return false
	}
	for p := holder - 1; p >= 0 && r.items[holder].line-r.items[p].line <= 1; p-- {
		if r.items[p].line < r.items[holder].line && r.whole(p) {
			return r.sameBox(p, holder) || r.bothPlain(p, holder)
		}
	}
	return false
}

// whole tells a name with its post and its number in one line.
func (r *reader) whole(k int) bool {
	it := &r.items[k]
	if it.kind != isName || it.postOf < 0 || r.items[it.postOf].line != it.line {
		return false
	}
	for _, m := range it.reach {
		if r.items[m].line == it.line {
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
	// Boxes are numbered as they end: one with a smaller number behind the anchor
	// stands in the anchor's.
	inside := 0 < b.Box && b.Box < a.Box
	return a.Box == b.Box || inside || a.Box == 0 || r.items[anchor].kind == isPost || !r.cardOf(anchor)
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
