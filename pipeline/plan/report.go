package plan

import "obzvon/pipeline/company"

// Report is the state of the plan on a day.
type Report struct {
	Until       company.Date `json:"until"` // the last day that counts
	Month       int          `json:"month"` // of the strategy, 1 = its first
	From        company.Date `json:"from"`  // first day of the month of the strategy
	Work        []Work       `json:"work"`  // by manager, of the month
	Days        []DayWork    `json:"days"`  // of the last weeks, rising
	Stages      []Stage      `json:"stages"`
	Months      []MonthLine  `json:"months"` // since the start, rising
	Conversions []Conversion `json:"conversions"`
	Money       Money        `json:"money"`
	BySegment   []Line       `json:"by_segment"`
	BySource    []Line       `json:"by_source"`
	ByTenth     []Line       `json:"by_tenth"`
	ByPool      []Line       `json:"by_pool"`
	Forecast    Forecast     `json:"forecast"`
}

// Work is what one manager did in the month.
type Work struct {
	Manager  string `json:"manager"` // id
	Name     string `json:"name"`
	Days     int    `json:"days"` // working days on which he was there
	Norm     int    `json:"norm"` // dials in those days
	Dials    int    `json:"dials"`
	Contacts int    `json:"contacts"` // companies
	Offers   int    `json:"offers"`
}

// DayWork is one day's dials of one manager.
type DayWork struct {
	Day      company.Date `json:"day"`
	Manager  string       `json:"manager"`
	Dials    int          `json:"dials"`
	Contacts int          `json:"contacts"`
}

// Stage is one stage of the month's funnel with its target.
type Stage struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Count int    `json:"count"`
	From  int    `json:"from"` // the month's target; 0 to 0 = none
	To    int    `json:"to"`
	DueBy int    `json:"due_by"` // what the lower target comes to by now
}

// MonthLine is the funnel of one month of the strategy.
type MonthLine struct {
	Month   int            `json:"month"`
	From    company.Date   `json:"from"`
	Counts  map[string]int `json:"counts"` // by stage id
	Dials   int            `json:"dials"`
	Revenue int64          `json:"revenue"` // roubles
}

// Conversion is the share of one stage that reached the next, since the start.
type Conversion struct {
	Title string  `json:"title"`
	Of    int     `json:"of"`
	Got   int     `json:"got"`
	Goal  float64 `json:"goal"`    // 0..1
	Most  float64 `json:"at_most"` // upper end of a goal that is a range; 0 = none
}

// Share is Got of Of; ok is false when there was nothing to convert.
func (c *Conversion) Share() (share float64, ok bool) {
	if c.Of == 0 {
		return 0, false
	}
	return float64(c.Got) / float64(c.Of), true
}

// Money is what clients bring. Amounts are roubles; what cannot be told for want
// of data is nil.
type Money struct {
	Clients      int         `json:"clients"` // with a contract or an order within activeDays
	Ever         int         `json:"clients_ever"`
	RevenueMonth int64       `json:"revenue_month"`
	Revenue      int64       `json:"revenue"`
	Orders       int         `json:"orders"`   // with an amount
	Unpriced     int         `json:"unpriced"` // orders that nobody told the amount of
	AverageOrder *int64      `json:"average_order"`
	RepeatShare  *float64    `json:"repeat_share"`
	LTV          *int64      `json:"ltv"` // revenue of a client so far
	CAC          *int64      `json:"cac"`
	Milestones   []Milestone `json:"milestones"`
}

// Milestone is the money that is to be reached by the end of a month.
type Milestone struct {
	Month        int     `json:"month"`
	By           string  `json:"by"` // its last day, as people write it
	Clients      int     `json:"clients"`
	Revenue      int64   `json:"revenue"`
	AverageOrder int64   `json:"average_order"`
	RepeatShare  float64 `json:"repeat_share"`
	LTV          int64   `json:"ltv"`
	CAC          int64   `json:"cac"`
}

// Line is what came of the calls to one group of companies, since the start.
type Line struct {
	Name      string `json:"name"`
	Dials     int    `json:"dials"`
	Called    int    `json:"called"` // companies
	Contacts  int    `json:"contacts"`
	Qualified int    `json:"qualified"`
	Offers    int    `json:"offers"`
	Contracts int    `json:"contracts"`
}

// Forecast is what comes out if all goes on as in the last weeks.
type Forecast struct {
	Days     int            `json:"days"`    // working days that the pace is taken from
	Left     int            `json:"left"`    // working days until the month ends
	Month    map[string]int `json:"month"`   // by stage id, at the month's end
	Clients  []int          `json:"clients"` // at each milestone that is still to come; -1 = it has passed
	DialsDay float64        `json:"dials_a_day"`
}
