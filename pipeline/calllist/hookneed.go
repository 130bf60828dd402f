package calllist

import (
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// shownLetters is how much of a tender's subject, or of a supplier's name, a row
// shows.
const shownLetters = 60

// For how many days a fair that was, one to come, and a contract with another
// supplier are worth a word in a call. Contracts of a year are made anew in the
// second.
const (
	fairPast   = 120
	fairAhead  = 60
	supplyPast = 730
)

// tenderText names the tender that is open on the day, the one that closes
// first; "" = none.
func tenderText(c *company.Company, day company.Date) string {
	first, key := company.Date(0), ""
	for v := range c.Winning(company.FieldTenderDeadline) {
		if until := dayOf(v.Value); until >= day && (first == 0 || until < first) {
			first, key = until, v.Key
		}
	}
	if first == 0 {
		return ""
	}
	until := " до " + shortDay(first, day)
	what := "Тендер" + until
	switch subject := keyed(c, company.FieldTenderSubject, key); {
	case strings.Contains(strings.ToLower(subject), "подшипник"):
		what = "Тендер на подшипники" + until
	case subject != "":
		what += " «" + shown(subject) + "»"
	}
	return what + tenderDetails(c, key, day) + ": спросите, кто готовит заявку и что в ней."
}

// tenderDetails say when a tender was announced and what is to be paid at most:
// « (объявлен 12.11, на сумму до 1,2 млн ₽)».
func tenderDetails(c *company.Company, key string, day company.Date) string {
	var told []string
	if on := dayOf(keyed(c, company.FieldTenderDay, key)); on.Known() && on <= day {
		told = append(told, "объявлен "+shortDay(on, day))
	}
	if sum := roubles(keyed(c, company.FieldTenderPrice, key)); sum != "" {
		told = append(told, "на сумму до "+sum)
	}
	if len(told) == 0 {
		return ""
	}
	return " (" + strings.Join(told, ", ") + ")"
}

// TenderSince tells whether a tender is open on a day whose notice is newer than
// another day. One without the day of its notice is none.
func TenderSince(c *company.Company, after, day company.Date) bool {
	for v := range c.Winning(company.FieldTenderDeadline) {
		if dayOf(v.Value) >= day && dayOf(keyed(c, company.FieldTenderDay, v.Key)) > after {
			return true
		}
	}
	return false
}

// leadText leads a first call up to its question: by a fair, else, where another
// supplier is known of, by asking for the supplier without naming one; "" = by
// nothing.
func leadText(c *company.Company, day company.Date) string {
	if t := fairText(c, day); t != "" {
		return t
	}
	if lastSupply(c, day) != nil {
		return "Подшипники сейчас берёте у одного поставщика или у нескольких? "
	}
	return ""
}

// fairText names the fair at which the company was seen last, else the next one at
// which it will be.
func fairText(c *company.Company, day company.Date) string {
	was, next := company.Date(0), company.Date(0)
	var wasKey, nextKey string
	for v := range c.Winning(company.FieldFairDay) {
		switch on := dayOf(v.Value); {
		case !on.Known():
		case on <= day && on >= day-fairPast && on > was:
			was, wasKey = on, v.Key
		case on > day && on <= day+fairAhead && (next == 0 || on < next):
			next, nextKey = on, v.Key
		}
	}
	if title := fairTitle(c, wasKey); was.Known() && title != "" {
		return "Видели вас среди участников " + title + ". "
	}
	if title := fairTitle(c, nextKey); next.Known() && title != "" {
		return "Вы в списке участников " + title + ", начало " + shortDay(next, day) + ". "
	}
	return ""
}

// fairTitle is «выставки «Металлообработка-2026»»; "" = it has no title.
func fairTitle(c *company.Company, key string) string {
	title := keyed(c, company.FieldFairTitle, key)
	if title == "" {
		return ""
	}
	return "выставки «" + strings.Trim(shown(title), "«»\"") + "»"
}

// supplyText says from whom the company buys, for the caller alone: who names a
// competitor speaks for him. A sole proprietor's name is a person's and left out.
func supplyText(c *company.Company, day company.Date) string {
	contract := lastSupply(c, day)
	if contract == nil {
		return ""
	}
	text := "Для вас, вслух не называйте: контракт на подшипники от " + shortDay(dayOf(contract.Value), day)
	if sum := roubles(keyed(c, company.FieldSupplyPrice, contract.Key)); sum != "" {
		text += " на " + sum
	}
	for v := range c.Winning(company.FieldSupplyFrom) {
		switch {
		case v.Key != contract.Key:
		case v.Subject == company.SubjectSole:
			text += ", поставщик — предприниматель"
		default:
			text += ", поставщик " + shown(v.Value)
		}
	}
	return text + "."
}

// lastSupply is the day of the newest contract with another supplier that is worth
// a word; nil = there is none.
func lastSupply(c *company.Company, day company.Date) *company.Value {
	var newest *company.Value
	for v := range c.Winning(company.FieldSupplyDay) {
		if on := dayOf(v.Value); on.Known() && on <= day && on >= day-supplyPast && (newest == nil || on > dayOf(newest.Value)) {
			newest = v
		}
	}
	return newest
}

// keyed is what stands beside a day under its key, in one line; "" = nothing.
func keyed(c *company.Company, f company.Field, key string) string {
	for v := range c.Winning(f) {
		if v.Key == key {
			return strings.Join(strings.Fields(v.Value), " ")
		}
	}
	return ""
}

// dayOf reads a value that is a day; 0 = it is none.
func dayOf(value string) company.Date {
	d, err := company.ParseDate(value)
	if err != nil {
		return 0
	}
	return d
}

// shown cuts a text to what a row has room for.
func shown(text string) string {
	letters := []rune(text)
	if len(letters) <= shownLetters {
		return text
	}
	return strings.TrimSpace(string(letters[:shownLetters])) + "…"
}

// roubles writes an amount as people say it: «480 тыс. ₽», «1,2 млн ₽»; "" = there
// is none.
func roubles(value string) string {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n <= 0 {
		return ""
	}
	const thousand, million, billion = 1_000, 1_000_000, 1_000_000_000
	for _, unit := range []struct {
		size int64
		name string
	}{{billion, "млрд"}, {million, "млн"}, {thousand, "тыс."}} {
		if n >= unit.size {
			tenths := (n + unit.size/20) / (unit.size / 10)
			text := strconv.FormatInt(tenths/10, 10)
			if tenths%10 != 0 && tenths < 1000 {
				text += "," + strconv.FormatInt(tenths%10, 10)
			}
			return text + noBreak + unit.name + noBreak + "₽"
		}
	}
	return strconv.FormatInt(n, 10) + noBreak + "₽"
}
