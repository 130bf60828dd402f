package people

import (
	"strings"

	"obzvon/pipeline/company"
)

// firmWords are the words of the firm's own names.
func firmWords(names []string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		for _, w := range company.FoldWords(company.ParseName(n).Core) {
			m[w] = true
		}
	}
	return m
}

// quoteMarks open or close a name of a firm.
const quoteMarks = "«»“”„\""

// quoteAt is where the first quote mark is, -1 if there is none. Bytes with
// which they begin are looked for first: most texts have none.
func quoteAt(s string) int {
	if strings.IndexByte(s, '"') < 0 && strings.IndexByte(s, "«"[0]) < 0 && strings.IndexByte(s, "“"[0]) < 0 {
		return -1
	}
	return strings.IndexAny(s, quoteMarks)
}

// alienPost tells the post of somebody in another firm: «директор автосервиса
// „Гараж“», «главный механик ООО „Вега“».
func (r *reader) alienPost(text string) bool {
	i := quoteAt(text)
	if i < 0 {
		return false
	}
	p, ok := asPost(text[:i])
	if ok && !p.person {
		return false // «Магазин „Запчасти“»
	}
	if words := splitWords(text[:i]); len(words) > 0 && hasStem([]string{words[len(words)-1].low}, branches) {
		return false // «Руководитель направления „Гидравлика“»
	}
	for _, w := range company.FoldWords(cutText(text[i:], maxPost)) {
		if !r.firms[w] {
			return true
		}
	}
	return false
}

// branches are the words behind which quotes have what a firm does.
var branches = of("направлени", "программ", "проекта.", "проектов.", "секци", "участка.")

// withoutFirm cuts the firm's own name off a post: «Генеральный директор ООО
// „Вега“».
func (r *reader) withoutFirm(text string) string {
	i := quoteAt(text)
	if i < 0 || len(r.firms) == 0 {
		return text
	}
	for _, w := range company.FoldWords(cutText(text[i:], maxPost)) {
		if !r.firms[w] {
			return text
		}
	}
	front := strings.TrimRight(text[:i], " ")
	for _, form := range [...]string{"ООО", "ОАО", "ЗАО", "ПАО", "АО", "ГК", "СПК", "компании"} {
		if cut, ok := strings.CutSuffix(front, form); ok {
			return cut
		}
	}
	return front
}
