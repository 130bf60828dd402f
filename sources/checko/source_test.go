package checko

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
	"obzvon/sources/checko/api"
)

// TestSample replays the fragment of a real answer: two rows of 13,955, so the page says
// that 98 are missing.
func TestSample(t *testing.T) {
	text, err := os.ReadFile(realfiles.Path(t, "checko/search-fragment.json"))
	if err != nil {
		t.Fatal(err)
	}
	v := newVendor(t, nil)
	v.Vendor = servicetest.New(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") == "1" {
			_, _ = w.Write(text)
			return
		}
		write(w, map[string]any{"data": map[string]any{"ЗапВсего": 0, "Записи": []any{}}})
	}))
	v.shelf.Now = v.Clock.Now
	o := options("62.01")
	o.Regions = []config.Code{"77"}
	all, batches, err := pullAll(t, v.source(t, o, 100, "secret"), v.request(""))
	if err != nil {
		t.Fatal(err)
	}
	first := batches[0]
	if want := (pipeline.Counts{Declared: 100, Read: 2, Unread: 98, Taken: 2}); first.Counts != want || first.Cursor != "62.01|77|org|1|140" || len(first.Gaps) != 1 {
		t.Errorf("counts %+v, cursor %q, gaps %v", first.Counts, first.Cursor, first.Gaps)
	}
	if len(all) != 2 || all[0].INN != "3203006518" || all[1].INN != "4025070110" {
		t.Fatalf("%d companies: %v", len(all), all)
	}
	for _, o := range all {
		if o.First(company.FieldOKVEDMain) != "62.01" || o.First(company.FieldRegion) != "77" || o.First(company.FieldHeadName) != "" {
			t.Errorf("%+v", o.Facts)
		}
	}
	if n := len(v.Asked()); n != 2 {
		t.Errorf("%d pages were asked for: an empty one is the last", n)
	}
}

// TestBudgetOverDays: a code of 13 pages and one of 2, with 4 calls a day: to the call by
// the vendor's log, from the cursor on the day after, nothing lost and nothing twice.
func TestBudgetOverDays(t *testing.T) {
	v := newVendor(t, map[string]int{"45.20|59|org": 121, "45.31|59|org": 15})
	o := options("45.20", "45.31")
	o.Rows = 10
	cursor, days := "", 0
	seen := map[string]int{}
	for {
		v.Forget()
		s := v.source(t, o, 4, "secret")
		all, batches, err := pullAll(t, s, v.request(cursor))
		for _, one := range all {
			seen[one.Key+one.First(company.FieldOKVEDMain)]++
		}
		if len(batches) > 0 {
			cursor = batches[len(batches)-1].Cursor
		}
		if n := len(v.Asked()); n > 4 || err != nil && n != 4 {
			t.Fatalf("day %d: %d calls, the budget is 4", days+1, n)
		}
		if days++; err == nil {
			break
		}
		if !errors.Is(err, pipeline.ErrUnfinished) || !errors.Is(err, service.ErrBudget) {
			t.Fatal(err)
		}
		v.Clock.Advance(dayLong)
	}
	if days != 4 || len(seen) != 136 || v.purse.Spent("checko") != 15 {
		t.Errorf("%d days, %d companies, %d calls: want 4, 136, 15", days, len(seen), v.purse.Spent("checko"))
	}
	for key, n := range seen {
		if n != 1 {
			t.Errorf("%s came %d times", key, n)
		}
	}
}

// TestSecondRunAsksNothing: on the same day what was answered lies on the shelf.
func TestSecondRunAsksNothing(t *testing.T) {
	v := newVendor(t, map[string]int{"45.20|59|org": 25})
	o := options("45.20")
	o.Rows, o.Cards = 10, 2
	first, _, err := pullAll(t, v.source(t, o, 100, "secret"), v.request(""))
	if err != nil || len(first) != 25 || len(v.Asked()) != 3+6 {
		t.Fatalf("%d companies by %d calls, %v", len(first), len(v.Asked()), err)
	}
	v.Forget()
	second, _, err := pullAll(t, v.source(t, o, 100, "secret"), v.request(""))
	if err != nil || len(second) != 25 || len(v.Asked()) != 0 {
		t.Errorf("%d companies by %d calls, %v", len(second), len(v.Asked()), err)
	}
}

// TestCards: contacts come of some rows, a card about somebody else is not believed, and
// where the calls end the other rows come as they are.
func TestCards(t *testing.T) {
	v := newVendor(t, map[string]int{"45.20|59|org": 12})
	o := options("45.20")
	o.Cards = 10
	all, batches, err := pullAll(t, v.source(t, o, 6, "secret"), v.request(""))
	if !errors.Is(err, pipeline.ErrUnfinished) || len(all) != 12 || len(batches) != 1 || len(v.Asked()) != 6 {
		t.Fatalf("%d companies in %d batches by %d calls, %v", len(all), len(batches), len(v.Asked()), err)
	}
	for i, one := range all {
		believed := i < 5 && i%3 != 2
		if phone := one.First(company.FieldPhone); (phone != "") != believed {
			t.Errorf("row %d has the phone %q", i+1, phone)
		}
		want := "45.20"
		if believed {
			want = "45.20.1"
		}
		if code := one.First(company.FieldOKVEDMain); code != want || one.First(company.FieldRegistered) == "" {
			t.Errorf("row %d: code %s, want %s; %+v", i+1, code, want, one.Facts)
		}
	}
}

func TestRowsThatCannotBeUsed(t *testing.T) {
	v := newVendor(t, map[string]int{"45.20|59|org": 5})
	v.rows = func(n int) map[string]any {
		switch r := row(n); n {
		case 1:
			r["ИНН"] = "5902000009"
			return r
		case 2:
			delete(r, "ИНН")
			return r
		case 3:
			r["ИНН"] = innOf(0)
			return r
		default:
			return r
		}
	}
	_, batches, err := pullAll(t, v.source(t, options("45.20"), 100, "secret"), v.request(""))
	if err != nil || len(batches) != 1 {
		t.Fatal(batches, err)
	}
	if want := (pipeline.Counts{Declared: 5, Read: 5, Taken: 2, Quarantined: 3}); batches[0].Counts != want {
		t.Errorf("counts %+v, want %+v", batches[0].Counts, want)
	}
	for i, want := range []pipeline.Reason{pipeline.ReasonINN, pipeline.ReasonINN, pipeline.ReasonConflict} {
		if r := batches[0].Rejects[i]; r.Reason != want || r.Row != int64(i+2) || !strings.Contains(r.Raw, "АЗИМУТ") {
			t.Errorf("reject %+v, want %s", r, want)
		}
	}
}

// TestQuestionThatIsNotUnderstood: one that the vendor refuses is a gap, and the pull
// goes on.
func TestQuestionThatIsNotUnderstood(t *testing.T) {
	v := newVendor(t, map[string]int{"45.31|59|org": 3})
	answer := v.Config.Handler
	v.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("query") == "45.20" {
			http.Error(w, `{"meta":{"status":"error","message":"Некорректный код"}}`, http.StatusBadRequest)
			return
		}
		answer.ServeHTTP(w, r)
	})
	all, batches, err := pullAll(t, v.source(t, options("45.20", "45.31"), 100, "secret"), v.request(""))
	if err != nil || len(all) != 3 || len(batches) != 2 || len(batches[0].Gaps) != 1 {
		t.Errorf("%d companies, batches %+v, %v", len(all), batches, err)
	}
}

// TestGoesOnAfterAFault: a page that fails ends the pull, and the next one begins with it.
func TestGoesOnAfterAFault(t *testing.T) {
	v := newVendor(t, map[string]int{"45.20|59|org": 25})
	o := options("45.20")
	o.Rows = 10
	answer, broken := v.Config.Handler, true
	v.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if broken && r.URL.Query().Get("page") == "2" {
			_, _ = w.Write([]byte(`{"data":{"Записи":[`))
			return
		}
		answer.ServeHTTP(w, r)
	})
	all, batches, err := pullAll(t, v.source(t, o, 0, "secret"), v.request(""))
	if !errors.Is(err, service.ErrBroken) || len(all) != 10 {
		t.Fatalf("%d companies, %v", len(all), err)
	}
	broken = false
	all, _, err = pullAll(t, v.source(t, o, 0, "secret"), v.request(batches[0].Cursor))
	if err != nil || len(all) != 15 {
		t.Errorf("%d companies, %v", len(all), err)
	}
}

func TestFaults(t *testing.T) {
	v := newVendor(t, map[string]int{"45.20|59|org": 3})
	s := v.source(t, options("45.20"), 0, "secret")
	n := 0
	servicetest.Hold(t, v.Vendor, func(t *testing.T) error {
		n++ // each at another page: what is kept is not asked for
		_, err := s.client.Search(t.Context(), api.Query{Code: "45.20", Object: api.Organisations, Limit: 10, Page: n}, false)
		return err
	})
	_, _, err := pullAll(t, v.source(t, options("45.20"), 0, "another"), v.request(""))
	if !errors.Is(err, service.ErrKey) || strings.Contains(err.Error(), "another") {
		t.Errorf("wrong key: %v", err)
	}
	if _, _, err = pullAll(t, v.source(t, options("45.20"), 0, ""), v.request("")); !errors.Is(err, service.ErrKey) {
		t.Errorf("no key: %v", err)
	}
}

func TestProbe(t *testing.T) {
	v := newVendor(t, map[string]int{"45.20|59|org": 13955})
	saw, err := v.source(t, options("45.20"), 0, "secret").Probe(t.Context())
	if want := "key accepted, 13955 of org under 45.20 in region 59, 99 free calls left today, 0.00 roubles on the account"; err != nil || saw != want || len(v.Asked()) != 1 {
		t.Errorf("saw %q, %v", saw, err)
	}
}

func TestConformance(t *testing.T) {
	v := newVendor(t, map[string]int{"45.20|59|org": 25, "45.31|59|org": 3})
	o := options("45.20", "45.31", "45.32")
	o.Rows, o.Cards = 10, 2
	req := v.request("")
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return v.source(t, o, 0, "secret") }, Request: req})
	locked := newVendor(t, nil)
	sourcetest.Run(t, sourcetest.Case{New: func() pipeline.Source { return locked.source(t, o, 0, "another") }, Request: req, Err: service.ErrKey})
}

func TestCursors(t *testing.T) {
	v := newVendor(t, nil)
	for _, cursor := range []string{"x", "45.20|59|org|0|1", "45.20|59|org|2|1", "45.31|59|org|1|1", "45.20|59|org|1"} {
		_, _, err := pullAll(t, v.source(t, options("45.20"), 0, "secret"), v.request(cursor))
		if !errors.Is(err, ErrCursor) {
			t.Errorf("%q: %v", cursor, err)
		}
	}
}

func TestOptions(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no codes":    func(o *Options) { o.Codes = nil },
		"a bad code":  func(o *Options) { o.Codes = []config.Code{"4520"} },
		"no region":   func(o *Options) { o.Regions = []config.Code{"00"} },
		"no object":   func(o *Options) { o.Objects = nil },
		"an object":   func(o *Options) { o.Objects = []string{"ip"} },
		"rows":        func(o *Options) { o.Rows = 101 },
		"cards":       func(o *Options) { o.Cards = -1 },
		"no vendor":   func(o *Options) { o.Vendor = api.Vendor{} },
		"both at one": func(o *Options) { o.Rows, o.Cards = 0, 0 },
	} {
		o := options("45.20")
		change(&o)
		if o.Validate() == nil {
			t.Errorf("%s: no complaint", name)
		}
	}
	a, b := Interface(options("45.20"), "k"), Interface(DefaultsOfdata(), "k")
	if a.Name == b.Name || a.Base == b.Base || b.Base != "https://api.ofdata.ru/v2" {
		t.Errorf("%s at %s, %s at %s", a.Name, a.Base, b.Name, b.Base)
	}
}

// FuzzPage: rows are counted once whatever a page says, and what is taken has an ИНН.
func FuzzPage(f *testing.F) {
	f.Add([]byte(`{"data":{"ЗапВсего":3,"СтрВсего":1,"Записи":[{"ИНН":"5902000008","НаимСокр":"ООО \"А\""},{"ИНН":"5902000009"},7]}}`), true)
	f.Add([]byte(`{"data":{"ЗапВсего":-1,"СтрВсего":1e300,"Записи":[{"ИНН":"590200000143","ФИО":"Образцов П","РегионКод":"59"}]}}`), false)
	f.Fuzz(func(t *testing.T, body []byte, persons bool) {
		found, err := api.ParsePage(body)
		if err != nil {
			return
		}
		s := &Source{name: "checko", options: options("45.20"), questions: options("45.20").questions()}
		p := pull{source: s, req: pipeline.Request{Persons: persons}}
		b, err := p.batch(t.Context(), found, s.questions[0], "unit")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Counts.Check(); err != nil {
			t.Fatal(err)
		}
		if b.Counts.Taken != int64(len(b.Observations)) || b.Counts.Quarantined != int64(len(b.Rejects)) {
			t.Fatalf("%+v: %d observations, %d rejects", b.Counts, len(b.Observations), len(b.Rejects))
		}
		for i := range b.Observations {
			if err := sourcetest.CheckObservation(&b.Observations[i], persons); err != nil {
				t.Fatal(err)
			}
		}
	})
}
