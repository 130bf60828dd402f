package funnel

import (
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Progress is what the results of a company come to. The zero value, but for
// Attempt, is a company that was never called.
type Progress struct {
	INN   company.INN
	Stage Stage
	Band  Band

	Dials    int // results with an outcome, but for those that only say that it is a client
	Contacts int // those where a person answered
	Attempt  int // number of the coming call, from 1

	First   company.Date // of the calls; 0 = none
	LastDay company.Date
	Last    store.Result // the last with an outcome
	Manager string       // who called last; "" = not known

	Due   company.Date // first day on which its turn comes; 0 = not by itself
	Until company.Date // last day on which it still makes sense; 0 = for ever
	At    int          // hour that was agreed, minutes since midnight in Moscow; 0 = any
	Half  store.Half   // of the company's day in which to try

	Refused company.Date // day of the «Не интересно» that it rests after; 0 = it rests after none
	Woken   int          // attempts made within that rest

	Calls     []company.Date // days of the calls of the seven days that end with LastDay, newest first, one for each call
	BadPhones []string       // E.164, rising: nobody is there

	ClientSince company.Date           // first contract or order; 0 = no client
	OldClient   bool                   // was one before ClientSince, nobody says since when: it is not welcomed
	Reached     bool                   // somebody has answered once
	Consent     string                 // what was said last; a refusal stays
	Days        map[Stage]company.Date // first day of each stage that a result has shown; StageOut only while it is out
	Orders      []Order                // those whose day is known
}

// Order is money that a result tells of.
type Order struct {
	Day     company.Date
	Outcome string // Trial, Contract or RepeatOrder
	Roubles int64  // 0 = not told
}

// Since returns the first day on which the company stood at a stage or beyond;
// 0 = it never did. It is told of companies that are out, too.
func (p *Progress) Since(stage Stage) company.Date {
	first := company.Date(0)
	for s, day := range p.Days {
		out := s == StageOut && stage != StageOut
		if s >= stage && !out && (first == 0 || day < first) {
			first = day
		}
	}
	return first
}

// DueOn tells whether its turn has come on a day.
func (p *Progress) DueOn(day company.Date) bool {
	return p.Due != 0 && p.Due <= day && (p.Until == 0 || day <= p.Until)
}

// Overdue tells whether a call was agreed for an earlier day.
func (p *Progress) Overdue(day company.Date) bool {
	return p.Band == BandAgreed && p.Due != 0 && p.Due < day
}

// dialable returns those numbers, in the form of company.FieldPhone, that were
// not found to be wrong, in their order.
func (p *Progress) dialable(phones []string) []string {
	if len(p.BadPhones) == 0 {
		return phones
	}
	return slices.DeleteFunc(slices.Clone(phones), func(v string) bool { return slices.Contains(p.BadPhones, e164(v)) })
}

// BandOn is what the company waits for on a day, when these are all its
// numbers, in the form of company.FieldPhone: BandNoNumber if each was found to
// be wrong, BandClient if its first weeks have gone by.
func (p *Progress) BandOn(day company.Date, phones []string) Band {
	switch {
	case p.Band != BandOut && len(p.BadPhones) > 0 && len(p.dialable(phones)) == 0:
		return BandNoNumber
	case p.Until != 0 && day > p.Until:
		return BandClient
	}
	return p.Band
}

// e164 is a phone without its extension: behind a number that does not exist
// there is no extension either.
func e164(phone string) string {
	number, _, _ := strings.Cut(phone, ";")
	return number
}
