// Package api speaks the protocol of Checko and of ofdata, two sites of one maker
// with one interface: a search by activity code and region, a card by ИНН, accounts
// by ИНН. The source of that name searches, the enricher of that name asks for
// cards; both spend one key's budget.
//
// What is known of the interface:
//
//   - The key stands in the query. 100 calls a day are free, then each costs 0.15 ₽;
//     calls that fail with 4xx or 5xx are not charged.
//   - Failures come as a status of HTTP or as meta.status "error" inside HTTP 200,
//     with a message in Russian.
//   - Keys are Cyrillic, and are left out when empty. One thing has different forms in
//     the search and in the card: a status is a text or {Код, Наим}, an activity a
//     name, a code or {Код, Наим}, a site a text or a list.
//   - E-mails are as printed in the registry: often those of an operator of electronic
//     reporting or of the accountant who registered the firm.
//
// Tested against fragments of real answers of version 2 as a user published them (the
// samples checko/search-fragment.json and checko/company-fragment.json: the keys that
// stand there, without meta), and for the rest against what users of the interface have
// written down. No complete answer of a search, a card of a sole proprietor, accounts or
// a failure was to be had, so everything but the keys of the fragments is unverified.
package api
