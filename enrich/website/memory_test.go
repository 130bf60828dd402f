package website

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

func vegaSite() pages {
	return pages{
		"/":          menu("/kontakty|Контакты", "/rekvizity|Реквизиты"),
		"/kontakty":  contactPage,
		"/rekvizity": detailsPage,
	}
}

func later(t *pipeline.Task) { t.Now = night.Add(31 * day) }

// TestConditional: the next visit asks only for what has changed, and says the
// same as one that reads everything.
func TestConditional(t *testing.T) {
	site := vegaSite()
	e, w := at(t, map[string]http.Handler{"vega.example": site})
	c := firm(vega, "site=http://vega.example")
	first := ask(t, e, c, nil)
	w.asked()

	second := ask(t, e, c, first.Memory, later)
	for _, s := range w.asked() {
		if !strings.HasSuffix(s, " 304") {
			t.Errorf("read again: %s", s)
		}
	}
	fresh := ask(t, e, c, nil, later)
	if !reflect.DeepEqual(second, fresh) {
		t.Errorf("with memory %+v, without %+v", second, fresh)
	}
	if second.Observation.Date != company.DateOf(night.Add(31*day)) {
		t.Errorf("date %s", second.Observation.Date)
	}

	site["/kontakty"] = strings.ReplaceAll(contactPage, "123-00-41", "123-00-49")
	w.asked()
	third := ask(t, e, c, second.Memory, later)
	if got := says(third.Observation, company.FieldPhone); !strings.Contains(got, "+79071230049") {
		t.Errorf("phone %s after the page has changed", got)
	}
	read := 0
	for _, s := range w.asked() {
		if !strings.HasSuffix(s, " 304") {
			read++
		}
	}
	if read != 1 {
		t.Errorf("%d pages read, want the one that has changed", read)
	}
}

// TestFailureKeeps: a visit that fails says nothing and forgets nothing; waits
// grow; success ends the row.
func TestFailureKeeps(t *testing.T) {
	site := vegaSite()
	e, w := at(t, map[string]http.Handler{"vega.example": site})
	c := firm(vega, "site=http://vega.example")
	first := ask(t, e, c, nil)
	memory := first.Memory
	home := site["/"]
	delete(site, "/")
	for i, days := range []int{3, 6, 12, 24, 48, 60, 60} {
		a := ask(t, e, c, memory)
		if a.Found || a.Outcome != "status_404" || !a.Again.Equal(night.Add(time.Duration(days)*day)) {
			t.Errorf("failure %d: %q, again %s, want in %d days", i+1, a.Outcome, a.Again, days)
		}
		memory = a.Memory
	}
	site["/"] = home
	w.asked()
	a := ask(t, e, c, memory)
	if !a.Found || !a.Again.Equal(first.Again) {
		t.Errorf("back again: found %v, again %s", a.Found, a.Again)
	}
	for _, s := range w.asked() {
		if !strings.HasSuffix(s, " 304") {
			t.Errorf("read again: %s", s)
		}
	}
}

// TestRetryAfter: a host's own word on when to come counts, within bounds; a
// visit that was cut is made up for soon, twice.
func TestRetryAfter(t *testing.T) {
	o := Defaults()
	for _, tt := range []struct {
		code        string
		failed, cut int
		until       time.Duration
		want        time.Duration
	}{
		{"status_5xx", 1, 0, 0, day},
		{"status_5xx", 2, 0, 0, 2 * day},
		{"status_5xx", 9, 0, 0, 3 * day},
		{"status_429", 1, 0, 5 * day, 5 * day},
		{"later", 1, 0, time.Hour, day},
		{"status_5xx", 1, 0, 400 * day, o.Most},
		{"dns", 1, 0, 0, 3 * day},
		{"dns", 2, 0, 0, 6 * day},
		{"dns", 1000, 0, 0, o.Most},
		{"robots", 5, 0, 0, o.Again},
		{"", 0, 0, 0, o.Again},
		{"", 0, 1, 0, day},
		{"", 0, 1, 2 * day, 2 * day},
		{"", 0, 2, 0, o.Retry},
		{"", 0, 3, 0, o.Again},
	} {
		until := time.Time{}
		if tt.until > 0 {
			until = night.Add(tt.until)
		}
		s := siteMemory{Failed: tt.failed, Cut: tt.cut}
		if got := o.again(tt.code, &s, night, until).Sub(night); got != tt.want {
			t.Errorf("%s after %d failures, %d cuts: in %s, want %s", tt.code, tt.failed, tt.cut, got, tt.want)
		}
	}
}

// TestMissedPage: a page that is busy keeps what it said, with its day; after
// some visits it is gone.
func TestMissedPage(t *testing.T) {
	site := vegaSite()
	e, _ := at(t, map[string]http.Handler{"vega.example": site})
	c := firm(vega, "site=http://vega.example")
	memory := ask(t, e, c, nil).Memory
	site["/kontakty"] = "status 500"
	for i := range missedMost + 1 {
		a := ask(t, e, c, memory, later)
		memory = a.Memory
		phones := 0
		for _, f := range a.Observation.Facts {
			if f.Field != company.FieldPhone {
				continue
			}
			phones++
			if f.Date != company.DateOf(night) {
				t.Errorf("visit %d: the number is of %s, was read on %s", i+1, f.Date, company.DateOf(night))
			}
		}
		if want := 1; i < missedMost && phones != want || i == missedMost && phones != 0 {
			t.Errorf("visit %d: %d numbers", i+1, phones)
		}
	}
}

// TestPersonsInMemory: no name is kept where none may be, and one that was
// allowed is read once it is.
func TestPersonsInMemory(t *testing.T) {
	f := finding.Page{
		URL: "http://vega.example/", Emails: []finding.Email{{Value: "p.vymyshlenny@vega.example"}, {Value: "snab@vega.example", Label: "Вымышленный Пётр"}},
		Phones: []finding.Phone{{Value: "+79071230041", Label: "Вымышленный Пётр Ильич, снабжение"}, {Value: "+79071230042", Label: "отдел снабжения"}},
		People: []finding.Person{
			{Name: "Вымышленный Пётр Ильич", Post: "Начальник отдела снабжения", Duty: company.DutySupply, Phones: []string{"+79071230041"}, Emails: []string{"p.vymyshlenny@vega.example"}},
			{Name: "Безымянный Илья"},
			{Post: "Приёмная", Duty: company.DutyReception},
		},
	}
	anonymize(&f)
	m := memory{Version: decoder, Site: siteMemory{Pages: []pageMemory{{Found: f}}}}
	text := fmt.Sprintf("%+v", m)
	for _, w := range []string{"Вымышленн", "Пётр", "Безымян", "vymyshlenny"} {
		if strings.Contains(text, w) {
			t.Errorf("%q is kept: %s", w, text)
		}
	}
	for _, w := range []string{"Начальник отдела снабжения", "Приёмная", "отдел снабжения", "snab@vega.example", "+79071230041"} {
		if !strings.Contains(text, w) {
			t.Errorf("%q is lost: %s", w, text)
		}
	}
	if len(f.People) != 2 {
		t.Errorf("%d departments, want 2: %+v", len(f.People), f.People)
	}

	e, w := at(t, map[string]http.Handler{"vega.example": vegaSite()})
	c := firm(vega, "site=http://vega.example")
	without := ask(t, e, c, nil)
	w.asked()
	with := ask(t, e, c, without.Memory, persons)
	for _, next := range [][]byte{without.Memory, with.Memory} {
		m, err := unpack(next)
		if err != nil || len(m.Site.Pages) == 0 {
			t.Fatalf("memory %+v, %v", m, err)
		}
	}
	for _, s := range w.asked() {
		if strings.HasSuffix(s, " 304") {
			t.Errorf("%s: not read anew though people are wanted now", s)
		}
	}
	back := recall(with.Memory, false)
	if back.Site.Home == "" || back.Site.Pages != nil {
		t.Errorf("pages read with people are kept where people are off: %+v", back)
	}
}

// TestMemoryBounds: whatever a site says, a memory is small; one too large
// keeps the row of failures and the address.
func TestMemoryBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	p := pageMemory{Topic: topicHome, Found: finding.Page{URL: "http://vega.example/"}}
	for range maxValues {
		p.Found.Names = append(p.Found.Names, fmt.Sprintf("%x%x%x", r.Uint64(), r.Uint64(), r.Uint64()))
	}
	m := memory{Version: decoder, Site: siteMemory{Home: "http://vega.example/", Failed: 2}}
	for range 50 {
		m.Site.Pages = append(m.Site.Pages, p)
		for i := range p.Found.Names {
			p.Found.Names[i] = fmt.Sprintf("%x%x%x", r.Uint64(), r.Uint64(), r.Uint64())
		}
	}
	m.Site.Pages[0].Found.Names = nil
	for i := range m.Site.Pages {
		m.Site.Pages[i].Found.Names = make([]string, maxValues)
		for j := range m.Site.Pages[i].Found.Names {
			m.Site.Pages[i].Found.Names[j] = fmt.Sprintf("%x%x%x", r.Uint64(), r.Uint64(), r.Uint64())
		}
	}
	b, err := m.pack()
	if err != nil || len(b) > maxMemory {
		t.Fatalf("%d bytes, %v", len(b), err)
	}
	got := recall(b, false)
	if got.Site.Failed != 2 || got.Site.Home == "" || len(got.Site.Pages) != 0 {
		t.Errorf("kept %+v", got.Site)
	}
}

// FuzzRecall: no bytes make the reader stumble, and what it reads it can write.
func FuzzRecall(f *testing.F) {
	m := memory{Version: decoder, Site: siteMemory{Pages: []pageMemory{{Topic: topicHome, Found: finding.Page{URL: "http://vega.example/"}}}}}
	b, err := m.pack()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{})
	f.Add([]byte("\x00\x01garbage"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := recall(b, false)
		out, err := m.pack()
		if err != nil || len(out) > maxMemory {
			t.Errorf("%d bytes, %v", len(out), err)
		}
	})
}
