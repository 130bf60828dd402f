package intake

import (
	"strconv"

	"obzvon/pipeline/company"
)

// pastDay reads «Дата» of a plain table: a day in full, since of what is past no
// year goes without saying. An hour behind it is passed over.
func pastDay(text string) (company.Date, bool) {
	const first, last = 36526, 73415 // of spreadsheets: years 2000 to 2100
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		if v < first || v >= last {
			return 0, false
		}
		return company.Date(int(v) - serialEpoch), true
	}
	words := whenTokens(text)
	if len(words) == 0 {
		return 0, false
	}
	d, took := fullDay(words)
	rest := words[took:]
	if took > 0 && len(rest) > 0 && (rest[0] == "г" || rest[0] == "года" || rest[0] == "год") {
		rest = rest[1:]
	}
	ok := took > 0 && (len(rest) == 0 || len(rest) == 1 && (clockWord.MatchString(rest[0]) || pairWord.MatchString(rest[0])))
	return d, ok && d >= first-serialEpoch && d < last-serialEpoch
}

// fullDay reads a day with its year and tells how many words that took, 0 = none
// stands in front.
func fullDay(words []string) (company.Date, int) {
	year, month, day, took := 0, 0, 0, 1
	if m := isoDay.FindStringSubmatch(words[0]); m != nil && m[2] == m[4] {
		year, month, day = number(m[1]), number(m[3]), number(m[5])
	} else if m := numericDay.FindStringSubmatch(words[0]); m != nil && m[5] != "" && m[4] == m[2] {
		year, month, day = number(m[5]), number(m[3]), number(m[1])
		if m[2] == "/" && day <= 12 && month <= 12 && day != month {
			return 0, 0 // day and month, or the other way round?
		}
	} else if len(words) > 2 && monthForms[words[1]] != 0 && dayOfMonth.MatchString(words[0]) && yearWord.MatchString(words[2]) {
		year, month, day, took = number(yearWord.FindStringSubmatch(words[2])[1]), monthForms[words[1]], number(dayOfMonth.FindStringSubmatch(words[0])[1]), 3
	} else {
		return 0, 0
	}
	if year < 100 {
		year += 2000
	}
	d, ok := calendarDay(year, month, day)
	if !ok {
		return 0, 0
	}
	return d, took
}
