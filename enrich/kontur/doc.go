// Package kontur asks Контур.Фокус (api3) for companies by ИНН, several in one request:
// req for names, state and address; egrDetails for activity codes; financeAnalytics for
// revenue; analytics for the SME category and the unfair suppliers' list; and, where the
// section says that the key has them, contacts, contactEmails and sites.
//
// Each method but req is asked only for companies that lack what it gives. The methods
// are sold apart; those with numbers and mailboxes cost extra, so they are off until
// contacts is set: req only tells how many of them there are. A key without a method is
// answered 403. The key stands in the query.
//
// One ИНН may have several records, of which the dissolved ones are mistakes or
// predecessors: the one that lives is taken. How many ИНН may stand in one request is
// not published where it could be read; a public client keeps to ten, and so does this.
//
// Tested against real answers of req and egrDetails (the samples
// kontur-focus/kf_req_resp.json and kf_egrDetails_resp.json: a firm with a branch, a
// sole proprietor who has stopped). Of the other methods no answer was to be had:
// financeAnalytics follows the names of a client generated from the vendor's schema,
// analytics and the three methods of contacts what clients tell. They are unverified,
// and read whatever of the likely forms comes.
package kontur
