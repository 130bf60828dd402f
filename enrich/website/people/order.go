package people

import (
	"unicode/utf8"

	"obzvon/enrich/website/page"
)

// choice is a name in lines of its own with the posts that stand next to it;
// -1 = none.
type choice struct {
	name     int
	up, down int
	own      int // the one in the name's card, where nobody else is named
}

const (
	farNames = 12 // lines between two names of one run
	decisive = 2  // votes more than the other side has: then no name goes against it
)

// givePostsBeside gives names the posts above or below them. The cards of a
// run are written in one order, which their majority tells: a post that could
// be of the name above it as well as of the one below goes by it, so that one
// unknown post does not shift all that follow.
func (r *reader) givePostsBeside() {
	r.crowds = r.countNames()
	var run []choice
	last := -1
	for k := range r.items {
		it := &r.items[k]
		if it.kind != isName || it.postOf >= 0 || !it.only {
			continue
		}
		if last >= 0 && !r.oneRun(last, it.line) {
			r.giveRun(run)
			run = run[:0]
		}
		last = it.line
		c := choice{name: k, up: r.beside(k, -1), down: r.beside(k, +1), own: -1}
		if mine := r.ownCard(k); mine && r.inCard(k, c.up) != r.inCard(k, c.down) {
			c.own = c.up
			if r.inCard(k, c.down) {
				c.own = c.down
			}
		}
		run = append(run, c)
	}
	r.giveRun(run)
}

// countNames counts the names that stand in each card.
func (r *reader) countNames() map[int]int {
	m := map[int]int{}
	for k := range r.items {
		if box := r.lineOf(k).Box; box != 0 && r.items[k].kind == isName {
			m[box]++
		}
	}
	return m
}

// oneRun tells that two lines with names are of one list.
func (r *reader) oneRun(a, b int) bool {
	if b-a > farNames || r.page.Lines[a].Part != r.page.Lines[b].Part {
		return false
	}
	for i := a + 1; i < b; i++ {
		if h := r.page.Lines[i].Heading; h == 1 || h == 2 {
			return false
		}
	}
	return true
}

func (r *reader) ownCard(k int) bool {
	box := r.lineOf(k).Box
	return box != 0 && r.crowds[box] == 1
}

func (r *reader) inCard(k, p int) bool { return p >= 0 && r.sameBox(k, p) }

// giveRun gives the posts of a run by the order of its majority.
func (r *reader) giveRun(run []choice) {
	vote := 0 // above zero: the post stands above the name
	for _, c := range run {
		switch {
		case c.own >= 0 && c.own == c.up:
			vote += 2
		case c.own >= 0:
			vote -= 2
		case c.up >= 0 && c.down < 0:
			vote++
		case c.down >= 0 && c.up < 0:
			vote--
		}
	}
	if vote == 0 && len(run) > 1 && r.headless(run[0].name) {
		vote = 1 // the first post of the run is one that nobody knows
	}
	for i, c := range run {
		if p := r.choose(run, i, vote); p >= 0 && r.free(p) {
			r.items[c.name].postOf = p
			r.items[p].used = true
		} else if p < 0 {
			r.tradeBeside(c.name, vote)
		}
	}
}

// choose picks among the posts above and below a name.
func (r *reader) choose(run []choice, i, vote int) int {
	c := run[i]
	if c.own >= 0 {
		return c.own
	}
	up, down := c.up, c.down
	// The same post may be that of a neighbour.
	if up >= 0 && i > 0 && run[i-1].down == up && (run[i-1].own == up || vote <= 0) {
		up = -1
	}
	if down >= 0 && i+1 < len(run) && run[i+1].up == down && (run[i+1].own == down || vote > 0) {
		down = -1
	}
	switch {
	case vote >= decisive:
		return up
	case vote <= -decisive:
		return down
	case up < 0 || down < 0:
		return max(up, down)
	case vote != 0:
		if vote > 0 {
			return up
		}
		return down
	case r.items[up].post.person != r.items[down].post.person:
		if r.items[up].post.person {
			return up
		}
		return down
	}
	return up
}

// headless tells a name with a short text of its own above it, which may be a
// post nobody knows.
func (r *reader) headless(k int) bool {
	p := k - 1
	return p >= 0 && r.shortLine(p) && r.sole(p) && len(r.items[p].text) < longText && r.joinable(k, p)
}

// shortLine tells a text, or a heading that is no post.
func (r *reader) shortLine(p int) bool {
	it := &r.items[p]
	return it.text != "" && (it.kind == isText || it.kind == isBreak && r.lineOf(p).Heading > 0)
}

// tradeBeside takes a word that is no known post for one, where the other
// cards of the run have theirs in its place and it sounds like one.
func (r *reader) tradeBeside(k, vote int) {
	p := k - 1
	if vote <= -decisive {
		p = k + 1
	} else if vote < decisive {
		return
	}
	if p < 0 || p >= len(r.items) || !r.shortLine(p) || !r.sole(p) || r.items[p].line == r.items[k].line || !r.joinable(k, p) || r.otherCard(k, p) {
		return
	}
	it := &r.items[p]
	if words := splitWords(it.text); len(words) <= tradeWords && soundsTrade(words) && !digitsIn(it.text) && !isAddress(it.text) {
		it.kind, it.post, it.used = isPost, post{text: it.text, person: true}, true
		r.items[k].postOf = p
	}
}

// tradeInLine takes the word with a colon that begins the line of a whole name
// for his post, where it sounds like one: «Паспортист: Вихрова О. П.».
func (r *reader) tradeInLine(k int) bool {
	if k == 0 || r.items[k].sure < full || r.items[k].short {
		return false
	}
	it := &r.items[k-1]
	if it.kind != isText || it.line != r.items[k].line || !it.colon || k > 1 && r.items[k-2].line == it.line {
		return false
	}
	words := splitWords(it.text)
	if len(words) > tradeWords || !soundsTrade(words) || digitsIn(it.text) {
		return false
	}
	it.kind, it.post = isPost, post{text: it.text, person: true}
	return true
}

const tradeWords = 4

// soundsTrade tells texts whose first word, or the second behind an adjective,
// ends as the names of trades do: «паспортист», «ведущий редактор».
func soundsTrade(words []word) bool {
	if len(words) > 1 && adjective(words[0].low) {
		words = words[1:]
	}
	if len(words) == 0 || words[0].shape == other || utf8.RuneCountInString(words[0].low) < 6 {
		return false
	}
	for _, w := range words[1:] {
		if w.shape == capital {
			return false // «Пример Сергей»
		}
	}
	return hasTail(words[0].low, "ист", "атор", "итор", "ктор", "тель", "льщик", "овщик", "чик", "олог", "граф", "арь", "ница", "онер", "онёр", "ница", "вед")
}

func hasTail(s string, tails ...string) bool {
	for _, t := range tails {
		if len(s) > len(t) && s[len(s)-len(t):] == t {
			return true
		}
	}
	return false
}

// otherCard tells a post that stands in a card of its own, or in somebody
// else's.
func (r *reader) otherCard(k, p int) bool {
	a, b := r.lineOf(k), r.lineOf(p)
	if b.Box == 0 || a.Box == b.Box {
		return false
	}
	if r.crowds[b.Box] > 0 {
		return true
	}
	if a.Box == 0 {
		return false
	}
	// Boxes are numbered as they end: one that begins before and ends behind
	// another holds it.
	if b.Box > a.Box {
		return r.items[p].line > r.items[k].line && r.firstOf(b.Box, r.items[p].line) > r.items[k].line
	}
	return r.items[p].line < r.items[k].line
}

// firstOf is the first line of a box, looked for upwards.
func (r *reader) firstOf(box, line int) int {
	first := line
	for i := line; i >= 0 && i > line-maxRow; i-- {
		if r.page.Lines[i].Box == box {
			first = i
		}
	}
	return first
}

// sameKind tells two lines that are written alike: in one column of a table,
// else in elements of one class.
func sameKind(a, b *page.Line) bool {
	if a.Table != b.Table || a.Heading != b.Heading {
		return false
	}
	if a.Table != 0 {
		return a.Col == b.Col
	}
	return a.Node != nil && b.Node != nil && a.Node.Data == b.Node.Data && page.Attr(a.Node, "class") == page.Attr(b.Node, "class")
}
