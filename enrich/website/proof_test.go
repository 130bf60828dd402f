package website

import (
	"fmt"
	"maps"
	"net/netip"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
)

// hostsVariable asks for a larger local web than the usual one.
const hostsVariable = "OBZVON_WEB_HOSTS"

func webSize(t testing.TB) int {
	t.Helper()
	text := os.Getenv(hostsVariable)
	if text == "" {
		return 300
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 100 {
		t.Fatalf("%s=%q: want a number of hosts, 100 or more", hostsVariable, text)
	}
	return n
}

// TestLocalWeb goes through a web of good, slow, moving, failing, trapping,
// huge and hostile hosts: from all good ones the contacts are brought, each
// refusal has its reason, nobody is asked faster or oftener than allowed, and
// nothing leaves the allowed addresses.
func TestLocalWeb(t *testing.T) {
	const pace = 200 * time.Millisecond
	web, hosts := localWeb(t, fetchtest.WebOptions{}, webSize(t))
	// Those that never answer go last, so that a short patience with them is not
	// tried on others by a busy machine.
	answers := map[string]pipeline.Answer{}
	for _, last := range []bool{false, true} {
		patience := 30 * time.Second
		if last {
			patience = 2 * time.Second
		}
		guest := webGuest(t, web, fetch.GuestOptions{Pace: pace, AddressPace: -1, Timeout: patience, Limit: 1 << 20})
		e, err := New("website", guest, Defaults())
		if err != nil {
			t.Fatal(err)
		}
		these := slices.DeleteFunc(slices.Clone(hosts), func(h host) bool { return h.kind.waits != last })
		maps.Copy(answers, askAll(t, e, pipeline.Task{Now: night}, asksOf(these)...))
	}

	got, want := map[string]int{}, map[string]int{}
	for _, h := range hosts {
		a := answers[h.name]
		got[a.Outcome]++
		want[h.kind.outcome]++
		if a.Outcome != h.kind.outcome {
			t.Errorf("%s, %s: outcome %q, want %q", h.name, h.kind.name, a.Outcome, h.kind.outcome)
		}
		if h.kind.outcome == "" {
			checkGood(t, h, a)
		} else if a.Found != (a.Outcome == noContacts) || says(a.Observation, company.FieldPhone) != "" {
			t.Errorf("%s, %s: found %v", h.name, h.kind.name, a.Observation.Facts)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("outcomes %v, want %v", got, want)
	}
	t.Logf("%d hosts, %d requests; outcomes %v", len(hosts), web.Count(), got)
	checkLog(t, web, hosts, pace)
}

func checkGood(t *testing.T, h host, a pipeline.Answer) {
	t.Helper()
	o := a.Observation
	if says(o, company.FieldPhone) != phoneOf(h.i) || o.INN != vega || says(o, company.FieldPrintedINN) != string(vega) {
		t.Errorf("%s, %s: %+v", h.name, h.kind.name, o)
	}
}

// checkLog looks at what the server saw.
func checkLog(t *testing.T, web *fetchtest.Web, hosts []host, pace time.Duration) {
	t.Helper()
	if n := web.Trespasses(); n != 0 {
		t.Errorf("%d connections to an address that is not allowed", n)
	}
	byHost := map[string][]fetchtest.Hit{}
	for _, hit := range web.Hits() {
		if !slices.ContainsFunc(web.Allow(), func(p netip.Prefix) bool { return p.Contains(hit.Address) }) {
			t.Errorf("a request at %s", hit.Address)
		}
		byHost[hit.Host] = append(byHost[hit.Host], hit)
	}
	for _, h := range hosts {
		hits := byHost[h.name]
		most := h.kind.asks
		if most == 0 {
			most = goodAsks
		}
		if len(hits) > most {
			t.Errorf("%s, %s: %d requests, at most %d are needed", h.name, h.kind.name, len(hits), most)
		}
		// The server may not know yet of an answer that was broken off.
		brokenOff := h.kind.waits || h.kind.outcome == "too_large"
		if web.MostAtOnce(h.name) > 1 && !brokenOff {
			t.Errorf("%s, %s: %d requests at once", h.name, h.kind.name, web.MostAtOnce(h.name))
		}
		if h.kind.leads != "" && web.Lookups(h.kind.leads+h.name) == 0 {
			t.Errorf("%s, %s: nobody looked where it leads", h.name, h.kind.name)
		}
	}
	checked, hurried := hurriedOf(web, hosts, pace)
	for _, s := range hurried {
		t.Error(s)
	}
	if checked < len(hosts)/3 {
		t.Errorf("the pace of %d hosts was checked, of %d", checked, len(hosts))
	}
}

// hurriedOf checks the pace of each good host from the server's log, and tells
// those that were asked faster. Slow ones, whose own time would count as pace,
// and those that do not answer are left out. The first request may arrive late,
// while connections are made: so one pace is not asked for.
func hurriedOf(web *fetchtest.Web, hosts []host, pace time.Duration) (checked int, hurried []string) {
	byHost := map[string][]fetchtest.Hit{}
	for _, hit := range web.Hits() {
		byHost[hit.Host] = append(byHost[hit.Host], hit)
	}
	for _, h := range hosts {
		hits := byHost[h.name]
		if h.kind.outcome != "" || h.kind.waits || h.kind.name == "slow" || len(hits) < 3 {
			continue
		}
		checked++
		took, least := hits[len(hits)-1].At.Sub(hits[0].At), time.Duration(len(hits)-2)*pace
		if took < least {
			hurried = append(hurried, fmt.Sprintf("%s, %s: %d requests in %s, want %s at least", h.name, h.kind.name, len(hits), took, least))
		}
	}
	return checked, hurried
}

// TestPaceIsSeen: without a pace the check of the log says so of nearly all hosts.
func TestPaceIsSeen(t *testing.T) {
	web, hosts := localWeb(t, fetchtest.WebOptions{}, 100)
	hosts = slices.DeleteFunc(hosts, func(h host) bool { return h.kind.outcome != "" || h.kind.waits })
	o := Defaults()
	o.AtOnce = 4 // so that the machine is not what slows them down
	e, err := New("website", webGuest(t, web, fetch.GuestOptions{Pace: -1, AddressPace: -1}), o)
	if err != nil {
		t.Fatal(err)
	}
	askAll(t, e, pipeline.Task{Now: night}, asksOf(hosts)...)
	checked, hurried := hurriedOf(web, hosts, 200*time.Millisecond)
	if checked == 0 || len(hurried)*10 < checked*9 {
		t.Errorf("of %d hosts asked without a pace the check finds %d", checked, len(hurried))
	}
}

// TestRebinding: a name that leads elsewhere once the visit has begun leads
// nowhere.
func TestRebinding(t *testing.T) {
	web := fetchtest.NewWeb(t, fetchtest.WebOptions{})
	name := fetchtest.Name(1)
	web.Put(name, goodSite(1))
	for lookups := range 6 {
		answers := make([][]netip.Addr, lookups, lookups+1)
		for i := range answers {
			answers[i] = []netip.Addr{web.AddressOf(name)}
		}
		web.Lie(name, append(answers, []netip.Addr{web.Forbidden()})...)
		e, err := New("website", webGuest(t, web, fetch.GuestOptions{Pace: -1, AddressPace: -1}), Defaults())
		if err != nil {
			t.Fatal(err)
		}
		a := ask(t, e, firm(vega, "site=https://"+name), nil)
		if lookups == 0 && a.Outcome != "blocked" {
			t.Errorf("outcome %q of a name that leads inside", a.Outcome)
		}
		for _, hit := range web.Hits() {
			if hit.Address != web.AddressOf(name) {
				t.Errorf("after %d lookups: a request at %s", lookups, hit.Address)
			}
		}
	}
	if n := web.Trespasses(); n != 0 {
		t.Errorf("%d connections to an address that is not allowed", n)
	}
}

// TestMemoryFlat: twice as many hosts take no more memory than half of them.
func TestMemoryFlat(t *testing.T) {
	n := 2 * webSize(t)
	web := fetchtest.NewWeb(t, fetchtest.WebOptions{Quiet: true})
	asks := make([]pipeline.Ask, n)
	for i := range asks {
		name := fetchtest.Name(i)
		web.Put(name, goodSite(i))
		// Known to answer without encryption: the server keeps no certificates.
		m := memory{Version: decoder, Site: siteMemory{Home: "http://" + name + "/"}}
		b, err := m.pack()
		if err != nil {
			t.Fatal(err)
		}
		asks[i] = pipeline.Ask{ID: name, Company: firm(vega, "site=https://"+name), Memory: b}
	}
	o := Defaults()
	o.AtOnce = 32
	e, err := New("website", webGuest(t, web, fetch.GuestOptions{Pace: -1, AddressPace: -1, Idle: 32, Hosts: 64}), o)
	if err != nil {
		t.Fatal(err)
	}
	var at [2]uint64
	done := 0
	for _, err := range e.Enrich(t.Context(), pipeline.Task{Now: night}, slices.Values(asks)) {
		if err != nil {
			t.Fatal(err)
		}
		if done++; done == n/2 {
			at[0] = liveHeap()
		} else if done == n-o.AtOnce {
			at[1] = liveHeap()
		}
	}
	if grown := int64(at[1]) - int64(at[0]); grown > 8<<20 { // some pages in hand more or less
		t.Errorf("the heap grew by %d KiB over %d hosts", grown>>10, n/2)
	} else {
		t.Logf("heap %d KiB after %d hosts, %d KiB after %d", at[0]>>10, n/2, at[1]>>10, n-o.AtOnce)
	}
}

func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
