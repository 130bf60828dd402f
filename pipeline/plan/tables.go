package plan

import (
	"fmt"

	"obzvon/pipeline"
)

// nothing is what the report says while there are no results.
const nothing = "Результатов пока нет. Заполненные списки и таблицы принимает команда obzvon outcomes import; после этого здесь будут работа, воронка и деньги против плана."

// Tables are the report as people read it. Those that would have nothing in them
// are left out.
func (r *Report) Tables() []pipeline.Table {
	if r.Empty {
		t := pipeline.Table{Title: "План", Note: nothing}
		if r.Until < r.Start {
			t.Note = "Стратегия начинается " + r.Start.Russian() + ". " + t.Note
		}
		return []pipeline.Table{t}
	}
	all := []pipeline.Table{
		r.workTable(), r.dayTable(), r.monthTable(), r.conversionTable(), r.yearTable(), r.moneyTable(), r.earningsTable(),
		lineTable("По сегментам", "", "Сегмент", r.BySegment),
		lineTable("По источникам", "Одна компания бывает в нескольких источниках, поэтому строки не складываются.", "Источник", r.BySource),
		lineTable("По месту в рейтинге", "Все подходящие компании, поделённые по баллам на десять равных частей: 1 — лучшие. Место — на день, когда компания впервые попала в список.", "Десятая часть", r.ByTenth),
		lineTable("Как попали в список", "Случайные взяты не по баллам: без них не узнать, в чём баллы ошибаются.", "Как", r.ByPool),
	}
	var out []pipeline.Table
	for _, t := range all {
		if len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func (r *Report) monthTable() pipeline.Table {
	t := pipeline.Table{
		Title: fmt.Sprintf("Воронка: месяц %d, с %s", r.Month, r.From.Russian()),
		Note:  "Каждая компания — один раз, в день, когда впервые дошла до этапа; контакт — один раз в месяц. «К сегодня» — нижняя граница плана за прошедшие рабочие дни. ",
		Head:  []string{"Этап", "Есть", "К сегодня, от", "План на месяц", "Прогноз на конец месяца"},
	}
	if f := &r.Forecast; len(f.Month) > 0 {
		t.Note += fmt.Sprintf("Прогноз — если пойдёт, как в последние рабочие дни (%d); до конца месяца рабочих дней: %d.", f.Days, f.Left)
	} else {
		t.Note += fmt.Sprintf("Прогноз появится, когда наберётся рабочих дней: %d.", paceAtLeast)
	}
	for _, s := range r.Stages {
		goal, due, now, ahead := none(), none(), count(s.Count), none()
		if s.To > 0 {
			goal, due = word(fmt.Sprintf("%d–%d", s.From, s.To)), count(s.DueBy)
			if s.DueBy > 0 {
				now = toned(now, s.Count >= s.DueBy)
			}
		}
		if n, ok := r.Forecast.Month[s.ID]; ok {
			ahead = count(n)
			if s.To > 0 {
				ahead = toned(ahead, n >= s.From)
			}
		}
		t.Rows = append(t.Rows, []pipeline.Value{word(s.Title), now, due, goal, ahead})
	}
	return t
}

// Of fewer cases a share says nothing about the plan.
const (
	casesAtLeast = 10
	dialsAtLeast = 100
)

func (r *Report) conversionTable() pipeline.Table {
	t := pipeline.Table{
		Title: "Переходы по воронке",
		Note: fmt.Sprintf("Кто дошёл до этапа за время и сколько из них уже пошли дальше: недавние ещё в пути, доля растёт. Год — с %s. С планом сравнивается год, если случаев не меньше %d (звонков — %d).",
			r.YearFrom.Russian(), casesAtLeast, dialsAtLeast),
		Head: []string{"Переход", "План", "Месяц: было", "перешло", "доля", "Год: было", "перешло", "доля"},
	}
	for i := range r.Conversions {
		c := &r.Conversions[i]
		atLeast := casesAtLeast
		if i == 0 {
			atLeast = dialsAtLeast
		}
		row := []pipeline.Value{word(c.Title), word(goalText(c.Goal, c.Most)), count(c.Month.Of), count(c.Month.Got), shareOf(c.Month), count(c.Year.Of), count(c.Year.Got), shareOf(c.Year)}
		if v, ok := c.Year.Share(); ok && c.Year.Of >= atLeast {
			row[7] = toned(row[7], v >= c.Goal)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// yearTable is the running year, month by month; months that are over are held
// against the target.
func (r *Report) yearTable() pipeline.Table {
	t := pipeline.Table{Title: "Воронка по месяцам стратегии", Note: "С планом сравниваются месяцы, которые закончились.", Head: []string{"Месяц", "Звонков"}}
	t.Head = append(t.Head, shortTitles[:]...)
	goals := []pipeline.Value{word("План на месяц, от"), none()}
	for _, s := range r.Stages {
		goals = append(goals, goalCount(s.From))
	}
	t.Rows = append(t.Rows, goals)
	for _, m := range r.running() {
		row := []pipeline.Value{word(fmt.Sprintf("%d, с %s", m.Month, m.From.Russian())), count(m.Dials)}
		for _, s := range r.Stages {
			v := count(m.Counts[s.ID])
			if m.Month < r.Month && s.From > 0 {
				v = toned(v, m.Counts[s.ID] >= s.From)
			}
			row = append(row, v)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// linesAtMost is how many groups a table shows; sources of tables may be many.
const linesAtMost = 15

// lineTable is what came of the calls by group.
func lineTable(title, note, first string, lines []Line) pipeline.Table {
	t := pipeline.Table{Title: title, Note: note, Head: []string{first, "Компаний", "Звонков", "Контактов", "Потребность", "КП", "Договоров", "Потребность из контактов"}}
	if len(lines) > linesAtMost {
		t.Note += fmt.Sprintf(" Показаны %d из %d.", linesAtMost, len(lines))
		lines = lines[:linesAtMost]
	}
	for _, l := range lines {
		row := []pipeline.Value{word(l.Name), count(l.Companies), count(l.Dials), count(l.Contacts), count(l.Qualified), count(l.Offers), count(l.Contracts), shareOf(Pass{l.Contacts, l.Qualified})}
		t.Rows = append(t.Rows, row)
	}
	return t
}
