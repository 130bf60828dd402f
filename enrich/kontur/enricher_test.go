package kontur

import (
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/enrichtest"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/realfiles"
	"obzvon/pipeline/sourcetest"
)

func TestAnswers(t *testing.T) {
	v := newVendor(t, nil)
	now := v.Clock.Now()
	got, err := v.ask(t, v.enricher(t, 0, "secret", all()), false, companies()...)
	if err != nil {
		t.Fatal(err)
	}
	o := got[known].Observation
	expect(t, lines(o), "name.short=ООО «Азимут»", "ogrn="+ours, "status=active", "okved.main=45.20", "okved.extra=45.31", "revenue 2025=2000000",
		"revenue 2024=1000000", "profit 2025=-5", "sme=2", "risk=unfair", "phone=+79070000001", "phone=+79070000002", "email=sales@azimut.example",
		"site=http://azimut.example", "region=59", "city=Пермь", "address=614000, Пермский край, г Пермь, ул Мира, дом 5", "head.post=Директор", "registered=2010-03-04")
	if len(o.All(company.FieldEmail)) != 1 || o.First(company.FieldHeadName) != "" {
		t.Errorf("too much: %v", lines(o))
	}
	for inn, want := range map[company.INN]struct {
		found   bool
		outcome string
		again   time.Duration
	}{
		known: {true, "", 30 * day}, silent: {false, "not_found", 90 * day}, liar: {false, "poison", 90 * day}, other: {false, "poison", 90 * day}, sole: {true, "", 30 * day},
	} {
		if a := got[inn]; a.Found != want.found || a.Outcome != want.outcome || a.Again.Sub(now) != want.again {
			t.Errorf("%s: found %v, outcome %q, again %v; want %+v", inn, a.Found, a.Outcome, a.Again, want)
		}
	}
	if o := got[sole].Observation; o.First(company.FieldNameShort) != "ИП Образцов Пётр Иванович" || o.First(company.FieldPhone) == "" || o.Facts[0].Subject != company.SubjectSole {
		t.Errorf("a sole proprietor: %+v", o.Facts)
	}
	with, err := v.ask(t, v.enricher(t, 0, "secret", all()), true, companies()[0])
	if o := with[known].Observation; err != nil || o.First(company.FieldHeadName) == "" || len(o.All(company.FieldEmail)) != 2 {
		t.Errorf("people were asked for: %v", lines(o))
	}
}

// TestGroups: several in a request, each method only for those that lack what it gives,
// by the vendor's log.
func TestGroups(t *testing.T) {
	v := newVendor(t, nil)
	o := all()
	o.Together = 2
	rich := of(known, `ООО "АЗИМУТ"`, "status=active", "okved.main=45.20", "sme=2", "revenue=5", "email=a@azimut.example", "site=https://azimut.example")
	whole := of("5902000054", `ООО "ВЕГА"`, "status=active", "okved.main=45.20", "sme=2", "revenue=5", "email=a@azimut.example", "site=https://azimut.example", "phone=+79070000004")
	if _, err := v.ask(t, v.enricher(t, 0, "secret", o), false, whole, rich, of(sole, "ИП Образцов Пётр Иванович")); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"req 5902000008", "contacts 5902000008", // the whole one stands in the group and costs nothing
		"req 590200000143", "egrDetails 590200000143", "analytics 590200000143", "contacts 590200000143", "contactEmails 590200000143", "sites 590200000143",
	}
	if got := v.calls(); !slices.Equal(got, want) {
		t.Errorf("called %v, want %v", got, want)
	}
	v.Forget()
	o = Defaults()
	if _, err := v.ask(t, v.enricher(t, 0, "secret", o), false, companies()[0], companies()[1]); err != nil {
		t.Fatal(err)
	}
	want = []string{"req 5902000008,5902000015", "egrDetails 5902000008", "financeAnalytics 5902000008"}
	if got := v.calls(); !slices.Equal(got, want) {
		t.Errorf("called %v, want %v", got, want)
	}
}

// TestStrays: a record of nobody who was asked for is nobody's; those without one are
// asked for alone.
func TestStrays(t *testing.T) {
	v := newVendor(t, nil)
	o := Defaults()
	o.Fields = []string{"status"}
	got, err := v.ask(t, v.enricher(t, 0, "secret", o), false, companies()...)
	if err != nil || got[other].Outcome != "poison" || got[silent].Outcome != "not_found" || !got[known].Found {
		t.Errorf("%+v, %v", got, err)
	}
	if want := []string{"req 5902000008,5902000015,5902000022,5902000030,590200000143", "req 5902000015", "req 5902000030"}; !slices.Equal(v.calls(), want) {
		t.Errorf("called %v, want %v", v.calls(), want)
	}
}

func TestBudget(t *testing.T) {
	v := newVendor(t, nil)
	o := Defaults()
	o.Together = 2
	got, err := v.ask(t, v.enricher(t, 4, "secret", o), false, companies()...)
	if !errors.Is(err, pipeline.ErrUnfinished) || len(got) != 2 || len(v.Asked()) != 4 {
		t.Fatalf("%d answers by %v, %v", len(got), v.calls(), err)
	}
	v.Clock.Advance(24 * time.Hour)
	v.Forget()
	got, err = v.ask(t, v.enricher(t, 4, "secret", o), false, companies()...)
	if err != nil || len(got) != 5 || len(v.Asked()) != 3 { // one is alone of itself; then the last two methods
		t.Errorf("%d answers by %v, %v", len(got), v.calls(), err)
	}
	v.Forget()
	got, err = v.ask(t, v.enricher(t, 4, "secret", o), false, companies()...)
	if err != nil || len(got) != 5 || len(v.Asked()) != 0 {
		t.Errorf("a second run on the same day called %v, %v", v.calls(), err)
	}
}

func TestFaults(t *testing.T) {
	v := newVendor(t, nil)
	c := companies()[0]
	servicetest.Hold(t, v.Vendor, func(t *testing.T) error {
		got, err := v.ask(t, v.enricher(t, 0, "secret", all()), false, c)
		if a := got[c.INN]; err == nil && a.Outcome == "broken" && !a.Found { // it concerns this request alone
			return service.ErrBroken
		}
		return err
	})
	for name, tt := range map[string]struct {
		code int
		body string
		want error
	}{
		"no right to a method": {403, "no rights", service.ErrKey},
		"not there":            {404, `{"message":"not found"}`, pipeline.ErrNotFound},
		"another address":      {404, "<html>404 Not Found</html>", service.ErrLayout},
		"misunderstood":        {422, "wrong ИНН", service.ErrAsk},
		"conflict":             {409, "", service.ErrAsk},
		"an object":            {200, `{"inn":"1"}`, service.ErrLayout},
		"null":                 {200, `null`, service.ErrLayout},
		"nameless":             {200, `[{"ogrn":"1"}]`, service.ErrLayout},
		"cut":                  {200, `[{"inn":"1"`, service.ErrBroken},
	} {
		if _, err := judge(tt.code, []byte(tt.body)); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
	}
	if _, err := v.ask(t, v.enricher(t, 0, "another", all()), false, c); !errors.Is(err, service.ErrKey) || strings.Contains(err.Error(), "another") {
		t.Errorf("wrong key: %v", err)
	}
}

// TestMethodWithoutRight: a method that the key has not ends the asking, and says which.
func TestMethodWithoutRight(t *testing.T) {
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/contacts") {
			http.Error(w, "no rights", http.StatusForbidden)
			return
		}
		answer(w, r)
	})
	_, err := v.ask(t, v.enricher(t, 0, "secret", all()), false, companies()[0])
	if !errors.Is(err, service.ErrKey) || !strings.Contains(err.Error(), "/contacts") {
		t.Errorf("got %v", err)
	}
}

func TestConformance(t *testing.T) {
	v := newVendor(t, nil)
	for _, together := range []int{2, 10} {
		o := all()
		o.Together = together
		enrichtest.Run(t, func() pipeline.Enricher { return v.enricher(t, 0, "secret", o) }, companies()...)
	}
}

// TestSamples replays the real answers of req and egrDetails.
func TestSamples(t *testing.T) {
	read := func(name string) []byte {
		text, err := os.ReadFile(realfiles.Path(t, "kontur-focus/"+name))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	of1, of2 := read("kf_req_resp.json"), read("kf_egrDetails_resp.json")
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api3/req":
			_, _ = w.Write(of1)
		case "/api3/egrDetails":
			_, _ = w.Write(of2)
		default:
			_, _ = w.Write([]byte("[]"))
		}
	})
	const firm, stopped = company.INN("6663003127"), company.INN("561100409545")
	got, err := v.ask(t, v.enricher(t, 0, "secret", Defaults()), false, of(firm, `АО "ПФ "СКБ КОНТУР"`, "ogrn=1026605606620"), of(stopped, ""))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, lines(got[firm].Observation), "status=active", "region=66", "city=Екатеринбург", "kpp=668601001", "registered=1992-03-26", "ogrn=1026605606620")
	o := got[firm].Observation
	if code := o.First(company.FieldOKVEDMain); code == "" || len(o.All(company.FieldOKVEDExtra)) == 0 || o.First(company.FieldHeadName) != "" || o.First(company.FieldPhone) != "" {
		t.Errorf("%v", lines(o))
	}
	expect(t, lines(got[stopped].Observation), "status=liquidated", "okved.main=47.19", "region=56", "city=Оренбург")
	for _, f := range got[stopped].Observation.Facts {
		if f.Subject != company.SubjectSole {
			t.Errorf("%s is of the wrong subject", f.Field)
		}
	}
	got, err = v.ask(t, v.enricher(t, 0, "secret", Defaults()), false, of(known, `ООО "АЗИМУТ"`))
	if err != nil || got[known].Outcome != "poison" {
		t.Errorf("answers about others: %+v, %v", got[known], err)
	}
}

func TestProbe(t *testing.T) {
	v := newVendor(t, nil)
	saw, err := v.enricher(t, 0, "secret", all()).Probe(t.Context())
	if err != nil || !strings.HasPrefix(saw, "key accepted, 0 records") || len(v.Asked()) != 1 {
		t.Errorf("saw %q, %v", saw, err)
	}
}

func TestOptions(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"a field":                  func(o *Options) { o.Fields = []string{"moon"} },
		"contacts without the key": func(o *Options) { o.Fields = []string{"phone"} },
		"together":                 func(o *Options) { o.Together = 0 },
		"cost":                     func(o *Options) { o.Cost = -1 },
		"again":                    func(o *Options) { o.Again = time.Hour },
		"missing":                  func(o *Options) { o.Missing = 2 * year },
	} {
		o := Defaults()
		if err := o.Validate(); err != nil {
			t.Fatal(err)
		}
		change(&o)
		if o.Validate() == nil {
			t.Errorf("%s: no complaint", name)
		}
	}
	if o := all(); o.Validate() != nil {
		t.Error(o.Validate())
	}
}

// FuzzParse: whatever comes, nothing panics, and what is taken is in canonical form.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`[{"inn":"5902000008","ogrn":"1","UL":{"legalName":{"short":"ООО \"А\""},"status":{"bankrupting":true},"legalAddress":{"parsedAddressRF":{"regionCode":"77","regionName":{"topoValue":"Москва"}}}},"contactPhones":{"phones":["+79070000001"]}}]`), true)
	f.Add([]byte(`[{"inn":"590200000143","IP":{"fio":"А Б","opf":"фермер","shortenedAddress":{"city":{"topoValue":"Пермь"}}},"financeAnalyticsData":{"lastBuhYear":2024,"incomeEnd":{"data":1e300}},"analytics":{"m7025":true},"sites":{"sites":[{"url":"a.example"}]}}]`), false)
	f.Fuzz(func(t *testing.T, body []byte, persons bool) {
		all, err := parse(body)
		if err != nil {
			return
		}
		for i := range all {
			inn, err := company.ParseINN(all[i].INN)
			if err != nil {
				inn = known
			}
			o := company.Observation{Source: "s", Key: "k", INN: inn}
			all[i].observe(&o, persons)
			mark(&o)
			if err := sourcetest.CheckObservation(&o, persons); err != nil {
				t.Fatalf("%v in %+v", err, o.Facts)
			}
		}
	})
}
