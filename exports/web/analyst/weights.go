package analyst

import "obzvon/pipeline/company"

// Weights are the segments file in use.
type Weights struct {
	File    string // where it lies; "" = the built-in one is in use
	Hash    string // of what is in use
	Differs bool   // the file has been changed since it was read
	Day     company.Date
	ListDay company.Date // of the newest list; 0 = none

	Scored   bool // there are counts
	Leads    int64
	Segments []Segment
	Groups   []Group
	Bands    []Band               // by ten points, rising
	Signals  []string             // ids in the order of the file
	Ladders  map[string][]float64 // values of the steps
}

// Segment is one target group.
type Segment struct {
	ID, Title    string
	Priority     int
	Partner      bool
	Codes        []CodeGroup // as they fit, the best first; empty ones left out
	Season       []int       // months; none = all the year round
	Leads        int64
	Dialable     int64
	Listed       int64 // on the newest list
	WordsRubrics int   // how many words and rubrics it has beside the codes
}

// CodeGroup is the codes of one fitness.
type CodeGroup struct {
	Title string
	Codes []Code
}

// Code is an activity code.
type Code struct{ Code, Name string }

// Group is kindred signals under one cap.
type Group struct {
	ID, Title string
	Intent    bool
	Cap       float64
	Signals   []Signal
}

// Signal is a property that gives points.
type Signal struct {
	ID, Title string
	Points    float64
	Unknown   float64 // share of the points where nothing is known, 0..1
}

// Band counts leads whose score lies in [From, To).
type Band struct {
	From, To   int
	ByPriority [3]int64
}

// All is how many leads there are in the band.
func (b Band) All() int64 { return b.ByPriority[0] + b.ByPriority[1] + b.ByPriority[2] }

// Preview is what a trial would change.
type Preview struct {
	Companies     int64
	Before, After Side
	Up, Down      int64 // leads that gain or lose points
	Same          int64
	Resegmented   int64 // another segment wins
	Segments      []SegmentMove
	Moves         []Move // changes of priority, the largest first
	Top           int    // how many leads count as the top of a priority
	Tops          []TopMove
	Movers        []Mover // the largest changes of points
	NewCodes      []string
}

// Side is the state by one of the two files.
type Side struct {
	Hash                   string
	Leads, Outside, Vetoed int64
	Bands                  [10]int64
}

// SegmentMove is a segment before and after; a priority of 0 = there is none.
type SegmentMove struct {
	Title                         string
	PriorityBefore, PriorityAfter int
	Before, After                 int64
}

// Move counts companies whose standing changes alike.
type Move struct {
	From, To string
	Count    int64
}

// TopMove is who enters and leaves a list of so many.
type TopMove struct {
	Title         string
	Note          string // how it was reckoned; "" = exactly
	Size          int
	EnteredAll    int
	LeftAll       int
	Entered, Left []Mover
}

// Mover is a company that moves.
type Mover struct {
	INN        company.INN
	Name, Town string
	From, To   Place
	Why        []string // signals whose points change, the largest first
}

// Place is where a company stands.
type Place struct {
	Priority int // 0 = it is no lead
	Place    int // in its priority, from 1; 0 = not known
	Points   int64
}
