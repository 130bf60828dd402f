// Package plan holds what was done and reached against what was to be: the dials
// of each manager against his norm, the month's funnel against its targets, the
// money against the milestones, and where results come from. It computes from the
// results as they stand and the lists as they were issued.
//
// A dial is a result with an outcome. A contact is a company where a person
// answered within the period. Every other stage of the funnel counts a company
// once, on the first day on which it came so far or further, so that no stage is
// larger than the one before it.
package plan
