package saby

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// TestBudgetBelowAGroup: fewer calls a day than one request may hold ask for fewer at
// once, and nobody waits for ever.
func TestBudgetBelowAGroup(t *testing.T) {
	v := newVendor(t, nil)
	e := v.enricher(t, 6, key, Defaults())
	var left []company.Company
	for n := range 20 {
		left = append(left, of(innOf(n), fmt.Sprintf(`ООО "ТЕНЬ-%d"`, n)))
	}
	for night := 1; len(left) > 0; night++ {
		got, err := v.ask(t, e, false, left...)
		if err != nil && !errors.Is(err, pipeline.ErrUnfinished) || len(got) < min(5, len(left)) || v.purse.Spent("saby") > int64(6*night) {
			t.Fatalf("night %d: %d answers, %d paid by %v, %v", night, len(got), v.purse.Spent("saby"), v.calls(), err)
		}
		left = slices.DeleteFunc(left, func(c company.Company) bool { return got[c.INN].ID != "" })
		v.Clock.Advance(24 * time.Hour)
	}
}

// TestBudgetEndsAmidAGroup: those who were asked for wholly are answered.
func TestBudgetEndsAmidAGroup(t *testing.T) {
	v, c := newVendor(t, nil), companies()
	got, err := v.ask(t, v.enricher(t, 5, key, Defaults()), false, c[1], c[0], c[4])
	if _, sole := got[sole]; !errors.Is(err, pipeline.ErrUnfinished) || sole || !got[known].Found || got[silent].Outcome != "not_found" {
		t.Errorf("%d answers by %v, %v", len(got), v.calls(), err)
	}
}
