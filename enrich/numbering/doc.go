// Package numbering tells where a company is by its town or, failing that, by
// the numbering plan of its phones, when no source says so. It makes no calls:
// the plan and the towns are part of the program (see pipeline/company/data).
//
// A known town, or an address, decides before any number: people take numbers
// along when they move and buy them elsewhere. Geographic numbers decide before
// mobile ones; where a town is named that is not known, mobile ones say nothing.
// Where numbers of the deciding kind disagree, no region is given; where all of
// them keep the same time, the zone still is: Москва and Московская область
// share mobile codes and the clock. Toll-free and foreign numbers say nothing.
package numbering
