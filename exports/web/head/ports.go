package head

import (
	"context"
	"errors"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/plan"
)

// Desk is what the head's pages ask for. Reads change nothing. Every change is
// whole or not done at all, and is written down under the name of who made it.
type Desk interface {
	Plans
	Teams
	Assignments
	Targets
}

// Plans hold what was done against the plan.
type Plans interface {
	// Plan is the state of the plan on a day, which counts.
	Plan(ctx context.Context, until company.Date) (*plan.Report, error)
	// Draw makes an SVG document of a chart.
	Draw(c *pipeline.Chart) ([]byte, error)
}

// Teams tell of the managers' work.
type Teams interface {
	Team(ctx context.Context, today company.Date) (Team, error)
}

// Team is what the managers do. Managers stand in the order of the config, those
// who left it at the end.
type Team struct {
	Until     company.Date // the last day of the week and the month: yesterday
	WeekFrom  company.Date // its Monday
	MonthFrom company.Date // the first of its month
	Managers  []Member
}

// Member is one manager's work.
type Member struct {
	ID, Name string
	Role     string // Russian: what he does; "" = no manager of the config any more
	Away     string // Russian: why he is not there today; "" = he is
	Norm     int    // dials a day
	Today    Tally
	Week     Tally
	Month    Tally
	Lists    []ListState // of the last days, the newest first
	Overdue  []Promise   // agreed calls of earlier days, the oldest first
	More     int         // how many of them are not told one by one
}

// Missing are the days whose list came back without a single result, the newest
// first: nobody called, or the file was not uploaded.
func (m *Member) Missing() []company.Date {
	var out []company.Date
	for _, l := range m.Lists {
		if l.Past && l.Done == 0 && l.Rows > 0 {
			out = append(out, l.Day)
		}
	}
	return out
}

// Open counts the rows of the lists of earlier days that have no result.
func (m *Member) Open() int {
	n := 0
	for _, l := range m.Lists {
		if l.Past {
			n += l.Left()
		}
	}
	return n
}

// Left counts those without a result.
func (l ListState) Left() int { return l.Rows - l.Done }

// Tally is the work of some days.
type Tally struct {
	Days     int // working days on which he is there
	Norm     int // dials in them
	Dials    int
	Contacts int // companies where a person answered
	Interest int // companies with «Интерес» or what comes after it
}

// ListState is one manager's part of a list.
type ListState struct {
	Day        company.Date
	Past       bool // the day is over
	Rows, Done int  // all, and those with a result
}

// Promise is a call that was agreed on and not made.
type Promise struct {
	Due     company.Date
	INN     company.INN
	Company string
	Comment string
}

// Manager is one of the config.
type Manager struct{ ID, Name string }

// Why something cannot be settled.
var (
	ErrUnknown = errors.New("no source knows the company")
	ErrManager = errors.New("there is no such manager")
	ErrNothing = errors.New("nothing was settled about the company")
	ErrChanged = errors.New("it concerns other companies now")
)

// PinnedError is that a pin holds the company with another manager.
type PinnedError struct{ Manager string } // name

func (e *PinnedError) Error() string { return "pinned to " + e.Manager }

// Assignments say who calls whom.
type Assignments interface {
	// Managers are those of the config, in its order.
	Managers(ctx context.Context) ([]Manager, error)
	// Search looks for companies by ИНН or words of the name: among those that
	// were ever on a list or were settled, or everywhere, which reads the whole base.
	Search(ctx context.Context, query string, everywhere bool) (Found, error)
	// Settled are the companies that were given or pinned to somebody, by name.
	Settled(ctx context.Context) ([]Firm, error)
	// Assign gives a company to a manager or pins it to him. Errors: ErrUnknown,
	// ErrManager, *PinnedError.
	Assign(ctx context.Context, who string, inn company.INN, manager string, pin bool) error
	// Free takes back what was settled: ErrNothing.
	Free(ctx context.Context, who string, inn company.INN) error
	// Count tells what MoveAll would move: ErrManager.
	Count(ctx context.Context, from, to string) (Move, error)
	// MoveAll gives all companies of one manager to another, those that are pinned
	// to him only if asked to; others' pins stay. It does nothing and returns
	// ErrChanged if the move has become another than it was when it was shown.
	MoveAll(ctx context.Context, who string, m Move, pinned bool) error
}

// Found is what a search came to.
type Found struct {
	Firms []Firm
	More  bool // there are more than were looked for
}

// Firm is a company with whose it is.
type Firm struct {
	INN      company.INN
	Name     string // "" = no source knows it
	City     string
	Keeper   string // name of the manager; "" = nobody's yet
	KeeperID string
	Why      string // Russian: by what it is his
	Settled  bool   // given or pinned by hand
	Pinned   bool
}

// Move is all companies of one manager that would go to another.
type Move struct {
	From, To Manager
	Free     int    // that go in any case
	Pinned   int    // that are pinned to him and go only if asked to
	Mark     string // tells a later move from this one
}

// Targets are the companies of «ТОП-20».
type Targets interface {
	// Targets are those of the last list, with what was settled since.
	Targets(ctx context.Context) (TargetList, error)
	// AddTarget puts a company on it from the next list on: ErrUnknown.
	AddTarget(ctx context.Context, who string, inn company.INN) error
	// ReleaseTarget takes one off it from the next list on: ErrUnknown.
	ReleaseTarget(ctx context.Context, who string, inn company.INN) error
}

// TargetList is «ТОП-20».
type TargetList struct {
	Day  company.Date // of the last list; 0 = there was none
	Rows []Target
}

// Target is one company of it.
type Target struct {
	Firm

	Listed   bool   // on the last list
	Added    bool   // put on it by hand
	Released bool   // taken off it, from the next list on
	Note     string // Russian: who settled that and when
	Codes    string // ОКВЭД with its name
	Revenue  *int64 // roubles
	People   *int64 // who work there
	Branches int    // places, beside the main one
	Contacts []string
	Last     string // Russian: the last result; "" = nobody has called
	Next     string // Russian: when its turn comes; "" = not known
}
