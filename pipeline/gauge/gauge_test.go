package gauge_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"go.uber.org/goleak"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gauge"
	"obzvon/pipeline/night"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func made(t *testing.T) *gauge.Gauge {
	t.Helper()
	g, err := gauge.New("1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// scrape is what Prometheus gets.
func scrape(t *testing.T, g *gauge.Gauge) string {
	t.Helper()
	w := httptest.NewRecorder()
	g.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func shows(t *testing.T, g *gauge.Gauge, want ...string) {
	t.Helper()
	got := scrape(t, g)
	for _, line := range want {
		if !strings.Contains("\n"+got, "\n"+line+"\n") {
			t.Errorf("%q is not shown", line)
		}
	}
	if t.Failed() {
		for line := range strings.Lines(got) {
			if strings.HasPrefix(line, "obzvon_") {
				t.Log(strings.TrimSpace(line))
			}
		}
	}
}

func report() *night.Report {
	at := time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)
	return &night.Report{
		Day: company.NewDate(2026, time.November, 23), Started: at, Ended: at.Add(90 * time.Second), Completed: true,
		Stages: []night.StageTime{{Stage: night.StagePull, Source: "gis", Seconds: 20}, {Stage: night.StagePull, Source: "rsmp", Seconds: 40}, {Stage: night.StageExport, Seconds: 1.5}},
		Short:  []string{"source gis: quarantine: many"},
		Sources: []night.SourceReport{
			{Name: "gis", State: night.StateQuarantine, Counts: pipeline.Counts{Declared: 101, Read: 100, Unread: 1, Taken: 60, NotWanted: 10, Quarantined: 30}},
			{Name: "rsmp", State: night.StateDone, Release: pipeline.Release{Date: company.NewDate(2026, time.November, 10)}},
		},
		Companies: 5000, Leads: []night.LeadsReport{{Leads: 30, Dialable: 20}, {Leads: 5, Dialable: 5}},
		Listed: []night.ListedReport{{Manager: "anna", Priority: 1, Rows: 25}, {Manager: "boris", Priority: 1, Rows: 5}, {Manager: "anna", Priority: 3, Rows: 2}},
	}
}

func TestRun(t *testing.T) {
	g := made(t)
	g.Running(true)
	shows(t, g, "obzvon_run_in_progress 1", `obzvon_runs_total{exit="0"} 0`, `obzvon_build_info{version="1.2.3"} 1`)
	g.Running(false)
	g.Run(report(), nil)
	g.List(map[calllist.Pool]int{calllist.PoolDue: 7, calllist.PoolRandom: 2})
	shows(t, g,
		"obzvon_run_in_progress 0", `obzvon_runs_total{exit="3"} 1`, "obzvon_run_exit_code 3", "obzvon_run_duration_seconds 90",
		"obzvon_run_timestamp_seconds 1.79539749e+09", `obzvon_run_stage_duration_seconds{stage="pull"} 60`,
		`obzvon_run_stage_duration_seconds{stage="score"} 0`, `obzvon_run_stage_duration_seconds{stage="export"} 1.5`,
		`obzvon_source_rows{result="read",source="gis"} 100`, `obzvon_source_rows{result="quarantined",source="gis"} 30`,
		`obzvon_source_rows{result="unread",source="gis"} 1`, `obzvon_source_short{source="gis"} 1`, `obzvon_source_short{source="rsmp"} 0`,
		`obzvon_source_release_timestamp_seconds{source="rsmp"} 1.7942688e+09`,
		`obzvon_list_priority_rows{priority="1"} 30`, `obzvon_list_priority_rows{priority="2"} 0`, `obzvon_list_priority_rows{priority="3"} 2`,
		`obzvon_list_pool_rows{pool="due"} 7`, `obzvon_list_pool_rows{pool="new"} 0`, "obzvon_companies 5000", "obzvon_leads 35", "obzvon_leads_dialable 25",
	)
	if got := scrape(t, g); strings.Contains(got, "anna") || strings.Contains(got, `obzvon_source_release_timestamp_seconds{source="gis"}`) {
		t.Error("a manager, or a day that nobody knows, is shown")
	}
}

// TestRunFails: of a run that failed the failure shows; a source that is gone does
// not, once a run came to its end again.
func TestRunFails(t *testing.T) {
	g := made(t)
	g.Run(report(), nil)
	cut := report()
	cut.Ended, cut.Sources, cut.Companies, cut.Started = time.Time{}, nil, 0, cut.Started.Add(24*time.Hour)
	g.Run(cut, errors.New("disk full"))
	shows(t, g, "obzvon_run_exit_code 1", `obzvon_runs_total{exit="1"} 1`, "obzvon_run_duration_seconds 61.5", `obzvon_source_short{source="gis"} 1`, "obzvon_companies 5000")
	g.Run(nil, errors.New("no store"))
	shows(t, g, `obzvon_runs_total{exit="1"} 2`, "obzvon_run_exit_code 1")
	whole := report()
	whole.Short, whole.Sources = nil, whole.Sources[1:]
	g.Run(whole, nil)
	shows(t, g, "obzvon_run_exit_code 0", `obzvon_runs_total{exit="0"} 1`)
	if strings.Contains(scrape(t, g), `source="gis"`) {
		t.Error("a source that is gone is shown")
	}
}

// TestRecall: what the ledger tells is no run of this process.
func TestRecall(t *testing.T) {
	g := made(t)
	g.Recall(report(), nil)
	shows(t, g, "obzvon_run_exit_code 3", `obzvon_runs_total{exit="3"} 0`)
}

func TestKept(t *testing.T) {
	g := made(t)
	g.LoginRefused()
	g.Inbox(true)
	g.Inbox(false)
	g.Inbox(false)
	g.Notice(nil)
	g.Backup(errors.New("full"))
	g.BackupThere(time.Unix(1_790_000_000, 500_000_000), 4096)
	g.StoreSize(gauge.FileState, 8192)
	shows(t, g,
		"obzvon_logins_refused_total 1", `obzvon_inbox_files_total{result="taken"} 1`, `obzvon_inbox_files_total{result="refused"} 2`,
		`obzvon_notices_total{result="ok"} 1`, `obzvon_backups_total{result="failed"} 1`, `obzvon_backups_total{result="ok"} 0`,
		"obzvon_backup_timestamp_seconds 1.7900000005e+09", "obzvon_backup_size_bytes 4096", `obzvon_store_file_size_bytes{file="state"} 8192`,
	)
	g.BackupThere(time.Time{}, 0)
	shows(t, g, "obzvon_backup_timestamp_seconds 0")
}

// TestRoute: a route is named by its pattern, never by what was asked for, and what
// it streams goes out as it is written.
func TestRoute(t *testing.T) {
	g := made(t)
	mux := http.NewServeMux()
	mux.Handle("GET /lists/{day}", g.Route("GET /lists/{day}", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("day") == "none" {
			http.NotFound(w, r)
			return
		}
		c := http.NewResponseController(w)
		if err := errors.Join(c.SetWriteDeadline(time.Now().Add(time.Minute)), c.Flush()); err != nil {
			t.Errorf("stream: %v", err)
		}
		_, _ = io.WriteString(w, "ok")
	})))
	s := httptest.NewServer(mux)
	defer s.Close()
	for _, day := range []string{"2026-11-23", "2026-11-24", "none"} {
		res, err := s.Client().Get(s.URL + "/lists/" + day)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
	}
	s.Close() // every handler has come to its end
	shows(t, g,
		`obzvon_http_requests_total{code="200",route="GET /lists/{day}"} 2`, `obzvon_http_requests_total{code="404",route="GET /lists/{day}"} 1`,
		`obzvon_http_request_duration_seconds_count{code="200",route="GET /lists/{day}"} 2`, "obzvon_http_requests_in_flight 0",
	)
	if strings.Contains(scrape(t, g), "2026-11") {
		t.Error("an address that was asked for is shown")
	}
}

// TestForm: the text is as Prometheus wants it, with everything in it.
func TestForm(t *testing.T) {
	g := made(t)
	g.Run(report(), nil)
	g.List(nil)
	g.StoreSize(gauge.FileRegistry, 1)
	g.Route("GET /", http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	text := scrape(t, g)
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	for _, name := range []string{"go_goroutines", "process_start_time_seconds"} {
		if !strings.Contains(text, "\n"+name+" ") {
			t.Errorf("%s is not shown", name)
		}
	}
}

// TestAtOnce: a scrape sees one run or the other, never a part.
func TestAtOnce(t *testing.T) {
	g := made(t)
	other := report()
	other.Sources[0].Name, other.Companies = "kompas", 7
	g.Run(report(), nil)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 200 {
			if i%2 == 0 {
				g.Run(other, nil)
			} else {
				g.Run(report(), nil)
			}
		}
	})
	for range 50 {
		text := scrape(t, g)
		if strings.Contains(text, `source="gis"`) != strings.Contains(text, "obzvon_companies 5000\n") || strings.Contains(text, `source="gis"`) && strings.Contains(text, `source="kompas"`) {
			t.Fatal("two runs in one scrape")
		}
	}
	wg.Wait()
}
