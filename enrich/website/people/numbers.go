package people

// numbersFirst gives numbers to the anchors below them, in lists where each
// line of a number has one below it down to the last: «12-34-56 / Сбыт /
// 12-34-57 / Снабжение».
func (r *reader) numbersFirst() {
	for from := 0; from < len(r.items); {
		pairs := 0
		for r.pair(from + 2*pairs) {
			pairs++
		}
		if pairs > 1 && r.endsList(from, from+2*pairs) {
			for k := from; k < from+2*pairs; k += 2 {
				r.give(k+1, k)
			}
		}
		from += max(1, 2*pairs)
	}
}

// pair tells a free number with an anchor in the line below it.
func (r *reader) pair(k int) bool {
	if k+1 >= len(r.items) || r.items[k].kind != isReach || r.items[k].used || !r.anchor(k+1) {
		return false
	}
	return r.sole(k) && r.sole(k+1) && r.joinable(k, k+1) && r.items[k+1].line-r.items[k].line == 1 && r.lineOf(k).Box == r.lineOf(k+1).Box &&
		r.lineOf(k).Part == r.lineOf(k+1).Part
}

// endsList tells that neither an anchor stands above a list nor a number below.
func (r *reader) endsList(from, to int) bool {
	above := from > 0 && r.anchor(from-1) && r.joinable(from-1, from)
	below := to < len(r.items) && r.items[to].kind == isReach && r.joinable(to-1, to)
	return !above && !below
}
