package analyst

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What stands where something was taken out.
const (
	hiddenPhone = "[телефон]"
	hiddenMail  = "[почта]"
	hiddenName  = "[имя]"
	hiddenValue = "[скрыто]"
)

// Mask takes phones, e-mails, handles and names of people out of a text. It goes by
// their form alone, so it errs to the side of hiding: ten digits that begin like a
// phone of Russia (3, 4, 8, 9; the numbering plan of the Ministry of Communications)
// go too, unless «ИНН» or the like stands before them. The same text always gives
// the same.
func Mask(text string) string {
	text = mails.ReplaceAllString(text, hiddenMail)
	text = handles.ReplaceAllString(text, hiddenValue)
	text = maskPhones(text)
	for _, p := range names {
		text = p.ReplaceAllString(text, "${1}"+hiddenName+"${2}")
	}
	return text
}

// MaskRow is Mask for a row as a source had it: what stands under a name that
// speaks of a person or a contact goes too, as an attribute or element of XML or
// behind a colon.
func MaskRow(raw string) string {
	raw = attributes.ReplaceAllString(raw, `${1}"`+hiddenValue+`"`)
	raw = elements.ReplaceAllString(raw, "${1}"+hiddenValue+"<")
	raw = labelled.ReplaceAllString(raw, "${1}"+hiddenValue)
	return Mask(raw)
}

// Words of a title that speak of a person or a way to reach one.
const personalWords = `фамилия|имя|отчество|фио|руководител[ьяи]|директор|контакт|лпр|телефон|тел|моб|факс|e-?mail|почт|mail|phone|skype|telegram|whatsapp|viber|мессенджер`

var (
	mails   = regexp.MustCompile(`[^\s"'<>;,:()\[\]|=]+@[^\s"'<>;,()\[\]|]*`)
	handles = regexp.MustCompile(`(?i)(?:(?:t\.me|wa\.me|vk\.me|viber\.click)/\S+|(?:tel|viber|whatsapp|telegram|skype|max):\S+)|@\S*`)

	attributes = regexp.MustCompile(`(?i)([\s<](?:фамилия|имя|отчество|фио[\p{L}\d]*|тел[\p{L}\d]*|номтел[\p{L}\d]*|контакт[\p{L}\d]*|адрэлпочт[\p{L}\d]*|e-?mail)\s*=\s*)(?:"[^"]*"?|'[^']*'?)`)
	elements   = regexp.MustCompile(`(?i)(<(?:фамилия|имя|отчество|фио[\p{L}\d]*|тел[\p{L}\d]*|номтел[\p{L}\d]*|контакт[\p{L}\d]*|e-?mail)(?:\s[^<>]*)?>)[^<]*<`)
	labelled   = regexp.MustCompile(`(?i)((?:^|[^\p{L}])(?:` + personalWords + `)[\p{L}\d ._-]{0,30}"?\s*:\s*)(?:"[^"\n]*"?|[^;,|\t\n<>"]+)`)
)

const (
	letters    = `[А-ЯЁа-яё]`
	patronymic = `(?:[а-яё]+(?:ович|евич|овна|евна|ична)|ильич|кузьмич|лукич|фомич|никитич|саввич)(?:\s+(?:оглы|кызы))?`
)

// names are the forms in which people are named; what stands before is group 1, and
// after them group 2.
var names = []*regexp.Regexp{
	regexp.MustCompile(`(?i)((?:^|[^\p{L}])(?:ип|индивидуальный предприниматель|глава к\(?ф\)?х|гкфх)\s+)(?:` + letters + `[\p{L}.\-]*)(?:\s+` + letters + `[\p{L}.\-]*){0,3}`),
	regexp.MustCompile(`(?i)(^|[^\p{L}])(?:` + letters + `[\p{L}-]+\s+){1,2}` + patronymic + `(?:\s+` + letters + `[\p{L}-]+)?($|[^\p{L}])`),
	regexp.MustCompile(`(^|[^\p{L}])[А-ЯЁ][\p{L}-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.`),
	regexp.MustCompile(`(^|[^\p{L}])[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][\p{L}-]+`),
}

var (
	digitRuns = regexp.MustCompile(`(?:\+ ?)?\(?\d[\d \x{a0}\x{2009}().\-–—/]*\d`)
	numbered  = regexp.MustCompile(`(?i)(?:инн|огрн|огрнип|кпп|окпо|inn|ogrn)[\p{L}\d]*["'\s:=№]*$`)
	aDay      = regexp.MustCompile(`^(?:\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4})$`)
	codes     = regexp.MustCompile(`^\d\d(?:\.\d{1,2}){1,3}(?: \d\d(?:\.\d{1,2}){1,3})*$`)
	local     = regexp.MustCompile(`^\d{1,3}[- ]\d\d[- ]\d\d$`)
)

// markerBytes is how far before a number its name is looked for.
const markerBytes = 40

func maskPhones(text string) string {
	var out strings.Builder
	last := 0
	for _, at := range digitRuns.FindAllStringIndex(text, -1) {
		if looksDialable(text[max(last, at[0]-markerBytes):at[0]], text[at[0]:at[1]]) {
			out.WriteString(text[last:at[0]] + hiddenPhone)
			last = at[1]
		}
	}
	out.WriteString(text[last:])
	return out.String()
}

// looksDialable tells whether a run of digits may be a phone.
func looksDialable(before, run string) bool {
	run = strings.TrimSpace(run)
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, run)
	switch {
	case utf8.RuneCountInString(run) != len(digits):
		return local.MatchString(run) || len(digits) >= 10 && !days(run) && !codes.MatchString(run)
	case len(digits) == 10:
		return strings.ContainsRune("3489", rune(digits[0])) && !numbered.MatchString(before)
	}
	return len(digits) == 11
}

// days tells a run of dates: «2026-11-23 2026-11-24».
func days(run string) bool {
	for _, word := range strings.Fields(strings.NewReplacer("–", " ", "—", " ", " - ", " ").Replace(run)) {
		if !aDay.MatchString(word) {
			return false
		}
	}
	return true
}
