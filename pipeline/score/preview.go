package score

import (
	"slices"

	"obzvon/pipeline/company"
)

// Preview is what another segments file would change.
type Preview struct {
	Companies int64   `json:"companies"`
	Before    Side    `json:"before"`
	After     Side    `json:"after"`
	Changed   Changes `json:"changed"`
	Moves     []Move  `json:"moves,omitempty"`  // changes of standing, largest first
	Movers    []Mover `json:"movers,omitempty"` // the best of those that changed it
	Top       int     `json:"top"`
	Entered   Crowd   `json:"entered"` // the top N, by priority, then total
	Left      Crowd   `json:"left"`

	// NewCodes are wanted by After and not by Before: no source was asked for
	// their companies yet, so no count here has them.
	NewCodes []string `json:"new_codes,omitempty"`
}

// Side is the state under one of the two files.
type Side struct {
	Segments string         `json:"segments"` // hash of the file
	Leads    int64          `json:"leads"`
	Outside  int64          `json:"outside"`
	Vetoed   int64          `json:"vetoed"`
	Bands    [Bands]int64   `json:"bands"` // leads by ten points, rising
	Lines    []SegmentCount `json:"by_segment"`
}

// SegmentCount is the distribution within a segment.
type SegmentCount struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Priority int          `json:"priority"`
	Leads    int64        `json:"leads"`
	Bands    [Bands]int64 `json:"bands"`
}

// Changes counts what differs: the first four among companies that are leads
// on both sides, the last among all.
type Changes struct {
	Up       int64 `json:"up"` // more points
	Down     int64 `json:"down"`
	Same     int64 `json:"same"`
	Segment  int64 `json:"segment"`  // another segment wins
	Standing int64 `json:"standing"` // another priority, or in or out
}

// Move counts companies that changed their standing in the same way.
type Move struct {
	From  Standing `json:"from"`
	To    Standing `json:"to"`
	Count int64    `json:"count"`
}

// Crowd is a number of companies of which some are named.
type Crowd struct {
	Count int     `json:"count"`
	Named []Mover `json:"named,omitempty"`
}

// Mover is a company that moved.
type Mover struct {
	INN         company.INN `json:"inn"`
	Name        string      `json:"name,omitempty"` // see Preview.Resolve
	From        Standing    `json:"from"`
	To          Standing    `json:"to"`
	TotalBefore Points      `json:"total_before"`
	TotalAfter  Points      `json:"total_after"`
	PlaceBefore int         `json:"place_before,omitempty"` // from 1; 0 = below the top
	PlaceAfter  int         `json:"place_after,omitempty"`
}

// Resolve fills in the names of all companies named. It asks once for each.
func (p *Preview) Resolve(name func(company.INN) string) {
	known := map[company.INN]string{}
	for _, list := range [][]Mover{p.Movers, p.Entered.Named, p.Left.Named} {
		for i := range list {
			m := &list[i]
			if _, ok := known[m.INN]; !ok {
				known[m.INN] = name(m.INN)
			}
			m.Name = known[m.INN]
		}
	}
}

// segmentIDs lists the segments of both sides, those of After first.
func (p *Preview) segmentIDs() []string {
	var ids []string
	for _, lines := range [][]SegmentCount{p.After.Lines, p.Before.Lines} {
		for _, l := range lines {
			if !slices.Contains(ids, l.ID) {
				ids = append(ids, l.ID)
			}
		}
	}
	return ids
}
