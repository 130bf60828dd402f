package score

import "obzvon/pipeline/company"

// Explanation is a Result with its reasons, in Russian, for people. The
// points of all contributions add up to Total.
type Explanation struct {
	INN     company.INN  `json:"inn"`
	Name    string       `json:"name"`
	City    string       `json:"city,omitempty"`
	Day     company.Date `json:"day"`      // scored for
	Weights string       `json:"segments"` // hash of the segments file

	Activity string `json:"activity,omitempty"` // main code and its official name

	Lead     bool   `json:"lead"`
	Verdict  string `json:"verdict"`       // one sentence: in or out, and why
	Why      string `json:"why,omitempty"` // «Почему в списке»
	Dialable bool   `json:"dialable"`      // has a number to dial

	Vetoes    []Veto `json:"vetoes,omitempty"` // all of them, the deciding one first
	SegmentID string `json:"segment_id,omitempty"`
	Segment   string `json:"segment,omitempty"`
	Priority  int    `json:"priority,omitempty"`
	Partner   bool   `json:"partner,omitempty"`
	Hook      string `json:"hook,omitempty"`

	Total  Points `json:"total"`
	Intent Points `json:"intent"` // the part that says "now"
	Known  int    `json:"known"`  // thousandths of the weight

	Fits    []SegmentTotal `json:"fits,omitempty"`   // every segment that fits, best first
	Near    []NearMiss     `json:"near,omitempty"`   // segments that almost fit
	Groups  []GroupTotal   `json:"groups,omitempty"` // of the winning segment
	Missing []string       `json:"missing,omitempty"`
	Notes   []string       `json:"notes,omitempty"` // what to know of it though it costs no points
}

// SegmentTotal is what the company would score in a segment.
type SegmentTotal struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Priority int    `json:"priority"`
	Total    Points `json:"total"`
	By       string `json:"by"` // code, word or rubric
	Wins     bool   `json:"wins"`
}

// NearMiss is a segment that something points to and that still does not fit.
type NearMiss struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Reason string `json:"reason"`
}

// GroupTotal is a group of kindred signals.
type GroupTotal struct {
	ID            string         `json:"id"`
	Title         string         `json:"title"`
	Intent        bool           `json:"intent,omitempty"`
	Cap           Points         `json:"cap"`
	Total         Points         `json:"total"` // not above Cap
	Contributions []Contribution `json:"contributions"`
}

// OverCap is the id of the line that takes back what exceeds a group's cap.
const OverCap = "over_cap"

// Contribution is one line of a score.
type Contribution struct {
	Signal   string       `json:"signal"` // OverCap for points above a cap
	Title    string       `json:"title"`
	Known    bool         `json:"known"`
	Value    float64      `json:"value"` // 0..1
	Points   Points       `json:"points"`
	Max      Points       `json:"max"` // for a value of 1
	Evidence string       `json:"evidence"`
	Source   string       `json:"source,omitempty"` // of the value
	Date     company.Date `json:"date,omitzero"`    // the source's own

	kind   kind
	phrase string // for the sentence «Почему в списке»; "" = not worth telling
}
