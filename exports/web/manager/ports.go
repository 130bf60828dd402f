package manager

import (
	"context"
	"errors"
	"io"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// Desk is what the pages ask for. Reads change nothing. Every change is whole or
// not done at all, and is written down under the account that made it.
type Desk interface {
	Lists
	Results
	Uploads
	Companies
}

// Errors of a Desk; a busy store is page.Busy already.
var (
	ErrNoList    = errors.New("the day has no list")
	ErrNoManager = errors.New("the list has no such manager")
	ErrNoRow     = errors.New("the manager's list does not have the company")
	ErrNoCompany = errors.New("no source knows the company")
	ErrPassword  = errors.New("the password will not do")
)

// Who asks, and for whose lists.
type Who struct {
	Account string
	Manager string // id; "" = he has no lists
	Head    bool   // may bring and see what is of others
}

// Manager is one who calls.
type Manager struct{ ID, Name string }

// Lists are the issued lists. What the stop list names by now is in none of them.
type Lists interface {
	// Days returns the days that have a list, rising, and which of them is now's:
	// today, else the next one, else the last; 0 = there is none.
	Days(ctx context.Context) (days []company.Date, now company.Date, err error)
	// Sheet is a manager's part of a list; "" = of the first of its managers.
	// ErrNoList, ErrNoManager.
	Sheet(ctx context.Context, day company.Date, manager string) (*Sheet, error)
	// Past tells what came of a manager's lists of these days.
	Past(ctx context.Context, days []company.Date, manager string) ([]PastDay, error)
	// Workbook is a manager's list as the nightly file has it, made anew. ErrNoList,
	// ErrNoManager.
	Workbook(ctx context.Context, day company.Date, manager string) (*File, error)
	// Book is the whole book of the day, made anew: it takes as long as a list. page.Busy
	// while a night goes on; ErrNoList.
	Book(ctx context.Context, day company.Date, who Who) (*File, error)
	// Lock encrypts a workbook. ErrPassword.
	Lock(f *File, password string) error
}

// Sheet is a manager's part of a list, in calling order.
type Sheet struct {
	Day       company.Date
	Manager   Manager
	Managers  []Manager // of this list, in its order
	Rows      []Row
	Stopped   []Row // that the stop list took out and that have a result, which may be mended
	Withdrawn int   // others that it took out
	Tally     Tally
}

// Tally is what came of a list.
type Tally struct {
	Rows     int // to call, those that were stopped by their result included
	Dialled  int
	Answered int // a person did
	Interest int // «Интерес» or what comes after it
}

// Row is a company to call.
type Row struct {
	pipeline.Row         // numbered as in the manager's workbook
	Result       *Result // nil = none yet
}

// Result is what stands of a row.
type Result struct {
	Outcome string // "" = the row was only edited
	Next    company.Date
	At      int // minutes since midnight in Moscow; 0 = any
	Comment string
	Consent string // «да», «нет», ""
	Amount  int64  // roubles
	Phone   string // put in the place of the issued one, as people write it
	Person  string
	Post    string
	Email   string
	Saved   time.Time
	File    string // whose word it is, for people
}

// PastDay is what came of one list.
type PastDay struct {
	Day company.Date
	Tally
}

// File is a workbook to download.
type File struct {
	Name string
	Data []byte
	Rows int
}

// Results are put down one by one.
type Results interface {
	// Guide says what each result leads to.
	Guide(day company.Date) Guide
	// Take puts down what came of a call, like a row of a workbook that is saved now.
	// The same entry may come twice: it counts once. ErrNoList, ErrNoRow; *RefusedError
	// if nothing of it could be taken.
	Take(ctx context.Context, who Who, e Entry) (*Taken, error)
}

// Guide is what a caller looks up.
type Guide struct {
	Script  [][2]string       // of a first call: step and what to say
	Leads   map[string]string // each result → what it leads to
	NextDay company.Date      // the first working day after the list's
}

// Entry is a row as a form has it. What a field holds is understood as in a cell of
// a workbook.
type Entry struct {
	Day     company.Date
	INN     company.INN
	Manager string // whose row it is
	Token   string // tells a form that is sent twice from two forms

	Outcome string
	Next    string // «2026-11-25», with the hour behind it; "" = none
	Comment string
	Consent string // «да», «нет», ""
	Amount  string
	Phone   string // a better one; "" = as issued
	Person  string
	Post    string
	Email   string
	Keep    bool // of a row that has a result keeps what was written beside it
}

// Taken is what came of an entry.
type Taken struct {
	Company string
	Outcome string
	Next    funnel.Band // what the company waits for now
	Day     company.Date
	At      int      // minutes since midnight in Moscow; 0 = any
	Numbers int      // that came onto the stop list with it
	Stopped bool     // the company stands on the stop list
	Unread  []string // what was not understood, in Russian; the rest was taken
	Remarks []string
	Beaten  string // file saved later that says otherwise and stands; "" = this stands
}

// RefusedError is an entry of which nothing was taken.
type RefusedError struct{ Texts []string } // Russian

func (e *RefusedError) Error() string { return "nothing of the entry was taken" }

// Uploads are filled lists and plain tables.
type Uploads interface {
	// Most is the largest upload in bytes, all files together.
	Most() int64
	// Bring takes files in. Of a list of another manager, and of a plain table or the
	// whole book, only the head may. Nothing is kept of what is refused.
	Bring(ctx context.Context, who Who, files []Upload, password string) (*Answer, error)
}

// Upload is a file as it was sent. Nothing of it is believed.
type Upload struct {
	Name    string
	Content io.ReaderAt
	Size    int64
}

// Answer is what came of an upload. All texts are Russian.
type Answer struct {
	Files     []Brought
	Conflicts []string
	Others    []Named // stopped with a number of somebody else
	Unread    bool    // no source was read yet: rows without ИНН find nobody
	Next      company.Date
}

// Named is a company with its name.
type Named struct {
	INN  company.INN
	Name string
}

// Brought is what came of one file.
type Brought struct {
	Name    string
	Digest  string // SHA-256 of what it holds, in hex; "" = it was not read
	Refused string // why nothing of it was taken; "" = it was
	What    string // «список на 23.11.2026, Менеджер 1»
	Saved   time.Time

	Rows, Taken, Edited, Untouched, Problems int
	New, Changed, Same                       int

	Lines     []Line   // of rows that say anything
	Notes     []string // of the whole file
	Stopped   []string // what came onto the stop list
	Moved     []string // who calls whom now
	Decisions *Decided // of «На проверку»; nil = no such sheet
}

// LineState is what came of a row.
type LineState string

// The states.
const (
	LineTaken   LineState = "taken"   // what it says stands now
	LineSame    LineState = "same"    // known before
	LineEdited  LineState = "edited"  // no result, but something else
	LineProblem LineState = "problem" // not understood
)

// Line is a row of a file.
type Line struct {
	Row     int // of its sheet
	INN     company.INN
	Company string
	Outcome string
	State   LineState
	Unread  []string // what was not understood
	Remarks []string
}

// Decided is what came of «На проверку».
type Decided struct {
	Remembered, Known, Older, Open int
	Problems                       []string
}

// Companies are told of one by one.
type Companies interface {
	// Owns tells whether a company is a manager's: given to him, last on a list of
	// his, once on one, or called by him.
	Owns(ctx context.Context, manager string, inn company.INN) (bool, error)
	// Card tells all of a company as of a day, 0 = the next list's. ErrNoCompany.
	Card(ctx context.Context, inn company.INN, day company.Date) (*Card, error)
	// RowOf is a company's row on the list of a day; ErrNoList, ErrNoRow. One that the
	// stop list names is there all the same, without its numbers: what was put down may
	// be mended.
	RowOf(ctx context.Context, day company.Date, inn company.INN) (*Row, error)
}

// Card is a company.
type Card struct {
	Row      pipeline.Row // as a list would show it
	Stopped  string       // why it must not be called, Russian; "" = it may
	Keeper   Manager      // whose it is; ID "" = nobody's
	OnList   string       // why it is or is not on the list
	Verdict  string
	Known    float64 // share of the weight that something is known of, 0..1
	Phones   []Phone
	Contacts []Contact
	Groups   []Group
	Calls    []Call // the newest first
	Next     funnel.Band
	NextDay  company.Date
	NextAt   int
	Tenders  []Tender
	Facts    []Fact // but for contacts and tenders
	Others   []Fact // what others say otherwise
	Joined   []Joined
}

// Phone is a number to dial, the first one first.
type Phone struct{ Text, E164, Note string }

// Contact is whom to ask for.
type Contact struct {
	Post, Name, Phone, E164, Email, Page, Source string
	Date                                         company.Date
}

// Group is kindred reasons of a score, in thousandths of a point.
type Group struct {
	Title      string
	Total, Cap int64
	Reasons    []Reason
}

// Reason is one contribution.
type Reason struct {
	Title, Evidence, Source string
	Points                  int64
	Known                   bool
	Date                    company.Date
}

// Call is one that was made, or an edit of a row.
type Call struct {
	Day                                company.Date
	Outcome, Comment, Manager, Consent string
	Next                               company.Date
	Amount                             int64
	File                               string
}

// Tender is an invitation to bid.
type Tender struct {
	Subject, Page, Price, Source string
	Deadline, Date               company.Date
	Open                         bool // on the card's day
}

// Fact is a value with where it comes from.
type Fact struct {
	Title, Value, Note, Source string
	Page                       string // address of the value when it is a page; "" = it is none
	Date                       company.Date
}

// Joined is a listing of a directory that was found to be the company's, with what
// speaks for it.
type Joined struct{ Source, Name, Why string }
