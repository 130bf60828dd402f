package funnel

import (
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// next finds when the company's turn comes after a call.
func (f *folding) next(r *store.Result, rule Rule, freshNumber bool) {
	if !rule.Decided {
		f.attempt(r, rule, freshNumber)
		return
	}
	if r.Outcome != f.decided {
		f.decided, f.inARow = r.Outcome, 0
	}
	f.inARow++
	f.tries = 0
	switch stuck := rule.then == thenCallBack && f.inARow > f.rules.CallBackMoves; {
	case stuck:
		f.wait(BandStuck, 0)
	case rule.Next && named(r):
		f.agree(r, rule.Answered)
	default:
		f.decide(r.Day, rule)
	}
}

// decide follows the cadence of a result that says where the company stands.
func (f *folding) decide(day company.Date, rule Rule) {
	switch rule.then {
	case thenCallBack:
		f.wait(BandAgreed, f.after(day, 1))
	case thenRefusal:
		f.wait(BandRest, f.from(day+company.Date(f.rules.RefusalRest)))
		f.Refused = day
	case thenInterest:
		f.wait(BandFollow, f.after(day, step(f.rules.InterestAfter, f.inARow)))
	case thenOffer:
		if f.inARow > len(f.rules.OfferAfter) {
			f.wait(BandStuck, 0)
			return
		}
		f.wait(BandFollow, f.after(day, step(f.rules.OfferAfter, f.inARow)))
	case thenTrial:
		f.wait(BandTrial, f.after(day, step(f.rules.TrialAfter, f.inARow)))
	case thenClient:
		f.wait(BandClient, 0)
	}
}

// attempt follows a call that reached nobody who decides. If it was made out of
// turn, the day that stands still stands.
func (f *folding) attempt(r *store.Result, rule Rule, freshNumber bool) {
	turn := f.Band == BandNew || f.DueOn(r.Day) || f.Band == BandRetry && !f.said
	switch {
	case named(r):
		f.named(r, rule, freshNumber)
	case !turn:
		if f.Refused != 0 && !freshNumber {
			f.Woken++
		}
	case freshNumber:
		f.wait(BandRetry, f.after(r.Day, 1))
	default:
		f.retry(r)
	}
}

// named follows an attempt that names a day, so often: then the company rests as
// after others, and where somebody keeps putting it off the head decides.
func (f *folding) named(r *store.Result, rule Rule, freshNumber bool) {
	switch {
	case freshNumber:
		f.agree(r, false)
	case f.tries+1 < f.rules.RetryAttempts:
		f.tries++
		f.agree(r, rule.Answered)
	case rule.Answered:
		f.wait(BandStuck, 0)
	default:
		f.retry(r)
	}
}

// retry spaces the attempts, by turns in the halves of the day, and rests after
// the last.
func (f *folding) retry(r *store.Result) {
	f.tries++
	if f.tries >= f.rules.RetryAttempts {
		f.tries = 0
		f.wait(BandRest, f.from(r.Day+company.Date(f.rules.RetryRest)))
	} else {
		f.wait(BandRetry, f.after(r.Day, step(f.rules.RetryAfter, f.tries)))
	}
	f.Half = f.otherHalf(r.Half)
}

// otherHalf is the half of the day to try next. Where the last one is not
// known, odd attempts are for the morning and even ones for the evening.
func (f *folding) otherHalf(last store.Half) store.Half {
	if last == store.HalfMorning || last == store.HalfAny && f.Attempt%2 == 0 {
		return store.HalfEvening
	}
	return store.HalfMorning
}

// onboardingGrace is for how many days after its last day a call of the first
// weeks still makes sense: the length of a manager's holiday.
const onboardingGrace = 14

// client puts the days of onboarding between what else a client waits for.
// Attempts that reached nobody end with the next of them instead of a rest.
func (f *folding) client(day company.Date) {
	if f.ClientSince == 0 {
		return
	}
	if f.Band == BandOnboarding || f.Band == BandRest && f.decided != NotInterested {
		f.wait(BandClient, 0)
	}
	if f.Band == BandStuck || f.Band == BandRest || f.Band == BandAgreed || f.said {
		return
	}
	due := f.onboarding(day)
	if due == 0 || f.Due != 0 && f.Due < due {
		return
	}
	steps := f.rules.Onboarding
	f.wait(BandOnboarding, due)
	f.Until = f.ClientSince + company.Date(steps[len(steps)-1]+onboardingGrace)
}

// onboarding is the first of its days after the given one; 0 = none is left.
func (f *folding) onboarding(day company.Date) company.Date {
	if f.OldClient {
		return 0
	}
	for _, n := range f.rules.Onboarding {
		if due := f.from(f.ClientSince + company.Date(n)); due > day {
			return due
		}
	}
	return 0
}
