// Package checko lists companies by activity and region, as Checko and ofdata know
// them: two sites, one interface (see api), an adapter each.
//
// One question is a code in a region, companies apart from sole proprietors, active
// ones only; the search looks at the main code, unless all is set. A page has at most
// 100 rows and costs a call, of which a free key has 100 a day. One code in Moscow may
// have 140 pages, so a round takes several nights: each page is a batch with a cursor
// ("45.20|77|org|3|140": page 3 of 140), and the next night goes on behind it.
//
// Rows have no phones: those stand on cards, one call each. That is the enricher's
// work, which asks for the best leads first. Who has calls to spare sets cards; where
// the day's calls end amid a page, its rows come as they are.
//
// Terms: an account and a key; whether what comes may be kept as a base of leads is
// not known here, so the source is off until its terms are accepted.
//
// Tested against what api tells; see there what is verified and what is not.
package checko
