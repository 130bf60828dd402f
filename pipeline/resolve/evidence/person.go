package evidence

import (
	"strings"
	"unicode/utf8"
)

// person is the name of a sole proprietor: the name of the business.
type person struct {
	text               string // folded, for people
	surname            string // as it sounds
	first, patronymic  string // as they sound: whole, or an initial
	key                uint64 // of surname and initials; a region makes it a token
	whole              uint64 // the KindName token of the whole name; 0 = initials only
	firstInit, patInit string
}

// newPerson reads «Иванов Пётр Ильич», «Пётр Ильич Иванов», «Иванов П И», «П И
// Иванов» and surnames with a first name only. Without a form in front only a
// patronymic or two initials tell a person.
func newPerson(text string, formed bool) (person, bool) {
	var stack [maxWords]string
	words := splitWords(stack[:0], text)
	if n := len(words); n > 3 && oriental(words[3]) {
		words = words[:3]
	} else if n < 2 || n > 3 {
		return person{}, false
	}
	for _, w := range words {
		if c := w[0]; '0' <= c && c <= '9' {
			return person{}, false
		}
	}
	surname, first, patronymic, sure := order(words)
	if !sure && !formed || utf8.RuneCountInString(surname) < 2 {
		return person{}, false
	}
	p := person{text: text, surname: sound(surname), first: sound(first), patronymic: sound(patronymic)}
	if p.surname == "" || p.first == "" {
		return person{}, false
	}
	p.firstInit, p.patInit = sound(initial(first)), sound(initial(patronymic))
	p.key = hashOf(KindPerson, p.surname, p.firstInit, p.patInit)
	if len(first) > len(initial(first)) && len(patronymic) > len(initial(patronymic)) {
		p.whole = hashOf(KindName, p.surname, p.first, p.patronymic)
	}
	return p, true
}

// order tells which word is what; sure if it could be nothing but a person.
func order(words []string) (surname, first, patronymic string, sure bool) {
	if len(words) == 2 {
		if single(words[0]) {
			return words[1], words[0], "", false
		}
		return words[0], words[1], "", false
	}
	a, b, c := words[0], words[1], words[2]
	switch {
	case single(a) && single(b):
		return c, a, b, true
	case single(b) && single(c):
		return a, b, c, true
	case patronymic3(b) && !patronymic3(c):
		return c, a, b, true
	}
	return a, b, c, patronymic3(c)
}

func single(w string) bool { return utf8.RuneCountInString(w) == 1 }

// patronymic3 tells the third part of a name: -вич, -ич, -вна, -чна.
func patronymic3(w string) bool {
	for _, end := range []string{"вич", "ьич", "вна", "чна", "нична", "мич"} {
		if strings.HasSuffix(w, end) && len(w) > len(end)+2 {
			return true
		}
	}
	return false
}

// oriental tells the fourth part that some patronymics have.
func oriental(w string) bool {
	switch w {
	case "оглы", "кызы", "углы", "кизи", "угли", "оглу":
		return true
	}
	return false
}

func initial(w string) string {
	_, n := utf8.DecodeRuneInString(w)
	return w[:n]
}
