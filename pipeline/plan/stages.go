package plan

import (
	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// The stages of the plan, each beyond the one before.
const (
	Contacts = iota
	Qualified
	Offers
	Trials
	Contracts
	Repeats
	stageCount
)

var stageIDs = [stageCount]string{"contacts", "qualified", "offers", "trials", "contracts", "repeats"}

var stageTitles = [stageCount]string{
	"Контакты: ответил человек", "С потребностью", "КП отправлено", "Тестовые партии", "Новые клиенты", "Повторные заказы",
}

// targetOf is what a month is to bring.
func targetOf(p *config.Plan, stage int) config.Span {
	switch stage {
	case Contacts:
		return p.Contacts
	case Qualified:
		return p.Qualified
	case Offers:
		return p.Offers
	case Trials:
		return p.Trials
	case Contracts:
		return p.Contracts
	}
	return config.Span{}
}

// reached is the furthest stage that an outcome shows; -1 = nobody answered.
func reached(outcome string) int {
	switch outcome {
	case funnel.Interest:
		return Qualified
	case funnel.OfferSent:
		return Offers
	case funnel.Trial:
		return Trials
	case funnel.Contract:
		return Contracts
	case funnel.RepeatOrder:
		return Repeats
	}
	if rule, ok := funnel.RuleOf(outcome); ok && rule.Answered {
		return Contacts
	}
	return -1
}

// firsts are the days on which a company came so far or further; 0 = never.
func firsts(stand []store.Result, until company.Date) (days [stageCount]company.Date) {
	for i := range stand {
		r := &stand[i]
		if r.Day > until {
			continue
		}
		for s := 0; s <= reached(r.Outcome); s++ {
			if days[s] == 0 || r.Day < days[s] {
				days[s] = r.Day
			}
		}
	}
	return days
}
