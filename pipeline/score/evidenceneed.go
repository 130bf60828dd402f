package score

import (
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// needEvidence tells by what a company shows that it is buying now, or that nothing
// shows it.
func (w *witness) needEvidence(k kind) evidence {
	switch k {
	case tender:
		return w.tenderEvidence()
	case tenderPast:
		return w.noticeEvidence()
	case exhibition:
		return w.fairEvidence()
	}
	return w.supplyEvidence()
}

func (w *witness) tenderEvidence() evidence {
	today, until := w.scorer.options.Today, w.row.Tender
	v := w.onDay(company.FieldTenderDeadline, until)
	switch {
	case !until.Known():
		return evidence{text: "открытых тендеров нет"}
	case until < today:
		return evidence{text: "открытых нет, последний закрыт " + until.Russian(), value: v}
	}
	left := "сегодня последний день"
	if until > today {
		left = daysAhead(until - today)
	}
	return evidence{
		text:  "приём заявок до " + until.Russian() + ", " + left + w.beside(v, company.FieldTenderSubject, company.FieldTenderPrice),
		value: v, phrase: "открыт тендер до " + until.Russian(),
	}
}

func (w *witness) noticeEvidence() evidence {
	today := w.scorer.options.Today
	day := w.row.lastNotice(today)
	if !day.Known() {
		return evidence{text: "тендеров не видно"}
	}
	if !w.row.Notice.Known() {
		v := w.onDay(company.FieldTenderDeadline, w.row.Tender)
		return evidence{text: "приём заявок до " + w.row.Tender.Russian() + ", когда объявлен, не сказано", value: v, phrase: "тендер до " + w.row.Tender.Russian()}
	}
	v := w.onDay(company.FieldTenderDay, day)
	return evidence{
		text:  "последнее извещение " + day.Russian() + ", " + daysAgo(int64(max(today-day, 0))) + w.beside(v, company.FieldTenderSubject, ""),
		value: v, phrase: "тендер от " + day.Russian(),
	}
}

func (w *witness) fairEvidence() evidence {
	today, day := w.scorer.options.Today, w.row.Fair
	if !day.Known() {
		return evidence{text: "в списках участников выставок нет"}
	}
	v := w.onDay(company.FieldFairDay, day)
	name := "выставка"
	if v != nil {
		if title := w.keyed(company.FieldFairTitle, v.Key); title != nil {
			name += " «" + title.Value + "»"
		}
	}
	when := daysAgo(int64(max(today-day, 0)))
	if day > today {
		when = daysAhead(day - today)
	}
	return evidence{
		text:  name + ", начало " + day.Russian() + ", " + when,
		value: v, phrase: "в списке участников: " + name,
	}
}

func (w *witness) supplyEvidence() evidence {
	today, day := w.scorer.options.Today, w.row.Supply
	if !day.Known() {
		return evidence{text: "контрактов с другими поставщиками не видно"}
	}
	v := w.onDay(company.FieldSupplyDay, day)
	return evidence{
		text:  "контракт от " + day.Russian() + ", " + daysAgo(int64(max(today-day, 0))) + w.beside(v, company.FieldSupplyFrom, company.FieldSupplyPrice),
		value: v, phrase: "покупает у другого поставщика (контракт от " + day.Russian() + ")",
	}
}

// daysAhead counts what is left.
func daysAhead(days company.Date) string {
	return "осталось " + count(int64(days), "день", "дня", "дней")
}

// riskEvidence names all that takes the cleanness of a company's status.
func (w *witness) riskEvidence() evidence {
	var told []string
	var first *company.Value
	for i := range w.company.Values {
		v := &w.company.Values[i]
		if v.Field != company.FieldRisk || !v.Wins || riskOf(company.Risk(v.Value))&unclean == 0 {
			continue
		}
		if first == nil {
			first = v
		}
		told = append(told, company.Risk(v.Value).Title())
	}
	if len(told) == 0 {
		return evidence{text: "есть замечания в реестрах"} // a row may be older than the company
	}
	return evidence{text: strings.Join(told, ", "), value: first}
}

// onDay finds the value of a field of days that says the given one.
func (w *witness) onDay(f company.Field, day company.Date) *company.Value {
	return w.find(func(v *company.Value) bool { return v.Field == f && dayOf(v) == day })
}

// keyed finds what a notice, a contract or a fair is told with.
func (w *witness) keyed(f company.Field, key string) *company.Value {
	return w.find(func(v *company.Value) bool { return v.Field == f && v.Key == key })
}

func (w *witness) find(is func(*company.Value) bool) *company.Value {
	for i := range w.company.Values {
		if v := &w.company.Values[i]; v.Wins && is(v) {
			return v
		}
	}
	return nil
}

// subjectShown is how many letters of a notice's words stand in an evidence.
const subjectShown = 80

// beside adds what stands beside a day under its key: words, and an amount in
// roubles.
func (w *witness) beside(v *company.Value, words, roubles company.Field) string {
	if v == nil {
		return ""
	}
	text := ""
	if said := w.keyed(words, v.Key); said != nil {
		letters := []rune(strings.Join(strings.Fields(said.Value), " "))
		if len(letters) > subjectShown {
			letters = append(letters[:subjectShown], '…')
		}
		text += ": " + string(letters)
	}
	if amount := w.keyed(roubles, v.Key); amount != nil {
		if n, err := strconv.ParseInt(amount.Value, 10, 64); err == nil && n > 0 {
			text += ", " + money((n+thousand/2)/thousand)
		}
	}
	return text
}
