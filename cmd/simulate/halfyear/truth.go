package halfyear

import (
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// talk is what a call brings.
type talk struct {
	outcome string
	in      int // working days until the agreed contact; 0 = none agreed
	hour    int // minutes since midnight in Moscow; 0 = any
	amount  int64
	phone   string // a better number that was told
	person  string
	consent string // as the column takes it
	comment string
}

// history is what the firm remembers of the calls; the program is told of it only
// by what managers write.
type history struct {
	dials int
	stage int // talks that went well
}

// call dials one number of a firm in the first or second half of its day.
func (c chance) call(f *firm, h *history, phone string, morning bool) talk {
	h.dials++
	draw := func(what string) float64 { return c.of("call", f.inn, h.dials, what) }
	answers := f.evening
	if morning {
		answers = f.morning
	}
	switch {
	case f.right != phone && len(f.phones) > 0 && phone == f.phones[0] && f.right != f.phones[0]:
		return talk{outcome: funnel.NoSuchNumber}
	case draw("answers") > answers:
		return talk{outcome: funnel.NoAnswer}
	case f.hostile:
		return talk{outcome: funnel.DoNotCall, comment: "просили больше не звонить"}
	case h.stage == 0 && draw("reception") < 0.25:
		return talk{outcome: funnel.NotDecider, person: "Мария", comment: "снабженец будет завтра"}
	case h.stage == 0 && draw("busy") < 0.2:
		return talk{outcome: funnel.CallBack, in: 1 + int(draw("in")*9), hour: agreedHour(draw("hour")), comment: "=просили перезвонить"}
	case f.alien:
		return talk{outcome: funnel.NotOurs}
	case !f.needs && draw("refuses") < 0.1:
		return talk{outcome: funnel.NotInterested, consent: "нет"}
	case !f.needs:
		return talk{outcome: funnel.NotInterested}
	}
	return c.goOn(f, h, draw)
}

// agreedHour is none in half of the cases.
func agreedHour(draw float64) int {
	if draw < 0.5 {
		return 0
	}
	return 600 + int((draw-0.5)*8)*30
}

// goOn is a talk with somebody who needs bearings.
func (c chance) goOn(f *firm, h *history, draw func(string) float64) talk {
	further := draw("further")
	switch h.stage {
	case 0:
		h.stage = 1
		t := talk{outcome: funnel.Interest, comment: "нужны 6205 и 30307"}
		if further < 0.3 {
			t.phone = "+79078" + string(f.inn[3:9])
		}
		return t
	case 1:
		h.stage = 2
		return talk{outcome: funnel.OfferSent, consent: "да", comment: "согласие на письма, сказал по телефону"}
	case 2:
		if further < 0.5 {
			h.stage = 3
			return talk{outcome: funnel.Trial, amount: 5000 + int64(further*20000)}
		}
		return talk{outcome: funnel.OfferSent, in: 4}
	case 3:
		if further < 0.7 {
			h.stage = 4
			return talk{outcome: funnel.Contract, amount: 60000 + int64(further*100000)}
		}
		return talk{outcome: funnel.NotInterested, comment: "проба не подошла"}
	}
	if further < 0.3 {
		return talk{outcome: funnel.RepeatOrder, amount: 40000 + int64(further*100000)}
	}
	return talk{outcome: funnel.CallBack, in: 10}
}

// dial is one call as it was, whether the program ever hears of it or not.
type dial struct {
	day     company.Date
	inn     company.INN
	manager string
	phone   string
	talk    talk
	next    company.Date // what was written into «Следующий контакт»; 0 = nothing
}
