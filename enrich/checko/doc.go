// Package checko asks Checko or ofdata for companies by ИНН: numbers, mailboxes, sites,
// headcount, status and codes off the card, revenue and profit by year off the accounts.
// The interface and what is verified of it stand in sources/checko/api; the source of
// that name spends the same key's budget.
//
// A card is a call, accounts are another, of 100 that are free a day. Each is made only
// for what nobody else gives: a company whose revenue alone is missing costs no card,
// one whose revenue is known no accounts. Sole proprietors have no accounts.
//
// An answer is believed if its ИНН, ОГРН and name agree with what is known of the
// company (package witness); one that is not counts as "poison" and nothing of it is
// taken.
package checko
