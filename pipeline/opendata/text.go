package opendata

import (
	"strings"

	"golang.org/x/net/html"

	"obzvon/pipeline/company"
)

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf is the text of an element with single spaces.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// short keeps a text of a stranger fit for a message.
func short(s string) string {
	const limit = 80
	if r := []rune(strings.ToValidUTF8(s, "")); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}

// dateIn reads a date alone: 10.02.2025, 2025-02-10, 20250210, each with or
// without a time after it; 0 = it is none.
func dateIn(text string) company.Date {
	text = strings.TrimSpace(text)
	for _, length := range []int{10, 8} {
		if len(text) < length {
			continue
		}
		head := text[:length]
		if length == 8 {
			return day8(head)
		}
		if d, err := company.ParseDate(head); err == nil {
			return d
		}
	}
	return 0
}

// day8 reads YYYYMMDD.
func day8(digits string) company.Date {
	if m := eight.FindStringSubmatch(digits); m == nil || m[1] != digits {
		return 0
	}
	return day(digits, 0, 4, 6)
}
