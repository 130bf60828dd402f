package score

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// maxGroups is how many groups of signals a scorer has room for.
const maxGroups = 16

// ErrSettings says that a segments file or the options cannot be scored with.
var ErrSettings = errors.New("cannot score")

// Options are what scores depend on beside the segments file.
type Options struct {
	Today        company.Date // the list's day: age, freshness, season
	SellerRegion string       // two digits; "" = proximity is unknown
	Exclusions   Exclusions   // stop list and clients; nil = none
	Releases     *Releases    // those that the rows were made with; nil = none
	Watched      Watch        // of which needs sources in force tell
}

// Watch says of which needs some source in force tells, so that a company of which
// none is told is known to have none.
type Watch struct {
	Tenders  bool // company.FieldTenderDay or FieldTenderDeadline
	Fairs    bool // company.FieldFairDay
	Supplies bool // company.FieldSupplyDay
}

// Gives notes what a source in force can give.
func (w *Watch) Gives(f company.Field) {
	switch f {
	case company.FieldTenderDay, company.FieldTenderDeadline:
		w.Tenders = true
	case company.FieldFairDay:
		w.Fairs = true
	case company.FieldSupplyDay:
		w.Supplies = true
	}
}

// Scorer gives points to rows. It may be used by many goroutines.
type Scorer struct {
	segments *config.Segments
	hash     string // of the segments: dear to make, shown with every explanation
	matcher  *Matcher
	options  Options

	groups   []group
	signals  []signal // in the file's order
	common   []int    // those that are the same for all segments
	specific []int    // those that are not
	plain    []int    // groups of common signals only
	mixed    []int    // groups with specific ones
	weight   Points   // of all signals
	weights  [len(signalIDs)]Points
	rules    []rule
}

// group is a config.Group in points.
type group struct {
	cap    Points
	intent bool
}

// signal is a config.Signal with its points worked out for every value it can
// take.
type signal struct {
	kind   kind
	group  int
	full   Points  // for a value of 1
	steps  []int64 // of a ladder, rising: quantities from which the next grade counts
	grades []grade // unknown, nothing, then rising: by level, step, region or yes
}

// grade is a value and the points it makes.
type grade struct {
	value  float64
	points Points
}

// rule is what a segment asks for beside a match.
type rule struct {
	priority     int8
	season       bool // Today is in it
	sizeFrom     int64
	sizeTo       int64
	branchesFrom uint16
}

// New prepares a scorer for one day. Its errors are ErrUnknownSignal,
// ErrSettings and ErrTooMany.
func New(s *config.Segments, o Options) (*Scorer, error) {
	m, err := NewMatcher(s)
	if err != nil {
		return nil, err
	}
	if !o.Today.Known() {
		return nil, fmt.Errorf("no day given to score for: %w", ErrSettings)
	}
	sc := &Scorer{segments: s, hash: s.Hash(), matcher: m, options: o}
	if err := sc.addGroups(); err != nil {
		return nil, err
	}
	if err := sc.addSignals(); err != nil {
		return nil, err
	}
	for i := range s.Segments {
		sc.rules = append(sc.rules, ruleOf(&s.Segments[i], o.Today))
	}
	return sc, nil
}

func (s *Scorer) addGroups() error {
	if n := len(s.segments.Groups); n > maxGroups {
		return fmt.Errorf("%d groups, at most %d: %w", n, maxGroups, ErrTooMany)
	}
	var sum Points
	for _, g := range s.segments.Groups {
		s.groups = append(s.groups, group{capOf(g.Cap), g.Intent})
		sum += capOf(g.Cap)
	}
	if sum > 100*Point {
		return fmt.Errorf("caps of the groups add up to %s, more than 100: %w", sum.decimal("."), ErrSettings)
	}
	return nil
}

func (s *Scorer) addSignals() error {
	for i, c := range s.segments.Signals {
		k, err := kindOf(i, c.ID)
		if err != nil {
			return err
		}
		g := slices.IndexFunc(s.segments.Groups, func(g config.Group) bool { return g.ID == c.Group })
		switch {
		case g < 0:
			return fmt.Errorf("signals[%d]: %s: no group %q: %w", i, c.ID, c.Group, ErrSettings)
		case slices.ContainsFunc(s.signals, func(o signal) bool { return o.kind == k }):
			return fmt.Errorf("signals[%d]: %s stands twice: %w", i, c.ID, ErrSettings)
		case c.Points < 0 || c.Unknown < 0 || c.Unknown > 1:
			return fmt.Errorf("signals[%d]: %s: negative points or an unknown value outside 0..1: %w", i, c.ID, ErrSettings)
		}
		s.signals = append(s.signals, s.newSignal(k, g, c))
		s.weight += pointsOf(c.Points)
		s.weights[k] = pointsOf(c.Points)
		if k.bySegment() {
			s.specific = append(s.specific, i)
		} else {
			s.common = append(s.common, i)
		}
	}
	for i := range s.groups {
		if slices.ContainsFunc(s.specific, func(n int) bool { return s.signals[n].group == i }) {
			s.mixed = append(s.mixed, i)
		} else {
			s.plain = append(s.plain, i)
		}
	}
	return nil
}

func (s *Scorer) newSignal(k kind, group int, c config.Signal) signal {
	sig := signal{kind: k, group: group, full: pointsOf(c.Points)}
	add := func(values ...float64) {
		for _, v := range values {
			sig.grades = append(sig.grades, grade{v, pointsOf(c.Points * v)})
		}
	}
	climb := func(steps []config.Step, quantity func(float64) int64) {
		for _, st := range slices.SortedFunc(slices.Values(steps), func(a, b config.Step) int { return cmp.Compare(a.From, b.From) }) {
			sig.steps = append(sig.steps, quantity(st.From))
			add(st.Value)
		}
	}
	fit, ladders := s.segments.FitLevels, s.segments.Ladders
	add(c.Unknown)
	if k == proximity {
		places := s.places()
		add(places[:]...)
		return sig
	}
	add(0)
	switch k {
	case okvedMain, okvedReported, okvedExtra:
		add(fit.Weak, fit.Adjacent, fit.Core)
	case headcount:
		climb(ladders.Headcount, scaled(1))
	case revenue:
		climb(ladders.Revenue, scaled(thousand)) // millions, rows hold thousands
	case smeCategory:
		climb(ladders.Category, scaled(1))
	case branches:
		climb(ladders.Branches, scaled(1))
	case freshness:
		climb(ladders.Freshness, scaled(1))
	case tender:
		climb(ladders.Tender, scaled(1))
	case tenderPast:
		climb(ladders.TenderPast, scaled(1))
	case exhibition:
		climb(ladders.Exhibition, scaled(1))
	case competitorClient:
		climb(ladders.CompetitorClient, scaled(1))
	case age:
		climb(ladders.Age, func(years float64) int64 { return -int64(yearsBefore(s.options.Today, years)) })
	default:
		add(1)
	}
	return sig
}

func scaled(unit float64) func(float64) int64 {
	return func(from float64) int64 { return int64(math.Ceil(from*unit - 1e-6)) }
}

// yearsBefore gives the last registration day that makes a firm so many years
// old. The ladder of age compares days below zero, so that older is more.
func yearsBefore(today company.Date, years float64) company.Date {
	whole, part := math.Modf(years)
	return company.DateOf(today.Time().AddDate(-int(whole), -int(math.Round(part*12)), 0))
}

// places values every region code there can be.
func (s *Scorer) places() [math.MaxUint8 + 1]float64 {
	p := s.segments.Proximity
	var out [math.MaxUint8 + 1]float64
	for i := range out {
		out[i] = p.Others
	}
	set := func(code string, value float64) {
		if n, err := strconv.ParseUint(code, 10, 8); err == nil {
			out[n] = value
		}
	}
	for _, r := range p.Regions {
		for _, code := range r.Codes {
			set(string(code), r.Value)
		}
	}
	set(s.options.SellerRegion, p.SameRegion)
	return out
}

func ruleOf(seg *config.Segment, today company.Date) rule {
	r := rule{
		priority:     int8(seg.Priority),
		season:       slices.Contains(seg.Season, int(today.Time().Month())),
		sizeTo:       math.MaxInt64,
		branchesFrom: uint16(min(max(seg.BranchesFrom, 0), math.MaxUint16)),
	}
	if seg.Size != nil {
		r.sizeFrom = int64(math.Ceil(seg.Size.From))
		if seg.Size.To > 0 {
			r.sizeTo = int64(seg.Size.To)
		}
	}
	return r
}

// month is the month of the day scored for.
func (s *Scorer) month() time.Month { return s.options.Today.Time().Month() }
