package intake

import (
	"regexp"
	"slices"
	"strings"

	"obzvon/pipeline/company"
)

var (
	clockWord = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?(?:z|ч)?$`)
	pairWord  = regexp.MustCompile(`^(\d{1,2})[.-](\d{2})ч?$`)
	hourWord  = regexp.MustCompile(`^(\d{1,2})(ч|час|часа|часов)?$`)
)

// readHour reads 15:00, «в 15», «к 9 утра», «15 часов 30 минут».
func (s *sentence) readHour() (int, string) {
	i := 0
	before := s.has(0, "в", "к", "около", "примерно", "после")
	if before {
		i = 1
	}
	if i >= len(s.words) {
		return 0, ""
	}
	word := s.words[i]
	if m := clockWord.FindStringSubmatch(word); m != nil {
		return s.sayHour(number(m[1]), number(m[2]), i+1)
	}
	if m := pairWord.FindStringSubmatch(word); m != nil && (before && (s.day != 0 || s.weekday != 0) || number(m[2]) == 0 || number(m[2]) > 12) {
		return s.sayHour(number(m[1]), number(m[2]), i+1)
	}
	m := hourWord.FindStringSubmatch(word)
	if m == nil {
		return 0, ""
	}
	hour, minute := number(m[1]), 0
	named := m[2] != ""
	i++
	if s.has(i, "ч", "час", "часа", "часов") {
		named = true
		i++
	}
	if named && i+1 < len(s.words) && s.has(i+1, "мин", "минут", "м") {
		minute = number(s.words[i])
		i += 2
	}
	if s.has(i, "утра", "дня", "вечера") {
		hour = hourOfPart(hour, s.words[i])
		return s.sayHour(hour, minute, i+1)
	}
	if !named && !before || hour < 8 || hour > 20 { // «в 3»: at night, or at three?
		return 0, ""
	}
	return s.sayHour(hour, minute, i)
}

// hourOfPart is the hour of the day of «3 часа дня».
func hourOfPart(hour int, part string) int {
	switch {
	case part == "утра" && hour >= 4 && hour <= 11:
		return hour
	case part == "дня" && hour == 12:
		return hour
	case part == "дня" && hour >= 1 && hour <= 5, part == "вечера" && hour >= 4 && hour <= 11:
		return hour + 12
	}
	return -1
}

func (s *sentence) sayHour(hour, minute, took int) (int, string) {
	at := hour*60 + minute
	switch {
	case hour < 0 || hour > 23 || minute > 59:
		return 0, s.unclear()
	case s.hour && s.at != at:
		return 0, "названы два часа: какой из них?"
	}
	s.at, s.hour = at, true
	return took, ""
}

// readPart reads «утром», which is no hour.
func (s *sentence) readPart() (int, string) {
	if slices.Contains([]string{"утром", "днем", "вечером"}, s.words[0]) {
		s.part = s.words[0]
		return 1, ""
	}
	if s.has(0, "с") && s.has(1, "утра") || s.has(0, "после", "до") && s.has(1, "обеда") {
		s.part = s.words[0] + " " + s.words[1]
		return 2, ""
	}
	return 0, ""
}

// Holidays are looked for so many days ahead; others that follow sooner than
// between make «после праздников» doubtful.
const (
	holidaysAhead   = 45
	holidaysBetween = 10
)

// readAfter reads «после праздников», «после нового года», «после майских».
func (s *sentence) readAfter() (int, string) {
	if !s.has(0, "после") {
		return 0, ""
	}
	switch {
	case s.has(1, "праздников", "праздника"):
		return s.afterHolidays(s.today, 2)
	case s.has(1, "нового", "новогодних") && s.has(2, "года", "праздников", "каникул"):
		day, _ := calendarDay(s.today.Time().Year()+1, 1, 1)
		return s.afterHolidays(day-1, 3)
	case s.has(1, "майских"):
		day, _ := s.coming(0, 5, 9)
		if took := 2; day != 0 {
			if s.has(2, "праздников") {
				took = 3
			}
			return s.afterHolidays(day-1, took)
		}
	}
	return 0, ""
}

// afterHolidays is the first day of work after the next days off beyond the
// weekend, as the calendar of the production has them.
func (s *sentence) afterHolidays(from company.Date, took int) (int, string) {
	first := company.Date(0)
	for d := from + 1; d <= from+holidaysAhead && first == 0; d++ {
		if s.holiday(d) {
			first = d
		}
	}
	if first == 0 {
		return 0, "ближайших праздников нет в календаре: " + s.unclear()
	}
	back := s.days.Next(first)
	for d := back; d < back+holidaysBetween; d++ {
		if s.holiday(d) {
			return 0, "праздников впереди несколько: " + s.unclear()
		}
	}
	return s.say(back, took)
}

func (s *sentence) holiday(d company.Date) bool { return weekdayOf(d) <= 5 && !s.days.Workday(d) }

// hourWords may stand around an hour.
var hourWords = []string{
	"в", "к", "до", "с", "около", "примерно", "после", "ч", "час", "часа", "часов", "мин", "минут", "м", "утра", "дня", "вечера", "мск",
}

// hourLike is what nobody writes but for an hour: digits, and marks within.
var hourLike = regexp.MustCompile(`^\d{1,4}(?:[:.-]\d{1,2}){0,2}(?:ч|час|часа|часов)?(?:-\d{1,2}(?:[:.]\d{2})?)?$`)

// onlyHourLeft tells that the day is settled, and that what is left of the text can
// only be about the hour: none of its words may be another day.
func (s *sentence) onlyHourLeft() bool {
	if s.day == 0 || s.weekday != 0 || s.nextWeek {
		return false
	}
	digits := false
	for _, word := range s.words {
		switch m := numericDay.FindStringSubmatch(word); {
		case slices.Contains(hourWords, word):
		case m != nil && !s.yeared && number(m[3]) >= 1 && number(m[3]) <= 12, m != nil && m[5] != "", !hourLike.MatchString(word):
			return false
		default:
			digits = true
		}
	}
	return digits
}

// withoutHour is the day that was said, with a word on the hour.
func (s *sentence) withoutHour() (when, string) {
	left := strings.Join(s.words, " ")
	if s.hour {
		left = clock(s.at) + " " + left
	}
	return when{day: s.day, doubt: hourDoubt("час " + quoted(left) + " не понят")}, ""
}
