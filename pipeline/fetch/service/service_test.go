package service_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

const secret = "key/of+Анна&1"

type rig struct {
	*servicetest.Vendor
	purse   servicetest.Purse
	service *service.Service
}

func set(t *testing.T, handler http.HandlerFunc, change func(*service.Options)) *rig {
	t.Helper()
	r := &rig{Vendor: servicetest.New(t, handler)}
	o := service.Options{
		Name: "vendor", Base: r.URL + "/v2", Keys: []service.Key{{Text: secret, Put: service.InQuery("key")}},
		Purse: &r.purse, PerDay: 100, InAll: 1000,
		Judge: func(code int, body []byte) (string, error) {
			switch {
			case code != http.StatusOK:
				return string(body), service.ByStatus(code)
			case !strings.HasPrefix(string(body), `{"data"`):
				return "", service.ErrLayout
			}
			return "", nil
		},
	}
	if change != nil {
		change(&o)
	}
	var err error
	if r.service, err = service.New(r.Client(t), o); err != nil {
		t.Fatal(err)
	}
	return r
}

func fine(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"data":1}`) }

func (r *rig) ask(t *testing.T, c service.Call) (*service.Answer, error) {
	t.Helper()
	if c.Path == "" {
		c.Path = "/search"
	}
	return r.service.Ask(t.Context(), c)
}

func TestEveryFaultHasItsName(t *testing.T) {
	r := set(t, fine, func(o *service.Options) { o.PerDay, o.InAll = 0, 0 })
	servicetest.Hold(t, r.Vendor, func(t *testing.T) error {
		_, err := r.ask(t, service.Call{})
		if err != nil && strings.Contains(err.Error(), "Анна") {
			t.Errorf("the key stands in %v", err)
		}
		return err
	})
	if a, err := r.ask(t, service.Call{}); err != nil || string(a.Body) != `{"data":1}` {
		t.Errorf("mended: %v, %v", a, err)
	}
}

// TestTheKeyIsMasked: a service may repeat the key in its own words.
func TestTheKeyIsMasked(t *testing.T) {
	r := set(t, func(w http.ResponseWriter, q *http.Request) {
		http.Error(w, "bad key "+q.URL.Query().Get("key")+" in "+q.URL.RawQuery, http.StatusForbidden)
	}, nil)
	_, err := r.ask(t, service.Call{})
	if !errors.Is(err, service.ErrKey) || !service.Final(err) {
		t.Fatalf("got %v", err)
	}
	for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
		if strings.Contains(err.Error(), form) || strings.Contains(fmt.Sprintf("%+v %#v", r.service, err), form) {
			t.Errorf("%q stands in %v", form, err)
		}
	}
}

// TestBudgetHoldsToTheCall: by the server's own log.
func TestBudgetHoldsToTheCall(t *testing.T) {
	r := set(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusBadGateway) }, func(o *service.Options) { o.PerDay, o.InAll = 10, 15 })
	for range 20 {
		_, err := r.ask(t, service.Call{})
		if err == nil {
			t.Fatal("no error")
		}
	}
	if n := len(r.Asked()); n != 10 {
		t.Errorf("the server was asked %d times on one day, the budget is 10", n)
	}
	r.Clock.Advance(24 * time.Hour)
	for range 20 {
		if _, err := r.ask(t, service.Call{}); err == nil {
			t.Fatal("no error")
		}
	}
	if n := len(r.Asked()); n != 15 {
		t.Errorf("the server was asked %d times, the budget is 15 in all", n)
	}
	_, err := r.ask(t, service.Call{})
	if !errors.Is(err, service.ErrBudget) || service.Outcome(err) != "budget" {
		t.Errorf("got %v", err)
	}
	if _, err := r.ask(t, service.Call{Cost: -1}); !errors.Is(err, service.ErrDown) {
		t.Errorf("a free call: %v", err)
	}
}

func TestWithoutAKeyNothingIsAsked(t *testing.T) {
	r := set(t, fine, func(o *service.Options) { o.Keys[0].Text = "" })
	if _, err := r.ask(t, service.Call{}); !errors.Is(err, service.ErrKey) {
		t.Errorf("got %v", err)
	}
	if n := len(r.Asked()); n != 0 || r.purse.Spent("vendor") != 0 {
		t.Errorf("%d requests, %d spent", n, r.purse.Spent("vendor"))
	}
}

func TestRetryAfterIsKept(t *testing.T) {
	n := 0
	r := set(t, func(w http.ResponseWriter, q *http.Request) {
		if n++; n == 1 {
			w.Header().Set("Retry-After", "45")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		fine(w, q)
	}, nil)
	began := r.Clock.Now()
	if _, err := r.ask(t, service.Call{}); err != nil {
		t.Fatal(err)
	}
	if d := r.Clock.Now().Sub(began); d < 45*time.Second {
		t.Errorf("asked again after %v", d)
	}
	if spent := r.purse.Spent("vendor"); spent != 2 {
		t.Errorf("%d spent for two calls", spent)
	}
}

func TestPaceOfAKey(t *testing.T) {
	r := set(t, fine, func(o *service.Options) { o.Rate, o.Burst = 2, 1 })
	began := r.Clock.Now()
	for range 11 {
		if _, err := r.ask(t, service.Call{}); err != nil {
			t.Fatal(err)
		}
	}
	if d := r.Clock.Now().Sub(began); d < 5*time.Second-time.Millisecond || d > 6*time.Second {
		t.Errorf("11 calls at 2 a second took %v", d)
	}
}

func TestShelf(t *testing.T) {
	shelf := &servicetest.Shelf{}
	r := set(t, fine, func(o *service.Options) { o.Shelf, o.Fresh = shelf, 24*time.Hour })
	shelf.Now = r.Clock.Now
	for i, c := range []struct {
		call  service.Call
		after time.Duration
		asked int
	}{
		{service.Call{Query: url.Values{"q": {"1"}}}, 0, 1},
		{service.Call{Query: url.Values{"q": {"1"}}}, 23 * time.Hour, 1},
		{service.Call{Query: url.Values{"q": {"2"}}}, 0, 2},
		{service.Call{Query: url.Values{"q": {"1"}}}, 2 * time.Hour, 3},
		{service.Call{Query: url.Values{"q": {"1"}}, Once: true}, 0, 4},
	} {
		r.Clock.Advance(c.after)
		a, err := r.ask(t, c.call)
		if err != nil || string(a.Body) != `{"data":1}` {
			t.Fatalf("%d: %v, %v", i, a, err)
		}
		if n := len(r.Asked()); n != c.asked || r.purse.Spent("vendor") != int64(c.asked) {
			t.Errorf("%d: asked %d times, spent %d, want %d", i, n, r.purse.Spent("vendor"), c.asked)
		}
	}
}

func TestCharset(t *testing.T) {
	r := set(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=windows-1251")
		_, _ = w.Write([]byte("{\"data\":\"\xcf\xee\xe4\xf8\xe8\xef\xed\xe8\xea\"}"))
	}, nil)
	a, err := r.ask(t, service.Call{})
	if err != nil || string(a.Body) != `{"data":"Подшипник"}` {
		t.Errorf("got %q, %v", a.Body, err)
	}
}

func TestNotFoundIsNoFailure(t *testing.T) {
	r := set(t, http.NotFound, nil)
	_, err := r.ask(t, service.Call{})
	if !errors.Is(err, pipeline.ErrNotFound) || service.Final(err) || len(r.Asked()) != 1 {
		t.Errorf("got %v after %d requests", err, len(r.Asked()))
	}
}

// TestEveryCallIsTold: those that were repeated, and those that the budget refused.
func TestEveryCallIsTold(t *testing.T) {
	var told []string
	r := set(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusBadGateway) }, func(o *service.Options) {
		o.PerDay = 5
		o.Told = func(name, outcome string, _ time.Duration) { told = append(told, name+" "+outcome) }
	})
	for range 2 {
		if _, err := r.ask(t, service.Call{}); err == nil {
			t.Fatal("no error")
		}
	}
	if got := strings.Join(told, ", "); got != "vendor down, vendor down, vendor down, vendor down, vendor down, vendor budget" {
		t.Errorf("told of %s", got)
	}
}

// TestACaptchaIsNotAskedAgain: it is for people.
func TestACaptchaIsNotAskedAgain(t *testing.T) {
	r := set(t, fine, func(o *service.Options) {
		o.Judge = func(int, []byte) (string, error) { return "", service.ErrCaptcha }
	})
	if _, err := r.ask(t, service.Call{}); !errors.Is(err, service.ErrCaptcha) || !errors.Is(err, service.ErrLimit) || len(r.Asked()) != 1 {
		t.Errorf("%v after %d requests", err, len(r.Asked()))
	}
}
