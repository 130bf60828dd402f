package people

import (
	"strings"
	"unicode"

	beside "obzvon/enrich/website/contact"
	"obzvon/enrich/website/page"
)

// kind is what an item is.
type kind uint8

const (
	isText  kind = iota // anything else
	isName              // a person
	isPost              // a post or a department
	isReach             // a number or an e-mail
	isLabel             // «Телефон:», which leads to a number
	isNote              // an address or hours
	isBreak             // a heading, or the end of a part
)

// item is a piece of a line.
type item struct {
	kind  kind
	line  int
	text  string
	sure  sureness
	short bool // name without surname
	post  post
	place place
	at    int // byte of the line
	// only tells that the line has nothing else but labels, numbers and, for a
	// post, nothing at all.
	only  bool
	colon bool // a text that ends with one
	// remark tells what stands in brackets behind a number and before words.
	remark bool

	used   bool // a post that belongs to a name, a number that belongs to somebody
	postOf int  // for a name: its post among the items, -1 = none
	reach  []int
}

// scan takes the lines apart.
func (r *reader) scan() {
	t := topic{classes: map[string]bool{}}
	part := page.Main
	r.items = make([]item, 0, len(r.page.Lines)+len(r.page.Lines)/4)
	for i := range r.page.Lines {
		l := &r.page.Lines[i]
		if l.Part != part {
			part = l.Part
			t = topic{classes: t.classes}
			r.items = append(r.items, item{kind: isBreak, line: i, postOf: -1})
		}
		if l.Text == "" || l.Part == page.Nav || l.Part == page.Form {
			continue
		}
		t.next(l)
		if len(r.items) > maxItems {
			return
		}
		if t.alien() || len(l.Text) > maxLine || strings.ContainsRune(l.Text, '\uFFFD') {
			r.items = append(r.items, item{kind: isBreak, line: i, postOf: -1})
			continue
		}
		r.scanLine(i, l)
	}
}

// split finds the words of a line.
func (r *reader) split(text string) []word {
	low, same := foldSame(text)
	r.odd = !same || strings.Contains(low, "действ") || strings.Contains(low, "основани")
	if !same {
		low = ""
	}
	r.words = appendWords(r.words[:0], text, low)
	return r.words
}

// scanLine adds the items of a line.
func (r *reader) scanLine(i int, l *page.Line) {
	first := len(r.items)
	places := r.reach.find(l.Text)
	words := r.split(l.Text)
	names := findNames(l.Text, words)
	at := 0
	for at < len(l.Text) || len(names)+len(places) > 0 {
		// The next name or number, or the rest of the line.
		next := len(l.Text)
		if len(names) > 0 {
			next = min(next, names[0].from)
		}
		if len(places) > 0 {
			next = min(next, places[0].from)
		}
		if next > at {
			r.addText(i, l, words, at, next)
		}
		switch {
		case len(names) > 0 && names[0].from == next:
			n := names[0]
			names = names[1:]
			if n.from >= at {
				r.items = append(r.items, item{kind: isName, line: i, at: n.from, text: l.Text[n.from:n.to], sure: n.sure, short: n.short, postOf: -1})
				next = n.to
			}
		case len(places) > 0 && places[0].from == next:
			p := places[0]
			places = places[1:]
			if p.from >= at {
				r.items = append(r.items, item{kind: isReach, line: i, at: p.from, place: p, postOf: -1})
				next = p.to
			}
		}
		at = max(at, next)
		for len(names) > 0 && names[0].from < at {
			names = names[1:]
		}
		for len(places) > 0 && places[0].from < at {
			places = places[1:]
		}
		if at >= len(l.Text) {
			break
		}
	}
	r.mark(first, l)
}

// addText adds what stands between names and numbers. What stands in brackets
// behind a number speaks of it, and not with the words that follow.
func (r *reader) addText(i int, l *page.Line, words []word, from, to int) {
	if n := len(r.items); n > 0 && r.items[n-1].kind == isReach && r.items[n-1].line == i {
		if in, rest := beside.Remark(l.Text[from:to]); in != "" && strings.ContainsFunc(rest, unicode.IsLetter) {
			r.addPiece(i, l, words, from, to-len(rest))
			for ; n < len(r.items); n++ {
				r.items[n].remark = true
			}
			from = to - len(rest)
		}
	}
	r.addPiece(i, l, words, from, to)
}

func (r *reader) addPiece(i int, l *page.Line, words []word, from, to int) {
	p := newPiece(l.Text, words, from, to)
	p.odd = p.odd || r.odd
	text := p.text
	if to-from > shortText && !p.hasHead() {
		k := isText
		if len(text) <= maxNote && digitsIn(text) && p.isNote() {
			k = isNote
		} else if r.behindReach(i) && isRemark(text) {
			k = isLabel
		}
		r.items = append(r.items, item{kind: k, line: i, at: from, text: text, postOf: -1})
		return
	}
	if p.mayPost() && r.addPlace(i, &p, from) {
		return
	}
	it := item{line: i, at: from, text: p.tidy(), postOf: -1, colon: strings.HasSuffix(strings.TrimSpace(text), ":")}
	switch {
	case it.text == "":
		if len(strings.TrimSpace(text)) < 4 {
			return // marks between two items
		}
		it.kind = isLabel
	case placeTitle(p.words):
		it.kind = isNote // «Адрес склада»
	case p.mayLabel() && isLabelText(it.text), isRemark(text) && !p.hasHead():
		it.kind = isLabel
	default:
		if found, ok := r.ownPost(&p); ok {
			it.kind, it.post = isPost, found
		} else if p.isNote() {
			it.kind = isNote
		} else if r.behindReach(i) && isRemark(text) {
			it.kind = isLabel
		}
	}
	r.items = append(r.items, it)
}

// behindReach tells that the last item of a line so far is a number.
func (r *reader) behindReach(line int) bool {
	n := len(r.items)
	return n > 0 && r.items[n-1].line == line && r.items[n-1].kind == isReach
}

// addPlace adds a department with its address or hours: «Склад: ул. Садовая, 5».
func (r *reader) addPlace(i int, p *piece, at int) bool {
	front, behind, ok := strings.Cut(p.text, ":")
	if !ok || !isNoteText(behind) || isHours(front) || placeTitle(p.words) {
		return false
	}
	found, ok := asPost(front)
	if !ok || r.alienPost(front) {
		return false
	}
	r.items = append(r.items, item{kind: isPost, line: i, at: at, text: found.text, post: found, postOf: -1},
		item{kind: isNote, line: i, at: at + len(front), text: strings.TrimSpace(behind), postOf: -1})
	return true
}

// ownPost reads a piece as a post in the firm.
func (r *reader) ownPost(p *piece) (post, bool) {
	if !p.mayPost() {
		return post{}, false
	}
	found, ok := asPost(r.withoutFirm(p.text))
	return found, ok && !r.alienPost(p.text)
}

// shortText is how long a text may be that is looked at though it has no word
// that makes it a post, in bytes.
const shortText = 60

// isLabelText tells labels of numbers and hours, which stand between a person
// and his number and say nothing.
func isLabelText(s string) bool {
	words := splitWords(s)
	for _, w := range words {
		if !w.is(labelWord) {
			return false
		}
	}
	return len(words) > 0 || !digitsIn(s) && len(s) < 10
}

// mark tells lines of one thing, and headings that end what stands above.
func (r *reader) mark(first int, l *page.Line) {
	items := r.items[first:]
	texts, posts, names, notes := 0, 0, 0, 0
	for k := range items {
		switch items[k].kind {
		case isText:
			texts++
		case isPost:
			posts++
		case isName:
			names++
		case isNote:
			notes++
		case isReach, isLabel, isBreak:
		}
	}
	for k := range items {
		items[k].only = texts == 0 && posts+names <= 1
	}
	if l.Heading > 0 && l.Heading < page.Bold && texts+notes > 0 && posts+names == 0 {
		items[0].kind = isBreak
	}
}
