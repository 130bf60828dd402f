package intake

import (
	"math"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// when is an agreed next contact.
type when struct {
	day    company.Date
	at     int    // minutes since midnight; 0 = any hour
	remark string // what was said beside it and cannot be kept; Russian
	doubt  string // why the hour that was said is not kept, though the day is; Russian
	bare   bool   // only an hour was said: the day is that of the call
}

// Bounds of what is agreed.
const (
	aheadAtMost = 2 * 366 // days; as the check of the cell has it
	firstHour   = 6       // an hour before it, or after the last, is a slip
	lastHour    = 22
	serialEpoch = 25569 // 1970-01-01 as spreadsheets count days
	dayMinutes  = 24 * 60
)

// whenReader reads days as people write them, as of a given day.
type whenReader struct {
	today company.Date
	days  funnel.Workdays
}

// read understands a cell of «Следующий контакт»; date tells that the editor had
// it for a date. What leaves room for doubt is a problem, told in Russian.
func (r whenReader) read(text string, date bool) (w when, problem string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return when{}, ""
	}
	w, problem, ok := r.serial(text, date)
	if !ok {
		w, problem = r.words(text)
	}
	if problem == "" {
		problem = r.outside(w)
	}
	if problem != "" {
		return when{}, problem
	}
	if why := notWorking(w.at); why != "" {
		if w.bare {
			return when{}, why
		}
		w.at, w.doubt = 0, hourDoubt(why)
	}
	w.bare = false
	return w, ""
}

// notWorking tells an hour that nobody agrees.
func notWorking(at int) string {
	if at != 0 && (at < firstHour*60 || at > lastHour*60) {
		return clock(at) + " — не рабочий час"
	}
	return ""
}

func hourDoubt(why string) string {
	return why + "; день записан без часа, впишите час, например 15:00"
}

func (r whenReader) outside(w when) string {
	switch {
	case w.day < r.today:
		return w.day.Russian() + " раньше самого звонка (" + r.today.Russian() + ")"
	case w.day > r.today+aheadAtMost:
		return w.day.Russian() + " — больше чем через два года"
	}
	return ""
}

// serial reads a day as spreadsheets keep it. A number that the editor does not
// call a date is one only if it falls into the time that can be agreed.
func (r whenReader) serial(text string, date bool) (w when, problem string, ok bool) {
	v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || math.IsNaN(v) || v < 0 || v > 1e6 {
		return w, "", false
	}
	minutes := int64(math.Round(v * dayMinutes))
	day, at := minutes/dayMinutes, int(minutes%dayMinutes)
	first := int64(r.today) + serialEpoch
	switch {
	case day == 0 && at > 0 && date:
		return when{day: r.today, at: at, bare: true}, "", true
	case date && day < first-20*366:
		return w, "это число " + text + ", а не дата", true
	case date, first <= day && day <= first+aheadAtMost:
		return when{day: company.Date(day - serialEpoch), at: at}, "", true
	}
	return w, "", false
}

func clock(minutes int) string {
	return time.Date(2000, 1, 1, 0, minutes, 0, 0, time.UTC).Format("15:04")
}

// coming is the day of the year's day and month, with year 0 the next one that
// nobody could mean otherwise.
func (r whenReader) coming(year, month, day int) (company.Date, string) {
	switch {
	case year == 0:
	case year < 100:
		year += 2000
	}
	base := year
	if base == 0 {
		base = r.today.Time().Year()
	}
	d, ok := calendarDay(base, month, day)
	if !ok && year == 0 { // 29 февраля
		d, ok = calendarDay(base+1, month, day)
	}
	if !ok {
		return 0, "такого дня нет"
	}
	if year != 0 || d >= r.today {
		return d, ""
	}
	next, ok := calendarDay(base+1, month, day)
	const soon = 200
	if ok && next-r.today < soon {
		return next, ""
	}
	return 0, d.Russian() + " уже прошло: если речь о следующем годе, допишите год"
}

func calendarDay(year, month, day int) (company.Date, bool) {
	if year < 1971 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return company.DateOf(t), t.Day() == day
}

// monthsLater is the same day of a later month, or its last.
func monthsLater(d company.Date, months int) company.Date {
	y, m, day := d.Time().Date()
	for ; ; day-- {
		t := time.Date(y, m+time.Month(months), day, 0, 0, 0, 0, time.UTC)
		if t.Day() == day {
			return company.DateOf(t)
		}
	}
}
