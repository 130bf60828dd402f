package requisite

import (
	"strings"

	"obzvon/enrich/website/page"
)

// Bounds on how far a card goes: a name, an address, telephones, numbers.
const (
	cardRows  = 6  // rows, paragraphs, cards
	cardLines = 16 // lines of text
	nearRows  = 5  // rows between a name and its numbers
	nearLines = 5  // lines, if another firm is named between
	mostCards = 2  // a page with more names on cards is a list of firms
)

// rows counts the rows of tables, the paragraphs and the cards that a walk over
// lines passes: what <br> parts is one.
type rows struct {
	last        *line
	rows, lines int
}

// next takes a line and tells whether it is still within the bounds.
func (w *rows) next(l *line, most int) bool {
	w.lines++
	if w.last == nil || !together(w.last, l) {
		w.rows++
	}
	w.last = l
	return w.rows <= most && w.lines <= cardLines
}

// together tells lines of one row of a table, of one paragraph or one card.
func together(a, b *line) bool {
	if a.Table > 0 || b.Table > 0 {
		return a.Table == b.Table && a.Row == b.Row
	}
	return a.Node == b.Node || a.Box > 0 && a.Box == b.Box
}

// card is what stands around a name.
type card struct{ address, phone, rights bool }

// cardAround looks for an address and telephones above and below a line, up to
// the next name of a firm or the heading of a list of others.
func (r *reader) cardAround(i int) card {
	var c card
	r.cardSide(i, 1, &c)
	r.cardSide(i, -1, &c)
	return c
}

func (r *reader) cardSide(i, step int, c *card) {
	own := &r.lines[i]
	walk := rows{last: own}
	for j := i + step; j >= 0 && j < len(r.lines); j += step {
		l := &r.lines[j]
		if l.text == "" {
			continue
		}
		if !walk.next(l, cardRows) || l.topic == topicAlien || l.named && l.text != own.text || ending(l) != ending(own) && ending(own) {
			return
		}
		if step < 0 && own.Box > 0 && l.Box != own.Box && l.Table == 0 && l.Part != page.Footer {
			return // the card before
		}
		c.address = c.address || l.address
		c.phone = c.phone || reachable(l)
		if walk.lines <= 2 {
			c.rights = c.rights || hasAny(l.lower, "©", "все права защищены", "all rights reserved")
		}
	}
}

// cardWeight is what a card around a name that has a line of its own counts.
func (r *reader) cardWeight(i int) int {
	c := r.cardAround(i)
	l := &r.lines[i]
	weight := 0
	if c.address {
		weight += 2
	}
	if c.phone {
		weight++
		if l.Heading > 0 && i == r.first() {
			weight++ // the page begins with the name
		}
	}
	if c.rights && ending(l) {
		weight += 2
	}
	return weight
}

// first is the first line of the main part.
func (r *reader) first() int {
	for i := range r.lines {
		if l := &r.lines[i]; l.Part == page.Main && l.text != "" && len(l.Links) == 0 {
			return i
		}
	}
	return -1
}

func ending(l *line) bool { return l.Part == page.Footer || l.Part == page.Header }

const leastPhone = 6 // digits of a telephone number without its code

// reachable tells a line with a telephone or an e-mail.
func reachable(l *line) bool {
	if startsAny(l.lower, "тел", "факс", "e-mail", "email", "почта", "эл") || strings.Contains(l.text, "@") || strings.Contains(l.text, "+7") {
		return true
	}
	for _, link := range l.Links {
		if startsAny(link.Href, "tel:", "mailto:") {
			return true
		}
	}
	n := countDigits(l.text)
	return n >= leastPhone && n <= 2*len("+79070000001") && strings.Trim(l.text, "0123456789 ()+-–,;доб.") == ""
}

// numbersNear tells that one of the firm's own numbers stands behind a name or
// in the rows below it.
func (r *reader) numbersNear(i int, behind string) bool {
	if hasWord(behind, "инн", "огрн", "огрнип") {
		return true
	}
	for k := range r.numbers {
		n := &r.numbers[k]
		if n.line >= i && !n.whose.alien() && !n.whose.bankish() && r.near(i, n.line) {
			return true
		}
	}
	return false
}

// near tells that a line stands few rows below another, and no other firm
// between if it is more than few lines.
func (r *reader) near(i, below int) bool {
	walk := rows{last: &r.lines[i]}
	for j := i + 1; j <= below; j++ {
		l := &r.lines[j]
		if l.text == "" {
			continue
		}
		if !walk.next(l, nearRows) || walk.lines > nearLines && r.namedBetween(i, j) {
			return false
		}
	}
	return true
}

// namedBetween tells that another firm is named behind a line, before another.
func (r *reader) namedBetween(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if r.lines[k].named && r.lines[k].text != r.lines[i].text {
			return true
		}
	}
	return false
}
