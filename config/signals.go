package config

import (
	"slices"
	"strings"
)

// signalIDs are the properties that can be measured, in the order in which
// the built-in file has them. The scorer measures exactly these; a test of its
// own holds it to them.
const signalIDs = "okved_main okved_reported okved_extra name_words rubric " +
	"headcount revenue sme_category branches phone mobile email site named_person " +
	"proximity age status_clean freshness season " +
	"tender tender_past exhibition competitor_client"

// SignalIDs lists the ids that signals of a segments file may have.
func SignalIDs() []string { return strings.Fields(signalIDs) }

func (c *checker) signalID(path, id string, known []string, taken *[]string) {
	if !slices.Contains(known, id) {
		c.need(false, path, id, "unknown signal; the nearest known one is "+nearest(id, known))
		return
	}
	c.id(path, id, taken)
}
