package egrul

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// legalStatus is one of the states that a company is in.
type legalStatus struct {
	Status struct {
		Code  string `xml:"КодСтатусЮЛ,attr"`
		Text  string `xml:"НаимСтатусЮЛ,attr"`
		Until string `xml:"СрокЛиквООО,attr"`
	} `xml:"СвСтатус"`
	Decision struct {
		Number string `xml:"НомерРеш,attr"`
		Date   string `xml:"ДатаРеш,attr"`
	} `xml:"СвРешИсклЮЛ"`
}

// legalEnd says how a company ended.
type legalEnd struct {
	Date string `xml:"ДатаПрекрЮЛ,attr"`
	Way  struct {
		Text string `xml:"НаимСпПрекрЮЛ,attr"`
	} `xml:"СпПрекрЮЛ"`
}

// state is what a status comes to, in our words and in the register's.
type state struct {
	status     company.Status
	text, note string
}

func (l *legal) end() (ended bool, on company.Date) {
	if l.End != nil {
		return true, members.DateOf(l.End.Date)
	}
	return slices.ContainsFunc(l.Statuses, func(s legalStatus) bool { return gone(s.Status.Code) }), 0
}

func (l *legal) addStatus(b *builder) {
	var states []state
	for _, s := range l.Statuses {
		states = append(states, state{status: statusOf(s.Status.Code, s.Status.Text), text: members.Line(s.Status.Text), note: s.note()})
	}
	if l.End != nil {
		end := state{status: company.StatusLiquidated, note: sinceDay(l.End.Date)}
		// The status says the same at more length, where there is one.
		if i := slices.IndexFunc(states, func(s state) bool { return s.status == company.StatusLiquidated }); i >= 0 {
			end.text = states[i].text
			states = slices.Delete(states, i, i+1)
		}
		end.text = cmp.Or(end.text, members.Line(l.End.Way.Text))
		states = append(states, end)
	}
	addStates(b, states)
}

// note is what else the register says of a status, in Russian.
func (s legalStatus) note() string {
	var parts []string
	if n := members.Line(s.Decision.Number); n != "" {
		text := "решение № " + members.Clip(n, 100)
		if d := members.DateOf(s.Decision.Date); d.Known() {
			text += " от " + d.Russian()
		}
		parts = append(parts, text)
	}
	if d := members.DateOf(s.Status.Until); d.Known() {
		parts = append(parts, "срок ликвидации до "+d.Russian())
	}
	return strings.Join(parts, ", ")
}

func sinceDay(day string) string {
	if d := members.DateOf(day); d.Known() {
		return "с " + d.Russian()
	}
	return ""
}

// addStates folds several states into one: the gravest is the status, the
// texts stand side by side, the gravest first. No state is an ordinary company.
func addStates(b *builder, states []state) {
	if len(states) == 0 {
		b.Add(company.FieldStatus, string(company.StatusActive))
		return
	}
	slices.SortStableFunc(states, func(a, b state) int {
		return cmp.Compare(slices.Index(gravity, a.status), slices.Index(gravity, b.status))
	})
	b.Add(company.FieldStatus, string(states[0].status))
	var texts, notes []string
	for _, s := range states {
		texts, notes = appendNew(texts, s.text), appendNew(notes, s.note)
	}
	b.note(company.FieldStatusText, members.Line(strings.Join(texts, "; ")), members.Line(strings.Join(notes, "; ")))
}

func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

var gravity = []company.Status{
	company.StatusLiquidated, company.StatusBankrupt, company.StatusLiquidating, company.StatusReorganizing, company.StatusActive,
}

// gone tells a code of the ways to end: 2 liquidated, 3 reorganised, 4 struck
// off, 5 to 8 lost or never had its registration.
func gone(code string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(code))
	return err == nil && n >= 200
}

// statusOf maps a code of the register's list of states (СЮЛСТ), and the words
// of one that it does not know. A coming strike-off, a smaller capital and a
// move leave the company at work: it can still object, and mostly does not
// even notice.
func statusOf(code, text string) company.Status {
	n, _ := strconv.Atoi(strings.TrimSpace(code))
	switch {
	case gone(code):
		return company.StatusLiquidated
	case n == 101, n == 102:
		return company.StatusLiquidating
	case n >= 105 && n <= 112:
		return company.StatusActive
	case n >= 113 && n <= 117:
		return company.StatusBankrupt
	case n >= 121 && n <= 139:
		return company.StatusReorganizing
	default:
		return statusOfWords(text)
	}
}

func statusOfWords(text string) company.Status {
	text = strings.ToLower(text)
	for _, w := range []struct {
		part   string
		status company.Status
	}{
		{"предстоящем исключении", company.StatusActive},
		{"банкрот", company.StatusBankrupt},
		{"реорганизац", company.StatusReorganizing},
		{"ликвидац", company.StatusLiquidating},
	} {
		if strings.Contains(text, w.part) {
			return w.status
		}
	}
	return company.StatusActive
}
