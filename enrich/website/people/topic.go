package people

import (
	"strings"

	"golang.org/x/net/html"

	"obzvon/enrich/website/page"
)

// topic tells whose people the lines under a heading are.
type topic struct {
	level int // of the heading that began other people's
	away  bool
	node  bool // the line stands in an element of reviews

	above      *html.Node      // around the element of the last line
	aboveAlien bool            // it is one of reviews
	classes    map[string]bool // met on the page: those of reviews are true
}

var alienHeadings = []string{
	"отзыв", "клиент", "партнер", "партнёр", "нам доверяют", "благодарност", "рекомендации", "рекомендательн", "новости", "статьи", "блог",
	"истори", "вакансии", "заказчик", "дилеры", "дистрибьютор", "ветеран", "учредител", "попечител", "наши авторы", "выпускник", "гости", "похожие",
}

// notAlien are headings that only sound so.
var notAlien = []string{"клиентск", "клиентами", "клиентам", "партнерами", "партнёрами", "партнерам", "партнёрам", "отдел", "менеджер", "контакт"}

func (t *topic) next(l *page.Line) {
	t.node = t.alienNode(l.Node)
	if l.Heading == 0 || l.Heading == page.Bold && len(l.Text) > 120 {
		return
	}
	low := strings.ToLower(l.Text)
	alien := len(l.Text) < 200 && hasAny(low, alienHeadings) && !hasAny(low, notAlien)
	switch {
	case alien:
		t.away, t.level = true, l.Heading
	case t.away && l.Heading <= t.level:
		t.away = false
	}
}

func (t *topic) alien() bool { return t.away || t.node }

func hasAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// alienClasses are parts of names of classes that hold words of others.
var alienClasses = []string{"review", "testimonial", "otziv", "otzyv", "feedback-item", "comment", "quote", "blog-", "news-", "article-author", "post-author"}

// blogLayout takes out the parts of a page in the blog example of Bootstrap,
// from which whole sites are made: they say nothing of what stands in them.
var blogLayout = strings.NewReplacer("blog-header", "", "blog-main", "", "blog-footer", "", "blog-masthead", "", "blog-nav", "", "blog-sidebar", "")

const ancestors = 8

// alienNode tells an element of reviews or comments by its class, or one in
// such an element. What is around lines that follow each other is mostly the
// same.
func (t *topic) alienNode(n *html.Node) bool {
	alien, end := t.alienElement(n)
	if alien || end {
		return alien
	}
	if n.Parent != t.above {
		t.above, t.aboveAlien = n.Parent, t.alienAbove(n.Parent)
	}
	return t.aboveAlien
}

func (t *topic) alienAbove(n *html.Node) bool {
	for range ancestors - 1 {
		alien, end := t.alienElement(n)
		if alien || end {
			return alien
		}
		n = n.Parent
	}
	return false
}

// alienElement looks at one element; end tells that those around it say nothing.
func (t *topic) alienElement(n *html.Node) (alien, end bool) {
	if n == nil || n.Type != html.ElementNode || n.Data == "body" {
		return false, true
	}
	if n.Data == "blockquote" {
		return true, false
	}
	for _, key := range [...]string{"class", "id", "itemprop"} {
		if v := page.Attr(n, key); v != "" && len(v) < 300 && t.alienClass(v) {
			return true, false
		}
	}
	return false, false
}

// alienClass looks at a class once: pages have few, and each many times.
func (t *topic) alienClass(v string) bool {
	alien, met := t.classes[v]
	if !met {
		alien = hasAny(blogLayout.Replace(strings.ToLower(v)), alienClasses)
		t.classes[v] = alien
	}
	return alien
}

// storyPage tells pages of news, articles and reviews by their address: who is
// named there is whom they tell of.
func storyPage(p *page.Page) bool {
	if p.URL == nil {
		return false
	}
	path := strings.ToLower(p.URL.Path)
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '.' }) {
		switch part {
		case "news", "novosti", "novost", "blog", "articles", "article", "stati", "statyi", "statya", "otzyvy", "otzivi", "otzyv", "reviews", "review", "press", "smi", "history", "istoriya", "vacancy", "vakansii":
			return true
		}
	}
	return false
}
