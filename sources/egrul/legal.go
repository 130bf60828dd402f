package egrul

import (
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// legal is СвЮЛ: texts as they stand in the file, nothing checked.
type legal struct {
	common
	OGRN   string `xml:"ОГРН,attr"`
	INN    string `xml:"ИНН,attr"`
	KPP    string `xml:"КПП,attr"`
	Since  string `xml:"ДатаОГРН,attr"`
	Name   name   `xml:"СвНаимЮЛ"`
	Seat   seat   `xml:"СвАдресЮЛ"`
	Formed struct {
		Before string `xml:"ДатаРег,attr"` // before 01.07.2002
	} `xml:"СвОбрЮЛ"`
	Statuses []legalStatus `xml:"СвСтатус"`
	End      *legalEnd     `xml:"СвПрекрЮЛ"`
	Capital  struct {
		Sum string `xml:"СумКап,attr"`
	} `xml:"СвУстКап"`
	Managers []manager `xml:"СвУпрОрг"`
	Officers []officer `xml:"СведДолжнФЛ"`
	Parts    parts     `xml:"СвПодразд"`
}

// name has its short form as an attribute up to 4.05 and as an element later.
type name struct {
	Full  string `xml:"НаимЮЛПолн,attr"`
	Old   string `xml:"НаимЮЛСокр,attr"`
	Short struct {
		Text string `xml:"НаимСокр,attr"`
	} `xml:"СвНаимЮЛСокр"`
}

func (n name) short() string {
	if s := members.Line(n.Short.Text); s != "" {
		return s
	}
	return members.Line(n.Old)
}

// manager is a company that acts as the head.
type manager struct {
	Company struct {
		INN  string `xml:"ИНН,attr"`
		Name string `xml:"НаимЮЛПолн,attr"`
	} `xml:"НаимИННЮЛ"`
}

// text is «ООО «Пример», ИНН 5900000010».
func (m manager) text() string {
	text := members.Line(company.ParseName(members.Line(m.Company.Name)).String())
	inn, err := company.ParseINN(m.Company.INN)
	switch {
	case err != nil || inn.Person():
		return text
	case text == "":
		return "ИНН " + string(inn)
	default:
		return text + ", ИНН " + string(inn)
	}
}

func (l *legal) number() (company.INN, error) { return parseNumber(l.INN, 10) }

func (l *legal) registration() string { return l.OGRN }

func (l *legal) since() string { return l.Since }

func (l *legal) day(extracted company.Date) company.Date { return extracted }

func (l *legal) tag() string {
	return fmt.Sprintf("<СвЮЛ ДатаВып=%q ОГРН=%q ИНН=%q КПП=%q><СвНаимЮЛ НаимЮЛПолн=%q/></СвЮЛ>",
		members.Clip(l.Extracted, 40), members.Clip(l.OGRN, 40), members.Clip(l.INN, 40), members.Clip(l.KPP, 40), members.Clip(l.Name.Full, 1000))
}

func (l *legal) add(b *builder) {
	b.Add(company.FieldNameFull, members.Line(l.Name.Full))
	b.Add(company.FieldNameShort, l.Name.short())
	b.number(l.OGRN)
	if kpp, err := company.ParseKPP(l.KPP); err == nil {
		b.Add(company.FieldKPP, string(kpp))
	}
	b.registered(l.Since, l.Formed.Before)
	l.addStatus(b)
	l.Seat.add(b)
	b.Add(company.FieldCapital, roubles(l.Capital.Sum))
	for _, m := range l.Managers {
		if text := m.text(); text != "" {
			b.Add(company.FieldManager, text)
			break // one of several is the head of the company as any other
		}
	}
	addHead(b, l.Officers, l.Seat)
	l.Parts.add(b)
}
