package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/enrich/website/page"
)

// alienHeads are headings over numbers of others, in lower case.
var alienHeads = []string{
	"полезные телефоны", "полезные номера", "других организаций", "сторонних организаций", "городских служб", "городские службы",
	"экстренные службы", "экстренных служб", "экстренные телефоны", "телефоны экстренной помощи", "экстренного вызова", "телефоны аварийных служб",
	"телефоны спецслужб", "телефоны доверия", "контролирующие орган", "контролирующих орган", "надзорные орган", "надзорных орган",
	"контролирующие организац", "вышестоящие орган", "вышестоящая организац", "вышестоящих орган",
}

// services of the town and the state, at the beginning of a label.
var publicServices = []string{
	"скорая помощь", "скорая медицинская помощь", "служба спасения", "единая служба спасения", "пожарная охрана", "пожарная служба", "пожарная часть",
	"полиция", "мчс", "телефон доверия", "роспотребнадзор", "росздравнадзор", "прокуратура", "гибдд", "ростехнадзор",
}

const maxAlienHead = 120 // bytes

// alien tells a line of a block that is not about the firm: useful numbers,
// services of the town, authorities. Lines are asked for one after the other.
func (r *reader) alien(i int) bool {
	l := &r.page.Lines[i]
	if r.foreign != nil && !r.foreign.holds(l) {
		r.foreign = nil
	}
	if len(l.Text) > maxAlienHead || l.Text == "" || r.foreign == nil && !mayBeAlien(l.Text) {
		return r.foreign != nil
	}
	text := strings.ToLower(l.Text)
	service := r.publicService(text)
	if r.foreign == nil && labelLine(l.Text) && !leadsOn(l) && (service || alienHead(text)) {
		r.foreign = newScope(r.page.Lines, i)
		r.foreign.label = !alienHead(text)
	}
	return r.foreign != nil || service
}

// alienParts are what the phrases above have in common, without the letter in
// which a sentence may begin.
var alienParts = []string{
	"елефон", "ЕЛЕФОН", "омера", "ОМЕРА", "рган", "РГАН", "лужб", "ЛУЖБ", "экстренн", "ЭКСТРЕНН", "помощь", "ПОМОЩЬ", "ожарн", "ОЖАРН", "олиция", "ОЛИЦИЯ", "мчс", "МЧС",
	"надзор", "НАДЗОР", "вызова", "ВЫЗОВА", "рокуратур", "РОКУРАТУР", "гибдд", "ГИБДД",
}

// mayBeAlien is the quick test of a line: most have nothing of that.
func mayBeAlien(s string) bool {
	for _, p := range alienParts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// leadsOn tells a line that is a link to another page: an entry of a menu.
func leadsOn(l *page.Line) bool {
	for _, k := range l.Links {
		if k.To-k.From >= len(l.Text)-1 && !strings.HasPrefix(k.Href, "#") {
			return true
		}
	}
	return false
}

func alienHead(text string) bool {
	for _, h := range alienHeads {
		if strings.Contains(text, h) {
			return true
		}
	}
	return false
}

// publicService tells a label of such a service, unless the page is its own.
func (r *reader) publicService(text string) bool {
	text = strings.TrimLeft(text, " -–—•*·")
	for _, s := range publicServices {
		if strings.HasPrefix(text, s) {
			next, _ := utf8.DecodeRuneInString(text[len(s):])
			return !unicode.IsLetter(next) && !strings.Contains(strings.ToLower(r.page.Title), s)
		}
	}
	return false
}
