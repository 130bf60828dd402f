package requisite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/pipeline/company"
)

// named is a legal name met on the page.
type named struct {
	text   string
	weight int
}

// leastWeight is what a name needs to be taken for the firm's own.
const leastWeight = 3

// names are the firm's own legal names, the surest first.
func (r *reader) names(f *finding.Page) []string {
	var all []named
	at := map[string]int{}
	add := func(text string, weight int) {
		text = tidyName(text)
		n := company.ParseName(text)
		key := string(n.Form) + " " + n.Key()
		if n.Form == "" || n.Core == "" || utf8.RuneCountInString(n.Core) < 2 || blankName(lower(n.Core)) {
			return
		}
		if i, ok := at[key]; ok {
			// Said twice is surer, but three times in a list is not.
			all[i].weight = max(all[i].weight, weight)
			return
		}
		at[key] = len(all)
		all = append(all, named{text, weight})
	}
	for _, s := range r.structured().names {
		add(s, leastWeight+4)
	}
	met := r.met()
	numbered := len(f.INNs)+len(f.OGRNs) > 0
	carded := r.carded(met)
	for _, m := range met {
		weight, own := r.nameWeight(m, numbered)
		if own && m.alone && (carded || ending(&r.lines[m.line])) {
			weight += r.cardWeight(m.line)
		}
		add(m.text, weight)
	}
	if !slices.ContainsFunc(all, func(n named) bool { return n.weight >= leastWeight }) {
		for _, s := range titleNames(r.page) {
			add(s, leastWeight)
		}
	}
	all = slices.DeleteFunc(all, func(n named) bool { return n.weight < leastWeight })
	slices.SortStableFunc(all, func(a, b named) int { return b.weight - a.weight })
	var out []string
	for _, n := range all[:min(len(all), keepNames)] {
		out = append(out, n.text)
	}
	return out
}

// spelled is a name with its place in the line.
type spelled struct {
	from, to int
	text     string
	line     int
	alone    bool // nothing else is in the line
}

// met are the names of all lines.
func (r *reader) met() []spelled {
	var out []spelled
	for i := range r.lines {
		l := &r.lines[i]
		for _, s := range r.spans(i) {
			if len(out) >= maxNames {
				return out
			}
			s.line = i
			s.alone = strings.Trim(l.text[:s.from]+l.text[s.to:], " .,;:") == ""
			l.named = true
			out = append(out, s)
		}
	}
	return out
}

// carded tells that few names have lines of their own in the body, so that they
// may be those of cards.
func (r *reader) carded(met []spelled) bool {
	seen := map[string]bool{}
	for _, m := range met {
		if m.alone && !ending(&r.lines[m.line]) {
			seen[company.ParseName(m.text).Key()] = true
		}
	}
	return len(seen) <= mostCards
}

// spans are the names of a line; one that begins at the end of the line goes
// on in the next: «Общество с ограниченной ответственностью» / «„Вега“».
func (r *reader) spans(i int) []spelled {
	l := &r.lines[i]
	var out []spelled
	if !l.upper && !hasFormWord(l.lower) {
		return nil
	}
	for _, s := range nameSpans(l.text, l.lower) {
		out = append(out, spelled{from: s.from, to: s.to, text: s.text})
	}
	if i+1 >= len(r.lines) || len(l.text) > longestName {
		return out
	}
	next := &r.lines[i+1]
	if from, to, person := formAt(l.text, l.lower, 0); person && from == 0 && strings.Trim(l.text[to:], " :") == "" && (l.Table == 0 || next.Table == l.Table && next.Row == l.Row) {
		person, _ := strings.CutPrefix(next.text, "ФИО:")
		if end := personEnd(person, 0); end > 0 {
			return append(out, spelled{to: len(l.text), text: l.text[:to] + " " + strings.TrimSpace(person[:end])})
		}
	}
	quote := quoteBegins(next.text)
	if quote < 0 || next.Table != l.Table {
		return out
	}
	end := quoteEnd(next.text, quote)
	if end == 0 {
		return out
	}
	if n := len(out); n > 0 {
		if last := &out[n-1]; quote == 0 && last.to == len(l.text) && !strings.ContainsAny(last.text, openQuotes+closeQuotes) {
			last.text += " " + next.text[:end]
		}
		return out
	}
	if from, to, _ := formAt(l.text, l.lower, 0); from >= 0 && strings.TrimSpace(l.text[to:]) == "" && (quote == 0 || from == 0) {
		out = append(out, spelled{from: from, to: len(l.text), text: l.text[from:] + " " + next.text[:end]})
	}
	return out
}

// quoteBegins is where the name in quotes begins with which a line goes on, -1
// if it does not: «„Вега“», «торговый дом „Вега“».
func quoteBegins(text string) int {
	const most = 60 // bytes of words before it
	i := strings.IndexAny(text, openQuotes)
	if i > most {
		return -1
	}
	for _, r := range text[:max(i, 0)] {
		if r != ' ' && r != '-' && !unicode.IsLower(r) {
			return -1
		}
	}
	return i
}

// tidyName drops what surrounds a name.
func tidyName(s string) string {
	s = strings.Trim(oneLine(s), " ,;:–—-")
	if cut := strings.TrimSuffix(s, "."); cut != s {
		if i := strings.LastIndexAny(cut, " ."); len(cut)-i > len("Я.") { // no initial
			return cut
		}
	}
	return s
}

// blankName tells names that templates and forms show.
func blankName(core string) bool {
	return hasAny(core, "название", "наименование", "ваша компания", "рога и копыта", "компания»", "___", "example", "фио", "ф.и.о") ||
		core == "компания" || core == "ромашка" || core == "название компании"
}

// nameLabels stand before the firm's own name, in small letters.
var nameLabels = []string{
	"наименование", "название организации", "название компании", "название юр", "юридическое лицо", "юр. лицо", "юр.лицо", "оператор", "исполнитель", "продавец",
	"правообладател", "владелец сайта", "организация:", "организация —", "компания:", "администрация сайта", "администрации сайта",
}

// nameWeight is how sure it is that a name is the firm's own, as far as its own
// line and its label tell; not own is said to be somebody else's.
func (r *reader) nameWeight(m spelled, numbered bool) (weight int, own bool) {
	i, from, to, name := m.line, m.from, m.to, m.text
	l := &r.lines[i]
	front := before(l.lower, from, 160)
	behind := l.lower[to:min(len(l.lower), to+260)]
	label := r.labelOf(i, front)
	w := r.whose(i, from)
	named := strings.Contains(label, "наименование") && (!bankName(label) || strings.Contains(label, "фирменное")) // «фирменное наименование Банка»: the site is a bank's
	bank := bankName(lower(name)) && !named && (hasAny(l.lower, bankMarks...) || strings.HasSuffix(strings.TrimRight(front, " «\""), " в") ||
		bankName(label) || w.near || l.topic == topicBank)
	branded := r.branded(name)
	listed := branded && l.topic == topicAlien && r.ownerOf(i, from) != ownerOther // the firm itself, told among its clients
	if w.other && !listed || bank || bankName(label) && !named || hasAny(behind, "— разработ", "- разработ") {
		return 0, false
	}
	if hasAny(label, nameLabels...) || strings.Contains(label, "реквизит") && !hasAny(label, "банк", "платеж", "платёж", "оплат") {
		weight += 4
	}
	if hasAny(front, "©", "copyright", "(c)", "(с)") || hasAny(behind, "©", "все права защищены") {
		weight += 4
	}
	if w.ending {
		weight += 2
	}
	if numbered && r.numbersNear(i, behind) {
		weight += 3
	}
	if branded {
		weight += 3
	}
	if w.listed || l.Heading > 0 && l.Heading < page.Bold {
		weight++
	}
	if hasAny(behind, "(далее", "далее –", "далее —", ", далее") {
		weight += 3
	}
	if inProse(front) || w.doubt {
		weight -= 3
	}
	return weight, true
}

// labelOf is what stands before a name: in its line, in the cell to the left,
// or in the line above.
func (r *reader) labelOf(i int, front string) string {
	if strings.Trim(front, " «\"") != "" {
		return front
	}
	l := &r.lines[i]
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		above := &r.lines[j]
		if above.text == "" {
			continue
		}
		if l.Table > 0 && (above.Table != l.Table || above.Row != l.Row) {
			return ""
		}
		if len(above.lower) < 160 {
			return above.lower
		}
		return ""
	}
	return ""
}

// inProse tells that a small word leads to the name: «для ООО», «с ЗАО», and
// none of those by which a firm speaks of itself.
func inProse(front string) bool {
	words := strings.FieldsFunc(front, func(r rune) bool { return strings.ContainsRune(" «»\"“”()", r) })
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	return slices.Contains([]string{
		"для", "с", "от", "к", "в", "на", "у", "из", "и", "по", "завода", "компании", "предприятия", "директор", "клиент", "заказчик", "дилер",
		"дилером", "представителем", "представитель", "партнером", "партнёром", "сотрудник", "холдинга", "состав", "директора", "также",
	}, last)
}
