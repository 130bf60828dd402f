package plan_test

import (
	"fmt"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/plan"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

const start = "2026-11-02" // a Monday

func settings(t testing.TB) (*config.Config, *config.Segments) {
	t.Helper()
	c, s, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c.Strategy.StartDate = start
	c.Managers = []config.Manager{{ID: "a", Name: "Анна", Dials: 10}, {ID: "b", Name: "Борис", Dials: 10, Since: "2026-11-09"}}
	c.Plan.Spend = map[string]int64{"2026-11": 100_000}
	return c, s
}

func inn(n int) company.INN { return company.INN(fmt.Sprintf("77%08d", n)) }

func date(t testing.TB, s string) company.Date {
	t.Helper()
	d, err := company.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

type said struct {
	n       int
	day     int // of the strategy, 0 = its first
	outcome string
	manager string
	amount  int64
}

// told is what a plain table says.
func told(n, day int, outcome string, amount int64) said { return said{n, day, outcome, table, amount} }

// table stands in the place of a manager: no list, a plain table tells.
const table = "table"

func fill(t testing.TB, all []said) *memory.Store {
	t.Helper()
	s := memory.New()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	rows := map[company.Date][]calllist.Entry{}
	var results []store.Result
	for i, x := range all {
		day := date(t, start) + company.Date(x.day)
		r := store.Result{
			INN: inn(x.n), Day: day, List: day.String(), File: fmt.Sprint(day, x.manager), Saved: day.Time(), Row: i + 1,
			Manager: x.manager, Outcome: x.outcome, Amount: x.amount, FileName: "x.xlsx",
		}
		if x.manager == table {
			r.List, r.Manager, r.Origin, r.File = "", "", "Выставка", fmt.Sprint(day, x.outcome)
		} else {
			rows[day] = append(rows[day], calllist.Entry{
				Row:  pipeline.Row{INN: inn(x.n), Segment: []string{"Энергетика", "Автосервисные сети"}[x.n%2], Sources: "2ГИС, Реестр МСП"},
				Pool: []calllist.Pool{calllist.PoolNew, calllist.PoolRandom}[x.n%2], Tenth: 1 + x.n%10,
			})
		}
		results = append(results, r)
	}
	for day, entries := range rows {
		issue(t, s, day, entries)
	}
	if _, err := s.PutResults(t.Context(), results); err != nil {
		t.Fatal(err)
	}
	return s
}

func issue(t testing.TB, s store.Lists, day company.Date, entries []calllist.Entry) {
	t.Helper()
	data, err := (&calllist.List{Format: calllist.Format, ID: day.String(), Day: day, Rows: entries}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Issue(t.Context(), store.Issue{Day: day, Data: data}); err != nil {
		t.Fatal(err)
	}
}

func compute(t testing.TB, s plan.Store, until string) *plan.Report {
	t.Helper()
	c, seg := settings(t)
	return computeBy(t, s, c, seg, until)
}

func computeBy(t testing.TB, s plan.Store, c *config.Config, seg *config.Segments, until string) *plan.Report {
	t.Helper()
	r, err := plan.Compute(t.Context(), s, c, seg, date(t, until))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tableOf returns the table whose title begins so; nil if it is left out.
func tableOf(r *plan.Report, title string) *pipeline.Table {
	for _, t := range r.Tables() {
		if len(t.Title) >= len(title) && t.Title[:len(title)] == title {
			return &t
		}
	}
	return nil
}

// rowOf returns the cells of a row by its first.
func rowOf(t *pipeline.Table, first string) []pipeline.Value {
	if t == nil {
		return nil
	}
	for _, row := range t.Rows {
		if row[0].String() == first {
			return row
		}
	}
	return nil
}

// texts are cells as people read them.
func texts(row []pipeline.Value) []string {
	var out []string
	for _, v := range row {
		out = append(out, v.String())
	}
	return out
}
