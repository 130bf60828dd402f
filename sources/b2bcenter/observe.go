package b2bcenter

import (
	"slices"
	"strings"
	"unicode"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// line puts a text on one line, without marks that no cell can hold.
func line(s string) string {
	return members.Line(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}

// fault is why a row is quarantined.
type fault struct {
	reason pipeline.Reason
	detail string
}

// selling tells the notice of somebody who sells.
func (n *notice) selling() bool {
	kind := strings.ToLower(n.kind)
	return strings.Contains(kind, "продаж") || strings.Contains(kind, "продавц") || strings.Contains(kind, "на повышение")
}

// speaksOf tells whether each word of a keyword begins one of the notice's.
func (n *notice) speaksOf(keyword string) bool {
	words := company.FoldWords(n.subject + " " + n.category)
	for _, k := range company.FoldWords(keyword) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, k) }) {
			return false
		}
	}
	return true
}

// day of publishing; 0 = it is not printed.
func (n *notice) day() company.Date {
	text, _, _ := strings.Cut(n.published, " ")
	return members.DateOf(text)
}

// last is the last day for offers and the time of its end: midnight is the end of the
// day before.
func (n *notice) last() (company.Date, string) {
	text, clock, _ := strings.Cut(n.deadline, " ")
	day := members.DateOf(text)
	if day.Known() && clock == "00:00" {
		return day - 1, ""
	}
	return day, clock
}

// private tells the name of a person who is no entrepreneur: three words, the last one
// a patronymic.
func private(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	if len(words) != 3 || company.ParseName(name).Form != "" {
		return false
	}
	return strings.HasSuffix(words[2], "ич") || strings.HasSuffix(words[2], "вна") || strings.HasSuffix(words[2], "чна")
}

// observe makes the observation of a notice; nil without a fault is one that is not
// wanted. Notices from before since are not.
func (s *Source) observe(n *notice, keyword string, since, today company.Date, origin string) (*company.Observation, *fault) {
	switch {
	case n.number == "":
		return nil, &fault{pipeline.ReasonMissing, "no number of the notice"}
	case n.selling(), !n.speaksOf(keyword), n.day().Known() && n.day() < since:
		return nil, nil
	case n.organiser == "":
		return nil, &fault{pipeline.ReasonMissing, "no organiser"}
	case private(n.organiser):
		return nil, nil
	}
	obs := company.Observation{Source: s.name, Key: n.number, Date: today, Origin: origin}
	if n.day().Known() {
		obs.Date = n.day()
	}
	add := func(f company.Field, value, note string) {
		if value != "" {
			obs.Facts = append(obs.Facts, company.Fact{Field: f, Key: n.number, Value: value, Note: note})
		}
	}
	add(company.FieldTenderSubject, n.subject, n.kind)
	add(company.FieldTenderDay, n.day().String(), "")
	last, clock := n.last()
	if clock != "" {
		clock = "до " + clock + " по Москве"
	}
	add(company.FieldTenderDeadline, last.String(), clock)
	add(company.FieldTenderPage, siteBase+n.page, "")
	named := company.ParseName(n.organiser)
	if named.Form == "" {
		obs.Add(company.FieldNameBrand, n.organiser)
	} else {
		obs.Add(company.FieldNameShort, line(named.String()))
	}
	if n.firm != "" {
		obs.Add(company.FieldCard, siteBase+n.firm)
	}
	if named.Form.Person() {
		for i := range obs.Facts {
			obs.Facts[i].Subject = company.SubjectSole
		}
	}
	obs.Sort()
	return &obs, nil
}
