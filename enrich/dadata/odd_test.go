package dadata

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// TestOneOddAnswer: a company of which an answer has an odd form does not end the asks
// for all others behind it; a form that has changed does.
func TestOneOddAnswer(t *testing.T) {
	all := false
	v := newVendor(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if all || strings.Contains(string(body), string(silent)) {
			_ = json.NewEncoder(w).Encode(object{"suggestions": []object{{"value": "x", "data": nil}}})
			return
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		answer(w, r)
	})
	firms := []company.Company{of(silent, `ООО "ТЕНЬ"`), of(known, `ООО "АЗИМУТ"`)}
	got, err := v.ask(t, v.enricher(t, 0, "secret", maximal()), false, firms...)
	if a := got[silent]; err != nil || a.Found || a.Outcome != "layout" || !got[known].Found {
		t.Errorf("%v, %v", got, err)
	}
	all = true
	firms = append(firms, of(liar, `ООО "ПОЛЯРИС"`), of(other, `ООО "ПОЛЮС"`))
	v = &vendor{Vendor: v.Vendor}
	v.shelf.Now = v.Clock.Now
	v.Forget()
	got, err = v.ask(t, v.enricher(t, 0, "secret", maximal()), false, firms...)
	if !errors.Is(err, service.ErrLayout) || len(got) != 2 || len(v.Asked()) != 3 {
		t.Errorf("%d answers after %d calls, %v", len(got), len(v.Asked()), err)
	}
}
