package config

import (
	"fmt"
	"time"
)

// plan checks what is to be reached.
func (c *checker) plan(p *Plan) {
	for key, span := range map[string]Span{
		"contacts": p.Contacts, "qualified": p.Qualified, "offers": p.Offers, "trials": p.Trials, "contracts": p.Contracts,
	} {
		c.need(span.From >= 0 && span.From <= span.To, "plan."+key, nil, "want {from, to}, from not above to")
	}
	for key, v := range map[string]float64{
		"contact_qualified": p.Conversions.ContactQualified, "qualified_offer": p.Conversions.QualifiedOffer,
		"offer_trial": p.Conversions.OfferTrial, "trial_contract": p.Conversions.TrialContract,
		"contract_repeat": p.Conversions.ContractRepeat,
	} {
		c.share("plan.conversions."+key, v)
	}
	ok := len(p.DialOffer) == 2 && p.DialOffer[0] >= 0 && p.DialOffer[0] <= p.DialOffer[1] && p.DialOffer[1] <= 1
	c.need(ok, "plan.dial_offer", nil, "want [least, most], shares from 0 to 1")
	for i, m := range p.Milestones {
		path := fmt.Sprintf("plan.milestones[%d]", i)
		c.between(path+".month", m.Month, 1, 240)
		c.need(i == 0 || m.Month > p.Milestones[i-1].Month, path+".month", m.Month, "want months that rise")
		c.share(path+".repeat_share", m.RepeatShare)
		c.need(m.Clients >= 0 && m.Revenue >= 0 && m.AverageOrder >= 0 && m.LTV >= 0 && m.CAC >= 0, path, nil, "want numbers of 0 or more")
	}
	for month, roubles := range p.Spend {
		_, err := time.Parse("2006-01", month)
		c.need(err == nil, "plan.spend."+month, month, `want a month in quotes such as "2026-11"`)
		c.need(roubles >= 0, "plan.spend."+month, roubles, "want roubles, 0 or more")
	}
}

// cadence checks when companies are called again.
func (c *checker) cadence(d *Cadence) {
	for key, days := range map[string][]int{
		"retry_after": d.RetryAfter, "interest_after": d.InterestAfter, "offer_after": d.OfferAfter,
		"trial_after": d.TrialAfter, "onboarding": d.Onboarding,
	} {
		c.need(len(days) > 0 || key == "onboarding", "cadence."+key, nil, "want a list of days such as [1, 3]")
		for i, n := range days {
			c.between(fmt.Sprintf("cadence.%s[%d]", key, i), n, 1, 366)
		}
	}
	for i := 1; i < len(d.Onboarding); i++ {
		c.need(d.Onboarding[i] > d.Onboarding[i-1], fmt.Sprintf("cadence.onboarding[%d]", i), d.Onboarding[i], "want days that rise")
	}
	c.between("cadence.retry_attempts", d.RetryAttempts, 1, 50)
	c.between("cadence.retry_rest", d.RetryRest, 1, 3650)
	c.between("cadence.call_back_moves", d.CallBackMoves, 1, 50)
	c.between("cadence.refusal_rest", d.RefusalRest, 1, 3650)
}
