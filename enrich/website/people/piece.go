package people

import (
	"strings"
)

// piece is a part of a line with what its words tell at a glance: most of a
// page is goods and sentences, of which no more has to be known.
type piece struct {
	text  string
	words []word // those of the line in the piece
	some  class  // of one or the other word
	every class  // of each word
	// odd tells that the piece may be cut down to words that the line has not:
	// a word is cut already, two have lost their space, the firm's name or
	// «действующий на основании» is to be dropped.
	odd bool
}

// newPiece takes line[from:to]; words are those of the line.
func newPiece(line string, words []word, from, to int) piece {
	for len(words) > 0 && words[0].to <= from {
		words = words[1:]
	}
	p := piece{text: line[from:to], every: ^class(0)}
	if len(words) > 0 && words[0].from < from {
		words, p.odd = words[1:], true
	}
	n := 0
	for ; n < len(words) && words[n].to <= to; n++ {
		w := &words[n]
		p.some |= w.class
		p.every &= w.class
		p.odd = p.odd || n > 0 && words[n-1].to == w.from
	}
	p.words = words[:n]
	p.odd = p.odd || n < len(words) && words[n].from < to || quoteAt(p.text) >= 0
	return p
}

// hasHead tells that a word makes the piece a post, or may.
func (p *piece) hasHead() bool {
	return p.some&head != 0 && len(p.text) <= maxPost && strings.Count(p.text, " ") <= mostWords
}

// mayPost is false where no part of the piece is a post, see asPost: nothing
// but adjectives and the like stands before its head.
func (p *piece) mayPost() bool {
	if p.odd {
		return true
	}
	if p.some&(head|contact) == 0 {
		return false
	}
	if p.some&standIn != 0 || strings.IndexByte(p.text, ':') >= 0 {
		return true
	}
	front := true
	for i := range p.words {
		w := &p.words[i]
		front = front && w.is(labelWord) // tidyPost drops them
		switch {
		case w.is(head | contact):
			return true
		case !front && !mayLead(w):
			return false
		}
	}
	return true
}

// tidy is the piece as tidyPost has it.
func (p *piece) tidy() string {
	if p.odd {
		return tidyPost(p.text)
	}
	return trimPost(p.text, p.some&labelWord != 0)
}

// mayLabel is false where the piece is no label, see isLabelText.
func (p *piece) mayLabel() bool { return p.odd || p.every&labelWord != 0 }

// isNote tells that the piece is an address or hours.
func (p *piece) isNote() bool {
	s := strings.Trim(p.text, " ,;.()")
	may := p.odd || p.some&(streetWord|placeMark) != 0 || p.every&hoursWord != 0 || s != "" && s[0] <= '9'
	return may && isNoteText(s)
}
