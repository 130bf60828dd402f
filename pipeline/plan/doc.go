// Package plan holds what was done and reached against what was to be: the dials
// of each manager against his norm, the month's funnel and the running year against
// targets and conversions, the money against the milestones, and where results come
// from. It computes from the results as they stand and the lists as they were issued.
//
// A dial is a result with an outcome in a list of ours: what plain tables tell is no
// work of the day. A contact is a company where a person answered within the period,
// whoever tells of it. Every further stage counts a company once, on the first day
// on which it came so far or further. A need is shown by «Интерес» and what follows
// it; who only wants a call later has not told of one yet.
//
// What happened before the strategy began counts in no month and no conversion. A
// company that was a client by then, or of which the first thing known is that a
// plain table calls it a client, is an old client: it takes no part in the funnel,
// and its money is told apart.
package plan
