package pipeline

import "obzvon/pipeline/company"

// Book is the call list of one day as people see it: everything decided,
// nothing left to compute. All texts are Russian. Exporters only lay it out.
type Book struct {
	ListID     string       // lasting id of the issued list
	Version    int          // of the book's layout
	Date       company.Date // the working day it is for
	Issued     string       // when the list was frozen: "20.11.2026 23:10 МСК"
	Seller     string
	Sample     bool   // invented companies: banner and «ОБРАЗЕЦ» in names
	ConfigHash string // of the segments file that made the list, short
	BaseHash   string // of the one that made the other sheets

	Managers  []Manager
	Outcomes  []string // the drop-down of «Результат», in order
	Calls     []Row    // «Обзвон», in calling order, all managers
	Tiers     []Tier   // «Приоритет 1..3»
	Targets   []Target // «ТОП-20»
	Fresh     []Fresh  // «Новые»
	FreshAll  int      // how many there are when Fresh was cut
	Summary   Summary
	Review    []Review // «На проверку»
	ReviewAll int
	Guide     []GuideSection
}

// Manager is one caller.
type Manager struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Dials int    `json:"dials"`
}

// RowState colours a row.
type RowState string

// The states of a row.
const (
	RowPlain    RowState = ""
	RowNew      RowState = "new"      // never issued before
	RowPromised RowState = "promised" // a call agreed for today
	RowOverdue  RowState = "overdue"  // a call agreed for an earlier day
	RowAgain    RowState = "again"    // a retry or a follow-up whose turn has come
	RowClient   RowState = "client"   // onboarding after a contract
)

// Row is one company on a sheet, with the columns of the contract.
type Row struct {
	Number      int          `json:"number"`
	State       RowState     `json:"state"`
	Priority    int          `json:"priority"`
	Company     string       `json:"company"`
	City        string       `json:"city"`
	CallWindow  string       `json:"call_window"` // Moscow time, "06:00–15:00"
	Phone       string       `json:"phone"`       // "+7 907 000-00-01", extension as "доб. 12"
	PhoneLink   string       `json:"phone_link"`  // E.164 for tel:
	Person      string       `json:"person"`      // ЛПР
	Post        string       `json:"post"`
	Hook        string       `json:"hook"`
	LastResult  string       `json:"last_result"`
	Score       int64        `json:"score"` // thousandths of a point
	Segment     string       `json:"segment"`
	Why         string       `json:"why"`
	INN         company.INN  `json:"inn"`
	Region      string       `json:"region"`
	LocalTime   string       `json:"local_time"` // "МСК+2"
	OtherPhones string       `json:"other_phones"`
	Email       string       `json:"email"`
	Site        string       `json:"site"` // address with scheme, for the link
	Headcount   *int64       `json:"headcount"`
	Revenue     *int64       `json:"revenue"` // roubles
	OKVED       string       `json:"okved"`   // code and official name
	Attempt     int          `json:"attempt"` // of the coming call, from 1
	ManagerID   string       `json:"manager_id"`
	Manager     string       `json:"manager"`
	Sources     string       `json:"sources"`
	Updated     company.Date `json:"updated"`
}

// Tier is the ranked base of one priority.
type Tier struct {
	Priority int
	Title    string
	Rows     []Row
	Total    int // how many there are; Rows is the top
}

// Target is a company that is courted over months, with what is known of it.
type Target struct {
	Row
	Contacts  string // a line each: whom to ask for, with numbers
	Equipment string // a line each: what it is likely to run, with the bearings in it
	LastTalk  string // when somebody answered last, and what was said; "" = nobody has
}

// Fresh is a company that is new or changed since the last completed run of
// an earlier date.
type Fresh struct {
	Row
	What string // «новая» or what changed, from what to what
}

// Review is a listing whose company could not be told.
type Review struct {
	Name, City, Address, Phone, Site string // several numbers or sites stand in lines
	SourceTitle                      string // for people
	Source, Key                      string // the section and its own key, by which a decision is remembered
	Why                              string
	Candidates                       []Candidate // the likeliest first
}

// Candidate is a company that a listing may be, with what it is known by.
type Candidate struct {
	INN                  company.INN
	Name                 string // with its town
	Likely               string // «97 %»
	Address, Phone, Site string // as of a Review
	Agrees               string // what speaks for it
	Differs              string // what speaks against it, a line each with both values
}

// Summary holds the figures of «Сводка».
type Summary struct {
	Figures  []Figure      // the day in numbers
	Segments []SegmentLine // leads by segment
	Scores   []ScoreBand   // distribution of the score
	Skipped  []Figure      // vetoes and rows kept out of «Обзвон», by reason
	Sources  []SourceLine
	Plan     []Table // the work, the funnel and the money against the plan
	Charts   []Chart
}

// Table is figures with a head, as it is shown.
type Table struct {
	Title string
	Note  string   // below the title
	Head  []string // the first column is text
	Rows  [][]Value
}

// Value is a cell of a table.
type Value struct {
	Text   string // when Kind is ValueText
	Number float64
	Kind   ValueKind
	Tone   Tone
}

// ValueKind says how a cell is shown.
type ValueKind uint8

// The kinds.
const (
	ValueText ValueKind = iota
	ValueCount
	ValueShare // 0..1, shown as per cent
	ValueMoney // roubles
	ValueTenth // one decimal
	ValueNone  // not known: a dash
)

// Tone tells a figure's standing against the plan.
type Tone uint8

// The tones.
const (
	ToneNone Tone = iota
	ToneGood
	ToneShort // below the plan
)

// Chart is a few series over named places.
type Chart struct {
	ID     string // part of a file name: small latin letters, digits, "-"
	Title  string
	Kind   ChartKind
	Labels []string
	Series []Series
	Unit   string // of the values: «звонков», «₽», «%»
}

// ChartKind says how a chart is drawn.
type ChartKind string

// The kinds.
const (
	ChartBars ChartKind = "bars"
	ChartLine ChartKind = "line"
)

// Series is one line of a chart.
type Series struct {
	Title  string
	Values []float64
}

// Figure is a named number.
type Figure struct {
	Title string
	Value int64
	Note  string
}

// SegmentLine counts leads of one segment.
type SegmentLine struct {
	Segment  string
	Priority int
	Leads    int64
	Dialable int64
	Listed   int64
}

// ScoreBand counts leads whose score lies in [From, To).
type ScoreBand struct {
	From, To   int // points
	ByPriority [3]int64
}

// SourceLine is the state of one source.
type SourceLine struct {
	Name, Title, State, Note string
	Release                  company.Date
	Counts                   Counts
}

// GuideSection is a paragraph of «Как заполнять».
type GuideSection struct {
	Title string
	Lines []string
	Table [][2]string // result → what happens next
}
