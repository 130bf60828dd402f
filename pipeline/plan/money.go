package plan

import (
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// activeDays is for how long after its last order a client counts as an active
// one.
const activeDays = 183

// purse adds up what clients bring: those won since the strategy began with the
// trial batches of who may become one, and apart from them the old ones.
type purse struct {
	won, active, repeated int
	revenue               int64
	orders, unpriced      int
	ofClients             int64 // revenue of those who are clients
	oldActive             int
	oldMonth, oldRevenue  int64
}

// earned adds the orders of a company; recent are its results since the strategy
// began.
func (a *account) earned(stand, recent []store.Result, j *journey) {
	p := &a.money
	active := lastOrder(stand) > a.until-activeDays
	if j.old && active {
		p.oldActive++
	}
	var revenue int64
	for i := range recent {
		r := &recent[i]
		if rule, _ := funnel.RuleOf(r.Outcome); !rule.Order {
			continue
		}
		revenue += r.Amount
		month := a.period.month(r.Day)
		if j.old {
			if month == a.month {
				p.oldMonth += r.Amount
			}
			continue
		}
		a.revenue[month] += r.Amount
		if r.Amount > 0 {
			p.orders++
		} else if r.Outcome == funnel.RepeatOrder {
			p.unpriced++
		}
	}
	if j.old {
		p.oldRevenue += revenue
		return
	}
	p.revenue += revenue
	if j.days[Contracts] == 0 {
		return
	}
	p.won++
	p.ofClients += revenue
	if active {
		p.active++
	}
	if j.days[Repeats] != 0 {
		p.repeated++
	}
}

// lastOrder is the last day of a contract or a repeat order; 0 = none.
func lastOrder(stand []store.Result) (last company.Date) {
	for i := range stand {
		if stageOf(stand[i].Outcome) >= Contracts {
			last = stand[i].Day
		}
	}
	return last
}

// sum is the money against the milestones.
func (a *account) sum() Money {
	p := &a.money
	m := Money{
		Clients: p.active, Won: p.won, Revenue: p.revenue, RevenueMonth: a.revenue[a.month],
		Orders: p.orders, Unpriced: p.unpriced, CAC: a.cac(),
		OldClients: p.oldActive, OldRevenue: p.oldRevenue, OldRevenueMonth: p.oldMonth, Milestones: []Milestone{},
	}
	if p.orders > 0 {
		m.AverageOrder = new(p.revenue / int64(p.orders))
	}
	if p.won > 0 {
		m.RepeatShare = new(float64(p.repeated) / float64(p.won))
		m.LTV = new(p.ofClients / int64(p.won))
	}
	for _, goal := range a.config.Plan.Milestones {
		m.Milestones = append(m.Milestones, Milestone{
			Month: goal.Month, By: a.period.last(goal.Month), Clients: goal.Clients, Forecast: a.clientsBy(a.period.last(goal.Month)),
			Revenue: goal.Revenue, AverageOrder: goal.AverageOrder, RepeatShare: goal.RepeatShare, LTV: goal.LTV, CAC: goal.CAC,
		})
	}
	return m
}

// spent is what winning clients cost in a month of the strategy: that of the month
// of the calendar in which it begins.
func (a *account) spent(month int) (roubles int64, told bool) {
	t := a.period.first(month).Time()
	roubles, told = a.config.Plan.Spend[fmt.Sprintf("%04d-%02d", t.Year(), int(t.Month()))]
	return roubles, told
}

// cac is what a new client cost, over the months whose spend is told.
func (a *account) cac() *int64 {
	var spend int64
	clients := 0
	for month := 1; month <= a.month; month++ {
		roubles, told := a.spent(month)
		if !told {
			continue
		}
		spend += roubles
		if c := a.counts[month]; c != nil {
			clients += c[Contracts]
		}
	}
	if clients == 0 {
		return nil
	}
	return new(spend / int64(clients))
}
