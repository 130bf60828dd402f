// Package b2bcenter finds who buys bearings on the electronic market b2b-center.ru: the
// open list of notices, searched by keyword, twenty a page.
//
// # What is asked
//
// GET /market/?f_keyword=…&searching=1&trade=buy&show=all&from=N, page after page until
// one is not full, repeats another, or has nothing of the last days_back days. robots.txt
// is obeyed. The list asks for no key; the site has no public interface of tenders.
//
// # What comes of it
//
// One observation for a notice, under its number (what follows "#" in its address changes
// from one answer to the next and is dropped), with tender facts keyed by that number.
// The organiser is a name alone, his ИНН stands on another page: the notice is a listing
// that is matched by name. Times are Moscow's; an end at midnight is the day before. Not
// wanted are «Объявление о продаже» and other sales, notices that do not speak of what
// was searched for, older ones, and those of private persons.
//
// # Traps
//
// A page beyond the last shows the first again, so a page that repeats ends a keyword.
// Where the site is asked too much, its pages are empty. So an empty page is a refusal
// (service.ErrLimit) when the keyword is one of those that always have notices (option
// always), and else unless the whole market, asked right after it, is not empty. A page
// of nothing that was searched for is a gap: the site may have ignored the question.
// Number and title are glued («№ 4140461Термоэтикетка»), and the title repeats behind a
// line break. Columns are found by their headers, and by what stands in them where the
// headers are others.
//
// # What it was tested against
//
// Sixty real listings of August 2025 (sample b2b-center), which a public scraper took
// from the page, put back into the markup that scrapers' code describes; the page itself
// was not found, nor what a page without results looks like. The terms of the site are
// not known: the source is off until terms_accepted.
package b2bcenter
