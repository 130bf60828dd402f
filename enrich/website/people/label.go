package people

import (
	"slices"
	"strings"
	"unicode/utf8"

	"obzvon/enrich/website/page"
)

const (
	farLabel  = 15 // lines to a label of the same kind
	mostLabel = 6  // words
	nextReach = 3  // lines from a label to its number
)

// nameLabels makes departments of short labels that nobody knows, where each
// has a number of its own and stands among posts and departments that have
// theirs: «Настройка станков: …» below «Приёмная: …» and «Сбыт: …».
func (r *reader) nameLabels() {
	var known []int
	for k := range r.items {
		if it := &r.items[k]; it.kind == isPost && (it.used || r.leadsReach(k)) {
			known = append(known, k)
		}
	}
	if len(known) == 0 {
		return
	}
	for k := range r.items {
		it := &r.items[k]
		if it.kind != isText || !r.leadsReach(k) || !labelWords(it.text) || !r.amongPosts(k, known) {
			continue
		}
		it.kind, it.post = isPost, post{text: it.text}
	}
}

// amongPosts tells a label that is written as a post near it is, or that has a
// colon or is a heading where two posts are near.
func (r *reader) amongPosts(k int, known []int) bool {
	l := r.lineOf(k)
	marked := r.items[k].colon || l.Heading > 0
	near, alike := 0, 0
	from, _ := slices.BinarySearchFunc(known, r.items[k].line-farLabel, func(p, line int) int { return r.items[p].line - line })
	for _, p := range known[from:] {
		if r.items[p].line > r.items[k].line+farLabel {
			break
		}
		if r.lineOf(p).Part != l.Part {
			continue
		}
		near++
		if sameKind(l, r.lineOf(p)) && r.sole(p) == r.sole(k) {
			alike++
		}
	}
	styled := l.Table != 0 || page.Attr(l.Node, "class") != ""
	return alike > 0 && (marked || styled && alike > 1) || marked && near > 1
}

// leadsReach tells an item with a number right behind it: in its line with
// nothing else, or in the lines that follow.
func (r *reader) leadsReach(k int) bool {
	line := r.items[k].line
	if k > 0 && r.items[k-1].line == line {
		return false
	}
	for p := k + 1; p < len(r.items); p++ {
		it := &r.items[p]
		if it.kind == isReach {
			return it.line == line || it.only && it.line-line <= nextReach && r.joinable(k, p) || r.inNextCell(k, p)
		}
		if it.kind != isLabel && (it.kind != isNote || it.line == line) {
			return false
		}
	}
	return false
}

func (r *reader) inNextCell(k, p int) bool {
	a, b := r.lineOf(k), r.lineOf(p)
	return a.Table != 0 && a.Table == b.Table && a.Row == b.Row && r.items[p].only
}

// labelWords tells a text that may name who answers: a few Russian words, none
// of them a town, a person, a firm or a field of a form.
func labelWords(s string) bool {
	words := splitWords(s)
	if len(words) == 0 || len(words) > mostLabel || digitsIn(s) || len(s) > longText*2 || strings.ContainsAny(s, quoteMarks+"@?!;/_=%") {
		return false
	}
	for i, w := range words {
		short := utf8.RuneCountInString(w.low) <= 3
		switch {
		case w.shape == other, w.is(sentence | notName), w.is(hoursWord) && !short:
			return false
		case w.shape == initial, hasStem([]string{w.low}, fieldStems):
			return false
		case i > 0 && words[0].shape != small && (w.shape == capital || w.shape == caps && !short):
			return false // «Нижний Новгород», «Вихрова Гульчачак»
		}
	}
	if words[0].is(preposition) {
		return false
	}
	return len(words) > 1 || words[0].shape == small || soundsTrade(words) || hasTail(words[0].low, "ция", "ство", "ная", "вая", "ение", "ание")
}

// fieldStems begin words that name a field, a way to write or a kind of number.
var fieldStems = of("телефон", "факс", "номер", "звон", "почт", "лини", "мобильн", "адрес", "сайт", "связ", "обратн", "бесплатн", "горяч", "многоканальн",
	"един", "месседж", "мессендж", "соц", "юридич", "фактич", "реквизит", "инн", "огрн", "кпп", "банк", "счет", "схема", "карта", "проезд", "мск", "спб",
	"наименован", "назван", "сокращ", "полное", "гарант", "цен", "прайс", "скача", "заказ", "вопрос", "информац", "данные", "контакт", "электрон")
