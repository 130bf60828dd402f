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
	"Контакты: ответил человек", "С потребностью", "КП отправлено", "Тестовые партии", "Новые клиенты", "Клиенты с повторным заказом",
}

var shortTitles = [stageCount]string{"Контакты", "Потребность", "КП", "Тест", "Договор", "Повтор"}

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

// stageOf is the furthest stage that an outcome shows; -1 = nobody answered.
func stageOf(outcome string) int {
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

// journey is how far one company came.
type journey struct {
	days  [stageCount]company.Date // on which it came so far or further; 0 = never
	old   bool                     // a client before, see the package
	offer *store.Result            // by which it came to an offer first; nil = it did not
}

// travelled follows the results of a company, which rise by day.
func travelled(stand []store.Result, start company.Date) journey {
	var j journey
	for i := range stand {
		r := &stand[i]
		stage := stageOf(r.Outcome)
		if known(r) {
			if j.days[Contracts] == 0 {
				return journey{old: true}
			}
			continue
		}
		for s := 0; s <= stage; s++ {
			if j.days[s] == 0 {
				j.days[s] = r.Day
			}
		}
		if j.offer == nil && stage >= Offers {
			j.offer = r
		}
	}
	told := stand[0].List == "" && stageOf(stand[0].Outcome) >= Contracts
	if j.days[Contracts] != 0 && (told || j.days[Contracts] < start) {
		return journey{old: true}
	}
	return j
}

// known tells what a table says of a client without a day: that it is one, and
// nothing of when.
func known(r *store.Result) bool { return r.Undated && stageOf(r.Outcome) >= Contracts }

// passing counts companies that reached a stage in a period, and those of them
// that have gone on since.
type passing struct {
	from          company.Date
	of, got       [stageCount]int
	dials, offers int // offers that a dial led to
}

func (p *passing) add(j *journey) {
	for s, day := range j.days {
		if day == 0 || day < p.from {
			continue
		}
		p.of[s]++
		if s < Repeats && j.days[s+1] != 0 {
			p.got[s]++
		}
	}
}

// reached adds the stages of a company to the months, and to what went on.
func (a *account) reached(j *journey) {
	a.inMonth.add(j)
	a.inYear.add(j)
	for stage, day := range j.days {
		month := a.period.month(day)
		if month == 0 || stage == Contacts { // contacts are counted in calls, month by month
			continue
		}
		a.countsOf(month)[stage]++
		if day >= a.pace.from {
			a.pace.counts[stage]++
		}
	}
}

func (a *account) countsOf(month int) *[stageCount]int {
	if a.counts[month] == nil {
		a.counts[month] = &[stageCount]int{}
	}
	return a.counts[month]
}
