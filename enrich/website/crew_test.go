package website

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/enrichtest"
)

func TestConformance(t *testing.T) {
	hosts := map[string]http.Handler{"vega.example": vegaSite(), "sister.example": vegaSite(), "listed.example": vegaSite(), "empty.example": pages{"/": "<html>скоро</html>"}}
	enrichtest.Run(t, func() pipeline.Enricher {
		e, _ := at(t, hosts)
		return e
	},
		firm(vega, "site=http://vega.example"),
		firm("5902000022", "site=http://sister.example"),
		firm(altair, "site=http://gone.example"),
		firm("5902000030", "email=zakup@empty.example"),
		firm("", "site=http://listed.example"),
		firm("590200000143", "phone=+79071230041"),
	)
}

// TestPlace: an ask visits the place that it names and no other, and one that is
// no place of who is asked for is not visited.
func TestPlace(t *testing.T) {
	for _, n := range []int{1, 2, 64} {
		e, w := at(t, map[string]http.Handler{"a-vega.example": vegaSite(), "b-vega.example": vegaSite(), "altair.example": vegaSite()}, func(o *Options) { o.AtOnce = n })
		c := firm(vega, "site=http://a-vega.example", "site=http://b-vega.example")
		if got := e.Places(&c); !slices.Equal(got, []string{"a-vega.example", "b-vega.example"}) {
			t.Fatalf("places %q", got)
		}
		got := askAll(t, e, pipeline.Task{Now: night},
			pipeline.Ask{ID: "b-vega.example", Company: c}, pipeline.Ask{ID: "altair.example", Company: c}, pipeline.Ask{ID: string(vega), Company: c})
		a := got["b-vega.example"]
		if !a.Found || a.Observation.Key != "b-vega.example" || says(a.Observation, company.FieldSite) != "http://b-vega.example" {
			t.Errorf("answer %+v", a)
		}
		for _, id := range []string{"altair.example", string(vega)} {
			if a := got[id]; a.Found || a.Outcome != noSite || !a.Again.Equal(night.Add(30*day)) {
				t.Errorf("%s: %+v", id, a)
			}
		}
		for _, s := range w.asked() {
			if !strings.HasPrefix(s, "http://b-vega.example/") {
				t.Errorf("asked %s", s)
			}
		}
	}
}

// TestSlowHosts: sites that do not answer hold up nobody, asks are taken only
// as they can be served, and no more visits go on than allowed.
func TestSlowHosts(t *testing.T) {
	const atOnce = 4
	arrived, release := make(chan struct{}, 100), make(chan struct{})
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		arrived <- struct{}{}
		<-release
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(contactPage))
	})
	hosts := map[string]http.Handler{}
	for i := range atOnce - 1 {
		hosts[fmt.Sprintf("slow%d.example", i)] = slow
	}
	const good = 40
	for i := range good {
		hosts[fmt.Sprintf("good%d.example", i)] = vegaSite()
	}
	e, _ := at(t, hosts, func(o *Options) { o.AtOnce = atOnce })
	var mu sync.Mutex
	taken, answered := 0, 0
	feed := func(yield func(pipeline.Ask) bool) {
		for i := range atOnce - 1 + good {
			name := fmt.Sprintf("slow%d.example", i)
			if i >= atOnce-1 {
				name = fmt.Sprintf("good%d.example", i-atOnce+1)
			}
			mu.Lock()
			taken++
			if open := taken - answered; open > 2*atOnce+1 { // under way, waiting to be taken, on its way out
				t.Errorf("%d asks in hand", open)
			}
			mu.Unlock()
			if !yield(pipeline.Ask{ID: name, Company: firm(vega, "site=http://"+name)}) {
				return
			}
		}
	}
	for a, err := range e.Enrich(t.Context(), pipeline.Task{Now: night}, feed) {
		if err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		answered++
		n := answered
		mu.Unlock()
		if n == good {
			if strings.HasPrefix(a.ID, "slow") || len(arrived) != atOnce-1 {
				t.Errorf("%s answered, %d slow sites asked", a.ID, len(arrived))
			}
			close(release)
		}
	}
	if answered != atOnce-1+good {
		t.Errorf("%d answers", answered)
	}
}

// TestTime: a visit ends when its time is over, with what it has by then.
func TestTime(t *testing.T) {
	block := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte(menu("/kontakty|Контакты") + "<p>Тел. +7 907 123-00-41</p>"))
		case "/kontakty":
			<-r.Context().Done()
		default:
			http.NotFound(w, r)
		}
	})
	never := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	e, _ := at(t, map[string]http.Handler{"vega.example": block, "never.example": never})
	e.opt.Time = 200 * time.Millisecond // below what an operator may set
	if a := ask(t, e, firm(vega, "site=http://vega.example"), nil); says(a.Observation, company.FieldPhone) != "+79071230041" {
		t.Errorf("what was read in time is lost: %+v", a)
	}
	if a := ask(t, e, firm(vega, "site=http://never.example"), nil); a.Found || a.Outcome != "timeout" {
		t.Errorf("outcome %q", a.Outcome)
	}
}

// TestCancel: the end of the context ends visits under way and is the error;
// what was brought by then is handed over before it.
func TestCancel(t *testing.T) {
	never := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	hosts := map[string]http.Handler{"never.example": never}
	var asks []pipeline.Ask
	for _, name := range []string{"a.example", "b.example", "c.example", "never.example"} {
		if name != "never.example" {
			hosts[name] = vegaSite()
		}
		asks = append(asks, pipeline.Ask{ID: name, Company: firm(vega, "site=http://"+name)})
	}
	for _, atOnce := range []int{2, 4} {
		synctest.Test(t, func(t *testing.T) {
			e, _ := at(t, hosts, func(o *Options) { o.AtOnce = atOnce })
			why := errors.New("the deadline of the night")
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			found := map[string]bool{}
			var final error
			for a, err := range e.Enrich(ctx, pipeline.Task{Now: night}, slices.Values(asks)) {
				if final != nil {
					t.Error("something was yielded after the error")
				}
				if final = err; err != nil {
					continue
				}
				found[a.ID] = a.Found
				if len(found) == 1 {
					synctest.Wait() // the others were brought, and nobody takes them
					cancel(why)
				}
			}
			if !errors.Is(final, why) {
				t.Errorf("error %v, want %v", final, why)
			}
			if !found["a.example"] || !found["b.example"] || !found["c.example"] || len(found) != 3 {
				t.Errorf("%d at once: answers %v", atOnce, found)
			}
		})
	}
}
