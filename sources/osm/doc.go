// Package osm finds car services, shops of parts and works in OpenStreetMap: by the
// Overpass interface, or in files of its answers.
//
// # What is asked
//
// Mode overpass posts one question for each tag in each region to an interpreter:
//
//	[out:json][timeout:180];area["ISO3166-2"="RU-PER"]->.a;nwr["shop"="car_parts"](area.a);out center tags;
//
// Mode files reads such answers, or an extract in the same JSON, from paths: that is how
// a whole country is read without asking a public interpreter for it.
//
// # What comes of it
//
// One observation for an object under its type and id (node/123), with the sign over the
// door, the rubric that its tags come to in Russian, address, hours as printed (in the
// map's own notation), phones, e-mails, sites and messengers, the operator as the legal
// name where he has a legal form. The ИНН and ОГРН of tags (operator:ref:inn, ref:INN)
// are typed by anybody and vouched for by nobody: they are printed.inn and printed.ogrn,
// evidence of whose the place is, and not the observation's ИНН. An object without name,
// operator and brand, one that is closed or disused, or with phones of other countries
// only, is not wanted.
//
// # Licence
//
// © OpenStreetMap contributors, Open Database License 1.0. The firm may use the data as
// it likes. Whoever publishes what was made of it must name the source; and a database
// that is derived from it and published, or given to others, must be open under the same
// licence. A call list within the firm is neither.
//
// # Errors
//
// A server that is full answers 429 or 504, or 200 with a remark of a runtime error and
// only some of the objects: service.ErrLimit and service.ErrDown; nothing of a cut answer
// is taken.
//
// # What it was tested against
//
// The rubrics against a public table of tags (sample osm, 2015); answers in the form that
// Overpass documents. No real answer with Russian objects was found.
package osm
