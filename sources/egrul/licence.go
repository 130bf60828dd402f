package egrul

import (
	"cmp"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

type licence struct {
	Number     string    `xml:"НомЛиц,attr"`
	Single     string    `xml:"НомерЕРУЛ,attr"` // in the register of licences, newer ones
	Issued     string    `xml:"ДатаЛиц,attr"`
	From       string    `xml:"ДатаНачЛиц,attr"`
	Until      string    `xml:"ДатаОкончЛиц,attr"`
	Activities []string  `xml:"НаимЛицВидДеят"`
	Stopped    *struct{} `xml:"СвПриостЛиц"`
}

func (c *common) addLicences(b *builder) {
	for _, l := range c.Licences {
		for _, a := range l.Activities {
			b.note(company.FieldLicence, members.Line(a), l.note())
		}
	}
}

// note is what the licence itself says, in Russian: «№ 1234, с 01.02.2020 до
// 01.02.2025».
func (l licence) note() string {
	var parts []string
	if n := members.Line(cmp.Or(l.Number, l.Single)); n != "" {
		parts = append(parts, "№ "+members.Clip(n, 200))
	}
	var term []string
	if from := cmp.Or(members.DateOf(l.From), members.DateOf(l.Issued)); from.Known() {
		term = append(term, "с "+from.Russian())
	}
	if until := members.DateOf(l.Until); until.Known() {
		term = append(term, "до "+until.Russian())
	}
	if len(term) > 0 {
		parts = append(parts, strings.Join(term, " "))
	}
	if l.Stopped != nil {
		parts = append(parts, "приостановлена")
	}
	return strings.Join(parts, ", ")
}
