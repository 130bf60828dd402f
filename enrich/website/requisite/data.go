package requisite

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"obzvon/enrich/website/page"
)

// structured is what a page says of its firm in JSON-LD and in microdata
// (schema.org: Organization.taxID, vatID, legalName; PostalAddress).
type structured struct {
	numbers   []string
	names     []string
	addresses []string
}

// alienTypes are things of other owners.
var alienTypes = []string{"Review", "Person", "Product", "Offer", "Article", "NewsArticle", "BlogPosting", "BreadcrumbList", "Event", "JobPosting", "Brand", "Rating"}

// ownKeys lead from a thing to the firm that publishes it.
var ownKeys = []string{"publisher", "mainEntity", "about", "provider", "location", "department"}

// readDataNumbers adds the tax numbers of the data.
func (r *reader) readDataNumbers() {
	for _, s := range r.structured().numbers {
		for _, k := range []kind{inn, ogrn} {
			if v, _, ok := k.take(s); ok {
				r.numbers = append(r.numbers, number{kind: k, value: v, line: -1, whose: whose{listed: true, ending: true}})
			}
		}
	}
}

func (r *reader) structured() *structured {
	if r.data == nil {
		r.data = &structured{}
		for _, v := range r.page.Data {
			r.data.object(v, 0)
		}
		if r.page.Doc != nil {
			for _, n := range r.page.Doc.Nodes {
				r.data.microdata(n)
			}
		}
	}
	return r.data
}

func (d *structured) object(v any, depth int) {
	m, ok := v.(map[string]any)
	if !ok || depth > 3 {
		return
	}
	if t := fmt.Sprint(m["@type"]); !hasAny(t, "Organization", "Business") {
		for _, a := range alienTypes {
			if strings.Trim(t, "[]") == a {
				return
			}
		}
	}
	for _, key := range []string{"taxID", "vatID", "taxId", "vatId", "identifier"} {
		d.numbers = appendText(d.numbers, m[key])
	}
	d.names = appendText(d.names, m["legalName"])
	d.address(m["address"])
	for _, key := range ownKeys {
		d.object(m[key], depth+1)
	}
}

// appendText adds a string or a number as written.
func appendText(to []string, v any) []string {
	switch v := v.(type) {
	case nil:
		return to
	case string:
		if v = strings.TrimSpace(v); v != "" && len(v) <= 500 {
			return append(to, v)
		}
	case fmt.Stringer: // json.Number
		return append(to, v.String())
	}
	return to
}

// addressKeys are the parts of a PostalAddress in the order of a letter.
var addressKeys = []string{"postalCode", "addressCountry", "addressRegion", "addressLocality", "streetAddress"}

func (d *structured) address(v any) {
	switch v := v.(type) {
	case string:
		d.addresses = appendText(d.addresses, v)
	case []any:
		for i := 0; i < len(v) && i < keepOthers; i++ {
			d.address(v[i])
		}
	case map[string]any:
		var parts []string
		for _, key := range addressKeys {
			for _, s := range appendText(nil, v[key]) {
				if s = oneLine(s); s != "RU" && s != "" {
					parts = append(parts, s)
				}
			}
		}
		if len(appendText(nil, v["streetAddress"])) > 0 {
			d.addresses = append(d.addresses, strings.Join(parts, ", "))
		}
	}
}

// microdata reads the itemprop attributes; things of other owners are left out
// with all that is in them.
func (d *structured) microdata(n *html.Node) {
	if len(d.numbers)+len(d.names)+len(d.addresses) > maxAddresses {
		return
	}
	if n.Type == html.ElementNode && len(n.Attr) > 0 {
		if t := page.Attr(n, "itemtype"); t != "" {
			for _, a := range alienTypes {
				if strings.HasSuffix(strings.TrimSpace(t), "/"+a) {
					return
				}
			}
		}
		switch page.Attr(n, "itemprop") {
		case "taxID", "vatID":
			d.numbers = appendText(d.numbers, nodeText(n))
		case "legalName":
			d.names = appendText(d.names, nodeText(n))
		case "address":
			d.addresses = appendText(d.addresses, nodeText(n))
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		d.microdata(c)
	}
}

// nodeText is the text of an element, its content attribute first.
func nodeText(n *html.Node) string {
	if c := page.Attr(n, "content"); c != "" {
		return oneLine(c)
	}
	var b strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
			b.WriteByte(' ')
		case c.Type == html.ElementNode && c.Data == "meta":
			b.WriteString(page.Attr(c, "content"))
			b.WriteByte(' ')
		}
		if b.Len() > 1000 {
			break
		}
	}
	return oneLine(b.String())
}

// oneLine writes a text with single spaces, none before a comma.
func oneLine(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "), " ,", ",")
}
