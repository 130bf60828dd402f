package page

import (
	"strings"

	"golang.org/x/net/html"
)

const (
	maxBox  = 30 // lines: more is a chapter, not a card
	farBox  = 3  // how many neighbours away the next of its kind may stand
	leastIn = 2  // lines
)

// box numbers the lines since first, if the element that holds them is one of
// several of its kind side by side. Inner boxes have been numbered before.
func (w *walker) box(n *html.Node, first, texts int) {
	if texts < leastIn || texts > maxBox || !repeats(n) {
		return
	}
	w.boxes++
	for i := first; i < len(w.page.Lines); i++ {
		if w.page.Lines[i].Box == 0 {
			w.page.Lines[i].Box = w.boxes
		}
	}
}

// repeats tells an element that has one of its kind near it: the same tag and
// the same first class.
func repeats(n *html.Node) bool {
	switch n.Data {
	case "li", "tr":
		return true
	case "td", "th":
		return cellIsCard(n)
	case "div", "section", "article", "ul", "ol", "dl", "table", "p", "tbody", "address", "fieldset", "center", "figure":
	default:
		return false
	}
	kind := kindOf(n)
	seen := 0
	for c := n.NextSibling; c != nil && seen < farBox; c = c.NextSibling {
		if c.Type == html.ElementNode {
			if seen++; c.Data == n.Data && kindOf(c) == kind {
				return true
			}
		}
	}
	seen = 0
	for c := n.PrevSibling; c != nil && seen < farBox; c = c.PrevSibling {
		if c.Type == html.ElementNode {
			if seen++; c.Data == n.Data && kindOf(c) == kind {
				return true
			}
		}
	}
	return false
}

func kindOf(n *html.Node) string {
	class := strings.TrimSpace(Attr(n, "class"))
	if i := strings.IndexAny(class, " \t\r\n"); i >= 0 {
		return class[:i]
	}
	return class
}

// cellIsCard tells cells of a table that is used to put cards side by side:
// each of the row has blocks or breaks in it.
func cellIsCard(n *html.Node) bool {
	cells, cards := 0, 0
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.FirstChild == nil {
			continue
		}
		if cells++; cells > 6 {
			return false
		}
		if broken(c) {
			cards++
		}
	}
	return cells > 1 && cards == cells
}

// broken tells a cell with several lines.
func broken(n *html.Node) bool {
	inner := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if c.Data == "br" {
			return true
		}
		if blocks[c.Data] {
			inner++
		}
	}
	return inner > 1
}
