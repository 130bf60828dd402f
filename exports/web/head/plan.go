package head

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"obzvon/exports/web/page"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/plan"
)

// planPage is the plan as it is shown.
type planPage struct {
	Until, Today company.Date
	Report       *plan.Report
	Left         int // working days until the month ends
	Stages       []stage
	Charts       []chart
	Tables       []table
}

// stage is one step of the month's funnel, at a glance.
type stage struct {
	plan.Stage

	Bar      int // of the month's upper target: 0 … 100 in steps of 5
	Forecast *int
	Behind   bool // of what was to be by now
	Reached  bool // the month's lower target
	Misses   bool // the forecast does
}

type chart struct {
	ID, Title, Alt, Address string
	Table                   table
}

func (s *section) plan(w http.ResponseWriter, r *http.Request) error {
	until, err := s.until(r)
	if err != nil {
		return err
	}
	report, err := s.desk.Plan(r.Context(), until)
	if err != nil {
		return fmt.Errorf("hold the work against the plan: %w", err)
	}
	s.last.put(report, s.kit.Now())
	data := planPage{Until: until, Today: s.today(), Report: report, Stages: stages(report), Left: report.Forecast.Left}
	for _, c := range report.Charts() {
		data.Charts = append(data.Charts, chart{
			ID: c.ID, Title: c.Title, Alt: altOf(&c), Address: "/plan/charts/" + c.ID + ".svg?to=" + until.String(), Table: chartTable(&c),
		})
	}
	for _, t := range report.Tables() {
		data.Tables = append(data.Tables, newTable(&t))
	}
	return s.set.Render(w, r, "plan", s.view("План", data))
}

// until is the day that was asked for, today without one.
func (s *section) until(r *http.Request) (company.Date, error) {
	text := r.URL.Query().Get("to")
	if text == "" {
		return s.today(), nil
	}
	day, err := company.ParseDate(text)
	switch {
	case err != nil || !day.Known():
		return 0, page.Wrong("Дата пишется так: 2026-11-23. Выберите её в поле «На дату».", err)
	case day > s.today():
		return 0, page.Wrong("Этот день ещё не наступил. Выберите сегодняшний или прошедший.", nil)
	}
	return day, nil
}

func stages(r *plan.Report) []stage {
	out := make([]stage, len(r.Stages))
	for i, st := range r.Stages {
		s := stage{Stage: st, Behind: st.DueBy > 0 && st.Count < st.DueBy, Reached: st.From > 0 && st.Count >= st.From}
		if st.To > 0 {
			s.Bar = min(100, 100*st.Count/st.To/5*5)
		}
		if n, ok := r.Forecast.Month[st.ID]; ok && !r.Empty {
			s.Forecast, s.Misses = &n, st.From > 0 && n < st.From
		}
		out[i] = s
	}
	return out
}

// altOf says a chart in words for those who do not see it; the figures stand in the
// table below it.
func altOf(c *pipeline.Chart) string {
	names := make([]string, len(c.Series))
	for i, s := range c.Series {
		names[i] = strings.ToLower(s.Title)
	}
	return fmt.Sprintf("График «%s», %s: %s. Те же числа — в таблице под ним.", c.Title, c.Unit, strings.Join(names, ", "))
}

func (s *section) chart(w http.ResponseWriter, r *http.Request) error {
	id, ok := strings.CutSuffix(r.PathValue("file"), ".svg")
	until, err := s.until(r)
	if err != nil {
		return err
	}
	report := s.last.get(until, s.kit.Now())
	if ok && report == nil {
		if report, err = s.desk.Plan(r.Context(), until); err != nil {
			return fmt.Errorf("hold the work against the plan: %w", err)
		}
		s.last.put(report, s.kit.Now())
	}
	if ok {
		for _, c := range report.Charts() {
			if c.ID == id {
				return s.draw(w, &c)
			}
		}
	}
	return page.NotFound("Такого графика нет. Откройте страницу «План».")
}

// chartPolicy lets a chart that is opened by itself keep its fonts and nothing else.
const chartPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

func (s *section) draw(w http.ResponseWriter, c *pipeline.Chart) error {
	drawn, err := s.desk.Draw(c)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Content-Security-Policy", chartPolicy)
	_, _ = w.Write(drawn) // the reader has gone: nobody is left to tell
	return nil
}

// memo keeps the last report for as long as a browser takes to fetch its charts:
// so a page with four of them computes it once.
type memo struct {
	mu     sync.Mutex
	report *plan.Report
	at     time.Time
}

const memoLasts = 30 * time.Second

func (m *memo) put(r *plan.Report, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.report, m.at = r, now
}

func (m *memo) get(until company.Date, now time.Time) *plan.Report {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.report == nil || m.report.Until != until || now.Sub(m.at) > memoLasts {
		return nil
	}
	return m.report
}
