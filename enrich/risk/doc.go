// Package risk asks registries of trouble whether a company is worth calling: a case of
// bankruptcy that goes on, a record in the list of unfair suppliers, what the tax service
// warns of. Each part can be switched off; each is a service with a budget of its own.
//
// # What is asked
//
//   - bankruptcy: GET bankrot.fedresurs.ru/backend/cmpbankrupts (ЕФРСБ), legal entities
//     only: cases of people are not looked for. The search is fuzzy: rows of another ИНН
//     are nobody's. A case that was stopped or is finished is no risk, whatever isActive
//     says; конкурсное производство (Tender) makes the company bankrupt too. The
//     manager's name is not read.
//   - unfair: the feed of the search in the list of unfair suppliers (zakupki.gov.ru,
//     dishonestsupplier/search/rss), records in force. A record counts if its «ИНН
//     (аналог ИНН)» is the very ИНН.
//   - flags: pb.nalog.ru: a search in two steps, then the card in two more: an address or
//     a head of many companies, doubts of the register, taxes owed that went to the
//     bailiffs, no reports for more than a year. The card names people, who are not read
//     and not counted but by how many companies they have. That a head is disqualified
//     does not stand in it (enrich/egrul reads that of an extract).
//
// # What comes of it
//
// One observation with company.FieldRisk values, the registry's own words as remarks. A
// company without any is Outcome "clean"; where there was a risk before, the page of the
// tax service alone takes its place, so that the old one does not stand for ever. A part
// that is down, or has spent its calls, is not asked any more in that night, what it said
// before stands, the company is due again in a week, and the failure comes at the end.
// Answers name people: without Task.Persons none is kept on the shelf.
//
// # Errors
//
// ErrRefused (service.ErrKey and ErrLimit): 401 and 403, such as of Qrator, and 404 of
// zakupki.gov.ru, which hides its refusals so; its author of a public client says that
// it wants a cookie and the name of a browser, which this program does not take. ErrDown
// where connections time out. ErrBlocked, a page with status 200. ErrCaptcha of
// pb.nalog.ru, ErrPending and ErrUnproven by themselves.
//
// # What it was tested against
//
//   - bankruptcy: a real row of 2026 (samples efrsb-json), in the stage Watching. The
//     other stages are known from public clients and the list of procedures of the
//     registry's own service.
//   - unfair: labels and form of a real feed of August 2026 that a public client keeps
//     among its tests; no record was asked for by us, and the result page was not seen.
//   - flags: a real row of a search of 2026 (samples pb-json). The card is known from
//     public clients alone.
package risk
