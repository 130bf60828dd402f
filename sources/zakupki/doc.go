// Package zakupki finds who buys bearings among the customers of the state and of its
// companies: notices of 44-ФЗ and 223-ФЗ (and ПП 615) in the ЕИС, zakupki.gov.ru, and
// contracts in its registers.
//
// # What is asked
//
// Mode pages reads the result pages of a search by words (extendedsearch/results.html,
// fifty entries a page), mode rss its feed (rss.html with the same query; 200 items at
// most, so a day at a time; it has no deadlines), mode docs the archives of documents by
// the service getDocsIP (one region, one type of document and one day a question, at
// least thirty seconds apart, nothing more after 403 or 429), mode files XML documents
// and zips of them that the operator has brought.
//
// The site's filter by ОКПД2 code is ignored by it without a word, so words are searched
// for and codes are checked on what comes back; where a list prints no positions, words
// alone decide. Asked is the window of days_back days before the list's day. With
// morphology, forms of one word are one question.
//
// # What comes of it
//
// One observation for a notice, under its number, with tender facts keyed by that number;
// for a joint purchase one for each customer. The customer's ИНН comes from the XML, or
// from the identification code of the purchase (ИКЗ), which lists print for 44-ФЗ; a
// list's notice of 223-ФЗ has a name only and is a listing to be matched. A body that
// places notices for others is not taken for the customer. An entry of a register of
// contracts gives its customer supply facts, and the supplier nothing.
//
// What is no purchase of bearings is not wanted; [wanted] says by which rule.
//
// # Errors
//
// ErrBlocked is a page in place of results (sent with status 200), ErrIgnored a total of
// millions: both are service.ErrLayout. ErrRefused (403 of the site) and ErrToken (a
// fault that speaks of the token) are service.ErrKey.
//
// # What it was tested against
//
//   - The feed: a real one of 29.07.2026 (zakupki-rss), of 44-ФЗ. Labels of 223-ФЗ are
//     guessed.
//   - The result pages: a real one of August 2026 (zakupki-html), of 44-ФЗ. The page of
//     a search without results was not seen, nor whether customerPlace is heeded.
//   - 44-ФЗ XML: real notices of schemes 11.1 and 16.2 (zakupki-44fz); the generation
//     before 2019 (fcsNotification) and contracts from descriptions of their paths alone.
//   - 223-ФЗ XML: a real document of 2017 (zakupki-223fz), which is no notice; notices
//     by the paths that public clients read, contracts from documentation alone.
//   - getDocsIP: from documentation and public clients alone.
//
// # Certificates
//
// The site's certificates are issued under the roots of Минцифры, which ordinary trust
// stores lack. They must be in the machine's store, or in the file of fetch.ca_file.
package zakupki
