package people

import (
	beside "obzvon/enrich/website/contact"
	"obzvon/enrich/website/page"
)

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
// are its own; where the line begins with a number and is not written the other
// way round behind it, each stands before its anchor: «+7 … — директор».
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
	if r.items[first].kind == isReach && r.anchorsBehind(first, to) {
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
		case r.items[k].remark:
			if k > from && r.anchor(k) && r.items[k-1].kind == isReach && !r.items[k-1].used {
				r.give(k, k-1)
			}
		case r.anchor(k):
			holder = k
		case r.items[k].kind == isText && len(r.items[k].text) > longText:
			holder = -1
		case r.items[k].kind == isReach && holder >= 0 && !r.items[k].used:
			r.give(holder, k)
		}
	}
}

// anchorsBehind tells of the items of a line, from its first number on, that
// anchors stand behind their numbers. One number has no other way.
func (r *reader) anchorsBehind(first, to int) bool {
	var values [][2]int
	for k := first; k < to; k++ {
		if r.items[k].kind == isReach {
			values = append(values, [2]int{r.items[k].at, r.items[k].place.to})
		}
	}
	return len(values) == 1 || beside.LabelsBehind(r.lineOf(first).Text, values)
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
