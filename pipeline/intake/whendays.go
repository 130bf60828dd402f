package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

var weekdayNames = [...]string{"понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"}

var weekdayForms = map[string]int{
	"понедельник": 1, "пн": 1, "пон": 1, "понед": 1,
	"вторник": 2, "вт": 2, "втор": 2,
	"среда": 3, "среду": 3, "ср": 3,
	"четверг": 4, "чт": 4, "четв": 4,
	"пятница": 5, "пятницу": 5, "пт": 5, "пятн": 5,
	"суббота": 6, "субботу": 6, "сб": 6, "субб": 6,
	"воскресенье": 7, "воскресение": 7, "вс": 7, "воскр": 7,
}

var monthForms = map[string]int{
	"января": 1, "январь": 1, "янв": 1, "февраля": 2, "февраль": 2, "фев": 2, "февр": 2,
	"марта": 3, "март": 3, "мар": 3, "апреля": 4, "апрель": 4, "апр": 4, "мая": 5, "май": 5,
	"июня": 6, "июнь": 6, "июн": 6, "июля": 7, "июль": 7, "июл": 7, "августа": 8, "август": 8, "авг": 8,
	"сентября": 9, "сентябрь": 9, "сен": 9, "сент": 9, "октября": 10, "октябрь": 10, "окт": 10,
	"ноября": 11, "ноябрь": 11, "ноя": 11, "нояб": 11, "декабря": 12, "декабрь": 12, "дек": 12,
}

var countForms = map[string]int{
	"один": 1, "одну": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
	"восемь": 8, "девять": 9, "десять": 10, "двенадцать": 12,
}

// readRelative reads «завтра».
func (s *sentence) readRelative() (int, string) {
	switch s.words[0] {
	case "сегодня":
		return s.say(s.today, 1)
	case "завтра":
		return s.say(s.today+1, 1)
	case "послезавтра":
		return s.say(s.today+2, 1)
	}
	return 0, ""
}

// readThrough reads «через неделю», «через 3 рабочих дня».
func (s *sentence) readThrough() (int, string) {
	if !s.has(0, "через") {
		return 0, ""
	}
	i, count := 1, 1
	counted := false
	if i < len(s.words) {
		n, known := countForms[s.words[i]]
		if v, err := strconv.Atoi(s.words[i]); err == nil {
			n, known = v, true
		}
		if known {
			count, counted = n, true
			i++
		}
	}
	const most = 1000
	if count < 1 || count > most {
		return 0, s.unclear()
	}
	switch {
	case counted && s.has(i, "рабочий", "рабочих") && s.has(i+1, "день", "дня", "дней"):
		day := s.today
		for range count {
			day = s.days.Next(day)
		}
		return s.say(day, i+2)
	case counted && s.has(i, "день", "дня", "дней"):
		return s.say(s.today+company.Date(count), i+1)
	case s.has(i, "неделю", "недели", "недель"):
		return s.say(s.today+company.Date(7*count), i+1)
	case s.has(i, "месяц", "месяца", "месяцев"):
		return s.say(monthsLater(s.today, count), i+1)
	case !counted && s.has(i, "полгода"):
		return s.say(monthsLater(s.today, 6), i+1)
	case s.has(i, "год", "года"):
		return s.say(monthsLater(s.today, 12*count), i+1)
	}
	return 0, s.unclear() // «через день», «через час»: from when?
}

// readWeek reads «на следующей неделе»; the day of it must be said too.
func (s *sentence) readWeek() (int, string) {
	i := 0
	if s.has(0, "на") {
		i = 1
	}
	if s.has(i, "следующей", "след", "будущей") && s.has(i+1, "неделе", "нед") {
		s.nextWeek = true
		return i + 2, ""
	}
	return 0, ""
}

// readWeekday reads «в четверг». «В следующий четверг» is the nearest one to
// some and that of the next week to others.
func (s *sentence) readWeekday() (int, string) {
	i := 0
	next := s.has(0, "следующий", "следующую", "следующее", "след", "будущий", "будущую")
	if next || s.has(0, "ближайший", "ближайшую", "ближайшее", "этот", "эту", "это") {
		i = 1
	}
	if i >= len(s.words) {
		return 0, ""
	}
	weekday, known := weekdayForms[s.words[i]]
	switch {
	case !known:
		return 0, ""
	case next && s.nearest(weekday) < s.week()+7:
		near := s.nearest(weekday)
		return 0, quoted(s.words[0]+" "+s.words[1]) + " — это " + near.Russian() + " или " + (near + 7).Russian() + "?"
	case s.weekday != 0 && s.weekday != weekday:
		return 0, "названы два дня недели: какой из них?"
	}
	s.weekday = weekday
	return i + 1, ""
}

var (
	numericDay = regexp.MustCompile(`^(\d{1,2})([./-])(\d{1,2})(?:([./-])(\d{4}|\d{2}))?г?$`)
	isoDay     = regexp.MustCompile(`^(\d{4})([./-])(\d{1,2})([./-])(\d{1,2})$`)
	dayOfMonth = regexp.MustCompile(`^(\d{1,2})(?:-?(?:го|ого|е|ое))?$`)
	yearWord   = regexp.MustCompile(`^(\d{4})г?$`)
)

// readNumeric reads 24.11.2026, 24.11, 2026-11-24. Two numbers of which the
// second is no month, or that follow a day with its year, may be an hour.
func (s *sentence) readNumeric() (int, string) {
	word := s.words[0]
	if m := isoDay.FindStringSubmatch(word); m != nil && m[2] == m[4] {
		return s.sayCalendar(number(m[1]), number(m[3]), number(m[5]), 1)
	}
	m := numericDay.FindStringSubmatch(word)
	if m == nil || m[4] != "" && m[4] != m[2] || m[5] == "" && m[2] != "/" && (s.yeared || number(m[3]) == 0 || number(m[3]) > 12) {
		return 0, ""
	}
	day, month := number(m[1]), number(m[3])
	if m[2] == "/" && day != month && month <= 12 && day <= 12 {
		return 0, "день и месяц через черту читаются двояко: напишите через точку"
	}
	took := 1
	if m[5] != "" && s.has(1, "г", "год", "года") {
		took = 2
	}
	return s.sayCalendar(number(m[5]), month, day, took)
}

func (s *sentence) sayCalendar(year, month, day, took int) (int, string) {
	d, problem := s.coming(year, month, day)
	if problem != "" {
		return 0, problem
	}
	s.yeared = s.yeared || year != 0
	return s.say(d, took)
}

// readMonthDay reads «24 ноября 2026 г», «15-го», «15 числа».
func (s *sentence) readMonthDay() (int, string) {
	m := dayOfMonth.FindStringSubmatch(s.words[0])
	if m == nil {
		return 0, ""
	}
	day := number(m[1])
	if len(s.words) > 1 && monthForms[s.words[1]] != 0 {
		took, year := 2, 0
		if len(s.words) > 2 {
			if y := yearWord.FindStringSubmatch(s.words[2]); y != nil {
				took, year = 3, number(y[1])
			}
		}
		if year != 0 && s.has(took, "г", "год", "года") {
			took++
		}
		return s.sayCalendar(year, monthForms[s.words[1]], day, took)
	}
	ordinal := strings.HasSuffix(m[0], "го") || strings.HasSuffix(m[0], "е")
	if !ordinal && !s.has(1, "числа", "число") {
		return 0, ""
	}
	y, month, today := s.today.Time().Date()
	if day < today {
		month++
	}
	d, ok := calendarDay(y+int(month-1)/12, int(month-1)%12+1, day)
	if !ok {
		return 0, "такого дня нет"
	}
	took := 1
	if s.has(1, "числа", "число") {
		took = 2
	}
	return s.say(d, took)
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

// readFiller passes over words that say nothing of the day.
func (s *sentence) readFiller() (int, string) {
	fillers := []string{"в", "во", "на", "к", "ко", "перезвонить", "позвонить", "звонить", "набрать", "звонок", "созвон", "созвониться", "мск"}
	if slices.Contains(fillers, s.words[0]) {
		return 1, ""
	}
	return 0, ""
}
