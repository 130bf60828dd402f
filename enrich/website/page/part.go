package page

import (
	"strings"

	"golang.org/x/net/html"
)

// partTags and partRoles name a part outright.
var (
	partTags = map[string]Part{
		"header": Header, "nav": Nav, "footer": Footer, "aside": Aside, "form": Form, "main": Main, "article": Main,
	}
	partRoles = map[string]Part{
		"banner": Header, "navigation": Nav, "contentinfo": Footer, "complementary": Aside, "form": Form, "main": Main,
	}
)

// partNames are the words with which names of classes begin or end.
var partNames = map[string]Part{
	"header": Header, "footer": Footer, "nav": Nav, "menu": Nav, "navbar": Nav, "sidebar": Aside, "bottom": Footer,
}

// partOf tells the part that an element makes, else that in which it stands.
func partOf(n *html.Node, in Part) Part {
	if p, ok := partTags[n.Data]; ok {
		if p == Main && in != Main && in != Form || p == Header && in != Main {
			return in // the head of a card in the footer
		}
		return p
	}
	if len(n.Attr) == 0 || !blocks[n.Data] {
		return in
	}
	if p, ok := partRoles[Attr(n, "role")]; ok {
		return p
	}
	for _, name := range [2]string{Attr(n, "id"), Attr(n, "class")} {
		if name == "" || len(name) > 200 {
			continue
		}
		for word := range strings.FieldsSeq(name) {
			if p, ok := partName(word); ok && (in == Main || p == Nav) {
				return p
			}
		}
	}
	return in
}

// partName knows «footer», «footer-top», «footer__col», «site-footer», but not
// «card-header» or «modal-footer», which are parts of something small.
func partName(class string) (Part, bool) {
	class = strings.ToLower(class)
	first, _, _ := strings.Cut(strings.ReplaceAll(class, "_", "-"), "-")
	if p, ok := partNames[first]; ok && (p != Footer || first == "footer" || class == first) {
		return p, true
	}
	if rest, ok := strings.CutPrefix(class, "site-"); ok {
		p, ok := partNames[rest]
		return p, ok
	}
	if rest, ok := strings.CutPrefix(class, "page-"); ok && rest == "footer" {
		return Footer, true
	}
	return Main, false
}
