package plan

import (
	"fmt"
	"strconv"

	"obzvon/pipeline"
)

func word(s string) pipeline.Value { return pipeline.Value{Text: s} }
func count(n int) pipeline.Value {
	return pipeline.Value{Number: float64(n), Kind: pipeline.ValueCount}
}
func share(v float64) pipeline.Value { return pipeline.Value{Number: v, Kind: pipeline.ValueShare} }
func roubles(n int64) pipeline.Value {
	return pipeline.Value{Number: float64(n), Kind: pipeline.ValueMoney}
}
func none() pipeline.Value { return pipeline.Value{Kind: pipeline.ValueNone} }

// toned says whether a figure is what it should be.
func toned(v pipeline.Value, good bool) pipeline.Value {
	v.Tone = pipeline.ToneShort
	if good {
		v.Tone = pipeline.ToneGood
	}
	return v
}

// Tables are the report as people read it.
func (r *Report) Tables() []pipeline.Table {
	return []pipeline.Table{
		r.workTable(), r.monthTable(), r.conversionTable(), r.yearTable(), r.moneyTable(), r.milestoneTable(),
		lineTable("По сегментам", "", "Сегмент", r.BySegment),
		lineTable("По источникам", "Компания есть в нескольких источниках сразу: строки не складываются.", "Источник", r.BySource),
		lineTable("По месту в рейтинге", "Десятая часть всех подходящих компаний, в которой компания стояла, когда попала в список: 1 — лучшие.", "Десятая", r.ByTenth),
		lineTable("Как попали в список", "Случайные взяты не по баллам: без них не узнать, в чём веса ошибаются.", "Как", r.ByPool),
	}
}

func (r *Report) workTable() pipeline.Table {
	t := pipeline.Table{
		Title: fmt.Sprintf("Работа менеджеров: месяц %d, с %s", r.Month, r.From.Russian()),
		Note:  "Звонок — любая попытка с результатом. Контакт — компания, где ответил человек.",
		Head:  []string{"Менеджер", "Рабочих дней", "Звонков", "Норма", "Выполнение", "Контактов", "Дозвон", "КП"},
	}
	for _, w := range r.Work {
		row := []pipeline.Value{word(w.Name), count(w.Days), count(w.Dials), count(w.Norm), none(), count(w.Contacts), none(), count(w.Offers)}
		if w.Norm > 0 {
			done := float64(w.Dials) / float64(w.Norm)
			row[4] = toned(share(done), done >= goodShare)
		}
		if w.Dials > 0 {
			row[6] = share(float64(w.Contacts) / float64(w.Dials))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// goodShare is how much of a norm is as good as all of it.
const goodShare = 0.95

func (r *Report) monthTable() pipeline.Table {
	t := pipeline.Table{
		Title: fmt.Sprintf("Воронка за месяц %d стратегии", r.Month),
		Note: fmt.Sprintf("«К сегодня» — нижняя граница плана по прошедшим рабочим дням. Прогноз — если дальше всё пойдёт, как за последние %d рабочих дней; осталось %d.",
			r.Forecast.Days, r.Forecast.Left),
		Head: []string{"Этап", "Есть", "К сегодня", "План на месяц", "Прогноз на конец месяца"},
	}
	for _, s := range r.Stages {
		goal, due, now := none(), none(), count(s.Count)
		if s.To > 0 {
			goal, due = word(fmt.Sprintf("%d–%d", s.From, s.To)), count(s.DueBy)
			now = toned(now, s.Count >= s.DueBy)
		}
		ahead := none()
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

func (r *Report) conversionTable() pipeline.Table {
	t := pipeline.Table{
		Title: "Переходы с начала стратегии",
		Note:  "Сколько компаний, дошедших до этапа, пошли дальше. Недавние ещё в пути, поэтому доля растёт со временем.",
		Head:  []string{"Переход", "Было", "Перешло", "Доля", "План"},
	}
	for i := range r.Conversions {
		c := &r.Conversions[i]
		goal := word(percent(c.Goal))
		if c.Most > 0 {
			goal = word(percent(c.Goal) + "–" + percent(c.Most))
		}
		got := none()
		if v, ok := c.Share(); ok {
			got = toned(share(v), v >= c.Goal)
		}
		t.Rows = append(t.Rows, []pipeline.Value{word(c.Title), count(c.Of), count(c.Got), got, goal})
	}
	return t
}

func percent(v float64) string { return strconv.FormatFloat(100*v, 'f', -1, 64) + " %" }

func (r *Report) yearTable() pipeline.Table {
	t := pipeline.Table{Title: "Воронка по месяцам стратегии", Head: []string{"Месяц", "Звонков"}}
	for _, s := range r.Stages {
		t.Head = append(t.Head, s.Title)
	}
	t.Head = append(t.Head, "Выручка, ₽")
	for _, m := range r.Months[max(0, len(r.Months)-12):] {
		row := []pipeline.Value{word(fmt.Sprintf("%d, с %s", m.Month, m.From.Russian())), count(m.Dials)}
		for _, s := range r.Stages {
			row = append(row, count(m.Counts[s.ID]))
		}
		t.Rows = append(t.Rows, append(row, roubles(m.Revenue)))
	}
	return t
}

func (r *Report) moneyTable() pipeline.Table {
	m := &r.Money
	t := pipeline.Table{
		Title: "Деньги",
		Note:  "Действующий клиент — с договором или заказом за последние полгода. LTV — выручка на клиента на сегодня. CAC — расходы из plan.spend на нового клиента тех же месяцев.",
		Head:  []string{"Показатель", "Значение"},
	}
	if m.Unpriced > 0 {
		t.Note += fmt.Sprintf(" Повторных заказов без суммы: %d.", m.Unpriced)
	}
	add := func(title string, v pipeline.Value) { t.Rows = append(t.Rows, []pipeline.Value{word(title), v}) }
	add("Действующих клиентов", count(m.Clients))
	add("Клиентов за всё время", count(m.Ever))
	add("Выручка за месяц, ₽", roubles(m.RevenueMonth))
	add("Выручка с начала, ₽", roubles(m.Revenue))
	add("Средний заказ, ₽", maybe(m.AverageOrder))
	repeat := none()
	if m.RepeatShare != nil {
		repeat = share(*m.RepeatShare)
	}
	add("Доля клиентов с повторным заказом", repeat)
	add("LTV, ₽", maybe(m.LTV))
	add("CAC, ₽", maybe(m.CAC))
	return t
}

func maybe(n *int64) pipeline.Value {
	if n == nil {
		return none()
	}
	return roubles(*n)
}

func (r *Report) milestoneTable() pipeline.Table {
	t := pipeline.Table{
		Title: "Цели по деньгам", Note: "Прочерк — цель не задана (plan.milestones) или данных пока нет.",
		Head: []string{"К концу месяца", "Клиентов", "Прогноз клиентов", "Выручка за месяц, ₽", "Средний заказ, ₽", "Повторные", "LTV, ₽", "CAC не больше, ₽"},
	}
	for i, g := range r.Money.Milestones {
		row := []pipeline.Value{word(fmt.Sprintf("%d (%s)", g.Month, g.By)), goalCount(g.Clients), none()}
		if i < len(r.Forecast.Clients) && r.Forecast.Clients[i] >= 0 {
			row[2] = toned(count(r.Forecast.Clients[i]), r.Forecast.Clients[i] >= g.Clients)
		}
		row = append(row, goalMoney(g.Revenue), goalMoney(g.AverageOrder), goalShare(g.RepeatShare), goalMoney(g.LTV), goalMoney(g.CAC))
		t.Rows = append(t.Rows, row)
	}
	return t
}

func goalCount(n int) pipeline.Value {
	if n == 0 {
		return none()
	}
	return count(n)
}

func goalMoney(n int64) pipeline.Value {
	if n == 0 {
		return none()
	}
	return roubles(n)
}

func goalShare(v float64) pipeline.Value {
	if v == 0 {
		return none()
	}
	return share(v)
}

// lineTable is what came of the calls by group.
func lineTable(title, note, first string, lines []Line) pipeline.Table {
	t := pipeline.Table{Title: title, Note: note, Head: []string{first, "Компаний", "Звонков", "Контактов", "С потребностью", "КП", "Договоров", "Потребность из контактов"}}
	for _, l := range lines {
		row := []pipeline.Value{word(l.Name), count(l.Called), count(l.Dials), count(l.Contacts), count(l.Qualified), count(l.Offers), count(l.Contracts), none()}
		if l.Contacts > 0 {
			row[7] = share(float64(l.Qualified) / float64(l.Contacts))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
