package plan

import "obzvon/pipeline/company"

// Report is the state of the plan on a day.
type Report struct {
	Until       company.Date `json:"until"`     // the last day that counts
	Start       company.Date `json:"start"`     // of the strategy
	Month       int          `json:"month"`     // of the strategy, 1 = its first
	From        company.Date `json:"from"`      // first day of the month of the strategy
	YearFrom    company.Date `json:"year_from"` // first day of the running year: twelve months at most, this one with them
	Empty       bool         `json:"empty"`     // no result since the strategy began
	Work        []Work       `json:"work"`      // by manager, of the month
	Days        []DayWork    `json:"days"`      // of the last weeks, rising
	Stages      []Stage      `json:"stages"`
	Months      []MonthLine  `json:"months"` // since the start, rising
	Conversions []Conversion `json:"conversions"`
	Money       Money        `json:"money"`
	BySegment   []Line       `json:"by_segment"` // of the running year, as all lines
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
	Contacts int    `json:"contacts"` // companies where a person answered him
	Offers   int    `json:"offers"`   // companies that got their first offer by a dial of his
}

// DayWork is one day of one manager: each working day on which he is there, and
// each other one on which he dialled.
type DayWork struct {
	Day      company.Date `json:"day"`
	Manager  string       `json:"manager"`
	Name     string       `json:"name"`
	Norm     int          `json:"norm"`
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
	Revenue int64          `json:"revenue"`         // roubles, without old clients
	Spent   *int64         `json:"spent,omitempty"` // roubles, of plan.spend
}

// Conversion is the share of one stage that reached the next.
type Conversion struct {
	Title string  `json:"title"`
	Goal  float64 `json:"goal"`    // 0..1
	Most  float64 `json:"at_most"` // upper end of a goal that is a range; 0 = none
	Month Pass    `json:"month"`   // of those who came so far in the month
	Year  Pass    `json:"year"`    // and in the running year
}

// Pass is how many came so far in a period, and how many of them went on since.
type Pass struct {
	Of  int `json:"of"`
	Got int `json:"got"`
}

// Share is Got of Of; ok is false when there was nothing to convert.
func (p Pass) Share() (share float64, ok bool) {
	if p.Of == 0 {
		return 0, false
	}
	return float64(p.Got) / float64(p.Of), true
}

// Money is what clients bring who were won since the strategy began. Amounts are
// roubles; what cannot be told for want of data is nil.
type Money struct {
	Clients         int         `json:"clients"` // with a contract or an order within half a year
	Won             int         `json:"won"`     // all of them
	RevenueMonth    int64       `json:"revenue_month"`
	Revenue         int64       `json:"revenue"`
	Orders          int         `json:"orders"`   // with an amount, trial batches too
	Unpriced        int         `json:"unpriced"` // repeat orders that nobody told the amount of
	AverageOrder    *int64      `json:"average_order"`
	RepeatShare     *float64    `json:"repeat_share"` // of all won
	LTV             *int64      `json:"ltv"`          // revenue of a client so far
	CAC             *int64      `json:"cac"`
	OldClients      int         `json:"old_clients"` // active ones from before
	OldRevenueMonth int64       `json:"old_revenue_month"`
	OldRevenue      int64       `json:"old_revenue"` // since the strategy began
	Milestones      []Milestone `json:"milestones"`
}

// Milestone is the money that is to be reached by the end of a month; 0 = no goal.
type Milestone struct {
	Month        int          `json:"month"`
	By           company.Date `json:"by"` // its last day
	Clients      int          `json:"clients"`
	Forecast     *int         `json:"clients_forecast"` // at the present pace; nil = it has passed, or too little is known
	Revenue      int64        `json:"revenue"`
	AverageOrder int64        `json:"average_order"`
	RepeatShare  float64      `json:"repeat_share"`
	LTV          int64        `json:"ltv"`
	CAC          int64        `json:"cac"` // at most
}

// Line is what came of the calls to one group of companies in the running year.
type Line struct {
	Name      string `json:"name"`
	Dials     int    `json:"dials"`
	Companies int    `json:"companies"`
	Contacts  int    `json:"contacts"`
	Qualified int    `json:"qualified"`
	Offers    int    `json:"offers"`
	Contracts int    `json:"contracts"`
}

// Forecast is what comes out if all goes on as in the last weeks.
type Forecast struct {
	Days     int            `json:"days"`  // working days that the pace is taken from; under five there is none
	Left     int            `json:"left"`  // working days until the month ends
	Month    map[string]int `json:"month"` // by stage id, at the month's end
	DialsDay float64        `json:"dials_a_day"`
}
