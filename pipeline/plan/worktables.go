package plan

import (
	"fmt"
	"slices"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// goodShare is how much of a norm is as good as all of it.
const goodShare = 0.95

// offersGoal is the least share of dials that end in an offer; 0 = none.
func (r *Report) offersGoal() float64 {
	if len(r.Conversions) == 0 {
		return 0
	}
	return r.Conversions[0].Goal
}

func (r *Report) workTable() pipeline.Table {
	t := pipeline.Table{
		Title: fmt.Sprintf("Работа менеджеров: месяц %d, с %s", r.Month, r.From.Russian()),
		Note:  "Звонок — попытка из списка дня, у которой вписан результат. Контакт — компания, где ответил человек. КП — первое для компании. Дни до первого списка не считаются.",
		Head:  []string{"Менеджер", "Рабочих дней", "Звонков", "Норма", "Выполнение", "Контактов", "КП", "КП из звонков"},
	}
	for _, w := range r.Work {
		row := []pipeline.Value{word(w.Name), count(w.Days), count(w.Dials), count(w.Norm), none(), count(w.Contacts), count(w.Offers), shareOf(Pass{w.Dials, w.Offers})}
		if w.Norm > 0 {
			done := float64(w.Dials) / float64(w.Norm)
			row[4] = toned(share(done), done >= goodShare)
		}
		if w.Dials >= dialsAtLeast {
			row[7] = toned(row[7], row[7].Number >= r.offersGoal())
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// tableDays is how many days stand side by side.
const tableDays = 7

// dayTable is the last days, two rows for each manager. A dash: he was not there.
func (r *Report) dayTable() pipeline.Table {
	days, who := r.lastDays(), r.managers()
	t := pipeline.Table{
		Title: "По дням", Head: []string{"Менеджер"},
		Note: "Звонков, где результат вписан и файл загружен. Прочерк — менеджер в этот день не работал.",
	}
	days = days[max(0, len(days)-tableDays):]
	for _, day := range days {
		t.Head = append(t.Head, day.Russian()[:5])
	}
	for _, m := range who {
		dials, contacts := []pipeline.Value{word(m.Name + ": звонков")}, []pipeline.Value{word(m.Name + ": контактов")}
		seen := false
		for _, day := range days {
			d, ok := r.dayOf(day, m.Manager)
			if !ok {
				dials, contacts = append(dials, none()), append(contacts, none())
				continue
			}
			seen = true
			v := count(d.Dials)
			if d.Norm > 0 {
				v = toned(v, float64(d.Dials) >= goodShare*float64(d.Norm))
			}
			dials, contacts = append(dials, v), append(contacts, count(d.Contacts))
		}
		if seen {
			t.Rows = append(t.Rows, dials, contacts)
		}
	}
	return t
}

// lastDays are the days that are told one by one, rising.
func (r *Report) lastDays() []company.Date {
	var out []company.Date
	for _, d := range r.Days {
		if len(out) == 0 || out[len(out)-1] != d.Day {
			out = append(out, d.Day)
		}
	}
	return out
}

// managers are those whose days are told, each by one of them, by name.
func (r *Report) managers() []DayWork {
	var out []DayWork
	for _, w := range r.Work { // in the order of the month's table
		if i := slices.IndexFunc(r.Days, func(d DayWork) bool { return d.Manager == w.Manager }); i >= 0 {
			out = append(out, r.Days[i])
		}
	}
	for _, d := range r.Days {
		if !slices.ContainsFunc(out, func(o DayWork) bool { return o.Manager == d.Manager }) {
			out = append(out, d)
		}
	}
	return out
}

func (r *Report) dayOf(day company.Date, manager string) (DayWork, bool) {
	i := slices.IndexFunc(r.Days, func(d DayWork) bool { return d.Day == day && d.Manager == manager })
	if i < 0 {
		return DayWork{}, false
	}
	return r.Days[i], true
}
