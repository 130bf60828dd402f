package analyst

import (
	"obzvon/config"
	"obzvon/pipeline/company"
)

// Outcomes are what calls say of the weights.
type Outcomes struct {
	Hash           string
	From, Until    company.Date // of the first dials
	Window         int          // days in which interest counts
	All, Random    Counts
	Young          int // called too recently to count
	Unlisted       int // with results, and never on a list of ours
	NeedAnswered   int // before points are suggested
	NeedInterested int
	Signals        []SignalOutcome
	Learned        *Learned // nil below the threshold
}

// Counts are companies, each once, with the share of the interested among those
// that answered.
type Counts struct {
	Called, Answered, Interested int
	Share                        Estimate
}

// Estimate is a value with the interval that holds it 95 times of 100.
type Estimate struct{ Value, Low, High float64 }

// SignalOutcome is what came of calls by one signal.
type SignalOutcome struct {
	ID, Title string
	Mute      bool // alike for all that were called
	Bands     []BandOutcome
}

// BandOutcome is that of one strength of a signal.
type BandOutcome struct {
	Title string
	Counts
}

// Learned is what outcomes suggest.
type Learned struct {
	Same       bool // nothing foretells better than today's weights
	Better     bool // the suggested ones put the interested first more often
	Questions  []Question
	Points     []Suggestion
	Caps       []Suggestion
	Tenths     []Tenth
	Today, New Estimate // chance that an interested company stands before another

	Numbers config.Numbers // all that is suggested
}

// Question is how well one of the two was answered.
type Question struct {
	Title      string
	Asked, Yes int
	LossToday  float64
	Loss       float64
}

// Suggestion is a number today and as outcomes would have it.
type Suggestion struct {
	Group, Title           string
	Now, New               float64
	NowUnknown, NewUnknown float64 // shares; 0 for caps
	Mute                   bool
}

// Tenth is one of the called by each order, the best first.
type Tenth struct {
	Called                 int
	Today, New             Estimate // how many times as often as on average
	GainedToday, GainedNew float64  // of all interested, up to here
}
