package page

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// Bounds on JSON-LD.
const (
	maxDataBytes   = 256 << 10 // of one script
	maxDataObjects = 200
	maxDataDepth   = 8 // of lists and graphs in one another
)

// readData decodes the JSON-LD scripts; broken ones are left out.
func readData(root *html.Node) []any {
	var out []any
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "script" || n.FirstChild == nil {
			continue
		}
		if !strings.HasPrefix(strings.ToLower(strings.TrimSpace(Attr(n, "type"))), "application/ld+json") {
			continue
		}
		out = openData(out, decodeData(n.FirstChild.Data), 0)
	}
	return out
}

func decodeData(text string) any {
	if len(text) > maxDataBytes {
		return nil
	}
	// Some systems wrap it as old scripts were wrapped, and many put line
	// breaks into strings.
	text = strings.TrimSpace(text)
	for _, mark := range []string{"<!--", "//<![CDATA[", "<![CDATA["} {
		text = strings.TrimPrefix(text, mark)
	}
	for _, mark := range []string{"-->", "//]]>", "]]>"} {
		text = strings.TrimSuffix(strings.TrimSpace(text), mark)
	}
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil
	}
	return cleanData(v)
}

// openData takes lists and graphs apart into objects.
func openData(out []any, v any, depth int) []any {
	if depth > maxDataDepth || len(out) >= maxDataObjects {
		return out
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			out = openData(out, x, depth+1)
		}
	case map[string]any:
		if g, ok := v["@graph"]; ok {
			out = openData(out, g, depth+1)
			if len(v) <= 3 {
				return out // only @context, @id and the graph
			}
		}
		out = append(out, v)
	}
	return out
}
