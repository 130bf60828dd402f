package website

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"obzvon/enrich/website/page"
)

// Bounds on what is looked at of one page.
const (
	maxLinks    = 3000
	maxLinkText = 200 // bytes
)

// link is a page that a page leads to.
type link struct {
	url    *url.URL
	key    string // canonical address
	topic  topic
	weight int
}

// linker weighs the links of one visit's pages. Most stand in the menus of all
// pages and are weighed once.
type linker struct {
	hosts map[string]bool // whether they are the site's
	known map[seenLink]link
}

// seenLink is a link as a page shows it.
type seenLink struct {
	base, href, text, title string
	same                    bool
}

func newLinker() linker { return linker{hosts: map[string]bool{}, known: map[seenLink]link{}} }

// maxSeen bounds what is remembered of one visit.
const maxSeen = 5000

// linksOf lists the pages of the site that a page leads to and that may hold
// what is sought, each once, in the order of the page.
func (k linker) linksOf(p *page.Page, s scope) []link {
	var out []link
	at := map[string]int{}
	seen := 0
	for n := range p.Doc.Nodes[0].Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		href, same := linkOf(n)
		if href == "" {
			continue
		}
		if seen++; seen > maxLinks {
			break
		}
		l := k.weigh(p, n, href, s, same)
		if l.weight == 0 {
			continue
		}
		key := l.key
		if i, ok := at[key]; !ok {
			at[key] = len(out)
			out = append(out, l)
		} else if out[i].weight < l.weight {
			out[i] = l
		}
	}
	return out
}

// weigh tells what is to be had behind a link; weight 0 = nothing, or nothing
// of this site.
func (k linker) weigh(p *page.Page, n *html.Node, href string, s scope, same bool) link {
	id := seenLink{base: p.Base.Host, href: href, same: same}
	if !strings.HasPrefix(href, "/") {
		id.base = p.Base.String() // it may depend on all of it
	}
	if !same {
		id.text, id.title = linkText(n), page.Attr(n, "title")+" "+page.Attr(n, "aria-label")
	}
	l, ok := k.known[id]
	if ok {
		return l
	}
	if u, ok := p.Resolve(href); ok && k.ours(u, s) && worth(u) {
		l = link{url: u, key: canonical(u), topic: topicSame, weight: weightTop}
		if !same {
			l.topic, l.weight = topicOf(id.text, id.title, u)
		}
	}
	if len(k.known) < maxSeen {
		k.known[id] = l
	}
	return l
}

func (k linker) ours(u *url.URL, s scope) bool {
	ours, ok := k.hosts[u.Host]
	if !ok {
		ours = s.has(u) && usualPort(u)
		if len(k.hosts) < maxSeen {
			k.hosts[u.Host] = ours
		}
	}
	return ours
}

// linkOf gives where an element leads; same says that what stands there is part
// of this page.
func linkOf(n *html.Node) (href string, same bool) {
	switch n.Data {
	case "a", "area":
		return page.Attr(n, "href"), false
	case "frame", "iframe":
		return page.Attr(n, "src"), true
	case "meta":
		if strings.EqualFold(page.Attr(n, "http-equiv"), "refresh") {
			return refreshTo(page.Attr(n, "content")), true
		}
	}
	return "", false
}

// refreshTo reads «5; url='/new'» (the HTML standard, "Refresh state").
func refreshTo(content string) string {
	_, rest, ok := strings.Cut(content, ";")
	if !ok {
		if _, rest, ok = strings.Cut(content, ","); !ok {
			return ""
		}
	}
	rest = strings.TrimSpace(rest)
	if len(rest) >= 3 && strings.EqualFold(rest[:3], "url") {
		if after, ok := strings.CutPrefix(strings.TrimSpace(rest[3:]), "="); ok {
			rest = strings.TrimSpace(after)
		}
	}
	if rest == "" {
		return ""
	}
	if q := rest[0]; q == '\'' || q == '"' {
		rest, _, _ = strings.Cut(rest[1:], string(q))
	}
	return strings.TrimSpace(rest)
}

// linkText is what a reader sees of a link, pictures by their replacement text.
func linkText(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if b.Len() > maxLinkText {
			break
		}
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && c.Data == "img":
			b.WriteString(page.Attr(c, "alt"))
		}
		b.WriteByte(' ')
	}
	return strings.ToValidUTF8(b.String(), "")
}
