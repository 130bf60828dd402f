package website

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// hanging is a site of which some pages never answer.
type hanging struct {
	pages
	at map[string]bool
}

func (h hanging) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.at[r.URL.Path] {
		<-r.Context().Done()
		return
	}
	h.pages.ServeHTTP(w, r)
}

// factsOf are what an answer says of a field with the days, which are those of
// the observation where a fact has none.
func factsOf(a pipeline.Answer, f company.Field) string {
	var out []string
	for _, fact := range a.Observation.Facts {
		if fact.Field == f {
			out = append(out, fact.Value+" "+max(fact.Date, 0).String())
		}
	}
	return strings.Join(out, " ")
}

// TestCut: what a visit knew and could not reach before its time or bytes ran
// out keeps its word and its day; the next one comes soon and finds it again,
// though the home page has not changed.
func TestCut(t *testing.T) {
	fat := "<html><p>" + strings.Repeat("подшипник ", 200_000)
	for _, tt := range []struct {
		name  string
		spoil func(h hanging)
	}{
		{"time", func(h hanging) { h.at["/kontakty"] = true }},
		{"bytes", func(h hanging) { h.pages["/kontakty"] = fat }},
		{"busy", func(h hanging) { h.pages["/kontakty"], h.pages["/rekvizity"] = "status 500", "status 500" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := hanging{vegaSite(), map[string]bool{}}
				e, w := at(t, map[string]http.Handler{"vega.example": h}, func(o *Options) { o.MiB = 1 })
				c := firm(vega, "site=http://vega.example")
				first := ask(t, e, c, nil)
				tt.spoil(h)
				cut := ask(t, e, c, first.Memory, later)
				day1 := " " + company.DateOf(night).String()
				if got := factsOf(cut, company.FieldPhone); got != "+79071230041"+day1 {
					t.Errorf("phone %q", got)
				}
				if says(cut.Observation, company.FieldPrintedINN) != string(vega) {
					t.Errorf("the ИНН is lost: %v", cut.Observation.Facts)
				}
				if want := night.Add(32 * day); cut.Again.Before(want) || cut.Again.After(want.Add(day)) {
					t.Errorf("again %s, want %s", cut.Again, want)
				}
				clear(h.at)
				for path, text := range vegaSite() {
					h.pages[path] = text
				}
				w.asked()
				whole := ask(t, e, c, cut.Memory, later)
				if fresh := ask(t, e, c, nil, later); !reflect.DeepEqual(whole.Observation, fresh.Observation) || !whole.Again.Equal(fresh.Again) {
					t.Errorf("after a cut %+v, anew %+v", whole, fresh)
				}
				for _, p := range recall(whole.Memory, false).Site.Pages {
					if p.Missed != 0 {
						t.Errorf("%s is missed still", p.Found.URL)
					}
				}
			})
		})
	}
}

// TestFirstCut: what the first visit could not reach the next one finds by the
// links that are remembered, the home page being as it was.
func TestFirstCut(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"time": func(*Options) {}, "pages": func(o *Options) { o.Pages = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := hanging{vegaSite(), map[string]bool{"/kontakty": true}}
				e, w := at(t, map[string]http.Handler{"vega.example": h}, change)
				c := firm(vega, "site=http://vega.example")
				cut := ask(t, e, c, nil)
				if cut.Found != (name == "pages") || cut.Outcome != noContacts {
					t.Errorf("found %v, outcome %q", cut.Found, cut.Outcome)
				}
				clear(h.at)
				e.opt = Defaults()
				w.asked()
				a := ask(t, e, c, cut.Memory, later)
				if says(a.Observation, company.FieldPhone) == "" || says(a.Observation, company.FieldPrintedINN) == "" {
					t.Errorf("facts %v", a.Observation.Facts)
				}
				if asked := w.asked(); !slices.Contains(asked, "http://vega.example/ 304") {
					t.Errorf("asked %q", asked)
				}
			})
		})
	}
}

// TestMissedInARow: only visits in a row count.
func TestMissedInARow(t *testing.T) {
	site := vegaSite()
	e, _ := at(t, map[string]http.Handler{"vega.example": site})
	c := firm(vega, "site=http://vega.example")
	var memory []byte
	for i := range 4 * missedMost {
		site["/kontakty"] = contactPage
		if i%3 != 0 {
			site["/kontakty"] = "status 500"
		}
		a := ask(t, e, c, memory, later)
		if says(a.Observation, company.FieldPhone) == "" {
			t.Fatalf("visit %d: the number is lost", i+1)
		}
		memory = a.Memory
	}
}

// TestUnlinked: a page that is not linked any more is gone at once, and so is one
// that is not there, with what it said.
func TestUnlinked(t *testing.T) {
	for name, change := range map[string]func(pages){
		"unlinked": func(p pages) { p["/"] = menu("/rekvizity|Реквизиты") },
		"gone":     func(p pages) { delete(p, "/kontakty") },
	} {
		t.Run(name, func(t *testing.T) {
			site := vegaSite()
			e, _ := at(t, map[string]http.Handler{"vega.example": site})
			c := firm(vega, "site=http://vega.example")
			first := ask(t, e, c, nil)
			change(site)
			if a := ask(t, e, c, first.Memory, later); says(a.Observation, company.FieldPhone) != "" || !a.Again.Equal(night.Add(61*day)) {
				t.Errorf("facts %v, again %s", a.Observation.Facts, a.Again)
			}
		})
	}
}

// TestCarriedOn: whatever went wrong in earlier visits, one in which all goes well
// says what a visit without memory says.
func TestCarriedOn(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for i := range 300 {
		synctest.Test(t, func(t *testing.T) {
			site, paths := forest(r)
			h := hanging{pages{}, map[string]bool{}}
			e, w := at(t, map[string]http.Handler{"vega.example": h})
			c := firm(vega, "site=http://vega.example")
			var memory []byte
			var trouble []string
			for n := range 1 + r.IntN(6) {
				clear(h.at)
				for path, text := range site {
					h.pages[path] = text
				}
				for _, path := range paths[min(1, n):] { // the home page may fail from the second visit on
					switch r.IntN(8) {
					case 0:
						h.pages[path] = "status 500"
					case 1:
						delete(h.pages, path)
					case 2:
						h.at[path] = true
					default:
						continue
					}
					trouble = append(trouble, fmt.Sprint(n, " ", path, " ", h.pages[path], " ", h.at[path]))
				}
				memory = ask(t, e, c, memory).Memory
			}
			clear(h.at)
			for path, text := range site {
				h.pages[path] = text
			}
			w.asked()
			got := ask(t, e, c, memory, later)
			asked := w.asked()
			if want := ask(t, e, c, nil, later); !reflect.DeepEqual(got.Observation, want.Observation) {
				t.Errorf("site %d: %v, anew %v; asked %q after %q", i, got.Observation.Facts, want.Observation.Facts, asked, trouble)
			}
		})
	}
}

// forest is a site of up to eight pages, each with a number of its own and a link
// from one above it.
func forest(r *rand.Rand) (pages, []string) {
	links := map[string][]string{}
	depth := map[string]int{"/": 0}
	paths := []string{"/"}
	for i := range 1 + r.IntN(7) {
		from := paths[r.IntN(len(paths))]
		if depth[from] >= Defaults().Depth {
			from = "/"
		}
		path := fmt.Sprintf("/kontakty-%d", i)
		depth[path] = depth[from] + 1
		links[from] = append(links[from], fmt.Sprintf("%s|Контакты филиала %d", path, i))
		paths = append(paths, path)
	}
	site := pages{}
	for i, path := range paths {
		site[path] = menu(links[path]...) + fmt.Sprintf("<p>Тел. +7 907 123-%02d-41</p>", i)
	}
	return site, paths
}
