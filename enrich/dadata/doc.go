// Package dadata asks DaData for companies by ИНН (findById/party): registry data on
// every plan, headcount from the plan «Расширенный», numbers, mailboxes and revenue on
// «Максимальный» alone. The vendor says that it has numbers for some 60 % of active
// companies and mailboxes for some 50 %.
//
// Asking is free up to 10,000 calls a day, at most 30 a second. 403 is a wrong key, an
// account whose mailbox was not confirmed, or a day that is spent; where the answer's
// own words tell of a limit it counts as spent. Dates are milliseconds of Unix. One ИНН
// may have many branches: only the head office is asked for. A time zone is taken only
// where the zone of the region agrees with the hours that the answer gives; coordinates
// are not taken.
//
// Tested against real answers that client libraries keep as fixtures (the samples
// dadata/ekomobile_party.json of the plan «Максимальный», rbk_dadata_party_resp.json and
// ex3mm_suggest_party_response.json of the free one) and the vendor's table of states
// (party-state.csv). The words of a refusal are not known from a real one.
package dadata
