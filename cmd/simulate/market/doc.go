// Package market is an invented market of companies that could buy bearings:
// what is true of each, what the program gets to see of it, and what comes of
// calling it. Strategies of calling are held against each other on it.
//
// # The truth
//
// It was written down before any strategy was tried on it, and says what people
// of the trade would find likely. The default weights see most of it, take
// some of it for the opposite, and miss a part that no signal shows.
//
// A company really lives by the trade of its code, or the code is a leftover:
// three in ten are such. No source says which. A directory's rubric, a telling
// name, a site and a code that the reports confirm are all likelier where the
// trade is real, so they are traces of one thing and not reasons of their own.
//
// Who has a need, of those that answer:
//   - those that live by the trade, above all; then those whose code is the heart
//     of the segment and not beside it;
//   - most of all firms of some 25 people. Smaller ones buy little, large ones
//     by tender. (The default: the larger the better.)
//   - chains of three places and more, if they are services: they buy for all.
//     Of a wholesaler or a dealer it says nothing. (The default: always.)
//   - those near the warehouse, unless they are wholesalers, who wait a week
//     anyway. (The default: all alike, and little.)
//   - young firms; after ten years one has one's supplier. (The default: the
//     older the better.)
//   - in season, more than the default has it;
//   - where one can ask for a person by name, and small firms with a mobile,
//     since the owner picks up himself.
//   - the bent to try another supplier, which nothing shows.
//
// Who picks up: mobiles, listings that are fresh, firms with people to sit by
// the phone; and a habit that nothing shows.
//
// Who signs, of those with a need: firms with more revenue, near ones, the same
// bent to change; beyond a hundred people a tender stands in the way.
//
// What is unknown to the program acts all the same: a firm whose headcount
// nobody publishes has people.
//
// The three levels are set so that a company drawn at random answers a dial
// about one time in five, one that answers is interested one time in ten, and
// one that is interested signs one time in five (the plan's 60 % × 50 % × 70 %).
//
// # The yardsticks
//
// One who sees all, what nothing shows too, is out of reach of any order made from
// sources: one who knows the truth but sees of a company what the program sees
// gets some 73 % of that gap. The second yardstick, and the year beside the
// half-year, were added when first trials had shown this; the truth was left as
// it was. How calibrate splits its regressions, holds them to today's points and
// averages them was chosen on markets of this truth, though of other seeds than
// those of the contest.
//
// # Calibrating on the way
//
// Who calibrates while the calling goes on does so from the file of the first day
// each time, on companies first called thirty days ago and more; at the end all
// outcomes count. Values are kept by the ladders of the first day.
package market
