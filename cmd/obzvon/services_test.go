package main

import (
	"testing"

	"obzvon/config"
	askchecko "obzvon/enrich/checko"
	"obzvon/enrich/dadata"
	"obzvon/enrich/kontur"
	"obzvon/enrich/saby"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
	"obzvon/sources/checko"
)

// TestNoAnswerThatNamesPeopleIsKept: while names may not be collected, answers that hold
// them are not kept either; with leave they are.
func TestNoAnswerThatNamesPeopleIsKept(t *testing.T) {
	for named, want := range map[bool]bool{false: false, true: true} {
		h := &house{config: &config.Config{}, dir: t.TempDir(), client: fetch.New(fetch.Options{Version: "test"})}
		h.config.PersonalData.NamedPeople, h.config.Seller.TimeZone = named, "Europe/Moscow"
		h.opened = &[]service.Options{}
		for _, o := range []service.Options{checko.Interface(checko.Defaults(), "key"), askchecko.Interface(askchecko.Defaults(), "key"), dadata.Interface(dadata.Defaults(), "key"), kontur.Interface(kontur.Defaults(), "key"), saby.Interface(saby.Defaults(), "a:b:c")} {
			if _, err := h.service(config.Section{Name: o.Name}, o); err != nil {
				t.Fatal(err)
			}
		}
		for _, o := range *h.opened {
			if got := o.Shelf != nil; got != want {
				t.Errorf("%s: names allowed %v, answers kept %v", o.Name, named, got)
			}
		}
		h.client.Close()
	}
}
