package people

import (
	"strings"

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

	used   bool // a post that belongs to a name, a number that belongs to somebody
	postOf int  // for a name: its post among the items, -1 = none
	reach  []int
}

// scan takes the lines apart.
func (r *reader) scan() {
	var t topic
	part := page.Main
	for i := range r.page.Lines {
		l := &r.page.Lines[i]
		if l.Part != part {
			part = l.Part
			t = topic{}
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

// scanLine adds the items of a line.
func (r *reader) scanLine(i int, l *page.Line) {
	first := len(r.items)
	places := r.reach.find(l.Text)
	words := splitWords(l.Text)
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

// addText adds what stands between names and numbers.
func (r *reader) addText(i int, l *page.Line, words []word, from, to int) {
	text := l.Text[from:to]
	if to-from > shortText && !r.hasHead(i, words, from, to) {
		k := isText
		if len(text) <= maxNote && digitsIn(text) && isNoteText(strings.Trim(text, " ,;.()")) {
			k = isNote
		}
		r.items = append(r.items, item{kind: k, line: i, at: from, text: text, postOf: -1})
		return
	}
	if front, behind, ok := strings.Cut(text, ":"); ok && isNoteText(behind) && !isHours(front) && !placeTitle(words, from, to) {
		if p, ok := asPost(front); ok && !r.alienPost(front) { // «Склад: ул. Садовая, 5»
			r.items = append(r.items, item{kind: isPost, line: i, at: from, text: p.text, post: p, postOf: -1},
				item{kind: isNote, line: i, at: from + len(front), text: strings.TrimSpace(behind), postOf: -1})
			return
		}
	}
	it := item{line: i, at: from, text: tidyPost(text), postOf: -1, colon: strings.HasSuffix(strings.TrimSpace(text), ":")}
	switch {
	case it.text == "":
		if strings.TrimSpace(text) == "" || len(strings.TrimSpace(text)) < 4 {
			return // marks between two items
		}
		it.kind = isLabel
	case placeTitle(words, from, to):
		it.kind = isNote // «Адрес склада»
	case isLabelText(it.text), isRemark(text) && !r.hasHead(i, words, from, to):
		it.kind = isLabel
	default:
		if p, ok := asPost(r.withoutFirm(text)); ok && !r.alienPost(text) {
			it.kind, it.post = isPost, p
		} else if isNoteText(strings.Trim(text, " ,;.()")) {
			it.kind = isNote
		}
	}
	r.items = append(r.items, it)
}

// shortText is how long a text may be that is looked at though it has no word
// that makes it a post, in bytes.
const shortText = 60

// hasHead tells that a word of a part of a line makes it a post, or may.
func (r *reader) hasHead(i int, words []word, from, to int) bool {
	if to-from > maxPost || strings.Count(r.page.Lines[i].Text[from:to], " ") > mostWords {
		return false
	}
	for _, w := range words {
		if w.from >= from && w.to <= to && isHead(w.low) {
			return true
		}
	}
	return false
}

// isLabelText tells labels of numbers and hours, which stand between a person
// and his number and say nothing.
func isLabelText(s string) bool {
	words := splitWords(s)
	for _, w := range words {
		if !reachLabels[w.low] && !moreFields[w.low] && w.low != "и" && w.low != "для" && w.low != "по" && w.low != "звонков" {
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
