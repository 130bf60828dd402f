package contact

import (
	"strings"
	"unicode"

	"obzvon/enrich/website/page"
)

const (
	maxHours     = 200 // bytes of the line
	maxHoursJoin = 3   // lines that follow each other
)

// hours is the first line that tells days and times, with those that go on
// with it.
func hours(lines []page.Line) string {
	for i := range lines {
		out := lines[i].Text
		if onlyDays(out) && i+1 < len(lines) && lines[i+1].Part == lines[i].Part && tellsHours(out+" "+lines[i+1].Text) {
			return out + " " + lines[i+1].Text
		}
		if !tellsHours(out) {
			continue
		}
		for k := i + 1; k < len(lines) && k < i+maxHoursJoin; k++ {
			next := lines[k].Text
			if !tellsHours(next) && !dayOff(next) || len(out)+len(next) > maxHours || strings.Contains(out, next) {
				break
			}
			out += "; " + next
		}
		return out
	}
	return ""
}

// tellsHours tells a short line with days and times and without a phone.
func tellsHours(s string) bool {
	if len(s) < 6 || len(s) > maxHours || strings.ContainsAny(s, "@+") {
		return false
	}
	around := strings.Contains(s, "руглосуточно") || strings.Contains(s, "РУГЛОСУТОЧНО")
	if !around && !times(s) {
		return false // the quick test: most lines tell no times
	}
	s = strings.ToLower(s)
	if around && (days(s) || strings.Contains(s, "режим") || strings.Contains(s, "работ")) {
		return true
	}
	return times(s) && days(s)
}

// onlyDays tells a line of days whose times stand on the next.
func onlyDays(s string) bool {
	return s != "" && len(s) <= 60 && !strings.ContainsAny(s, "0123456789") && days(strings.ToLower(s)) && !heading(s)
}

// heading tells «Режим работы», which is above days.
func heading(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "режим") || strings.Contains(s, "график") || strings.Contains(s, "часы")
}

func dayOff(s string) bool {
	s = strings.ToLower(s)
	return len(s) <= 60 && days(s) && strings.Contains(s, "выходн")
}

var dayWords = map[string]bool{
	"пн": true, "вт": true, "ср": true, "чт": true, "пт": true, "сб": true, "вс": true, "понедельник": true, "понедельника": true,
	"вторник": true, "среда": true, "четверг": true, "пятница": true, "пятницу": true, "суббота": true, "воскресенье": true,
	"будни": true, "будням": true, "будние": true, "ежедневно": true, "выходных": true, "выходные": true, "выходной": true, "рабочие": true,
	"режим": true, "график": true, "часы": true, "mon": true, "fri": true, "пон": true, "пят": true, "суб": true, "воскр": true,
}

func days(s string) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if dayWords[w] {
			return true
		}
	}
	return false
}

// times tells two times of day: «9:00-18:00», «с 9 до 18», «9.00 – 18.00».
func times(s string) bool {
	n := 0
	for i := 0; i < len(s); {
		if !digit(s[i]) {
			i++
			continue
		}
		h, to := hourAt(s, i)
		if h {
			n++
		}
		i = to
	}
	return n >= 2
}

// hourAt reads a number from i on: an hour alone or with minutes.
func hourAt(s string, i int) (ok bool, to int) {
	to = i
	for to < len(s) && digit(s[to]) {
		to++
	}
	hour := to-i <= 2 && atoi(s[i:to]) <= 24
	if to+2 < len(s) && (s[to] == ':' || s[to] == '.' || s[to] == '-') && digit(s[to+1]) && digit(s[to+2]) && (s[to] != '-' || s[to+1:to+3] == "00") {
		minutes := atoi(s[to+1:to+3]) < 60 && (to+3 == len(s) || !digit(s[to+3]))
		return hour && minutes, to + 3
	}
	return hour, to
}

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
