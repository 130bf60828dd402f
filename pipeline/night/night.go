package night

import (
	"context"
	"errors"
	"fmt"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
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
	Sample    bool // invented companies
	Clock     func() time.Time
	Progress  func(Event) // may be nil; called from one goroutine at a time
}

// Source is a configured source.
type Source struct {
	Section config.Section
	Source  pipeline.Source
}

func (s Source) registry() bool { return s.Source.Describe().Kind == pipeline.KindRegistry }

// Enricher is a configured enricher.
type Enricher struct {
	Section  config.Section
	Enricher pipeline.Enricher
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
	r := n.newReport(day)
	if err := n.begin(ctx, r); err != nil {
		return r, err
	}
	if err := n.pullAll(ctx, day, req, r); err != nil {
		return r, err
	}
	if err := n.know(ctx, day, r); err != nil {
		return r, err
	}
	if !req.SkipEnrich {
		added, err := n.enrichAll(ctx, day, r)
		if err != nil {
			return r, err
		}
		if added {
			if err := n.know(ctx, day, r); err != nil {
				return r, err
			}
		}
	}
	if err := n.list(ctx, day, r); err != nil {
		return r, err
	}
	return r, n.end(ctx, r)
}

// know turns observations into companies and companies into scoring rows.
func (n *Night) know(ctx context.Context, day company.Date, r *Report) error {
	if err := n.resolve(ctx, r); err != nil {
		return fmt.Errorf("resolve listings: %w", err)
	}
	if err := n.derive(ctx, day, r); err != nil {
		return fmt.Errorf("derive companies: %w", err)
	}
	return nil
}

// list scores, picks, freezes and writes the day's list.
func (n *Night) list(ctx context.Context, day company.Date, r *Report) error {
	ranking, err := n.rank(ctx, day, r)
	if err != nil {
		return fmt.Errorf("score companies: %w", err)
	}
	issued, err := n.issue(ctx, day, ranking, r)
	if err != nil {
		return fmt.Errorf("issue the list of %s: %w", day, err)
	}
	if err := n.export(ctx, day, issued, ranking, r); err != nil {
		return fmt.Errorf("export the list of %s: %w", day, err)
	}
	return nil
}

// ErrNotWorkday is returned for a list asked for a day nobody works.
var ErrNotWorkday = errors.New("not a working day by the calendar in config")

func (n *Night) day(req Request) (company.Date, error) {
	cal := calllist.NewCalendar(n.Config.Calendar)
	if req.Day == 0 {
		zone, err := n.zone()
		if err != nil {
			return 0, err
		}
		return cal.ListDay(n.Clock(), zone, n.Config.CallList.LocalFrom), nil
	}
	if !cal.Workday(req.Day) {
		return 0, fmt.Errorf("%s: %w; the next one is %s", req.Day, ErrNotWorkday, cal.Next(req.Day))
	}
	return req.Day, nil
}

func (n *Night) zone() (*time.Location, error) {
	loc, err := time.LoadLocation(n.Config.Seller.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("load the seller's time zone: %w", err)
	}
	return loc, nil
}

// untilDeadline bounds the stages that may be cut short, so that the list is
// there in the morning. A deadline that has passed already bounds nothing.
func (n *Night) untilDeadline(ctx context.Context, day company.Date) (context.Context, context.CancelFunc) {
	zone, err := n.zone()
	if err != nil {
		return context.WithCancel(ctx)
	}
	at := day.In(zone).Add(time.Duration(n.Config.Run.Deadline.Minutes()) * time.Minute)
	left := at.Sub(n.Clock())
	if left <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, left)
}

func (n *Night) progress(e Event) {
	if n.Progress != nil {
		n.Progress(e)
	}
}

// scorer for the list's day.
func (n *Night) scorer(day company.Date, ex score.Exclusions) (*score.Scorer, error) {
	return score.New(n.Segments, score.Options{Today: day, SellerRegion: string(n.Config.Seller.Region), Exclusions: ex})
}

const pageSize = 1000
