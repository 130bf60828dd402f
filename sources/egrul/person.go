package egrul

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// full is «Фамилия Имя Отчество» in ordinary capitals.
func (p person) full() string {
	return joined(properName(p.Surname), properName(p.First), properName(p.Patronymic))
}

// short is «ИП Фамилия И.О.», or «ИП глава КФХ Фамилия И.О.».
func (p person) short(farm bool) string {
	surname := properName(p.Surname)
	if surname == "" {
		return ""
	}
	form := "ИП"
	if farm {
		form = "ИП глава КФХ"
	}
	return joined(form, surname, initial(p.First)+initial(p.Patronymic))
}

func initial(name string) string {
	name = properName(name)
	if name == "" {
		return ""
	}
	r, _ := utf8.DecodeRuneInString(name)
	return string(r) + "."
}

// properName writes a name of capitals or small letters in ordinary ones. A
// dash stands for a part that there is none of.
func properName(s string) string {
	s = line(s)
	if strings.Trim(s, "-—– .") == "" {
		return ""
	}
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	return capitals(s)
}

// capitals writes every word with one capital letter in front.
func capitals(s string) string {
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

func joined(parts ...string) string {
	out := parts[:0]
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}
