package analyst

import (
	"time"

	"obzvon/pipeline/company"
)

// Matches are listings whose company is in doubt.
type Matches struct {
	Pages Pages
	Rows  []Match
}

// Match is one listing with the companies that it may be.
type Match struct {
	Source, Key string // by which it is decided on
	SourceTitle string
	Listing     Card
	Why         string
	Candidates  []Candidate
}

// Card is what a listing or a company is known by.
type Card struct {
	Name, Town, Address, Site, Trade string
}

// Candidate is a company that a listing may be.
type Candidate struct {
	INN            company.INN
	Card           Card
	Likely         string // «97 %»
	Agrees, Differ []Piece
}

// Piece is a comparison of the two. Values are left out where they may not be
// shown, or say nothing.
type Piece struct {
	Title        string
	Ours, Theirs string
	Weight       int64 // thousandths of log-odds
}

// Decided are decisions of people.
type Decided struct {
	Pages Pages
	Rows  []Decision
}

// Decision is a person's word on a listing and a company.
type Decision struct {
	Source, Key       string
	SourceTitle, Name string
	INN               company.INN
	Company           string
	Same              bool
	By                string // account
	At                time.Time
}

// Pages tell where in a list the reader is.
type Pages struct {
	Page, Size, Total int
}

// Last is the number of the last page, at least 1.
func (p Pages) Last() int { return max(1, (p.Total+p.Size-1)/p.Size) }

// From and To number the rows on the page, from 1.
func (p Pages) From() int { return min(p.Total, (p.Page-1)*p.Size+1) }

// To is the last one.
func (p Pages) To() int { return min(p.Total, p.Page*p.Size) }

// Prev and Next are the neighbouring pages, 0 = there is none.
func (p Pages) Prev() int { return max(0, p.Page-1) }

// Next is the one after.
func (p Pages) Next() int {
	if p.Page >= p.Last() {
		return 0
	}
	return p.Page + 1
}

// Clamp keeps to pages that there are.
func (p Pages) Clamp() Pages {
	p.Page = max(1, min(p.Page, p.Last()))
	return p
}

// Bounds are the rows of the page as indexes of a list.
func (p Pages) Bounds() (from, to int) {
	return min(p.Total, (p.Page-1)*p.Size), min(p.Total, p.Page*p.Size)
}
