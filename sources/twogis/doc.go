// Package twogis finds firms in 2ГИС by the Places API 3.0: rubric by rubric, in regions
// or around points, a page a question.
//
// # What is asked
//
// GET /3.0/items with type=branch, one rubric_id and one place a question, because a key
// shows no more than some pages of each: a demo key 5 pages of 10, so 50 firms of a
// rubric in a place, whatever the total says. What lies beyond is a gap. The key goes in
// the query, as the service wants it, and is masked in every error.
//
// Of a network with branches=one (the default) one branch comes (search_type=one_branch):
// a page of ten is ten firms, which is what a call list wants, and the number of its
// branches stands as a remark at the address. With branches=networks the addresses of
// each firm with more than one are asked for by its org_id: one question more for each
// such firm at least, and what the score counts as a network is known. With branches=all
// the search gives every branch: no question more, but the pages of a key fill up with
// branches of the same firms.
//
// # What comes of it
//
// One observation for a branch, under its id without what follows "_", with the fields
// that the 2gis preset of sources/table makes of an export: both know the same door by
// the same key. Phones, sites and e-mails (contact_groups), ИНН (itin) and the class of
// headcount come only for a key that has been given them; what a key is not given does
// not come, and nothing else changes. A branch that is deleted, closed for a time or not
// in Russia is not wanted.
//
// # Errors
//
// The service answers failures with status 200 and meta.code: 403 is service.ErrKey, 400
// service.ErrAsk with its own words (paramIsOutsideSet lists what is allowed, such as a
// page_size beyond the key's), 408 and 500 service.ErrDown. 404 with itemNotFound is
// nothing found, no failure; a misspelt parameter shows as that too.
//
// # What it was tested against
//
// The three answers that the vendor's documentation prints (sample 2gis): without any
// fields beyond the first six. Contacts, names, rubrics, administrative units, schedule
// and organisation are read as the documentation names them; no full recorded answer was
// found. Whether the licence (law.2gis.ru) lets results be kept in a lead base is not
// known here: the source is off until terms_accepted.
package twogis
