package intake

import (
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

func day(t testing.TB, s string) company.Date {
	t.Helper()
	d, err := company.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// calendar has the days off around New Year and in June.
func calendar() calllist.Calendar {
	return calllist.NewCalendar(config.Calendar{Holidays: []config.Day{
		"2027-01-01", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08",
		"2027-05-03", "2027-05-10", "2027-06-14",
	}})
}

func TestWhen(t *testing.T) {
	// 2026-11-23 is a Monday.
	for text, want := range map[string]string{
		"46350":               "2026-11-24",
		"46350.604166666664":  "2026-11-24 14:30",
		"46350,9999999":       "2026-11-25",
		"24.11.2026":          "2026-11-24",
		"24.11.26":            "2026-11-24",
		"24.11.2026 15:00":    "2026-11-24 15:00",
		"24.11.2026 15:00:00": "2026-11-24 15:00",
		"24.11. в 15.30":      "2026-11-24 15:30",
		"24.11.2026 9-00":     "2026-11-24 09:00",
		"24.11.2026 9.00":     "2026-11-24 09:00",
		"24.11 9-30":          "2026-11-24 09:30",
		"завтра 10-00":        "2026-11-24 10:00",
		"9-00":                "2026-11-23 09:00",
		"24-11-2026":          "2026-11-24",
		"24/11/2026":          "2026-11-24",
		"2026-12-09":          "2026-12-09",
		"2026-12-09T09:30:00": "2026-12-09 09:30",
		"24.11.2026г.":        "2026-11-24",
		"24.11.2026 г. к 10":  "2026-11-24 10:00",
		"06.03":               "2027-03-06",
		"29.02.2028":          "2028-02-29",
		"24 ноября":           "2026-11-24",
		"24 нояб. в 15 часов": "2026-11-24 15:00",
		"3 марта 2027 года":   "2027-03-03",
		"15:00":               "2026-11-23 15:00",
		"в 15":                "2026-11-23 15:00",
		"в 3 часа дня":        "2026-11-23 15:00",
		"сегодня в 16ч":       "2026-11-23 16:00",
		"Завтра":              "2026-11-24",
		"перезвонить завтра, в 9 утра":     "2026-11-24 09:00",
		"послезавтра":                      "2026-11-25",
		"в четверг":                        "2026-11-26",
		"в четверг 26.11":                  "2026-11-26",
		"чт. 11:15":                        "2026-11-26 11:15",
		"понедельник":                      "2026-11-30",
		"в эту пятницу":                    "2026-11-27",
		"на следующей неделе в среду":      "2026-12-02",
		"в среду на след. неделе":          "2026-12-02",
		"через неделю":                     "2026-11-30",
		"через две недели":                 "2026-12-07",
		"через 3 дня":                      "2026-11-26",
		"через 5 рабочих дней":             "2026-11-30",
		"через месяц":                      "2026-12-23",
		"через полгода":                    "2027-05-23",
		"через год":                        "2027-11-23",
		"после праздников":                 "2027-01-11",
		"после нового года":                "2027-01-11",
		"15-го":                            "2026-12-15",
		"25 числа":                         "2026-11-25",
		"завтра утром":                     "2026-11-24",
		"завтра после обеда":               "2026-11-24",
		"позвонить во вторник около 12:00": "2026-11-24 12:00",
	} {
		r := whenReader{day(t, "2026-11-23"), calendar()}
		if text == "после праздников" {
			r.today = day(t, "2026-12-21")
		}
		w, problem := r.read(text, false)
		got := w.day.String()
		if w.at != 0 {
			got += " " + clock(w.at)
		}
		if problem != "" || got != want {
			t.Errorf("%q: %q, problem %q, want %s", text, got, problem, want)
		}
		if said := strings.HasSuffix(text, "утром") || strings.HasSuffix(text, "обеда"); said != (w.remark != "") {
			t.Errorf("%q: remark %q", text, w.remark)
		}
	}
}

func TestWhenInDoubt(t *testing.T) {
	for text, want := range map[string]string{
		"в чертверг":                   "не понято",
		"22.11.2026":                   "раньше самого звонка",
		"20.11":                        "уже прошло",
		"01.10":                        "уже прошло",
		"31.11.2026":                   "такого дня нет",
		"24.11.2029":                   "два года",
		"46000":                        "не понято",
		"15":                           "не понято",
		"03/05/2027":                   "двояко",
		"24-25.11":                     "не понято",
		"24.11 или 25.11":              "не понято",
		"24.11, 25.11":                 "два дня",
		"в среду 24.11":                "вторник",
		"в следующий четверг":          "26.11.2026 или 03.12.2026",
		"на следующей неделе":          "с 30.11.2026 по 04.12.2026",
		"через день":                   "не понято",
		"через час":                    "не понято",
		"через 0 дней":                 "не понято",
		"после майских":                "",
		"после праздников":             "",
		"в 3":                          "не понято",
		"в 3:00":                       "не рабочий час",
		"до 15:00":                     "не понято",
		"потом":                        "не понято",
		"позвонить":                    "не понято",
		"24.11 15.12":                  "два дня",
		"24.11.2026 или 16:00":         "не понято",
		"24.11.2026 25.11.2026":        "два дня",
		strings.Repeat("завтра ", 500): "не понято",
	} {
		w, problem := whenReader{day(t, "2026-11-23"), calendar()}.read(text, false)
		if want == "" {
			continue
		}
		if !strings.Contains(problem, want) || w != (when{}) {
			t.Errorf("%.40q: %+v, problem %q, want %q", text, w, problem, want)
		}
	}
	w, problem := whenReader{day(t, "2026-11-23"), calendar()}.read("15", true)
	if !strings.Contains(problem, "не дата") && !strings.Contains(problem, "а не дата") {
		t.Errorf("15 in a cell of dates: %+v, %q", w, problem)
	}
	w, problem = whenReader{day(t, "2026-11-23"), calendar()}.read("0.625", true)
	if problem != "" || w != (when{day: day(t, "2026-11-23"), at: 15 * 60}) {
		t.Errorf("a bare hour: %+v, %q", w, problem)
	}
}

// Where only the hour is in doubt the day is kept, and the hour named.
func TestWhenOnlyTheHourIsInDoubt(t *testing.T) {
	for text, want := range map[string]string{
		"24.11.2026 15:00 16:00": "«15:00 16:00»",
		"24.11.2026 9-10":        "«9-10»",
		"24.11.2026 в 25:00":     "«в 25:00»",
		"24.11 в 3":              "«3»",
		"завтра до 15:00":        "«до 15:00»",
		"24.11.2026 5-00":        "05:00 — не рабочий час",
		"46350.05":               "01:12 — не рабочий час",
	} {
		w, problem := whenReader{day(t, "2026-11-23"), calendar()}.read(text, false)
		if problem != "" || w.day != day(t, "2026-11-24") || w.at != 0 || !strings.Contains(w.doubt, want) || !strings.Contains(w.doubt, "без часа") {
			t.Errorf("%q: %+v, problem %q", text, w, problem)
		}
	}
}

// What is understood can be agreed, and nothing breaks the reader.
func FuzzWhen(f *testing.F) {
	for _, s := range []string{"в четверг в 15:00", "24.11", "через 2 недели", "46350.6", "после праздников", "на следующей неделе в пт", "3 марта 2027 г. в 9 утра"} {
		f.Add(s, false, int32(20780))
	}
	f.Fuzz(func(t *testing.T, text string, date bool, today int32) {
		if today < 10000 || today > 40000 {
			return
		}
		r := whenReader{company.Date(today), calendar()}
		w, problem := r.read(text, date)
		switch {
		case problem != "" && w != (when{}):
			t.Fatalf("%q: %+v beside problem %q", text, w, problem)
		case problem == "" && strings.TrimSpace(text) != "" && (w.day < r.today || w.day > r.today+aheadAtMost):
			t.Fatalf("%q: %v cannot be agreed on %v", text, w.day, r.today)
		case w.at < 0 || w.at >= dayMinutes:
			t.Fatalf("%q: %d minutes", text, w.at)
		}
		if again, _ := r.read(" "+text+" ", date); again != w {
			t.Fatalf("%q: %+v, with spaces around it %+v", text, w, again)
		}
	})
}
