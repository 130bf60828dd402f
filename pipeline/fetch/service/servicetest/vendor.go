// Package servicetest plays a vendor's interface on loopback: right answers, the
// failures that real ones have, and a log of what was asked, by which budgets are
// held to the call.
package servicetest

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/fetchtest"
	"obzvon/pipeline/fetch/service"
)

// Asked is one request as it came.
type Asked struct {
	Method, Path, Query, Body string
	Header                    http.Header
}

// Vendor is the server. Handler answers unless Fault is set.
type Vendor struct {
	*httptest.Server
	Clock *fetchtest.Clock

	mu      sync.Mutex
	asked   []Asked
	handler http.Handler
	fault   Fault
}

// New starts a vendor that answers by the handler.
func New(t testing.TB, handler http.Handler) *Vendor {
	t.Helper()
	v := &Vendor{Clock: fetchtest.NewClock(), handler: handler}
	v.Server = httptest.NewServer(http.HandlerFunc(v.serve))
	t.Cleanup(v.Close)
	return v
}

// Client is one that may ask the vendor, by its clock.
func (v *Vendor) Client(t testing.TB) *fetch.Client {
	t.Helper()
	c := fetch.New(fetch.Options{
		Version: "test", Clock: v.Clock, Jitter: func() float64 { return 0 },
		Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")},
	})
	t.Cleanup(c.Close)
	return c
}

// Break makes every answer a failure from now on; the zero Fault mends it.
func (v *Vendor) Break(f Fault) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fault = f
}

// Asked is the log, oldest first.
func (v *Vendor) Asked() []Asked {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]Asked(nil), v.asked...)
}

// Forget empties the log.
func (v *Vendor) Forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.asked = nil
}

func (v *Vendor) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // what did not come is not in the log
	v.mu.Lock()
	v.asked = append(v.asked, Asked{r.Method, r.URL.Path, r.URL.RawQuery, string(body), r.Header.Clone()})
	fault := v.fault
	v.mu.Unlock()
	if fault.Answer != nil {
		fault.Answer(v, w, r)
		return
	}
	r.Body = io.NopCloser(newReader(body))
	v.handler.ServeHTTP(w, r)
}

// Purse is a service.Purse in memory.
type Purse struct {
	mu    sync.Mutex
	days  map[string]map[company.Date]int64
	total map[string]int64
}

// Debit implements service.Purse.
func (p *Purse) Debit(_ context.Context, account string, day company.Date, amount, perDay, inAll int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.days == nil {
		p.days, p.total = map[string]map[company.Date]int64{}, map[string]int64{}
	}
	if p.days[account] == nil {
		p.days[account] = map[company.Date]int64{}
	}
	if perDay > 0 && p.days[account][day]+amount > perDay || inAll > 0 && p.total[account]+amount > inAll {
		return service.ErrBudget
	}
	p.days[account][day] += amount
	p.total[account] += amount
	return nil
}

// Spent is what an account has spent in all.
func (p *Purse) Spent(account string) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.total[account]
}

// Shelf is a service.Shelf in memory.
type Shelf struct {
	Now  func() time.Time
	mu   sync.Mutex
	kept map[string]shelved
}

type shelved struct {
	at     time.Time
	answer []byte
}

// Find implements service.Shelf.
func (s *Shelf) Find(_ context.Context, name string, since time.Time) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[name]
	if !ok || k.at.Before(since) {
		return nil, nil
	}
	return append([]byte{}, k.answer...), nil
}

// Keep implements service.Shelf.
func (s *Shelf) Keep(_ context.Context, name string, answer []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]shelved{}
	}
	s.kept[name] = shelved{s.Now(), append([]byte{}, answer...)}
	return nil
}
