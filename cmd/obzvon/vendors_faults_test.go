package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
	"obzvon/pipeline/night"
)

// faultOf is a documented failure of the conformance run by its name.
func faultOf(t *testing.T, name string) servicetest.Fault {
	t.Helper()
	for _, f := range servicetest.Faults() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("there is no fault %q", name)
	return servicetest.Fault{}
}

// keyRefused is a refusal that repeats the key that it was asked with, as some do.
func keyRefused(_ *servicetest.Vendor, w http.ResponseWriter, r *http.Request) {
	writeJSON(w, object{"meta": object{"code": 403, "error": object{"type": "apiKeyIsBlocked", "message": "key " + r.URL.Query().Get("key") + " of " + r.URL.String()}}})
}

// Each vendor fails in another way. Each failure is named at its source or enricher, the
// run says that it fell short, and the list is made of the rest.
func TestEachVendorFailsInAnotherWay(t *testing.T) {
	w := newBazaar(t)
	w.breaks("twogis", servicetest.Fault{Answer: keyRefused})
	told := map[string][]string{"twogis": {service.ErrKey.Error(), "apiKeyIsBlocked"}}
	for vendor, as := range map[string]struct {
		fault string
		want  error
		words string
	}{
		"zakupki":    {"a redirect loop", service.ErrLayout, "redirect not followed"},
		"b2bcenter":  {"a page in place of data", service.ErrLayout, ""},
		"exhibitors": {"a cut body", service.ErrBroken, "ended early"},
		"osm":        {"silence", service.ErrDown, "no answer in time"},
		"girbo":      {"its own fault", service.ErrDown, "HTTP 500"},
		"checko":     {"slow down for a day", service.ErrLimit, "wait 24h"},
		"ofdata":     {"another layout", service.ErrLayout, "neither data nor meta"},
		"rmsp":       {"nothing", service.ErrLayout, ""},
		"egrul":      {"bad gateway", service.ErrDown, "HTTP 502"},
		"dadata":     {"forbidden", service.ErrKey, "HTTP 403"},
		"kontur":     {"closed", service.ErrDown, ""},
		"saby":       {"wrong key", service.ErrKey, "HTTP 401"},
		"bankrot":    {"slow down", service.ErrLimit, "wait 3s"},
		"rnp":        {"a redirect elsewhere", service.ErrLayout, "to http://elsewhere.example/"},
		"pb":         {"too much", service.ErrLayout, "larger than allowed"},
	} {
		f := faultOf(t, as.fault)
		if f.Want != nil && !errors.Is(as.want, f.Want) {
			t.Errorf("%s: want %v of %s", vendor, as.want, f.Name)
		}
		w.breaks(vendor, f)
		told[vendor] = []string{as.want.Error(), as.words}
	}
	r, e := w.night(w.day)
	if e.code != exitShort || !r.Completed {
		t.Fatalf("exit %d, %q\n%s", e.code, r.Short, e.err)
	}
	notes := map[string]string{}
	for _, s := range r.Sources {
		notes[s.Name] = s.Note
		if failing := told[vendorAsked(s.Name)] != nil; failing != (s.State == night.StateFailed) {
			t.Errorf("%s: %s: %s", s.Name, s.State, s.Note)
		}
	}
	for _, x := range r.Enrich {
		notes[x.Name] = x.Error
	}
	for vendor, sections := range askingOf() {
		for _, name := range sections {
			said(t, notes[name], told[vendor]...)
			if n := slices.IndexFunc(r.Short, func(s string) bool { return strings.Contains(s, name+":") && strings.Contains(s, notes[name]) }); n < 0 {
				t.Errorf("the run does not say that %s fell short: %q", name, r.Short)
			}
		}
	}
	var listed []string
	for _, row := range w.sheet(r) {
		listed = append(listed, row["Компания"])
	}
	said(t, strings.Join(listed, "; "), "Бардасельмаш", "Сылвадеталь")
	w.silentFiles()
	if e := w.obzvon("sources"); e.code != exitDone {
		t.Errorf("exit %d: %s", e.code, e.err)
	}
	if e := w.obzvon("run", "--date", w.day.String(), "--verbose"); e.code != exitShort {
		t.Errorf("exit %d: %s", e.code, e.err)
	}
	w.silentFiles()

	// Nothing is lost: when the vendors are well again, the next night knows all.
	for vendor := range askingOf() {
		w.breaks(vendor, servicetest.Fault{})
	}
	w.morning()
	if r, e := w.night(workday(w.day + 1)); e.code != exitDone || r.Companies != int64(len(w.firms)) {
		t.Errorf("exit %d, %d companies, %q", e.code, r.Companies, r.Short)
	}
	w.needsAreScored(workday(w.day + 1))
}

// vendorAsked is whom a section asks; "" = nobody.
func vendorAsked(section string) string {
	for vendor, sections := range askingOf() {
		if slices.Contains(sections, section) {
			return vendor
		}
	}
	return ""
}

// With three calls a day the budgets hold to the call, each night goes on where the last
// one ended, and in the end as much is known as if there were no bound.
func TestBudgetsHoldToTheCall(t *testing.T) {
	const aDay = 3
	w := newBazaar(t)
	w.configure(fmt.Sprintf(", calls_a_day: %d", aDay))
	day, reached, done := w.day, map[string]bool{}, map[string]bool{}
	var known int64
	for range 8 {
		w.Forget()
		w.morning()
		r, e := w.night(day)
		if e.code != exitDone {
			t.Fatalf("%s: exit %d, %q", day, e.code, r.Short)
		}
		for vendor, n := range w.spent() {
			if n > aDay {
				t.Errorf("%s: %d calls of %s, %d are allowed", day, n, vendor, aDay)
			}
			reached[vendor] = reached[vendor] || n == aDay
		}
		for _, s := range r.Sources {
			done[s.Name] = done[s.Name] || s.State == night.StateDone
		}
		day, known = workday(day+1), r.Companies
	}
	for _, vendor := range []string{"girbo", "checko", "ofdata", "egrul", "dadata", "kontur", "pb"} {
		if !reached[vendor] {
			t.Errorf("%s was never asked as often as was allowed", vendor)
		}
	}
	if len(done) != 13 || slices.Contains(slices.Collect(maps.Values(done)), false) || known != int64(len(w.firms)) {
		t.Errorf("%d companies; sources that came to their end: %v", known, done)
	}
	w.needsAreScored(day)
}

// spent are calls by vendor as budgets count them: Saby counts companies.
func (w *bazaar) spent() map[string]int {
	w.t.Helper()
	out := w.calls()
	out["saby"] = 0
	for _, a := range w.Asked() {
		if q, err := url.ParseQuery(a.Query); err == nil && vendorOf(a.Path) == "saby" {
			out["saby"] += len(q["inn"])
		}
	}
	return out
}

// The list of sources has every adapter, with what it needs in words.
func TestSourcesListEveryAdapter(t *testing.T) {
	w := newBazaar(t)
	h := &house{}
	adapters := slices.Sorted(maps.Keys(sourceAdapters()))
	for name := range enricherAdapters(h) {
		adapters = append(adapters, name)
	}
	list := func() (out []listedAdapter) {
		var all struct{ Sources, Enrichers []listedAdapter }
		e := w.obzvon("sources", "--json")
		if err := json.Unmarshal([]byte(e.out), &all); err != nil || e.code != exitDone {
			t.Fatalf("exit %d, %v: %s", e.code, err, e.err)
		}
		return append(all.Sources, all.Enrichers...)
	}
	var got []string
	for _, s := range list() {
		if got = append(got, s.Adapter); s.Name == "contracts" {
			got = got[:len(got)-1] // a second one of zakupki
		}
		if !s.Enabled || len(s.Needs) > 0 || s.Title == "" || s.Licence == "" {
			t.Errorf("%+v", s)
		}
	}
	slices.Sort(got)
	if slices.Sort(adapters); !slices.Equal(got, adapters) {
		t.Errorf("in the config are\n%v\nadapters are\n%v", got, adapters)
	}
	// Without keys and terms each says what it needs, and nobody is asked.
	bare := newBazaar(t)
	bare.keyless = true
	bare.rewrite(`terms_accepted: "`+(w.day-2).String()+`", `, "")
	w = bare
	needs := map[string]string{}
	for _, s := range list() {
		needs[s.Name] = strings.Join(s.Needs, "; ")
	}
	for name, words := range map[string][]string{
		"twogis": {"OBZVON_KEY_TWOGIS", "terms_accepted"}, "checko": {"OBZVON_KEY_CHECKO"}, "ofdata": {"OBZVON_KEY_OFDATA"}, "b2bcenter": {"terms_accepted"}, "fair": {"terms_accepted"},
		"ask-dadata": {"OBZVON_KEY_DADATA"}, "ask-kontur": {"OBZVON_KEY_KONTUR"}, "ask-saby": {"OBZVON_KEY_SABY"}, "ask-checko": {"OBZVON_KEY_CHECKO"}, "ask-ofdata": {"OBZVON_KEY_OFDATA"},
	} {
		said(t, needs[name], words...)
	}
	if len(bare.Asked()) > 0 {
		t.Errorf("asked: %v", bare.calls())
	}
}

// listedAdapter is what sources --json has of a section.
type listedAdapter struct {
	Name, Adapter, Title, Licence string
	Enabled                       bool
	Needs                         []string
}

// A check of each makes exactly one call and says in a line what it saw.
func TestChecksAskOnce(t *testing.T) {
	w := newBazaar(t)
	for vendor, sections := range askingOf() {
		for _, name := range sections {
			if name == "ask-risk" && vendor != "bankrot" {
				continue // its first part alone is asked
			}
			w.Forget()
			began := w.Clock.Now()
			e := w.obzvon("sources", "check", name)
			if e.code != exitDone || strings.Count(e.out, "\n") != 1 || !strings.HasPrefix(e.out, name+": ") || len(e.out) < len(name)+20 {
				t.Errorf("%s: exit %d, %q, %s", name, e.code, e.out, e.err)
			}
			if calls := w.calls(); len(calls) != 1 || calls[vendor] != 1 {
				t.Errorf("%s: %v", name, calls)
			}
			if took := w.Clock.Now().Sub(began); took > time.Minute {
				t.Errorf("%s took %s", name, took)
			}
		}
	}
}
