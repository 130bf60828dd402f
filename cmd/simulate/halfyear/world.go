package halfyear

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"obzvon/config"
	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store/bolt"
)

// Options say what is lived through.
type Options struct {
	Seed  uint64
	Firms int
	Days  int    // working days
	Dir   string // where the installation stands
}

// world is an installation, its people and the firms around it.
type world struct {
	chance
	options  Options
	config   *config.Config
	segments *config.Segments
	calendar calllist.Calendar
	zone     *time.Location
	store    *bolt.Store
	night    *night.Night
	now      time.Time

	firms    map[company.INN]*firm
	memories map[company.INN]*history
	checker  *checker
	queue    []upload
	report   *Report
}

func build(ctx context.Context, o Options) (*world, error) {
	cfg, seg, err := config.Load(config.Options{})
	if err != nil {
		return nil, err
	}
	w := &world{
		chance: chance{o.Seed}, options: o, config: cfg, segments: seg, now: time.Date(2026, time.November, 1, 20, 0, 0, 0, time.UTC),
		firms: map[company.INN]*firm{}, memories: map[company.INN]*history{}, report: &Report{Options: o},
	}
	if w.zone, err = time.LoadLocation(cfg.Seller.TimeZone); err != nil {
		return nil, fmt.Errorf("load the seller's time zone: %w", err)
	}
	w.hire()
	w.calendar = calllist.NewCalendar(cfg.Calendar)
	registry, directory := &source{name: "registry", kind: pipeline.KindRegistry}, &source{name: "directory", kind: pipeline.KindDirectory}
	for _, f := range firmsOf(w.chance, o.Firms) {
		r, d := f.observations()
		registry.all, directory.all = append(registry.all, r), append(directory.all, d)
		w.firms[f.inn], w.memories[f.inn] = f, &history{}
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the half-year: %w", err)
	}
	w.store, err = bolt.Open(ctx, bolt.Options{Dir: filepath.Join(o.Dir, "data"), LockTimeout: time.Second, Command: "simulate", Now: w.clock})
	if err != nil {
		return nil, err
	}
	w.night = &night.Night{
		Config: cfg, Segments: seg, Store: w.store, Scratch: filepath.Join(o.Dir, "scratch"), Clock: w.clock, Version: "simulation",
		Sources: []night.Source{
			{Section: config.Section{Name: "registry", Enabled: true, Trust: 80}, Source: registry},
			{Section: config.Section{Name: "directory", Enabled: true, Trust: 60}, Source: directory},
		},
		Exporters: []night.Exporter{{Section: config.Section{Name: "xlsx", Enabled: true}, Exporter: xlsx.New("xlsx", filepath.Join(o.Dir, "lists"))}},
	}
	w.checker = newChecker(w)
	return w, nil
}

func (w *world) clock() time.Time { return w.now }

func (w *world) close() error { return w.store.Close() }

// hire sets up the team: one manager at first, another later, then one who keeps
// clients; with holidays and an illness.
func (w *world) hire() {
	c := w.config
	c.Strategy.StartDate = "2026-11-01"
	c.CallList.BaseRows, c.CallList.FreshRows = 30, 10
	c.Managers = []config.Manager{
		{
			ID: "anna", Name: "Анна", Dials: 40, From: "08:00", Until: "18:00", Role: config.RoleAcquisition,
			Absences: []config.Absence{{From: "2027-02-15", Until: "2027-02-28"}},
		},
		{
			ID: "boris", Name: "Борис", Dials: 25, From: "07:00", Until: "16:00", Role: config.RoleAcquisition, Since: "2026-12-14",
			Absences: []config.Absence{{From: "2027-01-20", Until: "2027-01-22"}},
		},
		{ID: "vera", Name: "Вера", Dials: 15, From: "09:00", Until: "18:00", Role: config.RoleRetention, Since: "2027-02-01"},
	}
}

// desk takes files in, in the name of the office.
func (w *world) desk() *intake.Desk {
	return &intake.Desk{
		Store: w.store, Journal: journal.In(w.options.Dir), Managers: w.config.Managers, Days: w.calendar, Zone: w.zone,
		Layout: 1, By: "office", Now: w.clock,
	}
}

// Run lives through the half-year and tells what was seen.
func Run(ctx context.Context, o Options) (_ *Report, err error) {
	w, err := build(ctx, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	day := company.DateOf(w.now)
	for range o.Days {
		day = w.calendar.Next(day)
		if err := w.live(ctx, day); err != nil {
			return nil, fmt.Errorf("%s: %w", day, err)
		}
	}
	if err := w.deliver(ctx, day+30); err != nil { // whatever still lies in drawers
		return nil, err
	}
	return w.report, w.finish(ctx)
}
