package zakupki

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/sourcetest"
)

// site plays both lists of n notices; the feed has those of one day.
func site(n int) http.HandlerFunc {
	all := items(n)
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if r.URL.Path == feedPath {
			var day []item
			if q.Get("publishDateFrom") == "20.11.2026" && q.Get("fz44") == "on" {
				day = all
			}
			w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
			_, _ = io.WriteString(w, feedText(day))
			return
		}
		page, err := strconv.Atoi(q.Get("pageNumber"))
		if err != nil || q.Get("recordsPerPage") != "_50" || q.Get("fz44") != "on" {
			page = 1_000_000
		}
		from, to := min(len(all), (page-1)*50), min(len(all), page*50)
		total := strconv.Itoa(len(all)) + " записей"
		if page == 1_000_000 {
			total = "0 записей"
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, pageText(all[from:to], total))
	}
}

func TestFeed(t *testing.T) {
	v := servicetest.New(t, site(3))
	s := over(t, v, withMode(ModeRSS), nil)
	got := pullAll(t, s, pipeline.Request{Now: now})
	if got.err != nil || got.counts.Taken != 3 || len(got.batches) != 2*8 {
		t.Fatalf("%+v, %d batches, %v", got.counts, len(got.batches), got.err)
	}
	o := got.obs[0]
	if o.INN != company.INN(innOf(990000000)) || o.Key != items(1)[0].number || o.Date.String() != "2026-11-21" {
		t.Errorf("%+v", o)
	}
	check(t, o, map[company.Field]string{
		company.FieldNameFull: `ГБУ "Выдумка № 0"`, company.FieldKPP: "770101001", company.FieldTenderSubject: "Поставка подшипников, лот 0",
		company.FieldTenderDay: "2026-11-20", company.FieldTenderPrice: "506001",
		company.FieldTenderPage: "https://zakupki.gov.ru/epz/order/notice/ea20/view/common-info.html?regNumber=" + o.Key,
	})
	for _, a := range v.Asked() {
		q, _ := url.ParseQuery(a.Query)
		if a.Path != feedPath || q.Get("searchString") != "подшипник" || q.Get("morphology") != "on" || q.Get("publishDateFrom") != q.Get("publishDateTo") {
			t.Errorf("%s?%s", a.Path, a.Query)
		}
	}
}

func TestFullFeedIsAGap(t *testing.T) {
	s := over(t, servicetest.New(t, site(feedMost)), withMode(ModeRSS), nil)
	got := pullAll(t, s, pipeline.Request{Now: now})
	gaps := 0
	for _, b := range got.batches {
		gaps += len(b.Gaps)
	}
	if got.err != nil || gaps != 1 || got.counts.Taken != feedMost {
		t.Errorf("%d gaps, %+v, %v", gaps, got.counts, got.err)
	}
}

func TestPages(t *testing.T) {
	v := servicetest.New(t, site(120))
	o := withMode(ModePages)
	o.Regions = append(o.Regions, "77", "50")
	got := pullAll(t, over(t, v, o, nil), pipeline.Request{Now: now})
	if got.err != nil || got.counts.Taken != 120 || len(got.batches) != 4 || len(v.Asked()) != 4 {
		t.Fatalf("%+v, %d batches, %d asked, %v", got.counts, len(got.batches), len(v.Asked()), got.err)
	}
	if last := got.batches[2]; last.Unit != "44|подшипник|3" || last.Cursor != "2026-11-23|44|подшипник|3|3" || len(last.Observations) != 20 {
		t.Errorf("%s, %s, %d", last.Unit, last.Cursor, len(last.Observations))
	}
	if ob := got.obs[119]; fact(ob, company.FieldTenderDeadline) != "2026-11-30" || fact(ob, company.FieldTenderPrice) != "506001" {
		t.Errorf("%+v", ob)
	}
	q, _ := url.ParseQuery(v.Asked()[0].Query)
	if q.Get("publishDateFrom") != "16.11.2026" || q.Get("publishDateTo") != "23.11.2026" || q.Get("customerPlace") != "5277335,5277327" {
		t.Errorf("%v", q)
	}
}

// TestListRows: rows that are not wanted, without a number, without a customer, and of
// 223-ФЗ, which have no ИКЗ.
func TestListRows(t *testing.T) {
	base := items(6)
	base[0].subject = "Поставка бумаги"
	base[1].number = ""
	base[2].customer, base[2].ikz, base[2].organiser = "", "", "Центр закупок"
	base[3].customer, base[3].organiser = "", "Центр закупок"
	base[4].ikz, base[4].law = "", "223"
	base[5].subject = "null"
	for _, mode := range []string{ModeRSS, ModePages} {
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if mode == ModeRSS {
				_, _ = io.WriteString(w, feedText(base))
				return
			}
			_, _ = io.WriteString(w, pageText(base, "6 записей"))
		}))
		o := withMode(mode)
		o.Laws, o.DaysBack = o.Laws[:1], 1
		got := pullAll(t, over(t, v, o, nil), pipeline.Request{Now: now})
		b := got.batches[0]
		if got.err != nil || b.Counts != (pipeline.Counts{Declared: 6, Read: 6, Taken: 3, NotWanted: 1, Quarantined: 2}) {
			t.Fatalf("%s: %+v, %v", mode, b.Counts, got.err)
		}
		if b.Rejects[0].Row != 2 || b.Rejects[0].Reason != pipeline.ReasonMissing || !strings.Contains(b.Rejects[1].Detail, "who buys") {
			t.Errorf("%s: %+v", mode, b.Rejects)
		}
		if ob := b.Observations[0]; ob.INN == "" || fact(ob, company.FieldNameFull) != "" {
			t.Errorf("%s: placed by another: %+v", mode, ob)
		}
		if ob := b.Observations[1]; ob.INN != "" || fact(ob, company.FieldNameFull) == "" {
			t.Errorf("%s: 223-ФЗ: %+v", mode, ob)
		}
		if ob := b.Observations[2]; fact(ob, company.FieldTenderSubject) != "" || fact(ob, company.FieldTenderDay) == "" {
			t.Errorf("%s: no subject: %+v", mode, ob)
		}
	}
}

func TestPagesThatDoNotFit(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want error
		gaps int
	}{
		"everything":      {pageText(items(3), "более 41&nbsp;000&nbsp;000 записей"), ErrIgnored, 0},
		"fewer than told": {pageText(items(3), "5 записей"), nil, 1},
		"no entries":      {pageText(nil, "5 записей"), service.ErrLayout, 0},
		"nothing found":   {pageText(nil, "0 записей"), nil, 0},
		"in words":        {`<html><body>Поиск не дал результатов</body></html>`, nil, 0},
		"a captcha":       {`<html><title>Проверка</title><body>Введите код с картинки</body></html>`, ErrBlocked, 0},
		"not counted out": {pageText(items(3), "более 1&nbsp;000 записей"), nil, 0},
	} {
		v := servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, c.body) }))
		o := withMode(ModePages)
		o.Laws = o.Laws[:1]
		got := pullAll(t, over(t, v, o, nil), pipeline.Request{Now: now})
		gaps := 0
		for _, b := range got.batches {
			gaps += len(b.Gaps)
		}
		if !errors.Is(got.err, c.want) || c.want == nil && got.err != nil || gaps != c.gaps || len(v.Asked()) != 1 {
			t.Errorf("%s: %v, %d gaps, asked %d times", name, got.err, gaps, len(v.Asked()))
		}
		if c.want != nil && !errors.Is(got.err, service.ErrLayout) {
			t.Errorf("%s: %v is not the layout", name, got.err)
		}
	}
}

// TestBudgetAndCursor: by the vendor's log; what one day did not reach the next one
// goes on with, in the same window of days.
func TestBudgetAndCursor(t *testing.T) {
	v := servicetest.New(t, site(230))
	purse := &servicetest.Purse{}
	o := withMode(ModePages)
	o.Laws = o.Laws[:1]
	s := over(t, v, o, func(so *service.Options) { so.Purse, so.PerDay = purse, 2 })
	req, taken := pipeline.Request{Now: now}, int64(0)
	for day := range 3 {
		got := pullAll(t, s, req)
		taken += got.counts.Taken
		if last := day == 2; last != (got.err == nil) || !last && !errors.Is(got.err, pipeline.ErrUnfinished) {
			t.Fatalf("day %d: %v", day, got.err)
		}
		if want := min(5, 2*(day+1)); len(v.Asked()) != want {
			t.Fatalf("day %d: asked %d times, want %d", day, len(v.Asked()), want)
		}
		req.Cursor, req.Now = got.batches[len(got.batches)-1].Cursor, req.Now.Add(24*time.Hour)
		v.Clock.Advance(24 * time.Hour)
	}
	if taken != 230 {
		t.Errorf("%d taken", taken)
	}
	for i, a := range v.Asked() {
		q, _ := url.ParseQuery(a.Query)
		if q.Get("pageNumber") != strconv.Itoa(i+1) || q.Get("publishDateTo") != "23.11.2026" {
			t.Errorf("%d: %s", i, a.Query)
		}
	}
}

func TestSecondRunAsksNothing(t *testing.T) {
	v := servicetest.New(t, site(60))
	shelf := &servicetest.Shelf{Now: v.Clock.Now}
	s := over(t, v, withMode(ModePages), func(so *service.Options) { so.Shelf = shelf })
	first := pullAll(t, s, pipeline.Request{Now: now})
	asked := len(v.Asked())
	second := pullAll(t, s, pipeline.Request{Now: now})
	if len(v.Asked()) != asked || asked == 0 || len(second.obs) != len(first.obs) || first.err != nil || second.err != nil {
		t.Errorf("asked %d and then %d times", asked, len(v.Asked()))
	}
}

func TestSiteHolds(t *testing.T) {
	for _, mode := range []string{ModeRSS, ModePages} {
		t.Run(mode, func(t *testing.T) {
			v := servicetest.New(t, site(3))
			s := over(t, v, withMode(mode), nil)
			servicetest.Hold(t, v, func(t *testing.T) error { return pullAll(t, s, pipeline.Request{Now: now}).err })
			if _, err := s.Probe(t.Context()); err != nil {
				t.Errorf("mended: %v", err)
			}
		})
	}
}

func TestCutFeed(t *testing.T) {
	text := feedText(items(2))
	for _, c := range []struct {
		body string
		want error
	}{
		{text[:len(text)-20], service.ErrBroken},
		{`<?xml version="1.0"?><feed><entry/></feed>`, service.ErrLayout},
		{`<?xml version="1.0"?><rss/>`, service.ErrLayout},
	} {
		if _, err := parseFeed([]byte(c.body)); !errors.Is(err, c.want) {
			t.Errorf("%.30q: %v", c.body, err)
		}
	}
}

func TestSiteConforms(t *testing.T) {
	for _, mode := range []string{ModeRSS, ModePages} {
		t.Run(mode, func(t *testing.T) {
			sourcetest.Run(t, sourcetest.Case{
				New: func() pipeline.Source { return withoutNetwork(t, site(120), withMode(mode)) }, Request: pipeline.Request{Now: now},
			})
		})
	}
}

func TestCursors(t *testing.T) {
	v := servicetest.New(t, site(3))
	for mode, bad := range map[string][]string{
		ModeRSS:   {"x", "2026-11-23", "2026-11-23|44|подшипник|2020-01-01", "|44"},
		ModePages: {"x", "2026-11-23|44|подшипник", "2026-11-23|44|подшипник|0|1", "2026-11-23|44|подшипник|2|1", "2026-11-23|44|вал|1|1", "2026-11-23|44|подшипник|1|999"},
		ModeDocs:  {"x", "2026-11-23|2026-11-22|PRIZ/other|77"},
	} {
		s := over(t, v, withMode(mode), nil)
		for _, c := range bad {
			if got := pullAll(t, s, pipeline.Request{Now: now, Cursor: c}); !errors.Is(got.err, ErrCursor) || len(got.batches) > 0 {
				t.Errorf("%s: cursor %q: %v", mode, c, got.err)
			}
		}
		if got := pullAll(t, s, pipeline.Request{}); got.err == nil {
			t.Errorf("%s: a pull of no day", mode)
		}
	}
	if n := len(v.Asked()); n != 0 {
		t.Errorf("asked %d times", n)
	}
}

func TestProbe(t *testing.T) {
	for mode, want := range map[string]string{ModeRSS: "0 notices of «подшипник»", ModePages: "3 notices of «подшипник» by law 44, 3 on the first page"} {
		v := servicetest.New(t, site(3))
		saw, err := over(t, v, withMode(mode), nil).Probe(t.Context())
		if err != nil || !strings.Contains(saw, want) || len(v.Asked()) != 1 {
			t.Errorf("%s: %q, %v", mode, saw, err)
		}
	}
}

// FuzzFeed and FuzzPage: no answer makes a row vanish, and what is observed is canonical.
func FuzzFeed(f *testing.F) {
	f.Add([]byte(feedText(items(2))))
	f.Add([]byte(`<rss><channel><item><title>№123456</title><description>&lt;strong&gt;Наименование Заказчика: &lt;/strong&gt;А&lt;span&gt;Б</description></item></channel></rss>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, err := parseFeed(body)
		fuzzRows(t, rows, err)
	})
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(pageText(items(2), "2 записи")))
	f.Add([]byte(strings.Replace(pageText(items(1), "1 запись"), "regNumber=", "regNumber=\xd0", 1)))
	f.Add([]byte(pageText(items(2), "более 27&nbsp;000 записей")))
	f.Add([]byte(`<div class="search-registry-entry-block"><div class="registry-entry__body-title">Заказчик<div class="registry-entry__body-value">А`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := parsePage(body)
		if err == nil && (r.pages(1) < 1 || r.pages(1) > pagesMost || r.expected(1) > perPage) {
			t.Fatalf("%d pages, %d expected of %+v", r.pages(1), r.expected(1), r.total)
		}
		fuzzRows(t, r.rows, err)
	})
}

func fuzzRows(t *testing.T, rows []row, err error) {
	t.Helper()
	if err != nil {
		if !errors.Is(err, service.ErrLayout) && !errors.Is(err, service.ErrBroken) {
			t.Fatalf("an error without a name: %v", err)
		}
		return
	}
	s := &Source{name: "eis", wanted: newWanted([]string{"подшипник"}, nil)}
	g := s.gather("x", false)
	g.list(rows)
	b := g.done(releaseOf(company.DateOf(now)), "c")
	if err := b.Counts.Check(); err != nil || b.Counts.Read != int64(len(rows)) {
		t.Fatal(fmt.Sprint(b.Counts), err)
	}
	for i := range b.Observations {
		if err := sourcetest.CheckObservation(&b.Observations[i], false); err != nil {
			t.Fatal(err)
		}
	}
}
