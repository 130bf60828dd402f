package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a part of a line that is a legal name.
type span struct {
	from, to int
	person   bool   // an entrepreneur: the name is that of a person
	text     string // with the form spelled right
}

// shortForms are abbreviations of legal forms, which are written in capitals.
var shortForms = []string{
	"ООО", "ОАО", "ЗАО", "ПАО", "НПАО", "НАО", "АО", "ОДО", "ТОО", "ИП", "КФХ", "ФГУП", "ФГБУ", "ФГБОУ", "ФКУ", "ФКП",
	"ГУП", "ГБУ", "ГКУ", "МУП", "МКП", "МБУ", "СПК", "СХПК", "СХА", "АНО", "НКО", "ТНВ", "ЧУП", "ЧТУП", "РУП", "УП", "ИООО", "СООО", "ПК",
	"ТСЖ", "ТСН", "СНТ", "ЖСК", "ГСК",
}

// longForms begin a name that is spelled out, in small letters.
var longForms = []string{
	"общество с ограниченной ответственностью", "общество с дополнительной ответственностью",
	"публичное акционерное общество", "открытое акционерное общество", "закрытое акционерное общество",
	"непубличное акционерное общество", "акционерное общество", "индивидуальный предприниматель",
	"крестьянское (фермерское) хозяйство", "крестьянское фермерское хозяйство", "крестьянско-фермерское хозяйство",
	"глава кфх", "глава крестьянского (фермерского) хозяйства", "федеральное государственное унитарное предприятие",
	"государственное унитарное предприятие", "муниципальное унитарное предприятие",
	"сельскохозяйственный производственный кооператив", "производственный кооператив",
	"автономная некоммерческая организация", "общества с ограниченной ответственностью",
	"товарищество собственников жилья", "товарищество собственников недвижимости",
}

// shortForm and longByWord find a form by its first word.
var (
	shortForm  = wordSet(shortForms...)
	longByWord = func() map[string][]string {
		m := map[string][]string{}
		for _, f := range longForms {
			_, to := nextWord(f, 0)
			m[f[:to]] = append(m[f[:to]], f)
		}
		return m
	}()
	entrepreneur = wordSet("ИП", "индивидуальный предприниматель", "глава кфх", "глава крестьянского (фермерского) хозяйства")
)

// formAt finds the first form at or behind a place: where it begins and ends.
func formAt(text, low string, at int) (from, to int, person bool) {
	for {
		from, to = nextWord(text, at)
		if from < 0 {
			return -1, 0, false
		}
		if w := russianForm(text[from:to]); shortForm[w] {
			return from, to, entrepreneur[w]
		}
		if form, end := longForm(low, from, to); form != "" {
			return from, end, entrepreneur[form]
		}
		at = to
	}
}

// russianForm writes a short word in Russian letters if it is all in Latin ones
// that look like them: «OOO», «AO».
func russianForm(w string) string {
	const longest = 4
	if len(w) < 2 || len(w) > longest || strings.Trim(w, "OA") != "" {
		return w
	}
	return strings.NewReplacer("O", "О", "A", "А").Replace(w)
}

// hasFormWord tells cheaply that a form spelled out may stand in a text: the
// words by which the forms are told apart begin so. They stand behind a space,
// a colon, a bracket or a straight quote, with other marks between.
func hasFormWord(low string) bool {
	open := true
	for i := 0; i < len(low); i++ {
		switch c := low[i]; {
		case c == ' ' || c == ':' || c == '(' || c == '"':
			open = true
		case !open || c < utf8.RuneSelf && strings.IndexByte("'),.;-", c) >= 0:
		case c == 0xD0 || c == 0xD1:
			if startsAny(low[i:], formWords[:]...) {
				return true
			}
			open = false
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(low[i:])
			open = strings.ContainsRune("«»“”„–—", r)
			i += n - 1
		default:
			open = false
		}
	}
	return false
}

var formWords = [...]string{"общест", "предпри", "кооператив", "хозяйств", "глава к", "организаци", "товарищест"}

// longForm is the longest form spelled out whose first word is low[from:to],
// and where it ends.
func longForm(low string, from, to int) (form string, end int) {
	forms := longByWord[low[from:to]]
	for _, f := range forms {
		if strings.HasPrefix(low[from:], f) && wholeWord(low, from, from+len(f)) && len(f) > len(form) {
			form, end = f, from+len(f)
		}
	}
	if form != "" {
		return form, end
	}
	for _, f := range forms {
		if e := misspelt(low, f, from); e > 0 && len(f) > len(form) {
			form, end = f, e
		}
	}
	return form, end
}

const (
	stem    = 4 // letters by which a misspelt word of a form is known
	slips   = 2 // letters too many or too few
	precise = 6 // letters of a word that is to be right
)

// misspelt tells where a form ends whose longer words only begin and end as
// they should: «ограниченой ответсвенностью». 0 = it is not this form.
func misspelt(low, form string, from int) int {
	end, at := from, from
	for i := 0; ; {
		f, t := nextWord(form, i)
		if f < 0 {
			return end
		}
		w, e := nextWord(low, at)
		if w < 0 || w-at > 2 || !alike(low[w:e], form[f:t]) {
			return 0
		}
		i, at, end = t, e, e
	}
}

// alike tells a word from its right spelling: the same stem, the same end, and
// about as long.
func alike(word, right string) bool {
	if word == right {
		return true
	}
	w, r := []rune(word), []rune(right)
	if len(r) <= precise || len(w) < precise || max(len(w), len(r))-min(len(w), len(r)) > slips {
		return false
	}
	return string(w[:stem]) == string(r[:stem]) && w[len(w)-1] == r[len(r)-1]
}

// nameSpans finds the legal names of a line.
func nameSpans(text, low string) []span {
	var out []span
	for at := 0; len(out) < maxNames; {
		from, to, person := formAt(text, low, at)
		if from < 0 {
			return out
		}
		at = to
		// «ОАО „…“ (ООО „…“)»: the form may be told twice.
		if next, end, p := formAt(text, low, to); next >= 0 && strings.Trim(text[to:next], " (-–—,") == "" && next-to < 4 {
			at, to, person = end, end, p || person // «ИП Глава КФХ»
		}
		end := 0
		switch {
		case person:
			end = personEnd(text, to)
		default:
			end = firmEnd(text, to)
		}
		if end > to {
			out = append(out, span{from, end, person, rightForm(text[from:end])})
			at = end
		}
	}
	return out
}

// rightForm is a name with the form at its beginning spelled right, by which
// company.ParseName knows it.
func rightForm(name string) string {
	low := lower(name)
	_, to := nextWord(low, 0)
	if right := russianForm(name[:to]); right != name[:to] {
		return right + name[to:]
	}
	form, end := longForm(low, 0, to)
	if form == "" || low[:end] == form {
		return name
	}
	first, n := utf8.DecodeRuneInString(form)
	if capitals(name[:end]) {
		return strings.ToUpper(form) + name[end:]
	}
	return string(unicode.ToUpper(first)) + form[n:] + name[end:]
}

const (
	openQuotes  = "«“„\"‹'"
	closeQuotes = "»”“\"›'"
	quoteWithin = 90  // bytes between the form and the name in quotes
	longestName = 240 // bytes in quotes
)

// firmEnd is where the name behind a form ends: behind the quotes, the inner
// ones included, else behind the words in capitals.
func firmEnd(text string, at int) int {
	i := at
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if strings.ContainsRune(openQuotes, r) {
			if i-at > quoteWithin {
				break
			}
			if end := quoteEnd(text, i); end > 0 {
				return end
			}
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' && r != '-' && r != '–' && r != '&' || i-at > quoteWithin {
			break
		}
		i += n
	}
	return capitalsEnd(text, at)
}

// quoteEnd finds the end of a quotation that begins at a place. Inner
// quotations are often opened and not closed.
func quoteEnd(text string, at int) int {
	depth, last := 0, 0
	limit := min(len(text), at+longestName)
	prev := ' '
	for i := at; i < limit; {
		r, n := utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[i+n:])
		opens := strings.ContainsRune(openQuotes, r)
		closes := strings.ContainsRune(closeQuotes, r)
		if opens && closes { // the same mark on both sides
			opens = !inWord(prev) && inWord(next)
			closes = !opens
		}
		switch {
		case opens:
			depth++
		case closes && i > at:
			depth--
			last = i + n
			if depth <= 0 {
				return last
			}
		}
		prev = r
		i += n
		if last > 0 && (r == ',' || r == ';' || r == ':' || unicode.IsDigit(r)) {
			break
		}
	}
	return last
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == ')' || r == '!'
}
