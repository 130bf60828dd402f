package page

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// state is what an element inherits.
type state struct {
	part    Part
	heading int
	bold    bool
	block   *html.Node
	grid    *grid
	cell    cell
}

// grid counts the rows and columns of a table while it is read.
type grid struct{ table, row, col int }

// cell is a place in a table.
type cell struct{ table, row, col int }

// walker reads the tree in order and gathers lines.
type walker struct {
	page  *Page
	buf   []byte // the line being gathered
	space bool   // white space before what comes next
	plain bool   // the line has text that is not bold
	edge  bool   // an element began or ended since the last letter
	apart bool   // a link did
	at    state  // of the first text of the line
	links []Link // of this line; of the last one To is open while link is set
	link  *html.Node
	stand state // of the open link
	href  string
	from  int // where the open link begins; -1 = at its first letter
	texts int // lines with text
	size  int // bytes of all lines

	boxes, tables int
}

func (w *walker) walk(n *html.Node, s state) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.text(c.Data, s)
		case html.ElementNode:
			w.element(c, s)
		case html.DocumentNode:
			w.walk(c, s)
		case html.ErrorNode, html.CommentNode, html.DoctypeNode, html.RawNode:
		}
	}
}

func (w *walker) element(n *html.Node, s state) {
	if n.Data == "script" {
		writeOut(n)
		return
	}
	if n.Namespace != "" || unread[n.Data] || hidden(n) {
		w.edge = true
		return
	}
	switch {
	case n.Data == "br" || n.Data == "hr":
		w.flush()
		return
	case n.Data == "wbr":
		return
	case backwards(n):
		w.edge = true
		w.text(reversed(n), s)
		w.edge = true
		return
	case icon(n):
		w.space, w.edge = true, true
		return
	}
	undisguise(n)
	s.part = partOf(n, s.part)
	if blocks[n.Data] {
		w.blockElement(n, s)
		return
	}
	w.edge = true
	switch n.Data {
	case "b", "strong":
		s.bold = true
	case "a":
		w.openLink(n, s)
		w.walk(n, s)
		w.closeLink(n)
		w.edge, w.apart = true, true
		return
	}
	w.walk(n, s)
	w.edge = true
}

func (w *walker) blockElement(n *html.Node, s state) {
	w.flush()
	if h, err := strconv.Atoi(strings.TrimPrefix(n.Data, "h")); err == nil && h >= 1 && h <= 6 {
		s.heading = h
	}
	s.block = n
	s = w.enter(n, s)
	first, texts := len(w.page.Lines), w.texts
	w.walk(n, s)
	w.flush()
	w.box(n, first, w.texts-texts)
}

// enter keeps the place in the table.
func (w *walker) enter(n *html.Node, s state) state {
	switch n.Data {
	case "table":
		w.tables++
		s.grid, s.cell = &grid{table: w.tables}, cell{}
	case "tr":
		if s.grid != nil {
			s.grid.row++
			s.grid.col = 0
		}
	case "td", "th":
		if s.grid != nil {
			s.cell = cell{s.grid.table, max(1, s.grid.row), s.grid.col + 1}
			s.grid.col += span(n)
		}
	}
	return s
}

// span is the number of columns that a cell takes.
func span(n *html.Node) int {
	c, err := strconv.Atoi(Attr(n, "colspan"))
	if err != nil || c < 1 || c > 100 {
		return 1
	}
	return c
}

// text adds text to the line, with single spaces.
func (w *walker) text(t string, s state) {
	if w.size > maxText {
		return
	}
	for i, r := range t {
		if unicode.IsSpace(r) || r == '\u2800' {
			w.space = true
			continue
		}
		if r == utf8.RuneError && i+1 < len(t) && !strings.HasPrefix(t[i:], "\uFFFD") {
			continue
		}
		w.letter(r, s)
	}
}

func (w *walker) letter(r rune, s state) {
	if len(w.buf) == 0 {
		w.at, w.plain, w.space = s, false, false
	} else if w.space || w.edge && glued(w.buf, r, w.apart) {
		w.buf = append(w.buf, ' ')
	}
	w.space, w.edge, w.apart = false, false, false
	if w.link != nil && w.from < 0 {
		w.from = len(w.buf)
	}
	if !s.bold {
		w.plain = true
	}
	w.buf = utf8.AppendRune(w.buf, r)
}

// glued tells two words that only style parts: a small letter at the end of
// one element and a capital at the beginning of the next; where one of them is
// a link, any letters or digits.
func glued(buf []byte, r rune, link bool) bool {
	last, _ := utf8.DecodeLastRune(buf)
	if link {
		return (unicode.IsLetter(last) || unicode.IsDigit(last)) && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+')
	}
	return unicode.IsLower(last) && unicode.IsUpper(r)
}

func (w *walker) openLink(n *html.Node, s state) {
	w.endLink()
	w.apart = true
	w.stand = s
	w.link, w.href, w.from = n, strings.TrimSpace(Attr(n, "href")), -1
}

func (w *walker) closeLink(n *html.Node) {
	if w.link == n {
		if w.from < 0 && len(w.links) > 0 && w.links[len(w.links)-1].Node == n {
			w.link = nil // it ended with the line before
			return
		}
		w.endLink()
	}
}

// endLink puts the open link, as far as it came, on the line.
func (w *walker) endLink() {
	if w.link == nil {
		return
	}
	if w.href != "" {
		from := w.from
		if from < 0 {
			from = len(w.buf)
		}
		w.links = append(w.links, Link{Href: w.href, From: from, To: len(w.buf), Node: w.link})
	}
	w.link = nil
}

// flush ends the line. A link that goes on begins anew on the next.
func (w *walker) flush() {
	link, href := w.link, w.href
	if link != nil && w.from >= 0 {
		w.endLink()
	}
	if (len(w.buf) > 0 || len(w.links) > 0) && len(w.page.Lines) < maxLines {
		w.add()
	}
	w.buf, w.links = w.buf[:0], nil
	w.space, w.edge, w.apart, w.plain = false, false, false, false
	w.link, w.href, w.from = link, href, -1
}

func (w *walker) add() {
	at := w.at
	if len(w.buf) == 0 {
		at = w.stand
	}
	l := Line{
		Text: string(w.buf), Heading: at.heading, Part: at.part,
		Table: at.cell.table, Row: at.cell.row, Col: at.cell.col, Node: at.block, Links: w.links,
	}
	if len(w.buf) > 0 {
		w.texts++
		if l.Heading == 0 && !w.plain {
			l.Heading = Bold
		}
	}
	for i := range l.Links {
		l.Links[i].Text = l.Text[l.Links[i].From:l.Links[i].To]
	}
	w.size += len(l.Text)
	w.page.Lines = append(w.page.Lines, l)
}

// reversed is the text of an element as it is shown in reverse.
func reversed(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	r := []rune(b.String())
	slices.Reverse(r)
	return string(r)
}
