package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/enrich/website/page"
)

// titleLabels are the words that lead to the name of the firm in a title.
var titleLabels = wordSet("контакты", "реквизиты", "о", "компании", "компания", "нас", "официальный", "сайт", "главная", "фирма", "фирмы", "предприятие", "предприятия")

// titleNames are the names that are a part of the title for themselves:
// «Контакты | ООО „Вега“», «ООО Вега». A page about another firm has that
// firm's name there.
func titleNames(p *page.Page) []string {
	text := oneLine(cut(p.Title, 300))
	low := lower(text)
	if headingTopic(low) == topicAlien || aboutOthers(p) {
		return nil
	}
	var out []string
	for _, s := range nameSpans(text, low) {
		if titlePart(low[:s.from], low[s.to:]) {
			out = append(out, s.text)
		}
	}
	if len(out) > 1 {
		return nil
	}
	return out
}

// titlePart tells that a sign parts a name from what is before and behind it,
// or that only labels lead to it.
func titlePart(front, behind string) bool {
	if i := strings.LastIndexAny(front, "|/:•·»—–"); i >= 0 {
		_, n := utf8.DecodeRuneInString(front[i:])
		front = front[i+n:]
	}
	if i := strings.LastIndex(front, "- "); i >= 0 {
		front = front[i+1:]
	}
	for from, to := nextWord(front, 0); from >= 0; from, to = nextWord(front, to) {
		if !titleLabels[front[from:to]] {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(behind, " "))
	return behind == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// otherPaths begin the parts of addresses of pages that tell of other firms.
var otherPaths = []string{
	"client", "klient", "partner", "otzyv", "otziv", "review", "portfolio", "news", "novost", "blog", "article", "stati",
	"vacanc", "vakans", "dealer", "diler", "press", "works", "raboty", "cases", "keys", "zakazchik", "postavshik", "postavshchik",
}

// aboutOthers tells by its address a page on clients, partners, news.
func aboutOthers(p *page.Page) bool {
	if p.URL == nil {
		return false
	}
	for part := range strings.SplitSeq(strings.ToLower(p.URL.Path), "/") {
		if startsAny(part, otherPaths...) {
			return true
		}
	}
	return false
}
