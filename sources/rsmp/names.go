package rsmp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// full is «Фамилия Имя Отчество» in ordinary capitals.
func (p *proprietor) full() string {
	return strings.Join(compact(calm(p.surname), calm(p.name), calm(p.patronymic)), " ")
}

// short is «ИП Фамилия И.О.», or «ИП глава КФХ Фамилия И.О.».
func (p *proprietor) short(farm bool) string {
	surname := calm(p.surname)
	if surname == "" {
		return ""
	}
	form := "ИП"
	if farm {
		form = "ИП глава КФХ"
	}
	return strings.Join(compact(form, surname, initial(p.name)+initial(p.patronymic)), " ")
}

func initial(name string) string {
	name = calm(name)
	if name == "" {
		return ""
	}
	r, _ := utf8.DecodeRuneInString(name)
	return string(r) + "."
}

// calm writes a person's name in ordinary capitals if it is all capitals or
// all small letters. A dash stands for a part that there is none of.
func calm(s string) string {
	s = line(s)
	if strings.Trim(s, "-—– .") == "" {
		return ""
	}
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	start := true
	return strings.Map(func(r rune) rune {
		out := unicode.ToLower(r)
		if start {
			out = unicode.ToUpper(r)
		}
		start = !unicode.IsLetter(r) && r != '\'' && r != '’'
		return out
	}, s)
}

func compact(parts ...string) []string {
	out := parts[:0]
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
