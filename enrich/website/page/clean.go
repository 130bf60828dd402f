package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// clean drops from a text what steers a screen and is not read: control
// characters, with which a page could give orders to the terminal that shows
// its words (ECMA-48), marks that turn the direction of writing (Unicode
// Standard Annex 9), soft hyphens and marks without width. White space stays.
func clean(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f {
			if r, _ := utf8.DecodeRuneInString(s[i:]); steers(r) {
				return s[:i] + strings.Map(dropSteering, s[i:])
			}
			for i+1 < len(s) && !utf8.RuneStart(s[i+1]) {
				i++
			}
		}
	}
	return s
}

func dropSteering(r rune) rune {
	if steers(r) {
		return -1
	}
	return r
}

// steers tells a character that clean drops.
func steers(r rune) bool {
	switch {
	case r < 0x7f:
		return r < ' ' && !unicode.IsSpace(r)
	case r <= 0xad:
		return r <= 0x9f && r != 0x85 || r == 0xad
	case r < 0x600, r >= 0x3000 && r < 0xfe00:
		return false
	}
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0000 && r <= 0xe0fff || unicode.Is(unicode.Cf, r)
}

// scrub cleans the texts and attributes of a node and of all below it. What is
// written in scripts and styles stays: it is no text.
func scrub(root *html.Node) {
	scrubOne(root)
	for n := range root.Descendants() {
		scrubOne(n)
	}
}

func scrubOne(n *html.Node) {
	if n.Type == html.TextNode && (n.Parent == nil || n.Parent.Data != "script" && n.Parent.Data != "style") {
		n.Data = clean(n.Data)
	}
	for i := range n.Attr {
		n.Attr[i].Val = clean(n.Attr[i].Val)
	}
}

// cleanData cleans the texts of decoded JSON; breaks of lines become spaces.
func cleanData(v any) any {
	switch v := v.(type) {
	case string:
		return strings.Map(flatten, clean(v))
	case []any:
		for i := range v {
			v[i] = cleanData(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = cleanData(v[k])
		}
	}
	return v
}

// flatten makes a space of the white space that is a control character.
func flatten(r rune) rune {
	if r < ' ' || r == 0x85 || r == 0x2028 || r == 0x2029 {
		return ' '
	}
	return r
}
