package egrul

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// officer is who acts for the company without a power of attorney. His own ИНН
// stands in the file and is not read.
type officer struct {
	Person   person `xml:"СвФЛ"`
	Position struct {
		Kind     string `xml:"ВидДолжн,attr"`
		KindText string `xml:"НаимВидДолжн,attr"`
		Text     string `xml:"НаимДолжн,attr"`
	} `xml:"СвДолжн"`
	Phone struct {
		Number string `xml:"НомТел,attr"` // up to 4.05
	} `xml:"СвНомТел"`
	Doubt  *struct{} `xml:"СвНедДанДолжнФЛ"`
	Barred *struct{} `xml:"СвДискв"`
}

type person struct {
	Surname    string `xml:"Фамилия,attr"`
	First      string `xml:"Имя,attr"`
	Patronymic string `xml:"Отчество,attr"`
}

// addHead states the first officer whose position is known, which is the head
// where there are several. A block that is closed to the public names none.
func addHead(b *builder, officers []officer, at seat) {
	for _, o := range officers {
		post := o.post()
		if post == "" {
			continue
		}
		note := o.note()
		b.note(company.FieldHeadPost, post, note)
		b.person(company.FieldHeadName, o.Person.full(), note)
		if b.persons {
			p := at.point()
			phones, _ := company.ParsePhones(o.Phone.Number, p.region, p.city)
			for _, phone := range phones {
				b.person(company.FieldPhone, phone.Value(), "руководитель")
			}
		}
		return
	}
}

// actsFor are kinds of position that matter to a caller and that the position
// need not name, with the word by which one that does is told.
var actsFor = []struct{ kind, word, text string }{
	{"04", "ликвид", "ликвидатор"},
	{"06", "управляющ", "конкурсный управляющий"},
	{"11", "управляющ", "управляющий"},
	{"16", "управляющ", "временный управляющий"},
}

// post is «Генеральный директор»; a liquidator and a trustee are named as such.
func (o officer) post() string {
	text := sentence(o.Position.Text)
	for _, a := range actsFor {
		if strings.TrimSpace(o.Position.Kind) != a.kind || strings.Contains(strings.ToLower(text), a.word) {
			continue
		}
		if text == "" {
			return sentence(a.text)
		}
		return text + " (" + a.text + ")"
	}
	if text == "" {
		text = sentence(o.Position.KindText)
	}
	return text
}

func (o officer) note() string {
	var notes []string
	if o.Doubt != nil {
		notes = append(notes, "сведения недостоверны")
	}
	if o.Barred != nil {
		notes = append(notes, "дисквалификация")
	}
	return strings.Join(notes, ", ")
}

// sentence writes a text of capitals or small letters with one capital letter
// in front.
func sentence(s string) string {
	s = members.Line(s)
	if s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	s = strings.ToLower(s)
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
