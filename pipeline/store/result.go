package store

import (
	"context"
	"time"

	"obzvon/pipeline/company"
)

// Result is what one file says of one company on one day: what came of a call,
// and what else the caller wrote into the row. Results are kept as they came,
// those that contradict one another too; which of them counts, and what they
// come to, is computed (package funnel).
type Result struct {
	INN  company.INN  `json:"inn"`
	Day  company.Date `json:"day"`            // of the call: the list's day, or what a plain table says
	List string       `json:"list,omitempty"` // id of the issued list; "" = not from a list
	File string       `json:"file"`           // SHA-256 of the file that says so, in hex; who typed it elsewhere, as "web:<id>"

	Saved   time.Time `json:"saved"`            // when the file was saved last, by its own word
	Row     int       `json:"row"`              // of its sheet, from 1
	Manager string    `json:"manager"`          // id of who called; "" = not known
	Origin  string    `json:"origin,omitempty"` // «Источник» of a plain table: a fair, a referral

	// Undated is of a plain table: nothing says when that was, and Day is only one
	// by which it was so.
	Undated bool `json:"undated,omitempty"`

	Outcome string       `json:"outcome,omitempty"` // of the drop-down; "" = nobody called, only the row was edited
	Next    company.Date `json:"next,omitempty"`    // agreed next contact; 0 = none
	NextAt  int          `json:"next_at,omitempty"` // its hour, minutes since midnight in Moscow, as on the list; 0 = any
	Comment string       `json:"comment,omitempty"`
	Consent string       `json:"consent,omitempty"` // ConsentGiven, ConsentRefused
	Amount  int64        `json:"amount,omitempty"`  // roubles

	// What the row showed when it was issued.
	Dialled string `json:"dialled,omitempty"` // E.164
	Half    Half   `json:"half,omitempty"`    // of the day in which its turn came

	// What the caller has put in the place of what was issued; "" = unchanged.
	Phones []string `json:"phones,omitempty"` // as company.FieldPhone
	Person string   `json:"person,omitempty"`
	Post   string   `json:"post,omitempty"`
	Email  string   `json:"email,omitempty"`

	// Where it came from.
	FileName string    `json:"file_name"`
	By       string    `json:"by"` // who brought the file in
	Taken    time.Time `json:"taken"`
}

// Half is half of a working day.
type Half string

// The halves, in the company's own time; the day is halved at 13:00.
const (
	HalfAny     Half = ""
	HalfMorning Half = "am"
	HalfEvening Half = "pm"
)

// What came of the question for consent.
const (
	ConsentGiven   = "given"
	ConsentRefused = "refused"
)

// ResultKey is by what a result is told from others.
type ResultKey struct {
	INN  company.INN
	Day  company.Date
	List string
	File string
}

// Key of the result.
func (r *Result) Key() ResultKey { return ResultKey{r.INN, r.Day, r.List, r.File} }

// Results is the memory of calls.
type Results interface {
	// PutResults adds results in one transaction. One whose key is there already
	// is not written again: a file says the same however often it is brought in.
	PutResults(ctx context.Context, results []Result) (added int, err error)

	// Results returns those of a company, rising by key.
	Results(ctx context.Context, inn company.INN) ([]Result, error)

	// ResultsAfter pages through all by rising key (ИНН, day, list, file), after
	// the given one; the zero key = from the start.
	ResultsAfter(ctx context.Context, after ResultKey, limit int) ([]Result, error)

	// ReplaceResults puts others in the place of those with the same key, or takes
	// those away whose replacement is nil: for erasure alone. It is one
	// transaction; a key that is not there is skipped.
	ReplaceResults(ctx context.Context, by map[ResultKey]*Result) error
}

// MarkKind says what a mark is about.
type MarkKind string

// The kinds. At most one of a kind stands on a company.
const (
	MarkManager  MarkKind = "manager"  // Value: id of the manager whom the head gave it to
	MarkPin      MarkKind = "pin"      // Value: id of the manager with whom it stays whatever comes
	MarkTarget   MarkKind = "target"   // put on «ТОП-20» by hand
	MarkReleased MarkKind = "released" // taken off «ТОП-20»
)

// Mark is what a person settled about a company.
type Mark struct {
	INN   company.INN `json:"inn"`
	Kind  MarkKind    `json:"kind"`
	Value string      `json:"value,omitempty"`
	Note  string      `json:"note,omitempty"`
	By    string      `json:"by"`
	At    time.Time   `json:"at"`
}

// Marks are what people settled about companies.
type Marks interface {
	// PutMarks writes marks in one transaction, each in the place of one of its
	// kind on that company.
	PutMarks(ctx context.Context, marks []Mark) error
	// DropMark takes a mark away; ErrNotFound if there is none.
	DropMark(ctx context.Context, inn company.INN, kind MarkKind) error
	// Marks returns all, by ИНН, then kind.
	Marks(ctx context.Context) ([]Mark, error)
}
