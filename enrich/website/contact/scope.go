package contact

import (
	"strings"

	"golang.org/x/net/html"

	"obzvon/enrich/website/page"
)

// scope is the block that a line heads: what follows it in the element that
// holds both, up to a heading of its rank or another part of the page. Lines
// are shown to it one after the other.
type scope struct {
	head   *page.Line
	limit  *html.Node // the card of which the head is not the first line
	holder *html.Node
	column bool // the other cells of the head's row are heads too
	label  bool // the head is a mere label: the next one ends the block
	lines  int
	over   bool
}

const (
	maxScope = 80 // lines
	maxClimb = 60 // elements in one another
)

// newScope begins the block below line i.
func newScope(lines []page.Line, i int) *scope {
	s := &scope{head: &lines[i]}
	if i > 0 {
		before, l := &lines[i-1], s.head
		if l.Box > 0 && before.Box == l.Box && (before.Table != l.Table || before.Col == l.Col) {
			s.limit = common(before.Node, l.Node)
		}
	}
	return s
}

// holds tells that the next line belongs to the block.
func (s *scope) holds(l *page.Line) bool {
	if s.over || l.Text == "" {
		return !s.over
	}
	s.lines++
	switch {
	case s.lines > maxScope, l.Part != s.head.Part, s.ends(l), s.limit != nil && !within(l.Node, s.limit):
		s.over = true
	case s.holder == nil && s.column && l.Table > 0 && l.Table == s.head.Table && l.Row == s.head.Row && l.Col != s.head.Col:
	case s.holder == nil:
		s.holder = common(s.head.Node, l.Node)
		s.over = s.holder == nil
	default:
		s.over = !within(l.Node, s.holder)
	}
	return !s.over
}

// ends tells a heading of the head's rank or a higher one. A bold line with a
// colon is a label.
func (s *scope) ends(l *page.Line) bool {
	switch h := s.head.Heading; {
	case s.label && labelLine(l.Text):
		return true
	case l.Heading == 0:
		return false
	case l.Heading == page.Bold:
		return h == page.Bold && !strings.HasSuffix(l.Text, ":") && !strings.HasSuffix(s.head.Text, ":")
	case h == 0:
		return true
	default:
		return l.Heading <= h
	}
}

// common is the innermost element that holds both; nil if none is near.
func common(a, b *html.Node) *html.Node {
	for n, k := a, 0; n != nil && k < maxClimb; n, k = n.Parent, k+1 {
		if within(b, n) {
			return n
		}
	}
	return nil
}

func within(n, holder *html.Node) bool {
	for k := 0; n != nil && k < maxClimb; n, k = n.Parent, k+1 {
		if n == holder {
			return true
		}
	}
	return false
}
