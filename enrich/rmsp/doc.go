// Package rmsp asks the search of the registry of small and medium business
// (rmsp.nalog.ru) for what the open data set of the registry leaves out: phone, e-mail
// and site that the company itself has entered (few have), and headcount.
//
// # What is asked
//
// POST /search-proc.json with mode=inn-list: a hundred ИНН in one question, without
// cookie, token or captcha. One question of a hundred costs one call of the budget, so
// a night's budget of asks is a hundred times as much as it costs the site. Asks are
// taken a list at a time and answered in their order.
//
// # What comes of it
//
// A company that is not in the registry is no small or medium one: Outcome "not_sme". An
// excluded one (is_active 0) is still returned, and counted as "excluded", no more. A
// row whose ОГРН or name are not those of the company asked for is "poison"; the ОГРНИП
// of a sole proprietor, who gets another one each time he begins, is not held against
// him. Headcount is absent both for zero and for unknown, and is that of the year which
// the registry shows on the day of the question.
//
// # Errors
//
// ErrCaptcha (service.ErrLimit) ends the asks until another night.
//
// # What it was tested against
//
// Real answers (samples rmsp-json): one legal entity of 2019, a sole proprietor of 2026
// with the name taken out, an empty answer of 2026. phone, email, www, od2_sschr and
// rows of excluded companies are known from public clients alone, and so is a list of
// several ИНН.
package rmsp
