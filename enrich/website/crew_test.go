package website

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/enrichtest"
)

func TestConformance(t *testing.T) {
	hosts := map[string]http.Handler{"vega.example": vegaSite(), "empty.example": pages{"/": "<html>скоро</html>"}}
	enrichtest.Run(t, func() pipeline.Enricher {
		e, _ := at(t, hosts)
		return e
	},
		firm(vega, "site=http://vega.example"),
		firm("5902000022", "site=http://vega.example"),
		firm(altair, "site=http://gone.example"),
		firm("5902000030", "email=zakup@empty.example"),
		firm("", "site=http://vega.example"),
		firm("590200000143", "phone=+79071230041"),
	)
}

// TestShared: asks for one host share its visit, in whatever order they come,
// and the answers are those that each would get alone.
func TestShared(t *testing.T) {
	hosts := map[string]http.Handler{"vega.example": vegaSite()}
	for _, n := range []int{1, 2, 64} {
		e, w := at(t, hosts, func(o *Options) { o.AtOnce = n })
		var asks []pipeline.Ask
		for i := range 50 {
			asks = append(asks, pipeline.Ask{ID: strconv.Itoa(i), Company: firm(vega, "site=http://vega.example")})
		}
		asks = append(asks, pipeline.Ask{ID: "listing", Company: firm("", "site=http://www.vega.example/kontakty")})
		got := askAll(t, e, pipeline.Task{Now: night}, asks...)
		if r := w.asked(); len(r) != 3 {
			t.Errorf("%d at once: %d requests for one site of three pages", n, len(r))
		}
		for _, a := range asks {
			alone, _ := at(t, hosts)
			if want := askAll(t, alone, pipeline.Task{Now: night}, a)[a.ID]; fmt.Sprint(got[a.ID]) != fmt.Sprint(want) {
				t.Errorf("%s: together %+v, alone %+v", a.ID, got[a.ID], want)
			}
		}
	}
}

// TestSharedBounds: what is kept for others stays small.
func TestSharedBounds(t *testing.T) {
	s := newShare()
	s.limit = 64 << 10
	home := strings.Repeat("x", 1000)
	for i := range 1000 {
		host := strconv.Itoa(i)
		if v, done := s.enter(host); v != nil || done != nil {
			t.Fatal("a host that nobody visited is known")
		}
		s.leave(host, &visited{home: home})
	}
	if s.size > s.limit || len(s.over) != len(s.order) || len(s.under) != 0 {
		t.Errorf("%d bytes of %d hosts, %d in order, %d under way", s.size, len(s.over), len(s.order), len(s.under))
	}
	if v, _ := s.enter("999"); v == nil || v.home != home {
		t.Error("the last visit is not kept")
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
			if open := taken - answered; open > waiting*atOnce+1 { // one may be on its way out
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

// TestCancel: the end of the context ends visits under way and is the error.
func TestCancel(t *testing.T) {
	arrived := make(chan struct{}, 10)
	never := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-r.Context().Done()
	})
	e, _ := at(t, map[string]http.Handler{"never.example": never})
	why := errors.New("the deadline of the night")
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	go func() {
		<-arrived
		cancel(why)
	}()
	asks := slices.Values([]pipeline.Ask{{ID: "a", Company: firm(vega, "site=http://never.example")}})
	n := 0
	for _, err := range e.Enrich(ctx, pipeline.Task{Now: night}, asks) {
		if n++; !errors.Is(err, why) {
			t.Errorf("error %v, want %v", err, why)
		}
	}
	if n != 1 {
		t.Errorf("%d things yielded, want the error", n)
	}
}
