package plan_test

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/plan"
	"obzvon/pipeline/store"
)

// archive makes results up as they are asked for, so that what is held beside the
// lists is what Compute holds.
type archive struct {
	plan.Store // what Compute does not ask for

	companies int
	start     company.Date
	lists     map[company.Date][]byte
	days      []company.Date
	page      func(n int) // called for each page; nil = nothing
	pages     int
}

// each is how many results a company has.
const each = 3

// result is the n-th of all: that of company n/each.
func (a *archive) result(n int) store.Result {
	who, nth := n/each, n%each
	at := (who + nth*40) % len(a.days)
	if nth*40+who%len(a.days) >= len(a.days) { // days of one company rise
		at = len(a.days) - each + nth
	}
	day := a.days[at]
	outcomes := funnel.Outcomes()
	return store.Result{
		INN: inn(who), Day: day, List: day.String(), File: "f", Saved: day.Time(), Row: 2, Manager: []string{"a", "b"}[who%2],
		Outcome: outcomes[(who*7+nth*5)%len(outcomes)], Amount: int64(who%3) * 10_000, Comment: "комментарий менеджера", FileName: "x.xlsx",
	}
}

// ResultsAfter pages through them.
func (a *archive) ResultsAfter(_ context.Context, after store.ResultKey, limit int) ([]store.Result, error) {
	if a.page != nil {
		a.page(a.pages)
	}
	a.pages++
	first := 0
	if after.INN != "" {
		who, err := strconv.Atoi(string(after.INN[2:]))
		if err != nil {
			return nil, err
		}
		first = who * each
		for ; first < (who+1)*each; first++ {
			if r := a.result(first); r.Key() == after {
				break
			}
		}
		first++
	}
	var out []store.Result
	for n := first; n < a.companies*each && len(out) < limit; n++ {
		out = append(out, a.result(n))
	}
	return out, nil
}

func (a *archive) ListDays(context.Context) ([]company.Date, error) { return a.days, nil }

func (a *archive) List(_ context.Context, day company.Date) ([]byte, error) { return a.lists[day], nil }

// newArchive has a year of lists: 250 days with 50 rows each.
func newArchive(t testing.TB, companies int) *archive {
	t.Helper()
	const days, rows = 250, 50
	a := &archive{companies: companies, start: date(t, start), lists: map[company.Date][]byte{}}
	for d := range days {
		day := a.start + company.Date(d)
		list := &calllist.List{Format: calllist.Format, ID: day.String(), Day: day}
		for n := range rows {
			list.Rows = append(list.Rows, calllist.Entry{
				Row: pipeline.Row{
					INN: inn(d*rows + n), Company: "ООО «Пример»", Phone: "+7 907 000-00-01", Hook: "Какие подшипники меняете чаще всего?",
					Segment: fmt.Sprint("Сегмент ", n%8), Sources: "2ГИС, Реестр МСП", Why: "Основной код 45.20; сеть из 6 точек в 3 городах; 84 сотрудника",
				},
				Pool: calllist.PoolNew, Tenth: 1 + n%10, Values: map[string]int64{"fit": 1000, "size": 500, "age": 300},
			})
		}
		data, err := list.Encode()
		if err != nil {
			t.Fatal(err)
		}
		a.lists[day], a.days = data, append(a.days, day)
	}
	return a
}

// What Compute holds does not grow with the companies.
func TestMemoryIsBounded(t *testing.T) {
	c, seg := settings(t)
	live := func(companies int) (most uint64) {
		a := newArchive(t, companies)
		var before, now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		a.page = func(n int) {
			if n%25 == 24 {
				runtime.GC()
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
			}
		}
		if r := computeBy(t, a, c, seg, "2027-10-30"); r.Empty || a.pages < companies*each/1000 {
			t.Fatalf("%d pages read", a.pages)
		}
		return most
	}
	few, many := live(13_000), live(130_000)
	t.Logf("live beside the archive: %d KiB with 13,000 companies, %d KiB with 130,000", few>>10, many>>10)
	const slack = 4 << 20
	if few == 0 || many > few+slack {
		t.Errorf("with 13,000 companies %d bytes live, with 130,000 %d", few, many)
	}
}

func BenchmarkCompute(b *testing.B) {
	c, seg := settings(b)
	const companies = 100_000
	a := newArchive(b, companies)
	until := date(b, "2027-10-30")
	b.ReportAllocs()
	for b.Loop() {
		r, err := plan.Compute(b.Context(), a, c, seg, until)
		if err != nil || r.Empty {
			b.Fatal(r, err)
		}
	}
	b.ReportMetric(float64(companies)*float64(b.N)/b.Elapsed().Seconds(), "companies/s")
}
