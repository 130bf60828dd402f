// Package fns reads the open data sets of ФНС that say something of a firm by
// its ИНН: headcount, revenue and expenses, taxes paid, debts, special tax
// regimes, fines. They have one envelope; sets.go is the table of what differs,
// and all that a further set needs is an entry there.
//
// Input is the published zips, or XML files taken out of them. A zip is read
// member by member, several at a time; each member becomes one batch, in the
// order of the input, and only after its checksum, its root element and its
// number of documents were found right.
//
// # What is taken
//
// Every document. A set adds to companies that others know and never makes
// one, and it is kept whole: Request.Wanted and Request.Held are not looked
// at, so that a firm or a code wanted later finds its figures in a release
// that was read before. Only the figures are kept, without names and origins,
// since there are millions. A document in which no regime is marked says
// nothing that could be kept and counts as not wanted.
//
// A zero that is published is a fact. Absence is none: the largest taxpayers
// are in none of the sets, others are missing without a reason given.
//
// # Money
//
// Amounts are roubles with a dot and at most two digits after it; of some
// 13 000 measured values none has another form. A comma is refused, because it
// might as well part thousands. Rows of a list are added up in kopecks, and
// the sum is rounded to whole roubles, halves away from zero. A negative
// amount, one of more than fifteen digits, or one that is no number costs the
// document.
//
// # Which year it is
//
// The year of a figure is that of ДатаСост, the day for which it was drawn up;
// the days in names of files are those of publishing, up to a year and a half
// later. A document without ДатаСост is quarantined.
//
// # The same ИНН twice
//
// Within a member documents of one ИНН are merged: different figures stand
// side by side; of the same figure that of the later ДатаСост stays, and of
// equal days lists are united (a row that both have counts once), regimes are
// united, and of single figures the greater stays. All documents count as
// taken. Across members and inputs the night merges, and there the later one
// wins: inputs are read in the order of ДатаСост, then of publishing, then as
// given.
//
// # Which release it is
//
// All inputs together are the state of the set: all batches of a pull carry one
// release, dated by the newest day of publishing. It is whole if every input
// read is named as a whole release, or by option. Debts and regimes are the
// state of one day: of several days only the newest is read, since an older
// one holds what has been paid or given up; Source.Advice says what is left.
//
// # What is missing
//
// A member that is cut, damaged or not of this set becomes a gap with as many
// unread rows as it declares, an input that cannot be opened becomes a gap
// too, and the pull goes on. Only when nothing at all could be read does the
// pull end in an error. A member in which no document has what the set is
// about is not of this set.
package fns
