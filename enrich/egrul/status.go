package egrul

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// status adds the gravest of the states in which the register holds the subject, and
// the register's words for all of them. No state at all is an ordinary company.
func (x extract) status(o *company.Observation) {
	worst, since := company.StatusActive, ""
	var texts []string
	state := func(s company.Status, text string) {
		if slices.Index(gravity, s) < slices.Index(gravity, worst) {
			worst = s
		}
		if text != "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	for _, n := range x.all("СвСтатус") {
		if kid := n.at("СвСтатус"); len(kid) > 0 {
			n = kid
		}
		text := n.attr("НаимСтатусЮЛ", "НаимСтатус")
		state(statusOf(n.attr("КодСтатусЮЛ", "КодСтатус"), text, o.INN.Person()), text)
	}
	for _, end := range slices.Concat(x.all("СвПрекрЮЛ"), x.all("СвПрекращ")) {
		since = cmp.Or(since, end.attr("ДатаПрекрЮЛ"), end.at("СвСтатус").attr("ДатаПрекращ"))
		text := cmp.Or(end.at("СпПрекрЮЛ").attr("НаимСпПрекрЮЛ"), end.at("СвСтатус").attr("НаимСтатус"))
		if worst == company.StatusLiquidated {
			text = "" // the status says the same at more length
		}
		state(company.StatusLiquidated, text)
	}
	o.Add(company.FieldStatus, string(worst))
	if len(texts) == 0 {
		return
	}
	f := company.Fact{Field: company.FieldStatusText, Value: line(strings.Join(texts, "; "))}
	if d := members.DateOf(since); d.Known() {
		f.Note = "с " + d.Russian()
	}
	o.Facts = append(o.Facts, f)
}

// gravity orders states, the gravest first.
var gravity = []company.Status{
	company.StatusLiquidated, company.StatusBankrupt, company.StatusLiquidating, company.StatusReorganizing, company.StatusActive,
}

// statusOf maps a code of the register's list of states, and by its words one that is
// not known. A coming strike-off leaves a company at work; a farm of which 101 to 104
// are said has lost its head.
func statusOf(code, text string, sole bool) company.Status {
	n, err := strconv.Atoi(code)
	switch {
	case err != nil:
		return statusOfWords(text)
	case n >= 200:
		return company.StatusLiquidated
	case n == 101, n == 102, sole && n <= 104:
		return company.StatusLiquidating
	case n >= 105 && n <= 112:
		return company.StatusActive
	case n >= 113 && n <= 117:
		return company.StatusBankrupt
	case n >= 121 && n <= 139:
		return company.StatusReorganizing
	}
	return statusOfWords(text)
}

func statusOfWords(text string) company.Status {
	text = strings.ToLower(text)
	switch {
	case strings.Contains(text, "предстоящем исключении"):
		return company.StatusActive
	case strings.Contains(text, "банкрот"), strings.Contains(text, "конкурсн"):
		return company.StatusBankrupt
	case strings.Contains(text, "реорганизац"):
		return company.StatusReorganizing
	case strings.Contains(text, "ликвид"):
		return company.StatusLiquidating
	}
	return company.StatusActive
}
