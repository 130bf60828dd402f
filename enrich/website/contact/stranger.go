package contact

import (
	"strings"

	"golang.org/x/net/html"

	"obzvon/enrich/website/page"
)

// credits say who made or keeps the site.
var credits = []string{
	"разработка сайт", "создание сайт", "разработка и продвижение сайт", "создание и продвижение", "продвижение сайт", "разработка и поддержка",
	"сайт разработан", "сайт создан", "сайт сделан", "сделано в", "разработано", "разработчик", "разработка:", "разработка —", "разработка -",
	"разработка –", "дизайн сайт", "дизайн и разработка", "дизайн и вёрстка", "дизайн и верстка", "изготовление сайт", "поддержка сайт", "сайт от ",
	"веб-студия", "web-студия", "вебстудия", "веб-мастер", "вебмастер", "студия дизайна", "created by", "site by", "powered by", "developed by",
	"designed by", "design by", "made by", "web design", "webdesign", "website by", "работает на", "сайт на платформе", "хостинг", "конструктор сайтов",
}

// markStrangers finds the lines that speak of somebody else: reviews, and the
// maker of the site at the foot of the page.
func (r *reader) markStrangers() []bool {
	lines := r.page.Lines
	out := make([]bool, len(lines))
	reviews := map[*html.Node]bool{}
	for i := range lines {
		l := &lines[i]
		if inside(l.Node, reviews, review) {
			out[i] = true
			continue
		}
		if !r.atFoot(i) || !credit(l) {
			continue
		}
		out[i] = true
		// The maker's address may stand on a line of its own.
		if i+1 < len(lines) && strings.HasSuffix(l.Text, ":") && len(lines[i+1].Text) <= maxLabel {
			out[i+1] = true
		}
	}
	return out
}

// footLines are how many lines from the end may be a foot that is not marked
// as one.
const footLines = 12

func (r *reader) atFoot(i int) bool {
	return r.page.Lines[i].Part == page.Footer || i >= len(r.page.Lines)-footLines
}

// credit tells a line about the maker of the site. A long one is a text that
// happens to have such words.
func credit(l *page.Line) bool {
	if len(l.Text) > 300 {
		return false
	}
	text := strings.ToLower(l.Text)
	if text == "разработка" {
		return true
	}
	for _, c := range credits {
		if strings.Contains(text, c) {
			return true
		}
	}
	return false
}

// review tells a box of what customers wrote.
func review(n *html.Node) bool {
	if strings.HasSuffix(page.Attr(n, "itemtype"), "/Review") || page.Attr(n, "itemprop") == "review" {
		return true
	}
	for _, name := range [2]string{page.Attr(n, "class"), page.Attr(n, "id")} {
		if name == "" {
			continue
		}
		name = strings.ToLower(name)
		for _, w := range [...]string{"review", "testimonial", "otzyv", "otziv", "feedback-item", "comment-list", "comments"} {
			if strings.Contains(name, w) && !strings.Contains(name, "preview") {
				return true
			}
		}
	}
	return false
}
