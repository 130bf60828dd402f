package night

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/erasure"
	"obzvon/pipeline/store"
)

// Night is everything a night needs. All fields but Progress are required.
type Night struct {
	Config    *config.Config
	Segments  *config.Segments
	Store     store.Store
	Sources   []Source
	Enrichers []Enricher
	Exporters []Exporter
	Sample    bool            // invented companies
	Version   string          // of the program: what another one has derived is derived anew
	Journal   erasure.Journal // what retention takes contacts out of, too; nil = there is none
	Scratch   string          // a folder for what does not fit in memory; made when needed
	Clock     func() time.Time
	Progress  func(Event) // may be nil; called from one goroutine at a time
}

// Source is a configured source.
type Source struct {
	Section config.Section
	Source  pipeline.Source
}

func (s Source) kind() pipeline.Kind { return s.Source.Describe().Kind }

// released tells a source that is read release by release: what comes of it
// takes the place of what came before.
func (s Source) released() bool {
	return s.kind() == pipeline.KindRegistry || s.annex()
}

// annex tells a source that adds to companies and makes none.
func (s Source) annex() bool { return s.kind() == pipeline.KindSet }

// Enricher is a configured enricher.
type Enricher struct {
	Section  config.Section
	Enricher pipeline.Enricher
	Off      string // why it is not asked; what it said before stays in force
	// Spent tells of one that asks a service how many calls of its budget were made
	// today, and how many may still be made, -1 = no bound; nil = nothing is counted.
	Spent func(ctx context.Context) (today, left int64, err error)
}

// Exporter is a configured exporter.
type Exporter struct {
	Section  config.Section
	Exporter pipeline.Exporter
}

// Request says what to do.
type Request struct {
	Day        company.Date // 0 = the next working day
	Only       []string     // sources to pull; none = all
	SkipEnrich bool
}

// Run is the nightly job from the first stage to the last. The report is good
// also when an error is returned: it tells how far the night came.
func (n *Night) Run(ctx context.Context, req Request) (*Report, error) {
	day, err := n.day(req)
	if err != nil {
		return nil, err
	}
	r, err := n.newReport(day)
	if err != nil {
		return nil, err
	}
	if err := n.begin(ctx, r); err != nil {
		return r, err
	}
	if err := n.stages(ctx, req, r); err != nil {
		return r, errors.Join(err, n.fail(ctx, r, err))
	}
	return r, n.end(ctx, r)
}

// stages is the way through the night.
func (n *Night) stages(ctx context.Context, req Request, r *Report) error {
	if err := n.pullAll(ctx, req, r); err != nil {
		return err
	}
	v, err := n.settle(ctx, r)
	if err != nil {
		return err
	}
	if !req.SkipEnrich {
		if v, err = n.enrichAll(ctx, v, r); err != nil {
			return err
		}
	}
	return n.list(ctx, v, r)
}

// settle takes over what people wrote, less what has been kept long enough, and
// then knows.
func (n *Night) settle(ctx context.Context, r *Report) (*view, error) {
	var err error
	if r.Purged, err = n.retain(ctx, r.Day); err != nil {
		return nil, fmt.Errorf("take away contacts that were kept long: %w", err)
	}
	if err := n.tell(ctx, r.Day); err != nil {
		return nil, err
	}
	return n.know(ctx, r)
}

// know turns observations into companies and companies into scoring rows.
func (n *Night) know(ctx context.Context, r *Report) (*view, error) {
	if err := n.settlePeople(ctx, r.Day); err != nil {
		return nil, fmt.Errorf("forget named people: %w", err)
	}
	v, err := n.view(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the state of the sources: %w", err)
	}
	if err := n.resolve(ctx, v, r); err != nil {
		return nil, fmt.Errorf("resolve listings: %w", err)
	}
	if err := n.derive(ctx, v, r); err != nil {
		return nil, fmt.Errorf("derive companies: %w", err)
	}
	return v, nil
}

// list scores, picks, freezes and writes the day's list.
func (n *Night) list(ctx context.Context, v *view, r *Report) error {
	k, err := n.rank(ctx, v, r)
	if err != nil {
		return fmt.Errorf("score companies: %w", err)
	}
	if r.Idle = len(n.working(r.Day)) == 0; r.Idle {
		r.errors = append(r.errors, fmt.Sprintf("no manager works on %s: see since, through and absences of managers in config", r.Day))
	}
	began := n.Clock()
	defer func() { r.took(StageExport, "", began, n.Clock()) }()
	p, err := n.newPresenter(ctx, v, k.calls, k.scorer)
	if err != nil {
		return fmt.Errorf("read the managers of companies: %w", err)
	}
	issued, err := n.issue(ctx, p, k, r)
	if err != nil {
		return fmt.Errorf("issue the list of %s: %w", r.Day, err)
	}
	// The other sheets show the managers as the list has settled them.
	if p.keepers, err = n.keepers(ctx, k.calls); err != nil {
		return err
	}
	if err := n.export(ctx, p, issued, k, r); err != nil {
		return fmt.Errorf("export the list of %s: %w", r.Day, err)
	}
	return nil
}

// Why no list is made for a day that was asked for.
var (
	ErrNotWorkday = errors.New("not a working day by the calendar in config")
	// ErrNoCalendar is a day of a year whose holidays nobody has written down: a
	// list would be frozen for what may be a public holiday.
	ErrNoCalendar = errors.New("calendar.holidays in config does not go as far as that year")
)

func (n *Night) day(req Request) (company.Date, error) {
	if req.Day == 0 {
		return NextDay(n.Config, n.Clock())
	}
	if !knownYear(n.Config.Calendar, req.Day) {
		return 0, fmt.Errorf("%s: %w: add its days off", req.Day, ErrNoCalendar)
	}
	if cal := calllist.NewCalendar(n.Config.Calendar); !cal.Workday(req.Day) {
		return 0, fmt.Errorf("%s: %w; the next one is %s", req.Day, ErrNotWorkday, cal.Next(req.Day))
	}
	return req.Day, nil
}

// knownYear tells whether the calendar goes as far as a day's year; one without any
// holidays at all is somebody's wish.
func knownYear(c config.Calendar, day company.Date) bool {
	return len(c.Holidays) == 0 || slices.ContainsFunc(c.Holidays, func(h config.Day) bool {
		return h.Date().Time().Year() >= day.Time().Year()
	})
}

// NextDay is the working day that a run at the given moment makes the list
// for: today until the first manager begins, then the next one.
func NextDay(c *config.Config, now time.Time) (company.Date, error) {
	zone, err := time.LoadLocation(c.Seller.TimeZone)
	if err != nil {
		return 0, fmt.Errorf("load the seller's time zone: %w", err)
	}
	first := config.Clock("09:00")
	for i, m := range c.Managers {
		if i == 0 || m.From.Minutes() < first.Minutes() {
			first = m.From
		}
	}
	return calllist.NewCalendar(c.Calendar).ListDay(now, zone, first), nil
}

func (n *Night) zone() (*time.Location, error) {
	loc, err := time.LoadLocation(n.Config.Seller.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("load the seller's time zone: %w", err)
	}
	return loc, nil
}

// deadline is when sources and enrichers are cut short, so that the list is
// there in the morning. It is decided once for a night: one that has passed
// when the night begins bounds nothing (the zero time).
func (n *Night) deadline(day company.Date) (time.Time, error) {
	zone, err := n.zone()
	if err != nil {
		return time.Time{}, err
	}
	at := day.In(zone).Add(time.Duration(n.Config.Run.Deadline.Minutes()) * time.Minute)
	if !at.After(n.Clock()) {
		return time.Time{}, nil
	}
	return at, nil
}

// bounded ends a context at the night's deadline.
func (n *Night) bounded(ctx context.Context, r *Report) (context.Context, context.CancelFunc) {
	if r.deadline.IsZero() {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, r.deadline.Sub(n.Clock()))
}

// late tells that the deadline has come.
func (n *Night) late(r *Report) bool {
	return !r.deadline.IsZero() && !n.Clock().Before(r.deadline)
}

func (n *Night) progress(e Event) {
	if n.Progress != nil {
		n.Progress(e)
	}
}

const pageSize = 1000
