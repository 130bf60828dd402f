// Package girbo finds reporting companies in ГИР БО, the state's resource of accounting
// reports (bo.nalog.gov.ru): large factories, mines and power companies too, which the
// registry of small and medium business does not hold, with their main ОКВЭД, their
// address and their revenue.
//
// # What is asked
//
// The site's search (advanced-search/organizations/search) finds a text anywhere in an
// ИНН, has no filter of its own, and shows 10 000 rows of one search, 200 a page. So the
// numbers of a region are gone through by their first digits, in order; a prefix with
// more than can be had gives way to the ten that are one digit longer. Rows in which the
// digits stand elsewhere are not wanted: they come under their own prefix. Of the rest,
// codes are looked at here. By estimate, not by measurement, a region of 100 000
// companies is some 1500 calls, of which more than half bring numbers that only hold the
// digits; the budget of a day (3000 by default, calls_a_day) ends the pull, which goes on
// behind its last page the next day. With reports the reports of each wanted company are asked for too:
// one call for all years' revenue, another for profit.
//
// # Traps
//
//   - Sums are thousands of roubles; what is observed is whole roubles. Nothing is not
//     zero.
//   - A site that is asked too much answers emptily, with status 200. So an empty prefix
//     is believed only after a question that cannot be empty, and never from the shelf;
//     else the pull ends in ErrEmptied (service.ErrLimit) where it stood.
//   - ИНН and names carry <strong> around what was searched for.
//   - Banks, insurers and sole proprietors do not report here. A company that has moved
//     keeps the ИНН of its old region: regions are those of the number, and the address
//     tells where it is.
//   - Companies that have ended are not wanted.
//
// # What it was tested against
//
// The row of a search, a list of reports and the details of one are real answers of 2026
// (samples girbo-json: one company, retyped, trimmed). Going through prefixes, the size
// of a page, the bound of 10 000, the substring search and the empty refusal are known
// from a public client whose author measured them in August 2026; no page of several
// rows was seen. typeCorrections inside the list are read as public clients read them.
// Codes of status beside ACTIVE are known from documentation alone.
package girbo
