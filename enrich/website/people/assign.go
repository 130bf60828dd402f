package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/enrich/website/page"
)

// givePosts finds for each name its post: in its line, in its row of a table,
// else in the line above or below.
func (r *reader) givePosts() {
	r.joinLines()
	r.givePostsBy(r.postInLine, r.postInRow)
	r.givePostsBeside()
	r.givePostsBy(r.postInProse)
}

func (r *reader) givePostsBy(ways ...func(int) int) {
	for k := range r.items {
		if r.items[k].kind != isName || r.items[k].postOf >= 0 {
			continue
		}
		for _, find := range ways {
			if p := find(k); p >= 0 {
				r.items[k].postOf = p
				r.items[p].used = true
				break
			}
		}
	}
}

// postInLine takes the post before the name, else behind it.
func (r *reader) postInLine(k int) int {
	line := r.items[k].line
	for _, p := range [2]int{k - 1, k + 1} {
		if p >= 0 && p < len(r.items) && r.items[p].line == line && r.free(p) && (p < k || !r.leadsNext(k, p)) {
			return p
		}
	}
	if r.tradeInLine(k) {
		return k - 1
	}
	// «Иванов И. И. +7 …, директор»: numbers may stand between.
	for p := k + 1; p < len(r.items) && r.items[p].line == line && r.items[p].kind != isName; p++ {
		if r.free(p) && !r.leadsNext(k, p) {
			return p
		}
	}
	return -1
}

// leadsNext tells a post behind a name that is the next one's, in a line whose
// names stand behind their posts.
func (r *reader) leadsNext(k, p int) bool {
	line := r.items[k].line
	if p+1 >= len(r.items) || r.items[p+1].line != line || r.items[p+1].kind != isName {
		return false
	}
	return k > 0 && r.items[k-1].line == line && (r.items[k-1].kind == isText || r.items[k-1].kind == isPost)
}

func (r *reader) free(p int) bool { return r.items[p].kind == isPost && !r.items[p].used }

func (r *reader) postInRow(k int) int {
	l := r.lineOf(k)
	if l.Table == 0 {
		return -1
	}
	best, far := -1, 0
	look := func(p int) bool {
		m := r.lineOf(p)
		if m.Table != l.Table || m.Row != l.Row {
			return m.Table != 0 && m.Row == l.Row
		}
		d := max(m.Col-l.Col, l.Col-m.Col)
		if r.free(p) && (best < 0 || d < far) && !r.nearerName(k, p) {
			best, far = p, d
		}
		return true
	}
	for p := k - 1; p >= max(0, k-maxRow) && look(p); p-- {
	}
	for p := k + 1; p < min(len(r.items), k+maxRow) && look(p); p++ {
	}
	return best
}

// nearerName tells that a post in a row stands in the cell of another name, or
// in one that is nearer to it.
func (r *reader) nearerName(k, p int) bool {
	a, b := r.lineOf(k), r.lineOf(p)
	mine := max(a.Col-b.Col, b.Col-a.Col)
	for _, step := range [2]int{-1, 1} {
		for q := p + step; q >= 0 && q < len(r.items) && q >= p-maxRow && q <= p+maxRow; q += step {
			l := r.lineOf(q)
			if l.Table != b.Table || l.Row != b.Row {
				break
			}
			if q != k && r.items[q].kind == isName && max(l.Col-b.Col, b.Col-l.Col) < mine {
				return true
			}
		}
	}
	return false
}

// beside is the post that fills the next line in a direction. Between it and
// the name nothing but the name's own numbers may stand, and those only in a
// card of one name.
func (r *reader) beside(k, step int) int {
	line, passed := r.items[k].line, false
	for p := k + step; p >= 0 && p < len(r.items); p += step {
		it := &r.items[p]
		switch {
		case it.kind == isPost && it.line != line:
			alone := it.only && (step < 0 || r.lineIsPost(p))
			if r.free(p) && alone && r.joinable(k, p) && !r.hasOwnReach(p) && !r.otherCard(k, p) && (!passed || r.inCard(k, p) && r.ownCard(k)) {
				return p
			}
			return -1
		case it.kind == isReach || it.kind == isLabel:
			passed = passed || it.kind == isReach
			if step < 0 && passed && !r.ownCard(k) {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// lineIsPost tells a line with a post and no name.
func (r *reader) lineIsPost(p int) bool {
	line := r.items[p].line
	for q := p + 1; q < len(r.items) && r.items[q].line == line; q++ {
		if r.items[q].kind == isName {
			return false
		}
	}
	return true
}

// hasOwnReach tells a post with a number in its line: it is somebody else's.
func (r *reader) hasOwnReach(p int) bool {
	line := r.items[p].line
	for q := p + 1; q < len(r.items) && r.items[q].line == line; q++ {
		if r.items[q].kind == isReach {
			return true
		}
	}
	return p > 0 && r.items[p-1].line == line && r.items[p-1].kind == isReach
}

func (r *reader) lineOf(k int) *page.Line { return &r.page.Lines[r.items[k].line] }

func (r *reader) sameBox(a, b int) bool {
	x, y := r.lineOf(a), r.lineOf(b)
	return x.Box != 0 && x.Box == y.Box
}

const fewLines = 4 // with nothing in them, between lines that belong together

// joinable tells that two lines may be of one card: not in two rows of a
// table, not far apart.
func (r *reader) joinable(a, b int) bool {
	x, y := r.lineOf(a), r.lineOf(b)
	if d := r.items[a].line - r.items[b].line; d > fewLines || -d > fewLines {
		return false
	}
	return x.Table == y.Table && (x.Table == 0 || x.Row == y.Row && x.Col == y.Col || x.Box == y.Box && x.Box != 0)
}

// joinLines puts together what was broken into two lines: a surname above the
// first name, a post that goes on in small letters.
func (r *reader) joinLines() {
	for k := 0; k+1 < len(r.items); k++ {
		a, b := &r.items[k], &r.items[k+1]
		if a.line == b.line || !r.sameBox(k, k+1) && !r.bothPlain(k, k+1) {
			continue
		}
		switch {
		case a.kind == isText && b.kind == isName && b.short && b.only && r.sole(k) && surnameLine(a.text):
			b.text, b.short, b.sure = a.text+" "+b.text, false, full
			a.kind = isLabel
		case a.kind == isName && a.short && a.only && b.kind == isText && r.sole(k+1) && r.sameBox(k, k+1) && surnameLine(b.text):
			a.text, a.short, a.sure = a.text+" "+b.text, false, full
			b.kind = isLabel
		case a.kind == isPost && a.only && !r.items[k+1].used && (b.kind == isPost || b.kind == isText || b.kind == isBreak) && r.sole(k) && r.sole(k+1) && (r.sameBox(k, k+1) || r.lineOf(k).Heading > 0 && r.lineOf(k).Heading == r.lineOf(k+1).Heading) && goesOn(b.text):
			if p, ok := asPost(a.post.text + " " + b.text); ok {
				a.post = p
				b.kind = isLabel
			}
		}
	}
}

// bothPlain tells neighbours outside of cards and tables.
func (r *reader) bothPlain(a, b int) bool {
	x, y := r.lineOf(a), r.lineOf(b)
	return x.Box == 0 && y.Box == 0 && x.Table == 0 && y.Table == 0 && r.items[b].line-r.items[a].line == 1
}

// sole tells the only item of its line.
func (r *reader) sole(k int) bool {
	line := r.items[k].line
	return (k == 0 || r.items[k-1].line != line) && (k+1 == len(r.items) || r.items[k+1].line != line)
}

// surnameLine tells a line of one word that may be a surname.
func surnameLine(s string) bool {
	words := splitWords(s)
	return len(words) == 1 && words[0].from == 0 && words[0].to == len(s) && words[0].part && utf8.RuneCountInString(s) > 2
}

// goesOn tells a text that begins in small letters.
func goesOn(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) && len(s) < 120 && !strings.ContainsAny(s, ":@")
}
