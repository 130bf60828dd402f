package analyst

import "obzvon/pipeline/company"

// Firm is a company without what names or reaches people.
type Firm struct {
	INN                  company.INN
	Name, Town, Activity string
	Day                  company.Date
	Verdict, Why, OnList string
	Lead                 bool
	Segment              string
	Priority             int
	Place, Of            int   // in its priority, from 1; 0 = not known
	Total                int64 // thousandths of a point
	Known                int   // thousandths of the weight
	Groups               []FirmGroup
	Fits                 []Fit
	Near                 []Near
	Missing              []string
	Facts                []Fact
	Hidden               int // facts that are not shown here
	Joins                []FirmJoin
}

// FirmGroup is a group's part of the score.
type FirmGroup struct {
	Title      string
	Cap, Total int64
	Lines      []FirmLine
}

// FirmLine is one contribution.
type FirmLine struct {
	Title       string
	Points, Max int64
	Over        bool // takes back what exceeds the cap
	Evidence    string
	Source      string
	Date        company.Date
}

// Fit is a segment that fits.
type Fit struct {
	Title    string
	Priority int
	Total    int64
	By       string
	Wins     bool
}

// Near is a segment that almost fits.
type Near struct{ Title, Reason string }

// Fact is a value with where it comes from.
type Fact struct {
	Title, Value string
	Source       string
	Date         company.Date
	Wins         bool
	Joined       bool
}

// FirmJoin is a listing that was joined to it.
type FirmJoin struct {
	SourceTitle, Name string
	Manual            bool
	Likely            string
	For, Against      []Piece
}
