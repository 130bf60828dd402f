package egrul

import (
	"strings"
	"unicode/utf8"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
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

// properName is company.PersonName of a text from a file.
func properName(s string) string { return company.PersonName(members.Line(s)) }

func joined(parts ...string) string {
	out := parts[:0]
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}
