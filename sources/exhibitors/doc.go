// Package exhibitors reads the lists of exhibitors of fairs. Who exhibits is spending
// money to sell, this year: an intent signal, kept as fair facts keyed by the fair.
//
// # One adapter, many layouts
//
// Where a list says what is data: a [Layout] tells the rows of the list, the fields of a
// row, those of the card behind a row, and how pages follow one another, in HTML by CSS
// selectors or in JSON by paths. Some are built in ([Layouts]); a section may give its
// own:
//
//	sources:
//	  metalloobrabotka:
//	    adapter: exhibitors
//	    layout: expocentre
//	    list: /ru/exhibitions/aaf30fc0-…/list
//	    fair: metalloobrabotka-2026
//	    title: Металлообработка-2026
//	    day: 2026-05-25
//	  some-fair:
//	    adapter: exhibitors
//	    layout: own
//	    base: https://fair.example
//	    list: /exhibitors
//	    fair: some-fair-2026
//	    title: Выставка-2026
//	    page:
//	      rows: table.firms tr
//	      row: {name: "column Компания|1", link: "a@href", country: "column Страна"}
//	      card: {phone: "label Телефон", site: "label Сайт"}
//	      paging: {kind: query, parameter: page}
//
// A field of HTML is a selector («h5 a»), an attribute («a@href»), the cell of a column
// by its header or else its place from 1 («column Страна|Country|2»), or what stands
// behind a label («label Телефон»). A field of JSON is a path («company.name»).
//
// # What is asked
//
// The pages of the list, and, where the layout has a card and cards is on, the card of
// each exhibitor whose country does not rule it out: a call each. robots.txt is obeyed.
// When the budget ends the next night goes on with the next exhibitor; the list's page is
// taken from what was kept of it, or asked for again.
//
// # What comes of it
//
// One observation for an exhibitor, under the fair and the id in the address of its card.
// No list has an ИНН: listings are matched. Firms of other countries than Russia and the
// EAEU are not wanted: told by the country that is printed, else by phones all of which
// have another country's code. Names have their form behind («АЛЬФА, ООО»), phones short
// continuations («+7 (812) 324-5479, 740-1163»): package company reads both. Makers of
// bearings stand under rubrics that say so, as in any directory.
//
// Workbooks of exhibitors (columns название, сайт, телефон, E-mail, рубрика) are read by
// sources/table, preset exhibitors.
//
// # What it was tested against
//
//   - expocentre: 150 real exhibitors of Металлообработка-2025 (sample expocentr), which
//     a public scraper took from list and cards, put back into the markup that its code
//     describes; the pages themselves were not found.
//   - itegroup: the markup that scrapers' code describes; no data. Unverified.
//   - mims: as itegroup, whose organiser runs that fair. Unverified.
//   - innoprom: neither markup nor data were found; a guess at common markup. Unverified.
//
// A source says so in its advice. The catalogues' terms are not known: off until
// terms_accepted.
package exhibitors
