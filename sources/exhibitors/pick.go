package exhibitors

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"obzvon/pipeline/members"
)

// line puts a text on one line, without marks that no cell can hold.
func line(s string) string {
	return members.Line(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}

// thing is a row or a card that fields are picked out of.
type thing interface {
	pick(field string) []string
}

// element is one of HTML, with the headers of its table.
type element struct {
	*goquery.Selection

	headers []string // folded
}

// pick gives the texts of a field: one for each element that fits.
func (e element) pick(field string) []string {
	field = strings.TrimSpace(field)
	if columns, ok := strings.CutPrefix(field, "column "); ok {
		return e.column(columns)
	}
	if label, ok := strings.CutPrefix(field, "label "); ok {
		return e.labelled(label)
	}
	selector, attribute, attributed := strings.Cut(field, "@")
	if selector = strings.TrimSpace(selector); selector == "" {
		return nil
	}
	var out []string
	e.Find(selector).Each(func(_ int, s *goquery.Selection) {
		text := s.Text()
		if attributed {
			text, _ = s.Attr(strings.TrimSpace(attribute))
		}
		out = appendText(out, text)
	})
	return out
}

// column gives the cell under the first header that begins with one of the words, else
// the one at the place that stands among them.
func (e element) column(words string) []string {
	cells := e.ChildrenFiltered("td, th")
	place := -1
	for word := range strings.SplitSeq(words, "|") {
		word = strings.ToLower(strings.TrimSpace(word))
		if n, err := strconv.Atoi(word); err == nil {
			place = n - 1
			continue
		}
		if i := slices.IndexFunc(e.headers, func(h string) bool { return word != "" && strings.HasPrefix(h, word) }); i >= 0 {
			place = i
			break
		}
	}
	if place < 0 || place >= cells.Length() {
		return nil
	}
	cell := cells.Eq(place)
	if spans := cell.Find("span, li"); spans.Length() > 1 {
		var out []string
		spans.Each(func(_ int, s *goquery.Selection) { out = appendText(out, s.Text()) })
		return out
	}
	return appendText(nil, cell.Text())
}

// labelled gives what stands behind a label: the elements after it up to the next label,
// or the rest of what is around it.
func (e element) labelled(label string) []string {
	label = strings.ToLower(strings.TrimSpace(label))
	var out []string
	e.Find("dt, th, b, strong, label, span, div, p, td").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		text := strings.ToLower(shortText(s.Get(0)))
		if strings.TrimRight(text, " :") != label {
			return true
		}
		for next := s.Next(); next.Length() > 0 && !next.Is(goquery.NodeName(s)); next = next.Next() {
			out = appendText(out, next.Text())
		}
		if len(out) == 0 {
			around := line(s.Parent().Text())
			if at := strings.Index(strings.ToLower(around), text); at >= 0 && len(strings.ToLower(around)) == len(around) {
				out = appendText(out, strings.TrimLeft(around[at+len(text):], " :"))
			}
		}
		return len(out) == 0
	})
	return out
}

// shortText is what stands in an element that is as small as a label, else "": only so
// much of it is looked at, since every element may be one.
func shortText(n *html.Node) string {
	const nodes, bytes = 8, 200
	var b strings.Builder
	seen := 0
	for d := range n.Descendants() {
		if seen++; seen > nodes || b.Len() > bytes {
			return ""
		}
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return line(b.String())
}

func appendText(to []string, text string) []string {
	if text = line(text); text != "" {
		to = append(to, text)
	}
	return to
}

// object is one of JSON.
type object struct{ value any }

// pick gives the texts at a path: those of an array one by one.
func (o object) pick(field string) []string { return texts(at(o.value, field)) }

// at goes along a path: "company.contacts.0.phone". "" is the value itself.
func at(v any, path string) any {
	for name := range strings.SplitSeq(strings.TrimSpace(path), ".") {
		if name == "" {
			continue
		}
		switch x := v.(type) {
		case map[string]any:
			v = x[name]
		case []any:
			n, err := strconv.Atoi(name)
			if err != nil || n < 0 || n >= len(x) {
				return nil
			}
			v = x[n]
		default:
			return nil
		}
	}
	return v
}

func texts(v any) []string {
	switch x := v.(type) {
	case string:
		return appendText(nil, x)
	case float64:
		return []string{strconv.FormatFloat(x, 'f', -1, 64)}
	case []any:
		var out []string
		for _, e := range x {
			out = append(out, texts(e)...)
		}
		return out
	case map[string]any:
		for _, name := range []string{"name", "title", "value"} {
			if s, ok := x[name].(string); ok {
				return appendText(nil, s)
			}
		}
	}
	return nil
}
