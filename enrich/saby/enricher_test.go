package saby

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/enrichtest"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

func TestAnswers(t *testing.T) {
	v := newVendor(t, nil)
	o := Defaults()
	o.Fields = append(o.Fields, "headcount")
	now := v.Clock.Now()
	got, err := v.ask(t, v.enricher(t, 0, key, o), false, companies()...)
	if err != nil {
		t.Fatal(err)
	}
	seen := got[known].Observation
	expect(t, lines(seen), "name.short=ООО «Азимут»", "ogrn=1025900000015", "kpp=590201001", "status=active", "okved.main=45.20", "okved.extra=45.31",
		"region=59", "city=Пермь", "registered=2010-03-04", "phone=+79070000001", "phone=+73422000000", "email=zakupki@azimut.example",
		"site=http://azimut.example", "revenue 2024=2000000", "revenue 2023=1000000", "headcount 2024=10", "headcount 2025=12", "risk=unfair", "risk=mass_address")
	if len(seen.All(company.FieldEmail)) != 1 || seen.First(company.FieldHeadName) != "" || len(seen.All(company.FieldRevenue)) != 2 || len(seen.All(company.FieldOKVEDExtra)) != 1 {
		t.Errorf("too much: %v", lines(seen))
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
	with, err := v.ask(t, v.enricher(t, 0, key, o), true, companies()[0])
	if o := with[known].Observation; err != nil || o.First(company.FieldHeadName) != "Образцов Пётр Иванович" || len(o.All(company.FieldEmail)) != 2 {
		t.Errorf("people were asked for: %v, %v", lines(o), err)
	}
}

// TestGroupsOfTwenty: 45 companies are three requests, and each ИНН is paid for.
func TestGroupsOfTwenty(t *testing.T) {
	v := newVendor(t, nil)
	var all []company.Company
	for n := range 45 {
		all = append(all, of(innOf(n), fmt.Sprintf(`ООО "ТЕНЬ-%d"`, n)))
	}
	got, err := v.ask(t, v.enricher(t, 0, key, Defaults()), false, all...)
	if err != nil || len(got) != 45 {
		t.Fatalf("%d answers, %v", len(got), err)
	}
	if want := []string{"login", "req 20", "req 20", "req 5"}; !slices.Equal(v.calls(), want) || v.purse.Spent("saby") != 45 {
		t.Errorf("called %v for %d, want %v for 45", v.calls(), v.purse.Spent("saby"), want)
	}
}

func innOf(n int) company.INN {
	base := fmt.Sprintf("59%07d", 100+n)
	sum := 0
	for i, w := range []int{2, 4, 10, 3, 5, 9, 4, 6, 8} {
		sum += w * int(base[i]-'0')
	}
	return company.INN(base + strconv.Itoa(sum%11%10))
}

// TestOnlyWhatIsMissing: contacts and accounts are not paid for where others gave them.
func TestOnlyWhatIsMissing(t *testing.T) {
	contacts := []string{"phone=+79070000001", "email=info@azimut.example", "site=https://azimut.example"}
	for name, c := range map[string]struct {
		facts []string
		want  []string
	}{
		"all is missing":     {nil, []string{"login", "req 1", "contacts-official 1", "finance 1"}},
		"revenue is known":   {[]string{"revenue=5"}, []string{"login", "req 1", "contacts-official 1"}},
		"contacts are known": {contacts, []string{"login", "req 1", "finance 1"}},
		"all is known":       {append(contacts, "revenue=5"), nil},
	} {
		v := newVendor(t, nil)
		if _, err := v.ask(t, v.enricher(t, 0, key, Defaults()), false, of(known, `ООО "АЗИМУТ"`, c.facts...)); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(v.calls(), c.want) {
			t.Errorf("%s: called %v, want %v", name, v.calls(), c.want)
		}
	}
}

// TestSession: one login serves all calls, a session that ends is renewed once, and no
// part of the key is in anything that is said.
func TestSession(t *testing.T) {
	v := newVendor(t, nil)
	e := v.enricher(t, 0, key, Defaults())
	if _, err := v.ask(t, e, false, companies()[0]); err != nil {
		t.Fatal(err)
	}
	v.end()
	v.Forget()
	if _, err := v.ask(t, e, false, companies()[4]); err != nil {
		t.Fatal(err)
	}
	if want := []string{"req 1", "login", "req 1", "contacts-official 1"}; !slices.Equal(v.calls(), want) {
		t.Errorf("called %v, want %v", v.calls(), want)
	}
	for _, bad := range []string{"app:wrong-part:service-key", "app:only-two", "", "a:b:c:d"} {
		_, err := v.ask(t, v.enricher(t, 0, bad, Defaults()), false, companies()[1])
		if !errors.Is(err, service.ErrKey) || strings.Contains(err.Error(), "wrong-part") || strings.Contains(err.Error(), "only-two") {
			t.Errorf("key %q: %v", bad, err)
		}
	}
	for _, a := range v.Asked() {
		if strings.Contains(a.Body, "{app") || strings.Contains(a.Query, "cret") {
			t.Errorf("asked %+v", a)
		}
	}
}

// TestRefusedTwice: where a fresh session is refused too, the licence is missing.
func TestRefusedTwice(t *testing.T) {
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == loginPath {
			_, _ = w.Write([]byte(`{"access_token":"token","sid":"s"}`))
			return
		}
		http.Error(w, `{"error":"no licence"}`, http.StatusForbidden)
	})
	e := v.enricher(t, 0, key, Defaults())
	for range 2 {
		v.Forget()
		if _, err := v.ask(t, e, false, companies()[0]); !errors.Is(err, service.ErrKey) {
			t.Errorf("got %v", err)
		}
		if n := len(v.Asked()); n > 3 {
			t.Errorf("%d calls: %v", n, v.calls())
		}
	}
}

func TestBudget(t *testing.T) {
	v := newVendor(t, nil)
	c := companies()
	got, err := v.ask(t, v.enricher(t, 2, key, Defaults()), false, c[0])
	if !errors.Is(err, pipeline.ErrUnfinished) || len(got) != 0 || v.purse.Spent("saby") != 2 {
		t.Fatalf("%d answers by %v, %v", len(got), v.calls(), err)
	}
	v.Clock.Advance(24 * time.Hour)
	v.Forget()
	got, err = v.ask(t, v.enricher(t, 2, key, Defaults()), false, c[0])
	if want := []string{"login", "finance 1"}; err != nil || !got[known].Found || !slices.Equal(v.calls(), want) {
		t.Errorf("called %v, want %v; %v", v.calls(), want, err)
	}
	v.Forget()
	got, err = v.ask(t, v.enricher(t, 2, key, Defaults()), false, c[0])
	if err != nil || !got[known].Found || len(v.Asked()) != 0 {
		t.Errorf("a second run on the same day called %v, %v", v.calls(), err)
	}
}

func TestFaults(t *testing.T) {
	v := newVendor(t, nil)
	c := companies()[0]
	e := v.enricher(t, 0, key, Defaults())
	hold := func(t *testing.T) error {
		got, err := v.ask(t, e, false, c)
		if a := got[c.INN]; err == nil && a.Outcome == "broken" && !a.Found { // it concerns this request alone
			return service.ErrBroken
		}
		return err
	}
	t.Run("login", func(t *testing.T) { servicetest.Hold(t, v.Vendor, hold) })
	if err := e.login(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Run("within a session", func(t *testing.T) { servicetest.Hold(t, v.Vendor, hold) })
	for name, tt := range map[string]struct {
		body string
		want error
	}{
		"cut":             {`[{"inn":`, service.ErrBroken},
		"a list of text":  {`["a"]`, service.ErrLayout},
		"a text":          {`"no"`, service.ErrLayout},
		"a comma at last": {`[{"kpp":"1"},]`, service.ErrLayout},
	} {
		if _, err := (&door{}).judge(200, []byte(tt.body)); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
	}
	if _, err := (&door{}).judge(404, []byte("<html>404 Not Found</html>")); !errors.Is(err, service.ErrLayout) {
		t.Errorf("another address: %v", err)
	}
	lost := newVendor(t, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"error":"no such method"}`, http.StatusNotFound)
	})
	if got, err := lost.ask(t, lost.enricher(t, 0, key, Defaults()), false, c); !errors.Is(err, service.ErrLayout) {
		t.Errorf("no login there: %v, %v", got, err)
	}
}

func TestConformance(t *testing.T) {
	v := newVendor(t, nil)
	enrichtest.Run(t, func() pipeline.Enricher { return v.enricher(t, 0, key, Defaults()) }, companies()...)
}

func TestProbe(t *testing.T) {
	v := newVendor(t, nil)
	saw, err := v.enricher(t, 0, key, Defaults()).Probe(t.Context())
	if want := "key accepted, 29995 of 30000 requests and 4995 of 5000 companies are left today"; err != nil || saw != want {
		t.Errorf("saw %q, %v", saw, err)
	}
	o := Defaults()
	o.Demo = true
	v.Forget()
	saw, err = v.enricher(t, 0, "", o).Probe(t.Context())
	if err != nil || !strings.HasPrefix(saw, "the demonstration answers") || len(v.Asked()) != 1 || v.Asked()[0].Path != "/vok-demo/req" {
		t.Errorf("saw %q, %v, %v", saw, err, v.Asked())
	}
}

func TestOptions(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no fields": func(o *Options) { o.Fields = nil },
		"a field":   func(o *Options) { o.Fields = []string{"moon"} },
		"cost":      func(o *Options) { o.Cost = -1 },
		"again":     func(o *Options) { o.Again = time.Hour },
		"missing":   func(o *Options) { o.Missing = 2 * year },
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
}
