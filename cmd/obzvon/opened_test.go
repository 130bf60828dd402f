package main

import (
	"sync"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
)

// TestPagesMakeAdaptersAtOnce: pages make the adapters of the house in force anew, several
// at once, to describe them; nothing of that stays in the house.
func TestPagesMakeAdaptersAtOnce(t *testing.T) {
	h := &house{config: &config.Config{}, client: fetch.New(fetch.Options{})}
	t.Cleanup(h.client.Close)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := h.service(config.Section{}, service.Options{Name: "vendor", Base: "https://vendor.example"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if h.opened != nil {
		t.Errorf("%+v stayed", h.opened)
	}
}
