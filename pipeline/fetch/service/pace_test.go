package service_test

import (
	"testing"
	"time"

	"obzvon/pipeline/fetch/service"
)

// TestSlowestPaceHolds: another service of the host, made later, hurries nobody.
func TestSlowestPaceHolds(t *testing.T) {
	r := set(t, fine, nil)
	client := r.Client(t)
	var slow *service.Service
	for _, pace := range []time.Duration{10 * time.Second, time.Second, 0} {
		s, err := service.New(client, service.Options{Name: "vendor", Base: r.URL, Pace: pace})
		if err != nil {
			t.Fatal(err)
		}
		if slow == nil {
			slow = s
		}
	}
	began := r.Clock.Now()
	for range 3 {
		if _, err := slow.Ask(t.Context(), service.Call{Path: "/"}); err != nil {
			t.Fatal(err)
		}
	}
	if d := r.Clock.Now().Sub(began); d < 20*time.Second {
		t.Errorf("three calls took %v", d)
	}
}
