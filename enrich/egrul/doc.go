// Package egrul asks the register of legal entities for one company at a time: whether
// it is still there, who heads it, its e-mail. Whoever has the archives of the register
// reads them by sources/egrul; this is for those who have not, and for a company that is
// about to be called.
//
// # What is asked
//
// By way of mirror GET egrul.itsoft.ru/{ИНН}.json, the XML of the register as JSON:
// names, address, e-mail, codes as declared and as reported, capital, states, head. Its
// author speaks of a hundred questions a day, which is the bound of a day here.
//
// By way of nalog POST egrul.nalog.ru/ for a token, then GET /search-result/{token},
// asked again while it says that the search is not done (each is a call of the budget;
// after five the company waits for another night: Outcome "pending"). Rows hold names,
// ОГРН, КПП, the head and the day of the end; since September 2026 neither address nor
// state. So a company that has not ended counts as active unless a liquidator or a
// trustee acts for it, and the note says by what. That a head is disqualified, or what
// the register holds of him doubted, is a risk (mirror).
//
// # People
//
// Answers name heads. Without Task.Persons no name is observed, and no answer is kept on
// the shelf.
//
// # Errors
//
// ErrCaptcha (service.ErrLimit) ends the asks until another night: as captchaRequired,
// in ERRORS, or as a page with status 500. ErrRefused is 401, 403 or 405, ErrPending a
// search that is not done.
//
// # What it was tested against
//
// By way of nalog: a real token of 2019, real rows of 2019 and of September 2026 (samples
// egrul-json). Complaints, {"status":"wait"} and 405 are known from public clients. By
// way of mirror: from public clients and the XML of the register alone; no answer of the
// mirror was seen. What it says of a company that it does not hold is not known: 404,
// null, [] and {} are taken for that.
package egrul
