// Package saby asks Saby (СБИС) «Всё о компаниях» for companies by ИНН: requisites and
// headcount by req, numbers, mailboxes and sites by contacts-official, income by finance.
//
// The key is three parts of an application with a service login, joined by a colon:
// app_client_id:app_secret:secret_key. They are exchanged for a token and a session,
// which go with every call and are asked for again once when a call is refused. With
// demo the vendor's demonstration is asked instead, which wants no key and knows ten
// companies.
//
// Up to twenty ИНН go into one req; each counts against the day's quota (30,000 in the
// vendor's example). The items of contacts-official and finance do not say whose they
// are, so these are asked for one company at a time, which costs the same, and only
// where req has said that it knows the company by that ИНН.
//
// Numbers come as digits without a plus, sites without a scheme, nearly everything may be
// null, parsed_address is JSON inside a text. «income» is revenue with other income, as
// ФНС publishes it too. The basic licence has no headcount and only some of the contacts.
//
// Tested against answers that stand in the vendor's documentation (the samples
// saby-vok/req-basic.json, req-extended.json, req-foreign.json, contacts-basic.json,
// finance-short.json and client-stat.json), which the vendor says may be altered. The
// exchange of the key follows the vendor's own client; its answer was not seen.
package saby
