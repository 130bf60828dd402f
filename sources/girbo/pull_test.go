package girbo

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/sourcetest"
)

// queries are what the vendor was asked, "query/page".
func queries(v *servicetest.Vendor) []string {
	var out []string
	for _, a := range v.Asked() {
		q, _ := url.ParseQuery(a.Query)
		out = append(out, q.Get("query")+"/"+q.Get("page"))
	}
	return out
}

// TestEveryCompanyOnce: whatever is split and paged, each wanted company of the region
// comes once, and none of another.
func TestEveryCompanyOnce(t *testing.T) {
	all := firms(130) // more than can be had of 9900 in one search
	all = append(all, firm{8001, innOf(990000999), "62.01", "ACTIVE", 1.0}, firm{8002, innOf(990001999), "24.20", "LIQUIDATED", 1.0})
	v := servicetest.New(t, site(all))
	got := pullAll(t, over(t, v, options(), nil), wanted())
	if got.err != nil || got.gaps != 0 {
		t.Fatalf("%v, %d gaps", got.err, got.gaps)
	}
	seen := map[company.INN]int{}
	for _, o := range got.obs {
		seen[o.INN]++
	}
	for _, f := range all {
		want := 0
		if strings.HasPrefix(f.inn, "99") && f.okved != "62.01" && f.status == "ACTIVE" {
			want = 1
		}
		if seen[company.INN(f.inn)] != want {
			t.Errorf("%s of %s comes %d times, want %d", f.inn, f.okved, seen[company.INN(f.inn)], want)
		}
	}
	asked := queries(v)
	if asked[0] != "9900/0" || asked[1] != "99000/0" {
		t.Errorf("asked %q", asked[:2])
	}
	for _, q := range asked {
		if strings.HasPrefix(q, "9900/") && q != "9900/0" {
			t.Errorf("%s of a prefix that was split", q)
		}
	}
	if last := got.batches[len(got.batches)-1]; last.Cursor != "9999|0|0" {
		t.Errorf("the last cursor is %q", last.Cursor)
	}
}

func TestObservation(t *testing.T) {
	got := pullAll(t, over(t, servicetest.New(t, site(firms(1))), options(), nil), wanted())
	if got.err != nil || len(got.obs) != 2 {
		t.Fatalf("%d, %v", len(got.obs), got.err)
	}
	o := got.obs[0]
	if o.INN != company.INN(innOf(990000000)) || o.Key != "100" || o.Date.String() != "2026-11-23" {
		t.Errorf("%+v", o)
	}
	for f, want := range map[company.Field]string{
		company.FieldNameShort: `АО "ВЫДУМАННЫЙ ЗАВОД 100"`, company.FieldOGRN: "1027700132195", company.FieldOKVEDMain: "24.10.2",
		company.FieldRegion: "59", company.FieldCity: "Пермь", company.FieldAddress: "614000, Пермский край, Пермь, Заводская, 5 А, 12",
		company.FieldStatus: "active", company.FieldRevenue: "1500000", company.FieldCard: "https://bo.nalog.gov.ru/organizations-card/100",
	} {
		if got := o.First(f); got != want {
			t.Errorf("%s = %q, want %q", f, got, want)
		}
	}
	for _, f := range o.Facts {
		if f.Field == company.FieldRevenue && (f.Key != "2025" || f.Date.String() != "2026-03-30") {
			t.Errorf("%+v", f)
		}
	}
	if got.obs[1].First(company.FieldRevenue) != "" {
		t.Error("a revenue that was not reported")
	}
}

func TestReports(t *testing.T) {
	for mode, want := range map[string]string{
		ReportsNone:    "revenue.2025=1500000",
		ReportsList:    "revenue.2023=900000 revenue.2025=1500000",
		ReportsDetails: "revenue.2023=900000 revenue.2024=1200000 revenue.2025=1500000 profit.2025=-30400",
	} {
		v := servicetest.New(t, site(firms(1)[:1]))
		o := options()
		o.Reports = mode
		got := pullAll(t, over(t, v, o, nil), wanted())
		if got.err != nil || len(got.obs) != 1 || got.gaps != 0 {
			t.Fatalf("%s: %+v", mode, got)
		}
		var facts []string
		for _, f := range got.obs[0].Facts {
			if f.Field == company.FieldRevenue || f.Field == company.FieldProfit {
				facts = append(facts, fmt.Sprintf("%s.%s=%s", f.Field, f.Key, f.Value))
			}
		}
		if text := strings.Join(facts, " "); text != want {
			t.Errorf("%s: %s, want %s", mode, text, want)
		}
		if full := got.obs[0].First(company.FieldNameFull); (full != "") != (mode != ReportsNone) {
			t.Errorf("%s: %q", mode, full)
		}
		if err := sourcetest.CheckObservation(&got.obs[0], false); err != nil {
			t.Error(err)
		}
	}
}

// TestReportsThatFail: a company stands as its row has it.
func TestReportsThatFail(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(w http.ResponseWriter)
		gaps   int
		want   error
	}{
		"none":   {func(w http.ResponseWriter) { http.Error(w, "", http.StatusNotFound) }, 0, nil},
		"layout": {func(w http.ResponseWriter) { _, _ = io.WriteString(w, `[{"period":{}}]`) }, 1, nil},
		"down":   {func(w http.ResponseWriter) { http.Error(w, "", http.StatusBadGateway) }, 0, service.ErrDown},
		"another": {func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, `[{"period":"2020","gainSum":5,"organizationInfo":{"inn":"7700000000"}}]`)
		}, 0, nil},
	} {
		base := site(firms(1)[:1])
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == searchPath {
				base(w, r)
				return
			}
			c.answer(w)
		}))
		o := options()
		o.Reports = ReportsList
		got := pullAll(t, over(t, v, o, nil), wanted())
		if !errors.Is(got.err, c.want) || c.want == nil && (got.err != nil || len(got.obs) != 1 || got.gaps != c.gaps) {
			t.Errorf("%s: %v, %d, %d gaps", name, got.err, len(got.obs), got.gaps)
		}
	}
}

func TestRows(t *testing.T) {
	good := firms(1)[0]
	rows := []string{
		good.json(""), good.json(""), `{"id":5,"inn":"9900000001"}`, `{"inn":"` + good.inn + `"}`, `{"id":{}}`,
		firm{7, innOf(990000777), "", "ACTIVE", 3e12}.json(""), strings.Replace(firm{8, innOf(990000888), "24.10", "BANKRUPT", 0.0}.json(""), `"24.10"`, `{"id":"24.10","name":"x"}`, 1),
	}
	v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query().Get("query"); q != "9900" && q != "99" {
			rows = nil
		}
		fmt.Fprintf(w, `{"content":[%s],"totalElements":%d}`, strings.Join(rows, ","), max(1, len(rows)))
	}))
	b := pullAll(t, over(t, v, options(), nil), wanted()).batches[0]
	if b.Counts != (pipeline.Counts{Declared: 7, Read: 7, Taken: 2, NotWanted: 1, Quarantined: 4}) {
		t.Fatalf("%+v", b.Counts)
	}
	for i, want := range []pipeline.Reason{pipeline.ReasonConflict, pipeline.ReasonINN, pipeline.ReasonMissing, pipeline.ReasonFormat} {
		if r := b.Rejects[i]; r.Reason != want || r.Row != int64(i+2) || r.Raw == "" {
			t.Errorf("%+v, want %s", r, want)
		}
	}
	if o := b.Observations[1]; o.First(company.FieldRevenue) != "0" || o.First(company.FieldStatus) != "bankrupt" || o.First(company.FieldOKVEDMain) != "24.10" {
		t.Errorf("%+v", o)
	}
}

func TestRevenueFrom(t *testing.T) {
	o := options()
	o.RevenueFrom = 1_501_000
	got := pullAll(t, over(t, servicetest.New(t, site(firms(3))), o, nil), wanted())
	if got.counts.Taken != 2 || got.err != nil {
		t.Errorf("%+v, %v", got.counts, got.err)
	}
}

// TestEmptyIsNotBelieved: a site that has had enough answers emptily.
func TestEmptyIsNotBelieved(t *testing.T) {
	asked, enough := 0, 6
	base := site(firms(3))
	v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked > enough {
			_, _ = io.WriteString(w, `{"content":[],"totalElements":0}`)
			return
		}
		base(w, r)
	}))
	shelf := &servicetest.Shelf{Now: v.Clock.Now}
	s := over(t, v, options(), func(so *service.Options) { so.Shelf = shelf })
	got := pullAll(t, s, wanted())
	if !errors.Is(got.err, ErrEmptied) || !errors.Is(got.err, service.ErrLimit) || got.counts.Taken != 3 {
		t.Fatalf("%v, %+v", got.err, got.counts)
	}
	// The next night what was kept of the refusal is not believed either.
	asked, enough = 0, 1_000_000
	req := wanted()
	req.Cursor = got.batches[0].Cursor
	rest := pullAll(t, s, req)
	if rest.err != nil || rest.counts.Taken != 1 {
		t.Errorf("%v, %+v", rest.err, rest.counts)
	}
}

func TestPagesThatEndEarly(t *testing.T) {
	v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") == "0" {
			fmt.Fprintf(w, `{"content":[%s],"totalElements":15}`, firms(1)[0].json(""))
			return
		}
		_, _ = io.WriteString(w, `{"content":[],"totalElements":15}`)
	}))
	got := pullAll(t, over(t, v, options(), nil), wanted())
	if !errors.Is(got.err, ErrEmptied) || got.counts != (pipeline.Counts{Declared: 10, Read: 1, Unread: 9, Taken: 1}) || got.gaps != 1 {
		t.Errorf("%v, %+v, %d gaps", got.err, got.counts, got.gaps)
	}
}

// TestBudgetAndCursor: by the vendor's log; the next day goes on where the calls ended.
func TestBudgetAndCursor(t *testing.T) {
	v := servicetest.New(t, site(firms(130)))
	purse := &servicetest.Purse{}
	s := over(t, v, options(), func(so *service.Options) { so.Purse, so.PerDay = purse, 50 })
	req := wanted()
	taken, days := int64(0), 0
	for ; days < 10; days++ {
		got := pullAll(t, s, req)
		taken += got.counts.Taken
		if len(v.Asked()) > 50*(days+1) {
			t.Fatalf("day %d: asked %d times", days, len(v.Asked()))
		}
		if got.err == nil {
			break
		}
		if !errors.Is(got.err, pipeline.ErrUnfinished) || len(v.Asked()) != 50*(days+1) {
			t.Fatalf("day %d: %v after %d", days, got.err, len(v.Asked()))
		}
		req.Cursor, req.Now = got.batches[len(got.batches)-1].Cursor, req.Now.Add(24*time.Hour)
		v.Clock.Advance(24 * time.Hour)
	}
	if taken != 131 || days == 0 {
		t.Errorf("%d taken in %d days", taken, days+1)
	}
}

// TestBudgetAmidReports: the page is done with what there is.
func TestBudgetAmidReports(t *testing.T) {
	v := servicetest.New(t, site(firms(5)))
	o := options()
	o.Reports = ReportsList
	got := pullAll(t, over(t, v, o, func(so *service.Options) { so.Purse, so.PerDay = &servicetest.Purse{}, 3 }), wanted())
	if !errors.Is(got.err, service.ErrBudget) || got.counts.Taken != 5 || got.gaps != 1 || len(v.Asked()) != 3 {
		t.Errorf("%v, %+v, %d gaps, %d asked", got.err, got.counts, got.gaps, len(v.Asked()))
	}
}

// TestSecondRunAsksForEmptyOnesOnly: only what is empty is asked for again.
func TestSecondRunAsksForEmptyOnesOnly(t *testing.T) {
	v := servicetest.New(t, site(firms(60)))
	s := over(t, v, options(), func(so *service.Options) { so.Shelf = &servicetest.Shelf{Now: v.Clock.Now} })
	first := pullAll(t, s, wanted())
	v.Forget()
	second := pullAll(t, s, wanted())
	if first.err != nil || second.err != nil || len(second.obs) != len(first.obs) {
		t.Fatalf("%v, %v", first.err, second.err)
	}
	for _, q := range queries(v) {
		if q == "9900/0" || q == "9900/1" || q == "9977/0" {
			t.Errorf("%s was asked for again", q)
		}
	}
}

func TestHolds(t *testing.T) {
	v := servicetest.New(t, site(firms(3)))
	s := over(t, v, options(), nil)
	servicetest.Hold(t, v, func(t *testing.T) error { return pullAll(t, s, wanted()).err })
	if saw, err := s.Probe(t.Context()); err != nil || !strings.Contains(saw, "5 companies") {
		t.Errorf("mended: %q, %v", saw, err)
	}
}

func TestConforms(t *testing.T) {
	o := options()
	o.Reports, o.Digits = ReportsDetails, 3
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return withoutNetwork(t, site(firms(120)), o) }, Request: wanted()})
}

func TestCursors(t *testing.T) {
	v := servicetest.New(t, site(firms(3)))
	s := over(t, v, options(), nil)
	for _, c := range []string{"x", "9900", "9900|1", "9900|2|1", "9900|-1|0", "9900|0|3", "7700|1|1", "990|1|1", "99000000000|1|1", "99ab|1|1", "9900|01|1"} {
		req := wanted()
		req.Cursor = c
		if got := pullAll(t, s, req); !errors.Is(got.err, ErrCursor) || len(v.Asked()) > 0 {
			t.Errorf("%q: %v", c, got.err)
		}
	}
}

// TestOrder: every prefix is followed by a greater one, to the end.
func TestOrder(t *testing.T) {
	o := Options{Regions: []config.Code{"99", "02"}, Digits: 3}
	n, before := 0, ""
	for at := o.first("99"); at != ""; at = o.after(at) {
		if done, total := o.done(at); done != int64(n) || total != 20 {
			t.Errorf("%s: %d of %d, want %d", at, done, total, n)
		}
		if n++; at[:2] == "99" && before >= at {
			t.Errorf("%s behind %s", at, before)
		}
		before = at
	}
	if n != 20 || before != "029" {
		t.Errorf("%d prefixes, the last is %s", n, before)
	}
	for in, want := range map[string]string{"9919": "992", "99199": "992", "9918": "9919", "99999": "020", "0299": "", "0209": "021"} {
		if got := o.after(in); got != want {
			t.Errorf("behind %s stands %q, want %q", in, got, want)
		}
	}
}

func TestValidate(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no region":  func(o *Options) { o.Regions = nil },
		"a name":     func(o *Options) { o.Regions = []config.Code{"Пермь"} },
		"twice":      func(o *Options) { o.Regions = []config.Code{"59", "59"} },
		"zeros":      func(o *Options) { o.Regions = []config.Code{"00"} },
		"digits":     func(o *Options) { o.Digits = 7 },
		"rows":       func(o *Options) { o.Rows = 201 },
		"a debt":     func(o *Options) { o.RevenueFrom = -1 },
		"of reports": func(o *Options) { o.Reports = "all" },
	} {
		o := options()
		change(&o)
		if o.Validate() == nil {
			t.Errorf("%s is let pass", name)
		}
		if _, err := New("girbo", nil, o); err == nil {
			t.Errorf("%s makes a source", name)
		}
	}
	if err := options().Validate(); err != nil {
		t.Error(err)
	}
}
