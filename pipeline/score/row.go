package score

import (
	"math"

	"obzvon/pipeline/company"
)

// MaxSegments is how many segments a row has room for.
const MaxSegments = 16

// Unknown is the headcount or revenue of which nothing is known, which is not
// the same as none.
const Unknown = -1

// Row holds all that scoring needs of one company. It depends on the segments
// file only through its match part: Match is by the order of the segments,
// and Marks by the vetoes. All days but Registered are kept in two bytes: see
// shortDay.
type Row struct {
	inn innKey

	Revenue    int64              // thousand roubles, newest year; Unknown
	Match      [MaxSegments]Match // by the segments' order
	Headcount  int32              // persons, newest year; Unknown
	Registered company.Date       // 0 = unknown
	Known      company.Date       // first day on which it was named; 0 = unknown
	Seen       company.Date       // newest date of sources that have no bit in Whole; 0 = unknown
	Tender     company.Date       // last day for offers of the tender that is open longest; 0 = none known
	Notice     company.Date       // day of the newest tender's notice; 0 = none known
	Fair       company.Date       // first day of the latest fair at which it exhibits; 0 = none known
	Supply     company.Date       // day of the newest contract with another supplier; 0 = none known
	Whole      uint16             // whole releases that hold it, by the bits of Releases
	Branches   uint16             // places listed; 0 = unknown
	Region     uint8              // code of the subject; 0 = unknown
	SME        uint8              // 1 micro, 2 small, 3 medium; 0 = unknown
	Status     Status
	Reach      Reach
	Given      Given
	Marks      Marks
	Origin     Origin
	Risks      Risks
}

// INN returns whose row it is.
func (r *Row) INN() company.INN { return r.inn.INN() }

// Level is how well an activity code fits a segment.
type Level uint8

// The levels, rising.
const (
	LevelNone Level = iota
	LevelWeak
	LevelAdjacent
	LevelCore
)

// Match says in one byte by what a company matches one segment: three levels
// of two bits (main, reported, additional code), then word, then rubric.
type Match uint8

const (
	reportedShift = 2
	extraShift    = 4
	levelMask     = 3
	wordBit       = 1 << 6
	rubricBit     = 1 << 7
)

// Main is the level of the main code.
func (m Match) Main() Level { return Level(m & levelMask) }

// Reported is the level of the main code by the firm's own reporting.
func (m Match) Reported() Level { return Level(m >> reportedShift & levelMask) }

// Extra is the best level among additional codes.
func (m Match) Extra() Level { return Level(m >> extraShift & levelMask) }

// Word tells that a word of the segment stands in the name or the domain.
func (m Match) Word() bool { return m&wordBit != 0 }

// Rubric tells that a directory lists the company under the segment's rubric.
func (m Match) Rubric() bool { return m&rubricBit != 0 }

func matchOf(main, reported, extra Level, word, rubric bool) Match {
	m := Match(main) | Match(reported)<<reportedShift | Match(extra)<<extraShift
	if word {
		m |= wordBit
	}
	if rubric {
		m |= rubricBit
	}
	return m
}

// Reach says how a company can be reached.
type Reach uint8

// The bits of Reach. ReachListed means that a directory with contacts lists
// the company, so that what is missing there is missing and not just unknown.
const (
	ReachPhone  Reach = 1 << iota // a number a person can dial
	ReachMobile                   // one of them is a mobile
	ReachEmail
	ReachSite
	ReachPerson // whom to ask for is known; a sole proprietor is that person
	ReachListed

	reachAll = ReachListed<<1 - 1
)

// Origin says from where comes what makes a company worth dialling, so that
// each step of the night can be told what it added. A number that several gave
// has the bits of all.
type Origin uint8

// The bits of Origin: a number that a person can dial, or whom to ask for,
// under the company's own ИНН, by a join, by asking an enricher.
const (
	OriginPhoneSource Origin = 1 << iota
	OriginPhoneJoined
	OriginPhoneAsked
	OriginBuyerSource
	OriginBuyerJoined
	OriginBuyerAsked

	originAll = OriginBuyerAsked<<1 - 1
)

// Risks are what registries of trouble say of a company.
type Risks uint8

// The bits of Risks, one for each company.Risk.
const (
	RiskBankruptcy Risks = 1 << iota
	RiskUnfair
	RiskMassAddress
	RiskMassHead
	RiskDisqualified
	RiskDoubt
	RiskTaxDebt
	RiskNoReports

	// unclean are those that a company's status is no longer clean with. A case of
	// bankruptcy is a veto, and who supplies unfairly may still buy and pay.
	unclean = RiskMassAddress | RiskMassHead | RiskDisqualified | RiskDoubt | RiskTaxDebt | RiskNoReports
)

func riskOf(r company.Risk) Risks {
	switch r {
	case company.RiskBankruptcy:
		return RiskBankruptcy
	case company.RiskUnfair:
		return RiskUnfair
	case company.RiskMassAddress:
		return RiskMassAddress
	case company.RiskMassHead:
		return RiskMassHead
	case company.RiskDisqualified:
		return RiskDisqualified
	case company.RiskDoubt:
		return RiskDoubt
	case company.RiskTaxDebt:
		return RiskTaxDebt
	case company.RiskNoReports:
		return RiskNoReports
	}
	return 0
}

// shortDay keeps a day to those that two bytes can tell, from 1970 to 2149: one
// before them is unknown, one behind them the last. No source needs others, but
// some print them.
func shortDay(d company.Date) company.Date { return min(max(d, 0), math.MaxUint16) }

// Given says which sources of fit there are to judge by.
type Given uint8

// The bits of Given.
const (
	GivenMain     Given = 1 << iota // a main code
	GivenReported                   // a main code by reporting
	GivenExtra                      // a list of codes, possibly without additional ones
	GivenWords                      // a name or domain that says something
	GivenRubrics

	givenAll = GivenRubrics<<1 - 1
)

// Marks are what rules say of a company whatever its segment.
type Marks uint8

// The bits of Marks.
const (
	MarkSole             Marks = 1 << iota // individual entrepreneur
	MarkMaker                              // makes bearings
	MarkCompetitorWord                     // by a word in the name
	MarkCompetitorRubric                   // by a directory's rubric
	MarkCompetitorINN                      // named in the segments file
	MarkNotOurs                            // a co-operative of tenants and the like

	marksAll        = MarkNotOurs<<1 - 1
	competitorMarks = MarkCompetitorWord | MarkCompetitorRubric | MarkCompetitorINN
)

// Status is a company.Status in one byte.
type Status uint8

// The states in the order of their codes in stored rows: add at the end only.
const (
	statusUnknown Status = iota
	statusActive
	statusReorganizing
	statusLiquidating
	statusLiquidated
	statusBankrupt

	statusLast = statusBankrupt
)

func statusOf(s company.Status) Status {
	switch s {
	case company.StatusActive:
		return statusActive
	case company.StatusReorganizing:
		return statusReorganizing
	case company.StatusLiquidating:
		return statusLiquidating
	case company.StatusLiquidated:
		return statusLiquidated
	case company.StatusBankrupt:
		return statusBankrupt
	case company.StatusUnknown:
	}
	return statusUnknown
}
