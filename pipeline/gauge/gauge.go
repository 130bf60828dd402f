package gauge

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/night"
)

// Gauge holds the metrics of one process. All methods may be called at once.
type Gauge struct {
	registry *prometheus.Registry
	last     atomic.Pointer[lastRun]
	list     atomic.Pointer[map[calllist.Pool]int]

	running      prometheus.Gauge
	runs         *prometheus.CounterVec
	requests     *prometheus.CounterVec
	durations    *prometheus.HistogramVec
	inFlight     prometheus.Gauge
	refused      prometheus.Counter
	inbox        *prometheus.CounterVec
	backups      *prometheus.CounterVec
	backupMoment prometheus.Gauge
	backupSize   prometheus.Gauge
	notices      *prometheus.CounterVec
	files        *prometheus.GaugeVec
	calls        *prometheus.CounterVec
	callTimes    *prometheus.HistogramVec
}

// New makes the metrics of a program of the given version. It fails only if two of
// them had one name.
func New(version string) (*Gauge, error) {
	g := &Gauge{registry: prometheus.NewRegistry()}
	g.nightly()
	g.served()
	g.kept()
	g.asked()
	about := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "obzvon_build_info", Help: "Always 1; the version stands in the label.", ConstLabels: prometheus.Labels{"version": version},
	})
	about.Set(1)
	for _, c := range []prometheus.Collector{
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), about,
		told{g},
		g.running, g.runs, g.requests, g.durations, g.inFlight, g.refused, g.inbox, g.backups, g.backupMoment, g.backupSize, g.notices, g.files, g.calls, g.callTimes,
	} {
		if err := g.registry.Register(c); err != nil {
			return nil, fmt.Errorf("register a metric: %w", err)
		}
	}
	return g, nil
}

func (g *Gauge) nightly() {
	g.running = prometheus.NewGauge(prometheus.GaugeOpts{Name: "obzvon_run_in_progress", Help: "1 while a run goes on."})
	g.runs = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "obzvon_runs_total", Help: "Runs that ended since the process began, by exit code.",
	}, []string{"exit"})
	for _, exit := range []string{exitGood, exitFailed, exitShort} {
		g.runs.WithLabelValues(exit)
	}
}

func (g *Gauge) served() {
	route := []string{"route", "code"}
	g.requests = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "obzvon_http_requests_total", Help: "Requests answered, by pattern of the route and code.",
	}, route)
	g.durations = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "obzvon_http_request_duration_seconds", Help: "How long requests took, by pattern of the route and code.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
	}, route)
	g.inFlight = prometheus.NewGauge(prometheus.GaugeOpts{Name: "obzvon_http_requests_in_flight", Help: "Requests being answered."})
	g.refused = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "obzvon_logins_refused_total", Help: "Logins refused: a wrong name or password, or too many tries.",
	})
}

func (g *Gauge) asked() {
	labels := []string{"service", "outcome"}
	g.calls = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "obzvon_service_calls_total", Help: "Calls of services, by what came of them: ok, key, budget, limit, not_found, layout, broken, down, ask.",
	}, labels)
	g.callTimes = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "obzvon_service_call_duration_seconds", Help: "How long calls of services took, their turn included.",
		Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30},
	}, []string{"service"})
}

// Call counts a call of a service; outcome is "" where it was answered. Services are
// those of the config, so there are few of them.
func (g *Gauge) Call(service, outcome string, took time.Duration) {
	if outcome == "" {
		outcome = resultOK
	}
	g.calls.WithLabelValues(service, outcome).Inc()
	g.callTimes.WithLabelValues(service).Observe(took.Seconds())
}

func (g *Gauge) kept() {
	g.inbox = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "obzvon_inbox_files_total", Help: "Files of the inbox, by whether they were taken in.",
	}, []string{"result"})
	g.backups = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "obzvon_backups_total", Help: "Backups that the server tried to make.",
	}, []string{"result"})
	g.notices = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "obzvon_notices_total", Help: "Notices to the operator, by whether they arrived.",
	}, []string{"result"})
	for _, result := range []string{resultOK, resultFailed} {
		g.backups.WithLabelValues(result)
		g.notices.WithLabelValues(result)
	}
	for _, result := range []string{resultTaken, resultRefused} {
		g.inbox.WithLabelValues(result)
	}
	g.backupMoment = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "obzvon_backup_timestamp_seconds", Help: "When the newest backup was made; 0 = there is none.",
	})
	g.backupSize = prometheus.NewGauge(prometheus.GaugeOpts{Name: "obzvon_backup_size_bytes", Help: "Size of the newest backup."})
	g.files = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "obzvon_store_file_size_bytes", Help: "Size of a file of the store.",
	}, []string{"file"})
}

// Values of labels.
const (
	exitGood   = "0"
	exitFailed = "1"
	exitShort  = "3"

	resultOK      = "ok"
	resultFailed  = "failed"
	resultTaken   = "taken"
	resultRefused = "refused"
)

// Handler answers Prometheus.
func (g *Gauge) Handler() http.Handler {
	return promhttp.HandlerFor(g.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// Route counts and times what next answers. The pattern is the route's, such as
// "GET /lists/{day}", never an address that was asked for.
func (g *Gauge) Route(pattern string, next http.Handler) http.Handler {
	route := prometheus.Labels{"route": pattern}
	timed := promhttp.InstrumentHandlerDuration(g.durations.MustCurryWith(route), next)
	counted := promhttp.InstrumentHandlerCounter(g.requests.MustCurryWith(route), timed)
	return promhttp.InstrumentHandlerInFlight(g.inFlight, counted)
}

// Running tells that a run goes on, or that none does.
func (g *Gauge) Running(on bool) {
	g.running.Set(0)
	if on {
		g.running.Set(1)
	}
}

// Run tells what came of a run that has ended now. The report may be nil.
func (g *Gauge) Run(r *night.Report, err error) {
	g.runs.WithLabelValues(exitOf(r, err)).Inc()
	g.Recall(r, err)
}

// Recall tells of the last run though it ended before the process began: its report
// from the ledger. Of one that failed only the failure is told; the figures stay
// those of the run before.
func (g *Gauge) Recall(r *night.Report, err error) {
	if r == nil {
		return
	}
	l := newLastRun(r, err)
	if before := g.last.Load(); err != nil && before != nil {
		l.figures = before.figures
	}
	g.last.Store(l)
}

// List tells how many rows of the newest list came out of which pool.
func (g *Gauge) List(rows map[calllist.Pool]int) {
	counts := make(map[calllist.Pool]int, len(pools))
	for _, p := range pools {
		counts[p] = rows[p]
	}
	g.list.Store(&counts)
}

// LoginRefused counts a login that was refused.
func (g *Gauge) LoginRefused() { g.refused.Inc() }

// Inbox counts a file of the inbox.
func (g *Gauge) Inbox(taken bool) {
	g.inbox.WithLabelValues(word(taken, resultTaken, resultRefused)).Inc()
}

// Notice counts a notice to the operator.
func (g *Gauge) Notice(err error) {
	g.notices.WithLabelValues(word(err == nil, resultOK, resultFailed)).Inc()
}

// Backup counts a backup that was tried.
func (g *Gauge) Backup(err error) {
	g.backups.WithLabelValues(word(err == nil, resultOK, resultFailed)).Inc()
}

// BackupThere tells of the newest backup on disk; bytes.
func (g *Gauge) BackupThere(at time.Time, size int64) {
	g.backupMoment.Set(seconds(at))
	g.backupSize.Set(float64(size))
}

// StoreFile is a file of the store.
type StoreFile string

// The files.
const (
	FileRegistry StoreFile = "registry"
	FileState    StoreFile = "state"
	FileJournal  StoreFile = "journal"
)

// StoreSize tells the size of a file of the store; bytes.
func (g *Gauge) StoreSize(f StoreFile, size int64) {
	g.files.WithLabelValues(string(f)).Set(float64(size))
}

func word(yes bool, ifYes, ifNo string) string {
	if yes {
		return ifYes
	}
	return ifNo
}

// seconds is a moment as Prometheus counts it; 0 = none.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
