package contact

import (
	"strings"

	"golang.org/x/net/html"

	"obzvon/enrich/website/page"
)

// credits say who made or keeps the site.
var credits = []string{
	"разработка сайт", "создание сайт", "разработка и продвижение сайт", "создание и продвижение", "продвижение сайт", "разработка и поддержка",
	"сайт разработан", "сайт создан", "сайт сделан", "разработано", "разработчик сайт", "разработчик:", "разработка:", "разработка —",
	"разработка -", "разработка –", "дизайн сайт", "дизайн и разработка", "дизайн и вёрстка", "дизайн и верстка", "изготовление сайт",
	"поддержка сайт", "сопровождение сайт", "сайт от ", "вёрстка сайт", "верстка сайт", "вёрстка:", "верстка:",
	"веб-студия", "web-студия", "вебстудия", "веб-мастер", "вебмастер", "студия дизайна", "created by", "site by", "powered by", "developed by",
	"designed by", "design by", "made by", "web design", "webdesign", "website by", "сайт работает на", "сайт на платформе", "хостинг",
	"конструктор сайтов", "по вопросам работы сайта",
}

// own tells up to which byte a line speaks of the firm; after it begins the
// maker of the site, at the foot of the page. The maker's address may stand on
// a line of its own behind a colon, or in the same box.
func (r *reader) own(i int) int {
	lines := r.page.Lines
	l := &lines[i]
	for k := i - 1; k >= 0 && k >= i-creditLines; k-- {
		above := &lines[k]
		if k == i-1 && strings.HasSuffix(above.Text, ":") || l.Box > 0 && above.Box == l.Box {
			if r.creditAt(k) >= 0 {
				return 0
			}
		}
	}
	if at := r.creditAt(i); at >= 0 {
		return at
	}
	return len(l.Text) + 1
}

const (
	footLines   = 12 // lines from the end that may be a foot which is not marked as one
	creditLines = 3  // lines that may belong to a credit
	maxCredit   = 400
)

// creditAt is where a line begins to speak of the maker of the site, -1 where
// it does not. A long line is a text that happens to have such words.
func (r *reader) creditAt(i int) int {
	l := &r.page.Lines[i]
	if l.Part != page.Footer && i < r.foot || l.Text == "" || len(l.Text) > maxCredit {
		return -1
	}
	text := strings.ToLower(l.Text)
	if strings.HasPrefix(text, "разработка") && len(text) < len("разработка")+4 {
		return 0
	}
	first := -1
	for _, c := range credits {
		if at := strings.Index(text, c); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	if first >= len(l.Text) || first > 0 && len(text) != len(l.Text) {
		return 0
	}
	return first
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
