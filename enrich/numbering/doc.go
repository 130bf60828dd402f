// Package numbering tells where a company is by the numbering plan of its
// phones, when no source says so. It makes no calls: the plan is part of the
// program (see pipeline/company/data/numberinggen).
//
// Geographic numbers decide before mobile ones, which people take along when
// they move. Where numbers of the deciding kind disagree, no region is given;
// where all of them keep the same time, the zone still is: Москва and
// Московская область share mobile codes and the clock. Toll-free and foreign
// numbers say nothing.
package numbering
