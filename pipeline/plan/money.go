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

// purse adds up what clients bring.
type purse struct {
	clients, active, repeated int
	revenue                   int64
	orders, unpriced          int
	ofClients                 int64 // revenue of those who are clients
}

func (p *purse) company(stand []store.Result, until company.Date) {
	var since, last company.Date
	var revenue int64
	again := false
	for i := range stand {
		r := &stand[i]
		rule, _ := funnel.RuleOf(r.Outcome)
		if !rule.Order {
			continue
		}
		revenue += r.Amount
		if r.Amount > 0 {
			p.orders++
		} else if r.Outcome == funnel.RepeatOrder {
			p.unpriced++
		}
		if reached(r.Outcome) >= Contracts {
			if since == 0 {
				since = r.Day
			}
			last, again = r.Day, again || r.Outcome == funnel.RepeatOrder
		}
	}
	p.revenue += revenue
	if since == 0 {
		return
	}
	p.clients++
	p.ofClients += revenue
	if last > until-activeDays {
		p.active++
	}
	if again {
		p.repeated++
	}
}

// sum is the money against the milestones.
func (a *account) sum() Money {
	p := &a.money
	m := Money{
		Clients: p.active, Ever: p.clients, Revenue: p.revenue, RevenueMonth: a.revenue[a.month],
		Orders: p.orders, Unpriced: p.unpriced, CAC: a.cac(),
	}
	if p.orders > 0 {
		m.AverageOrder = new(p.revenue / int64(p.orders))
	}
	if p.clients > 0 {
		m.RepeatShare = new(float64(p.repeated) / float64(p.clients))
		m.LTV = new(p.ofClients / int64(p.clients))
	}
	for _, goal := range a.config.Plan.Milestones {
		m.Milestones = append(m.Milestones, Milestone{
			Month: goal.Month, By: a.period.last(goal.Month).Russian(), Clients: goal.Clients, Revenue: goal.Revenue,
			AverageOrder: goal.AverageOrder, RepeatShare: goal.RepeatShare, LTV: goal.LTV, CAC: goal.CAC,
		})
	}
	return m
}

// cac is what a new client cost, over the months whose spend is told; a month of
// the calendar stands for the one of the strategy that begins in it.
func (a *account) cac() *int64 {
	var spend int64
	clients := 0
	for month := 1; month <= a.month; month++ {
		t := a.period.first(month).Time()
		roubles, told := a.config.Plan.Spend[fmt.Sprintf("%04d-%02d", t.Year(), int(t.Month()))]
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
