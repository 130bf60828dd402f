// Package config reads the two files that tune the program: obzvon.yaml for
// the operator and segments.yaml for the analyst. Both have commented defaults
// in the binary. What it returns has been checked; nothing else in the program
// reads configuration.
package config

import (
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"obzvon/pipeline/company"
)

// Config is config/obzvon.yaml: everything but the segments.
type Config struct {
	SchemaVersion int                `mapstructure:"schema_version"`
	DataDir       string             `mapstructure:"data_dir"`      // stores, lists, locks
	SegmentsFile  string             `mapstructure:"segments_file"` // "" = the embedded one
	Seller        Seller             `mapstructure:"seller"`
	Strategy      Strategy           `mapstructure:"strategy"`
	Managers      []Manager          `mapstructure:"managers"`
	Store         Store              `mapstructure:"store"`
	Run           Run                `mapstructure:"run"`
	Fetch         Fetch              `mapstructure:"fetch"`
	Collect       Collect            `mapstructure:"collect"`
	PersonalData  PersonalData       `mapstructure:"personal_data"`
	Plan          Plan               `mapstructure:"plan"`
	Sources       map[string]Section `mapstructure:"sources"`
	Enrich        map[string]Section `mapstructure:"enrich"`
	Waterfall     Waterfall          `mapstructure:"waterfall"`
	Resolve       Resolve            `mapstructure:"resolve"`
	Calendar      Calendar           `mapstructure:"calendar"`
	CallList      CallList           `mapstructure:"call_list"`
	Exports       map[string]Section `mapstructure:"exports"`
	Schedule      Schedule           `mapstructure:"schedule"`
	Inbox         Inbox              `mapstructure:"inbox"`
	Backups       Backups            `mapstructure:"backups"`
	Web           Web                `mapstructure:"web"`
	Notices       Notices            `mapstructure:"notices"`
}

// Seller is who calls.
type Seller struct {
	Name     string `mapstructure:"name"`
	Region   Code   `mapstructure:"region"`    // two digits, quoted
	TimeZone string `mapstructure:"time_zone"` // IANA; hours of the list are in it
}

// Strategy is the plan's calendar.
type Strategy struct {
	StartDate Day `mapstructure:"start_date"` // month 1 begins here
}

// Manager is one caller.
type Manager struct {
	ID    string `mapstructure:"id"`    // latin letters, digits, "-": part of a file name
	Name  string `mapstructure:"name"`  //
	Dials int    `mapstructure:"dials"` // a day
	From  Clock  `mapstructure:"from"`  // working hours in the seller's zone
	Until Clock  `mapstructure:"until"`

	Role     Role      `mapstructure:"role"`    // acquisition when not given
	Since    Day       `mapstructure:"since"`   // first and last day of work; "" = open
	Through  Day       `mapstructure:"through"` //
	Absences []Absence `mapstructure:"absences"`
}

// Role is what a manager does: win clients, or keep them.
type Role string

// The roles.
const (
	RoleAcquisition Role = "acquisition"
	RoleRetention   Role = "retention"
)

// Absence is a stretch of days without a manager, both ends included.
type Absence struct {
	From  Day `mapstructure:"from"`
	Until Day `mapstructure:"until"`
}

// Works tells whether a manager is there on a day of work.
func (m *Manager) Works(day company.Date) bool {
	if m.Since != "" && day < m.Since.Date() || m.Through != "" && day > m.Through.Date() {
		return false
	}
	return !slices.ContainsFunc(m.Absences, func(a Absence) bool { return a.From.Date() <= day && day <= a.Until.Date() })
}

// Store is where and how the stores open.
type Store struct {
	LockTimeout time.Duration `mapstructure:"lock_timeout"`
}

// Run bounds a night.
type Run struct {
	Deadline        Clock   `mapstructure:"deadline"`         // in the seller's zone
	QuarantineLimit float64 `mapstructure:"quarantine_limit"` // share of rows read, 0..1
	MemoryLimit     Memory  `mapstructure:"memory_limit"`     // what the program keeps to
}

// Collect says what is taken from registries beyond the segments' codes.
type Collect struct {
	AdditionalCodes bool   `mapstructure:"additional_codes"` // an additional code alone is enough
	ExtraCodes      []Code `mapstructure:"extra_codes"`
}

// PersonalData says what may be collected of people.
type PersonalData struct {
	NamedPeople     bool `mapstructure:"named_people"`
	RetentionMonths int  `mapstructure:"retention_months"` // how long contacts of people at firms that were never reached are kept; 0 = for ever
}

// Plan is what is to be reached, and what it costs.
type Plan struct {
	Contacts    Span             `mapstructure:"contacts"`  // a month, as all of these
	Qualified   Span             `mapstructure:"qualified"` //
	Offers      Span             `mapstructure:"offers"`
	Trials      Span             `mapstructure:"trials"`
	Contracts   Span             `mapstructure:"contracts"`
	Conversions Conversions      `mapstructure:"conversions"`
	DialOffer   []float64        `mapstructure:"dial_offer"` // least and most share of dials that end in an offer
	Milestones  []Milestone      `mapstructure:"milestones"`
	Spend       map[string]int64 `mapstructure:"spend"` // roubles by month "2026-11": what winning clients cost
}

// Span is a least and a most.
type Span struct {
	From int `mapstructure:"from"`
	To   int `mapstructure:"to"`
}

// Conversions are shares of one stage that reach the next, 0..1.
type Conversions struct {
	ContactQualified float64 `mapstructure:"contact_qualified"`
	QualifiedOffer   float64 `mapstructure:"qualified_offer"`
	OfferTrial       float64 `mapstructure:"offer_trial"`
	TrialContract    float64 `mapstructure:"trial_contract"`
	ContractRepeat   float64 `mapstructure:"contract_repeat"`
}

// Milestone is what the money is held against at the end of a month of the plan.
type Milestone struct {
	Month        int     `mapstructure:"month"`         // 1 = the first of the strategy
	Clients      int     `mapstructure:"clients"`       // active ones
	Revenue      int64   `mapstructure:"revenue"`       // roubles in that month
	AverageOrder int64   `mapstructure:"average_order"` // roubles
	RepeatShare  float64 `mapstructure:"repeat_share"`  // of clients that ordered again, 0..1
	LTV          int64   `mapstructure:"ltv"`           // roubles a client
	CAC          int64   `mapstructure:"cac"`           // roubles a client, at most
}

// Section is one adapter's part: the keys every adapter has, and the rest,
// which the adapter decodes itself through Section.Decode.
type Section struct {
	Name            string        `mapstructure:"-"`                // its key in the file
	Adapter         string        `mapstructure:"adapter"`          // which adapter; the section's name when not given
	Enabled         bool          `mapstructure:"enabled"`          // true when not given
	Trust           int           `mapstructure:"trust"`            // 0..100, decides between sources that disagree
	Paths           []string      `mapstructure:"paths"`            // files, folders, globs; "embed:NAME" = sample data
	QuarantineLimit float64       `mapstructure:"quarantine_limit"` // as in run; 0 = that one
	TermsAccepted   Day           `mapstructure:"terms_accepted"`   // when somebody read and accepted the source's terms
	Budget          int           `mapstructure:"budget"`           // of a metered enricher: asks a night
	Every           time.Duration `mapstructure:"every"`            // of a source: the least time between two pulls; 0 = each night
	KeyFile         string        `mapstructure:"key_file"`         // a file with the adapter's key; "" = its variable
	CallsADay       int64         `mapstructure:"calls_a_day"`      // of a service: most calls of one day; 0 = the adapter's own bound
	CallsInAll      int64         `mapstructure:"calls_in_all"`     // most calls for ever; 0 = no bound
	Fresh           time.Duration `mapstructure:"fresh"`            // of a service: how long an answer is used again; 0 = the adapter's own
	Base            string        `mapstructure:"-"`                // folder from which relative paths of the section count

	key    string           // its path in the file
	at     place            // where it stands
	places map[string]place // where its common keys stand, by path
	rest   *yaml.Node       // the adapter's own keys; nil = none

	secret func(variable string) string // of the environment; nil = there is none
}

// Resolve tunes the joining of listings without ИНН to companies.
type Resolve struct {
	MatchFrom    float64  `mapstructure:"match_from"`     // probability from which a listing is joined by itself, 0..1
	ReviewFrom   float64  `mapstructure:"review_from"`    // probability from which a person is asked
	FreeMail     []string `mapstructure:"free_mail"`      // mail domains that say nothing of the firm
	SharedHosts  []string `mapstructure:"shared_hosts"`   // site builders, redirects, social networks
	ReviewAtMost int      `mapstructure:"review_at_most"` // rows of «На проверку»
}

// Calendar is the production calendar: weekends are Saturday and Sunday but
// for these days.
type Calendar struct {
	Holidays []Day `mapstructure:"holidays"` // days off that fall on Monday to Friday
	Workdays []Day `mapstructure:"workdays"` // working Saturdays and Sundays
}

// CallList shapes the day's list.
type CallList struct {
	LocalFrom  Clock         `mapstructure:"local_from"`  // when a company may be called, its own time
	LocalUntil Clock         `mapstructure:"local_until"` //
	MinWindow  time.Duration `mapstructure:"min_window"`  // a common time shorter than this is none
	Targets    int           `mapstructure:"targets"`     // «ТОП-20»
	BaseRows   int           `mapstructure:"base_rows"`   // top N of each priority sheet
	FreshRows  int           `mapstructure:"fresh_rows"`  // top N of «Новые»

	NewShare    float64 `mapstructure:"new_share"`    // of a manager's dials for companies never called, 0..1
	RandomShare float64 `mapstructure:"random_share"` // of the new ones drawn at random from below the cut, 0..1
	TenderShare float64 `mapstructure:"tender_share"` // of the new ones at most that a live tender brings before their phase or out of the rest after a refusal, 0..1
	HoldDays    int     `mapstructure:"hold_days"`    // working days that a row without a result stays with its manager
	CallsAWeek  int     `mapstructure:"calls_a_week"` // to one company within seven days at most; those it asked for count, but are not held back
}

// Segments is config/segments.yaml: what the analyst tunes.
type Segments struct {
	SchemaVersion int       `mapstructure:"schema_version"`
	Phases        []Phase   `mapstructure:"phases"`
	Groups        []Group   `mapstructure:"groups"`
	Signals       []Signal  `mapstructure:"signals"`
	Ladders       Ladders   `mapstructure:"ladders"`
	Proximity     Proximity `mapstructure:"proximity"`
	FitLevels     Fit       `mapstructure:"fit_levels"`
	Segments      []Segment `mapstructure:"segments"`
	Vetoes        Vetoes    `mapstructure:"vetoes"`
	Cadence       Cadence   `mapstructure:"cadence"`
}

// Cadence is when a company is called again after each result. Days "after" are
// working days, rests and the days of onboarding are calendar days.
type Cadence struct {
	RetryAfter    []int `mapstructure:"retry_after"`    // Недозвон, Не ЛПР: days after the 1st, 2nd, … attempt; the last is repeated
	RetryAttempts int   `mapstructure:"retry_attempts"` // so many without an answer, then a rest
	RetryRest     int   `mapstructure:"retry_rest"`
	CallBackMoves int   `mapstructure:"call_back_moves"` // Перезвонить so often in a row, then the head decides
	RefusalRest   int   `mapstructure:"refusal_rest"`    // Не интересно
	InterestAfter []int `mapstructure:"interest_after"`  // Интерес, as OfferAfter; the last is repeated
	OfferAfter    []int `mapstructure:"offer_after"`     // КП отправлено: days after the 1st, 2nd, … call; after the last no more
	TrialAfter    []int `mapstructure:"trial_after"`     // Тестовая партия; the last is repeated
	Onboarding    []int `mapstructure:"onboarding"`      // Контракт: on these days after it
}

// Fit is how well a company of a core, adjacent or weak code fits, 0..1.
type Fit struct {
	Core     float64 `mapstructure:"core"`
	Adjacent float64 `mapstructure:"adjacent"`
	Weak     float64 `mapstructure:"weak"`
}

// Phase is a stretch of the plan with shares of priorities among new leads.
type Phase struct {
	FromMonth int     `mapstructure:"from_month"` // 1 = the month of start_date
	Priority1 float64 `mapstructure:"priority_1"` // shares add up to 1
	Priority2 float64 `mapstructure:"priority_2"`
	Priority3 float64 `mapstructure:"priority_3"`
}

// Group caps the points of kindred signals. Caps add up to 100.
type Group struct {
	ID     string  `mapstructure:"id"`
	Title  string  `mapstructure:"title"`
	Intent bool    `mapstructure:"intent"` // says "now", not "like us"
	Cap    float64 `mapstructure:"cap"`
}

// Signal gives points to a property, one of SignalIDs.
type Signal struct {
	ID      string  `mapstructure:"id"`
	Group   string  `mapstructure:"group"`
	Title   string  `mapstructure:"title"`
	Points  float64 `mapstructure:"points"`  // for a signal of 1; not negative
	Unknown float64 `mapstructure:"unknown"` // value 0..1 taken where nothing is known
}

// Ladders turn quantities into 0..1.
type Ladders struct {
	Headcount []Step `mapstructure:"headcount"` // persons
	Revenue   []Step `mapstructure:"revenue"`   // million roubles
	Branches  []Step `mapstructure:"branches"`
	Age       []Step `mapstructure:"age"`       // years since registration
	Freshness []Step `mapstructure:"freshness"` // days since the newest source
	Category  []Step `mapstructure:"category"`  // 1 micro, 2 small, 3 medium

	// Of needs. Needed only where the signal of that name stands in the file.
	Tender           []Step `mapstructure:"tender"`            // days left for offers
	TenderPast       []Step `mapstructure:"tender_past"`       // days since the newest notice
	Exhibition       []Step `mapstructure:"exhibition"`        // days to or since the fair's first day
	CompetitorClient []Step `mapstructure:"competitor_client"` // days since the newest contract with another supplier
}

// Step gives Value to quantities of From and more, until the next step.
type Step struct {
	From  float64 `mapstructure:"from"`
	Value float64 `mapstructure:"value"`
}

// Proximity gives 0..1 by region.
type Proximity struct {
	SameRegion float64           `mapstructure:"same_region"`
	Others     float64           `mapstructure:"others"`
	Regions    []RegionProximity `mapstructure:"regions"`
}

// RegionProximity names regions that are nearer than others.
type RegionProximity struct {
	Codes []Code  `mapstructure:"codes"`
	Value float64 `mapstructure:"value"`
}

// Segment is one target group.
type Segment struct {
	ID           string   `mapstructure:"id"`
	Title        string   `mapstructure:"title"`
	Priority     int      `mapstructure:"priority"`
	Partner      bool     `mapstructure:"partner"` // may become a reseller
	Codes        Codes    `mapstructure:"codes"`
	SecondSign   []Code   `mapstructure:"second_sign"` // of its codes those that need a word or a rubric too; each as written, not what is below it
	Words        []string `mapstructure:"words"`       // beginnings of words in the name
	Rubrics      []string `mapstructure:"rubrics"`     // beginnings of words in directory rubrics
	Size         *Range   `mapstructure:"size"`        // persons; outside it the segment does not fit
	BranchesFrom int      `mapstructure:"branches_from"`
	Season       []int    `mapstructure:"season"` // months when they buy
	Hook         string   `mapstructure:"hook"`   // the first question
	Bearings     []string `mapstructure:"bearings"`
}

// Codes are a segment's codes by how well they fit.
type Codes struct {
	Core     []Code `mapstructure:"core"`
	Adjacent []Code `mapstructure:"adjacent"`
	Weak     []Code `mapstructure:"weak"`
}

// Range bounds a quantity; 0 = open.
type Range struct {
	From float64 `mapstructure:"from"`
	To   float64 `mapstructure:"to"`
}

// Vetoes are rules that keep a company off every list.
type Vetoes struct {
	MakerCodes        []Code   `mapstructure:"maker_codes"` // main or reported code
	CompetitorWords   []string `mapstructure:"competitor_words"`
	CompetitorRubrics []string `mapstructure:"competitor_rubrics"`
	CompetitorINNs    []INN    `mapstructure:"competitor_inns"`
	NotOursWords      []string `mapstructure:"not_ours_words"` // housing, garage and garden co-operatives, by the name
}

// Code is a code of digits and dots that YAML would spoil as a number.
type Code string

// OKVED returns the code as an activity code; validation has checked it.
func (c Code) OKVED() company.OKVED { return company.OKVED(c) }

// INN is a taxpayer number in a config file, quoted.
type INN string

// Day is a calendar day written YYYY-MM-DD.
type Day string

// Date returns the day; validation has checked it.
func (d Day) Date() company.Date { v, _ := company.ParseDate(string(d)); return v }

// Clock is a time of day written "HH:MM".
type Clock string

// Minutes since midnight; validation has checked the form.
func (c Clock) Minutes() int {
	t, err := time.Parse("15:04", string(c))
	if err != nil {
		return 0
	}
	return t.Hour()*60 + t.Minute()
}
