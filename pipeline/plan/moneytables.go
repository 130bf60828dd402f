package plan

import (
	"fmt"

	"obzvon/pipeline"
)

// goalsAtMost is how many milestones stand side by side.
const goalsAtMost = 4

// moneyTable is the money of today beside the milestones.
func (r *Report) moneyTable() pipeline.Table {
	m := &r.Money
	if m.Won == 0 && m.Revenue == 0 && m.OldClients == 0 && m.OldRevenue == 0 {
		return pipeline.Table{}
	}
	t := pipeline.Table{
		Title: "Деньги",
		Note:  "Клиенты, полученные с начала стратегии; прежние — отдельно, внизу. Действующий — с договором или заказом за последние полгода. LTV — выручка на клиента на сегодня. CAC — расходы (plan.spend) на нового клиента тех же месяцев, цель — не больше. Прогноз — если новые приходят, как в последние недели, а нынешние остаются. Прочерк — цель не задана или данных пока нет.",
		Head:  []string{"Показатель", "Сейчас"},
	}
	if m.Unpriced > 0 {
		t.Note += fmt.Sprintf(" Повторных заказов без суммы: %d.", m.Unpriced)
	}
	next := r.nextGoal()
	from := max(0, min(next, len(m.Milestones)-goalsAtMost))
	goals := m.Milestones[from:min(len(m.Milestones), from+goalsAtMost)]
	for _, g := range goals {
		t.Head = append(t.Head, fmt.Sprintf("Цель: %d-й месяц, по %s", g.Month, g.By.Russian()))
	}
	// row adds a line: today's figure, toned by the goal that comes next, and the goals.
	row := func(title string, now pipeline.Value, goal func(Milestone) pipeline.Value, least bool) {
		if next < len(m.Milestones) && goal != nil {
			now = r.against(now, goal(m.Milestones[next]), least, r.Month >= m.Milestones[next].Month)
		}
		cells := []pipeline.Value{word(title), now}
		for _, g := range goals {
			v := none()
			if goal != nil {
				v = goal(g)
			}
			cells = append(cells, v)
		}
		t.Rows = append(t.Rows, cells)
	}
	row("Действующих клиентов", count(m.Clients), func(g Milestone) pipeline.Value { return goalCount(g.Clients) }, true)
	row("— прогноз", none(), forecastOf, true)
	row("Выручка за месяц, ₽", roubles(m.RevenueMonth), func(g Milestone) pipeline.Value { return goalMoney(g.Revenue) }, true)
	row("Средний заказ, ₽", maybe(m.AverageOrder), func(g Milestone) pipeline.Value { return goalMoney(g.AverageOrder) }, true)
	row("Доля клиентов с повторным заказом", maybeShare(m.RepeatShare), func(g Milestone) pipeline.Value { return goalShare(g.RepeatShare) }, true)
	row("LTV, ₽", maybe(m.LTV), func(g Milestone) pipeline.Value { return goalMoney(g.LTV) }, true)
	row("CAC, ₽", maybe(m.CAC), func(g Milestone) pipeline.Value { return goalMoney(g.CAC) }, false)
	row("Новых клиентов с начала стратегии", count(m.Won), nil, true)
	row("Выручка с начала стратегии, ₽", roubles(m.Revenue), nil, true)
	if m.OldClients > 0 || m.OldRevenue > 0 {
		row("Прежних действующих клиентов", count(m.OldClients), nil, true)
		row("— их выручка за месяц, ₽", roubles(m.OldRevenueMonth), nil, true)
		row("— с начала стратегии, ₽", roubles(m.OldRevenue), nil, true)
	}
	return t
}

// nextGoal is the first milestone that is still to come, or is due this month; as
// many as there are = all have passed.
func (r *Report) nextGoal() int {
	for i, g := range r.Money.Milestones {
		if g.Month >= r.Month {
			return i
		}
	}
	return len(r.Money.Milestones)
}

// against tones today's figure: good once the goal is reached, short only in the
// month in which it is due.
func (r *Report) against(now, goal pipeline.Value, least, due bool) pipeline.Value {
	if now.Kind == pipeline.ValueNone || goal.Kind == pipeline.ValueNone {
		return now
	}
	good := now.Number >= goal.Number
	if !least {
		good = now.Number <= goal.Number
	}
	if good || due {
		return toned(now, good)
	}
	return now
}

// forecastOf is the forecast of clients beside the goal.
func forecastOf(g Milestone) pipeline.Value {
	if g.Forecast == nil {
		return none()
	}
	v := count(*g.Forecast)
	if g.Clients > 0 {
		v = toned(v, *g.Forecast >= g.Clients)
	}
	return v
}

// earningsTable is the money month by month.
func (r *Report) earningsTable() pipeline.Table {
	t := pipeline.Table{Title: "Деньги по месяцам стратегии", Note: "Без прежних клиентов.", Head: []string{"Месяц", "Новых клиентов", "Выручка, ₽", "Расходы, ₽", "CAC, ₽"}}
	any := false
	for _, m := range r.running() {
		row := []pipeline.Value{word(fmt.Sprintf("%d, с %s", m.Month, m.From.Russian())), count(m.Counts[stageIDs[Contracts]]), roubles(m.Revenue), maybe(m.Spent), none()}
		if n := m.Counts[stageIDs[Contracts]]; m.Spent != nil && n > 0 {
			row[4] = roubles(*m.Spent / int64(n))
		}
		any = any || m.Revenue != 0 || m.Spent != nil || m.Counts[stageIDs[Contracts]] > 0
		t.Rows = append(t.Rows, row)
	}
	if !any {
		return pipeline.Table{}
	}
	return t
}
