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

// markStrangers tells for each line from which byte on it speaks of somebody
// else: reviews, and the maker of the site at the foot of the page.
func (r *reader) markStrangers() []int {
	lines := r.page.Lines
	out := make([]int, len(lines))
	reviews := map[*html.Node]bool{}
	for i := range lines {
		out[i] = len(lines[i].Text) + 1
	}
	for i := range lines {
		l := &lines[i]
		if inside(l.Node, reviews, review) {
			out[i] = 0
			continue
		}
		at := -1
		if r.atFoot(i) {
			at = creditAt(l)
		}
		if at < 0 {
			continue
		}
		out[i] = min(out[i], at)
		// The maker's address may stand on a line of its own, or in the same box.
		for k := i + 1; k < len(lines) && k <= i+creditLines; k++ {
			if k == i+1 && strings.HasSuffix(l.Text, ":") || l.Box > 0 && lines[k].Box == l.Box {
				out[k] = 0
			}
		}
	}
	return out
}

const (
	footLines   = 12 // lines from the end that may be a foot which is not marked as one
	creditLines = 3  // lines that may belong to a credit
	maxCredit   = 400
)

func (r *reader) atFoot(i int) bool {
	return r.page.Lines[i].Part == page.Footer || i >= len(r.page.Lines)-footLines
}

// creditAt is where a line begins to speak of the maker of the site, -1 where
// it does not. A long line is a text that happens to have such words.
func creditAt(l *page.Line) int {
	if l.Text == "" || len(l.Text) > maxCredit {
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
