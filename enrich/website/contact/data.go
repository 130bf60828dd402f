package contact

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"

	"obzvon/enrich/website/page"
)

// attributes reads what stands in attributes: microdata with its value in
// content, data-phone and the like.
func (r *reader) attributes() {
	reviews := map[*html.Node]bool{}
	for _, root := range r.page.Doc.Nodes {
		for n := range root.Descendants() {
			if n.Type != html.ElementNode || len(n.Attr) == 0 || n.Data == "input" || n.Data == "textarea" {
				continue
			}
			if r.hasContact(n) && !inside(n, reviews, review) {
				r.attribute(n)
			}
		}
	}
}

// hasContact is the quick test of an element's attributes.
func (r *reader) hasContact(n *html.Node) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "itemprop":
			return true
		default:
			if strings.HasPrefix(n.Attr[i].Key, "data-") {
				return true
			}
		}
	}
	return false
}

func (r *reader) attribute(n *html.Node) {
	for i := range n.Attr {
		key, value := n.Attr[i].Key, n.Attr[i].Val
		if value == "" || len(value) > 300 {
			continue
		}
		switch key {
		case "itemprop":
			switch value {
			case "telephone", "faxNumber":
				r.values(phoneValues(page.Attr(n, "content")), r.phone)
			case "email":
				r.values(mailtoValues(page.Attr(n, "content"), r.host), r.email)
			}
		case "data-phone", "data-tel", "data-telephone", "data-phone-number":
			for _, p := range numbers(value, func(int, int) bool { return true }) {
				r.phone(p.value(), "")
			}
		case "data-email", "data-mail":
			r.values(mailtoValues(value, r.host), r.email)
		case "data-user", "data-name", "data-login", "data-local":
			r.halves(n, value)
		}
	}
}

// halves puts together an address whose halves stand in two attributes, to be
// joined by a style sheet or a script.
func (r *reader) halves(n *html.Node, local string) {
	for _, key := range [...]string{"data-domain", "data-host", "data-website"} {
		domain := page.Attr(n, key)
		if tld := page.Attr(n, "data-tld"); tld != "" {
			domain += "." + tld
		}
		if domain != "" && len(domain) < maxDomain {
			r.values(mailtoValues(local+"@"+domain, r.host), r.email)
		}
	}
}

func (r *reader) values(all []string, add func(value, label string)) {
	for _, v := range all {
		if !r.wrong[v] {
			add(v, "")
		}
	}
}

// maxDataDepth bounds JSON-LD objects in one another.
const maxDataDepth = 8

// data reads JSON-LD.
func (r *reader) data() {
	for _, v := range r.page.Data {
		r.object(v, 0)
	}
}

func (r *reader) object(v any, depth int) {
	if depth > maxDataDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			r.object(x, depth+1)
		}
	case map[string]any:
		for key, x := range ordered(v) {
			switch key {
			case "review", "reviews", "author", "creator", "comment":
			case "telephone", "faxNumber":
				r.eachText(x, func(s string) { r.values(phoneValues(s), r.phone) })
			case "email":
				r.eachText(x, func(s string) { r.values(mailtoValues(strings.TrimPrefix(s, "mailto:"), r.host), r.email) })
			default:
				r.object(x, depth+1)
			}
		}
	}
}

func (r *reader) eachText(v any, do func(string)) {
	switch v := v.(type) {
	case string:
		if len(v) <= 300 {
			do(v)
		}
	case json.Number:
		do(v.String())
	case []any:
		for _, x := range v {
			if s, ok := x.(string); ok && len(s) <= 300 {
				do(s)
			}
		}
	}
}
