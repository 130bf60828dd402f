package egrul

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// sole is СвИП: a sole proprietor or the head of a farm.
type sole struct {
	common
	OGRN   string `xml:"ОГРНИП,attr"`
	INN    string `xml:"ИННФЛ,attr"`
	Since  string `xml:"ДатаОГРНИП,attr"`
	Kind   string `xml:"КодВидИП,attr"` // 1 ИП, 2 глава КФХ
	Person struct {
		Name person `xml:"ФИОРус"`
	} `xml:"СвФЛ"`
	Home struct {
		KLADR *kladr `xml:"АдресРФ"`
	} `xml:"СвАдрМЖ"`
	Formed struct {
		Before string `xml:"ДатаРег,attr"` // before 01.01.2004
	} `xml:"СвРегИП"`
	Office struct {
		Code string `xml:"КодНО,attr"`
	} `xml:"СвРегОрг"`
	Statuses []soleStatus `xml:"СвСтатус"`
	End      *soleStatus  `xml:"СвПрекращ"`
}

// soleStatus stands in СвСтатус and, with a date, in СвПрекращ.
type soleStatus struct {
	Status struct {
		Code string `xml:"КодСтатус,attr"`
		Text string `xml:"НаимСтатус,attr"`
		Date string `xml:"ДатаПрекращ,attr"`
	} `xml:"СвСтатус"`
	Entry struct {
		Date string `xml:"ДатаЗаписи,attr"`
	} `xml:"ГРНИПДата"`
}

func (s *sole) number() (company.INN, error) { return parseNumber(s.INN, 12) }

func (s *sole) end() (ended bool, on company.Date) {
	if s.End != nil {
		return true, members.DateOf(s.End.Status.Date)
	}
	return slices.ContainsFunc(s.Statuses, func(st soleStatus) bool { return gone(st.Status.Code) }), 0
}

func (s *sole) registration() string { return s.OGRN }

func (s *sole) since() string { return s.Since }

// day is, for a registration that has ended, the entry that says so: the person
// may have begun again since, and of the former registration there is no news.
func (s *sole) day(extracted company.Date) company.Date {
	if s.End == nil {
		return extracted
	}
	if entry := members.DateOf(s.End.Entry.Date); entry.Known() && entry < extracted {
		return entry
	}
	return extracted
}

func (s *sole) tag() string {
	return fmt.Sprintf("<СвИП ДатаВып=%q ОГРНИП=%q ИННФЛ=%q/>", members.Clip(s.Extracted, 40), members.Clip(s.OGRN, 40), members.Clip(s.INN, 40))
}

func (s *sole) add(b *builder) {
	b.Add(company.FieldNameFull, s.Person.Name.full())
	b.Add(company.FieldNameShort, s.Person.Name.short(strings.TrimSpace(s.Kind) == "2"))
	b.number(s.OGRN)
	b.registered(s.Since, s.Formed.Before)
	s.addStatus(b)
	s.addRegion(b)
}

// addStatus: 101 to 104 say of a farm that its head is no longer there, so
// there is nobody to call.
func (s *sole) addStatus(b *builder) {
	var states []state
	for _, st := range s.Statuses {
		status := statusOfWords(st.Status.Text)
		switch code := strings.TrimSpace(st.Status.Code); {
		case gone(code):
			status = company.StatusLiquidated
		case code >= "101" && code <= "104":
			status = company.StatusLiquidating
		}
		states = append(states, state{status: status, text: members.Line(st.Status.Text)})
	}
	if s.End != nil {
		states = append(states, state{
			status: company.StatusLiquidated, text: members.Line(s.End.Status.Text), note: sinceDay(s.End.Status.Date),
		})
	}
	addStates(b, states)
}

// addRegion takes the region of the home, which open data leave out, else that
// of the tax office, which is the one of the home.
func (s *sole) addRegion(b *builder) {
	if p := s.Home.KLADR.point(); p.region != "" {
		b.Add(company.FieldRegion, p.region)
		return
	}
	office := strings.TrimSpace(s.Office.Code)
	if len(office) != 4 || strings.HasPrefix(office, "99") {
		return
	}
	if r, ok := company.RegionByCode(office[:2]); ok {
		b.note(company.FieldRegion, r.Code, "по налоговому органу")
	}
}
