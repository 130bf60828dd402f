package gauge

import (
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/night"
)

// lastRun is what is shown of a report.
type lastRun struct {
	ended  time.Time
	took   float64
	exit   string
	day    time.Time
	stages map[night.Stage]float64
	figures
}

// figures are what only a run that came to its end can tell.
type figures struct {
	sources []night.SourceReport
	listed  [3]int // rows by priority

	companies, leads, dialable int64
}

// stages and pools are all that are shown, so that one that was nothing this time
// is shown as 0.
var (
	stages = [...]night.Stage{night.StagePull, night.StageResolve, night.StageDerive, night.StageEnrich, night.StageScore, night.StageExport}
	pools  = [...]calllist.Pool{calllist.PoolDue, calllist.PoolNew, calllist.PoolRandom, calllist.PoolTender, calllist.PoolHeld}
)

func exitOf(r *night.Report, err error) string {
	switch {
	case err != nil || r == nil:
		return exitFailed
	case r.Exit() != 0:
		return exitShort
	}
	return exitGood
}

func newLastRun(r *night.Report, err error) *lastRun {
	l := &lastRun{
		ended: r.Ended, exit: exitOf(r, err), day: r.Day.Time(), stages: make(map[night.Stage]float64),
		figures: figures{sources: slices.Clone(r.Sources), companies: r.Companies},
	}
	if l.ended.IsZero() { // it was cut
		l.ended = r.Started
		for _, s := range r.Stages {
			l.ended = l.ended.Add(time.Duration(s.Seconds * float64(time.Second)))
		}
	}
	l.took = l.ended.Sub(r.Started).Seconds()
	for _, s := range r.Stages {
		l.stages[s.Stage] += s.Seconds
	}
	for _, s := range r.Leads {
		l.leads += s.Leads
		l.dialable += s.Dialable
	}
	for _, p := range r.Listed {
		if p.Priority >= 1 && p.Priority <= len(l.listed) {
			l.listed[p.Priority-1] += p.Rows
		}
	}
	return l
}

// told collects what the last run and the newest list told, each as a whole: a
// scrape in between sees the one before.
type told struct{ *Gauge }

func (told) Describe(to chan<- *prometheus.Desc) {
	for _, d := range descs {
		to <- d
	}
}

func (t told) Collect(to chan<- prometheus.Metric) {
	show := func(name string, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(descs[name], prometheus.GaugeValue, v, labels...)
	}
	if rows := t.list.Load(); rows != nil {
		for _, p := range pools {
			show(descListPool, float64((*rows)[p]), string(p))
		}
	}
	if l := t.last.Load(); l != nil {
		l.show(show)
	}
}

func (l *lastRun) show(show func(name string, v float64, labels ...string)) {
	exit, _ := strconv.ParseFloat(l.exit, 64) // one of three
	show(descRunExit, exit)
	show(descRunMoment, seconds(l.ended))
	show(descRunTook, l.took)
	show(descRunDay, seconds(l.day))
	for _, s := range stages {
		show(descRunStage, l.stages[s], string(s))
	}
	for i := range l.sources {
		l.showSource(&l.sources[i], show)
	}
	for i, n := range l.listed {
		show(descListPriority, float64(n), strconv.Itoa(i+1))
	}
	show(descCompanies, float64(l.companies))
	show(descLeads, float64(l.leads))
	show(descDialable, float64(l.dialable))
}

func (l *lastRun) showSource(s *night.SourceReport, show func(name string, v float64, labels ...string)) {
	c := s.Counts
	for _, row := range []struct {
		result string
		n      int64
	}{
		{"read", c.Read}, {"taken", c.Taken}, {"not_wanted", c.NotWanted}, {"quarantined", c.Quarantined}, {"unread", c.Unread},
	} {
		show(descSourceRows, float64(row.n), s.Name, row.result)
	}
	if s.Release.Date.Known() {
		show(descSourceDay, seconds(s.Release.Date.Time()), s.Name)
	}
	short := 0.0
	if s.State.Short() || s.State == night.StateOff {
		short = 1
	}
	show(descSourceShort, short, s.Name)
}

// Names of what the last run told.
const (
	descRunExit      = "obzvon_run_exit_code"
	descRunMoment    = "obzvon_run_timestamp_seconds"
	descRunTook      = "obzvon_run_duration_seconds"
	descRunDay       = "obzvon_run_list_day_timestamp_seconds"
	descRunStage     = "obzvon_run_stage_duration_seconds"
	descSourceRows   = "obzvon_source_rows"
	descSourceDay    = "obzvon_source_release_timestamp_seconds"
	descSourceShort  = "obzvon_source_short"
	descListPriority = "obzvon_list_priority_rows"
	descListPool     = "obzvon_list_pool_rows"
	descCompanies    = "obzvon_companies"
	descLeads        = "obzvon_leads"
	descDialable     = "obzvon_leads_dialable"
)

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var descs = map[string]*prometheus.Desc{
	descRunExit:      desc(descRunExit, "Exit code of the last run: 0 done, 1 failed, 3 short of something."),
	descRunMoment:    desc(descRunMoment, "When the last run ended."),
	descRunTook:      desc(descRunTook, "How long the last run took."),
	descRunDay:       desc(descRunDay, "Midnight UTC of the day that the last run made the list for."),
	descRunStage:     desc(descRunStage, "How long a stage of the last run took, over all sources.", "stage"),
	descSourceRows:   desc(descSourceRows, "Rows of a source at its last pull, by what became of them; read = taken + not_wanted + quarantined.", "source", "result"),
	descSourceDay:    desc(descSourceDay, "Midnight UTC of the day of a source's newest release.", "source"),
	descSourceShort:  desc(descSourceShort, "1 for a source that the last run was short of.", "source"),
	descListPriority: desc(descListPriority, "Rows of the last run's list, by priority.", "priority"),
	descListPool:     desc(descListPool, "Rows of the newest list, by why they are on it.", "pool"),
	descCompanies:    desc(descCompanies, "Companies known."),
	descLeads:        desc(descLeads, "Companies with a segment and no veto."),
	descDialable:     desc(descDialable, "Leads with a number that can be dialled."),
}
