package page

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// words are the functions of all templates.
func (k *Kit) words() template.FuncMap {
	return template.FuncMap{
		"static":   k.static,
		"day":      func(d company.Date) string { return Day(d) },
		"weekday":  func(d company.Date) string { return weekdays[d.Time().Weekday()] },
		"moment":   k.Moment,
		"clock":    k.Clock,
		"ago":      func(t time.Time) string { return Span(k.Now().Sub(t)) + " назад" },
		"span":     Span,
		"number":   Number[int],
		"number64": Number[int64],
		"points":   Points,
		"percent":  Percent,
		"bytes":    Bytes,
		"plural":   Plural[int],
		"plural64": Plural[int64],
		"has":      func(u User, roles ...string) bool { return u.Has(asRoles(roles)...) },
		"join":     strings.Join,
		"lines":    func(s string) []string { return strings.Split(strings.TrimRight(s, "\n"), "\n") },
		"in":       under,
	}
}

func asRoles(names []string) []Role {
	out := make([]Role, len(names))
	for i, n := range names {
		out[i] = Role(n)
	}
	return out
}

var weekdays = [...]string{"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"}

var months = [...]string{"", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"}

// Day is a date as people say it: «23 ноября 2026».
func Day(d company.Date) string {
	if !d.Known() {
		return "—"
	}
	t := d.Time()
	return fmt.Sprintf("%d\u00a0%s\u00a0%d", t.Day(), months[t.Month()], t.Year())
}

// Moment is a time in the seller's zone: «23.11.2026 07:30»; «—» for the zero time.
func (k *Kit) Moment(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(k.Zone).Format("02.01.2006 15:04")
}

// Clock is the time of day in the seller's zone.
func (k *Kit) Clock(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(k.Zone).Format("15:04")
}

// Span is a length of time as people say it: «3 мин», «2 ч 10 мин», «5 дней».
func Span(d time.Duration) string {
	d = max(d, 0)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d\u00a0с", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d\u00a0мин", int(d.Minutes()))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d\u00a0ч %d\u00a0мин", int(d.Hours()), int(d.Minutes())%60)
	}
	days := int(d.Hours() / 24)
	return Plural(days, "день", "дня", "дней")
}

// Number has a no-break space between thousands.
func Number[N int | int64](n N) string {
	return pipeline.Value{Kind: pipeline.ValueCount, Number: float64(n)}.String()
}

// Points are thousandths of a point as people read them: 61,5, and −12,0 with a sign
// as wide as a plus.
func Points(thousandths int64) string {
	return strings.NewReplacer(".", ",", "-", "−").Replace(fmt.Sprintf("%.1f", float64(thousandths)/1000))
}

// Percent is a share 0..1: «12,5 %»; «—» where there is nothing to share.
func Percent(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "—"
	}
	return strings.Replace(strings.TrimSuffix(fmt.Sprintf("%.1f", 100*v), ".0"), ".", ",", 1) + "\u00a0%"
}

// Bytes is a size for people: «1,5 МБ», «20 МБ», in binary units.
func Bytes(n int64) string {
	const step = 1024
	if n < step {
		return fmt.Sprintf("%d\u00a0Б", n)
	}
	v, units, i := float64(n)/step, []string{"КБ", "МБ", "ГБ", "ТБ"}, 0
	for v >= step && i < len(units)-1 {
		v, i = v/step, i+1
	}
	return strings.Replace(strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0"), ".", ",", 1) + "\u00a0" + units[i]
}

// Plural is a count with its noun: «1 строка», «2 строки», «5 строк».
func Plural[N int | int64](n N, one, few, many string) string {
	word := many
	tens, ones := n%100, n%10
	if tens < 0 {
		tens, ones = -tens, -ones
	}
	switch {
	case tens >= 11 && tens <= 14:
	case ones == 1:
		word = one
	case ones >= 2 && ones <= 4:
		word = few
	}
	return Number(n) + "\u00a0" + word
}
