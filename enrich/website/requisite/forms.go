package requisite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a part of a line that is a legal name.
type span struct {
	from, to int
	person   bool // an entrepreneur: the name is that of a person
}

// shortForms are abbreviations of legal forms, which are written in capitals.
var shortForms = []string{
	"ООО", "ОАО", "ЗАО", "ПАО", "НПАО", "НАО", "АО", "ОДО", "ТОО", "ИП", "КФХ", "ФГУП", "ФГБУ", "ФГБОУ", "ФКУ", "ФКП",
	"ГУП", "ГБУ", "ГКУ", "МУП", "МКП", "МБУ", "СПК", "СХПК", "СХА", "АНО", "НКО", "ТНВ", "ЧУП", "ЧТУП", "РУП", "УП", "ИООО", "СООО", "ПК",
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
		if w := text[from:to]; shortForm[w] {
			return from, to, entrepreneur[w]
		}
		best := ""
		for _, f := range longByWord[low[from:to]] {
			if strings.HasPrefix(low[from:], f) && wholeWord(low, from, from+len(f)) && len(f) > len(best) {
				best = f
			}
		}
		if best != "" {
			return from, from + len(best), entrepreneur[best]
		}
		at = to
	}
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
			out = append(out, span{from, end, person})
			at = end
		}
	}
	return out
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
