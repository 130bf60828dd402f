package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"math"
	"strings"

	"obzvon/pipeline"
)

// preludeEnd is how the drawing library's head of a document ends.
const preludeEnd = `xmlns:xlink="http://www.w3.org/1999/xlink">`

// The library names one font; readers that lack it take the next of these, of the
// same widths where there is one.
const (
	fontNamed = `style="font-family:Liberation Sans;`
	fontList  = `style="font-family:'Liberation Sans',Arial,Helvetica,sans-serif;`
)

var errPrelude = errors.New("the drawing library begins a document otherwise than it did")

// document gives the drawing a head of our own, with the chart in words for those
// who hear it.
func document(c *pipeline.Chart, drawn []byte) ([]byte, error) {
	_, body, ok := bytes.Cut(drawn, []byte(preludeEnd))
	if !ok {
		return nil, fmt.Errorf("draw chart %q: %w", c.ID, errPrelude)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" lang="ru">`+"\n", width, height, width, height)
	for _, part := range [][2]string{{"title", clean(c.Title)}, {"desc", words(c)}} {
		out.WriteString("<" + part[0] + ">")
		if err := xml.EscapeText(&out, []byte(part[1])); err != nil {
			return nil, fmt.Errorf("draw chart %q: %w", c.ID, err)
		}
		out.WriteString("</" + part[0] + ">\n")
	}
	// A text of the chart has its quotes escaped, so this is never part of one.
	out.Write(bytes.ReplaceAll(bytes.TrimLeft(body, "\n"), []byte(fontNamed), []byte(fontList)))
	return out.Bytes(), nil
}

// words tell the values: «Анна: 03.11 — 12, 05.11 — 9.»
func words(c *pipeline.Chart) string {
	if empty(c) {
		return "Данных пока нет."
	}
	var b strings.Builder
	if unit := clean(c.Unit); unit != "" {
		b.WriteString("Единица: " + unit + ".")
	}
	for _, s := range c.Series {
		var said []string
		for i, v := range s.Values {
			if !math.IsNaN(v) {
				said = append(said, clean(c.Labels[i])+" — "+number(v))
			}
		}
		if len(said) > 0 {
			b.WriteString(" " + clean(s.Title) + ": " + strings.Join(said, ", ") + ".")
		}
	}
	return strings.TrimSpace(b.String())
}
