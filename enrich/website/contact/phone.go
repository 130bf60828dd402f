package contact

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// lineNumbers finds the numbers of a line.
func (r *reader) lineNumbers(i int) []number {
	l := &r.page.Lines[i]
	text := l.Text
	if !manyDigits(text) {
		r.note(i, codesOf(text))
		return nil
	}
	lead := r.danglingCode(i)
	labelled := func(from, to int) bool {
		return phoneWord(tail(text[:max(0, from-lead)], 60)) || r.inPhoneLink(i, from-lead, to-lead) ||
			from == lead && i > 0 && labelLine(r.page.Lines[i-1].Text) && phoneWord(r.page.Lines[i-1].Text)
	}
	if lead > 0 {
		text = tail(r.page.Lines[i-1].Text, lead-1) + " " + text
	}
	all := numbers(text, labelled)
	for k := range all {
		n := &all[k]
		n.from, n.to = max(0, n.from-lead), max(0, n.to-lead)
	}
	return r.withCarried(i, all)
}

// leastDigits are the fewest digits of a line in which a phone is looked for.
const leastDigits = 5

func manyDigits(s string) bool {
	n := 0
	for i := range len(s) {
		if digit(s[i]) {
			if n++; n >= leastDigits {
				return true
			}
		}
	}
	return false
}

// danglingCode is the length, with the space to put behind it, of a code with
// which the line before ends, when this one begins with the rest of the
// number: «+7 (342)» above «210-17-80».
func (r *reader) danglingCode(i int) int {
	text := r.page.Lines[i].Text
	if i == 0 || !digit(text[0]) {
		return 0
	}
	before := r.page.Lines[i-1].Text
	code := strings.TrimRight(before, ")")
	if code == before {
		return 0
	}
	from := strings.LastIndexByte(code, '(')
	if from < 0 || len(code)-from-1 < 3 || len(code)-from-1 > 5 || strings.Trim(code[from+1:], "0123456789") != "" {
		return 0
	}
	first := scanRun(text, 0)
	if n := len(first.digits) + len(code) - from - 1; n != 10 {
		return 0
	}
	for _, lead := range [...]string{"+7 ", "+7", "8 ", "8-", "8"} {
		if strings.HasSuffix(before[:from], lead) {
			from -= len(lead)
			break
		}
	}
	return len(before) - from + 1
}

// inPhoneLink tells that the bytes stand in a link that dials.
func (r *reader) inPhoneLink(i, from, to int) bool {
	for _, k := range r.page.Lines[i].Links {
		if scheme, _ := schemeOf(k.Href); (scheme == "tel" || scheme == "callto") && k.From < to && k.To > from {
			return true
		}
	}
	return false
}

// phoneValues reads what a link dials: «+7(342)210-17-80», «8342…,12».
func phoneValues(s string) []string {
	if u, err := url.PathUnescape(s); err == nil {
		s = u
	}
	s, _, _ = strings.Cut(s, "?")
	s = strings.TrimPrefix(strings.TrimLeft(strings.TrimSpace(s), "/"), "tel:")
	if !utf8.ValidString(s) {
		return nil
	}
	// A pause is how a link dials an extension.
	if main, ext, ok := strings.Cut(s, ","); ok {
		if ext = strings.Trim(ext, ", "); ext != "" && len(ext) <= maxExt && strings.Trim(ext, "0123456789") == "" {
			s = main + ";ext=" + ext
		}
	}
	phones, _ := company.ParsePhones(s, "", "")
	var out []string
	for _, p := range phones {
		out = append(out, p.Value())
	}
	return out
}

// phoneWord tells words that announce a phone.
func phoneWord(s string) bool {
	s = strings.ToLower(s)
	for _, w := range [...]string{
		"тел", "факс", "phone", "моб", "сот.", "сотов", "звон", "☎", "📞", "📱", "✆", "whatsapp", "ватсап", "viber", "вайбер", "tel", "fax",
		"диспетчер", "приемн", "приёмн", "горячая линия", "контакт", "многокан",
	} {
		if strings.Contains(s, w) {
			return true
		}
	}
	for _, w := range [...]string{"т.", "т:", "ф.", "ф:", "м.", "м:", "т ."} {
		at := strings.LastIndex(s, w)
		if at < 0 {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		if !unicode.IsLetter(before) && len(s)-at <= len(w)+4 {
			return true
		}
	}
	return false
}

// hinted tells that what follows is an example of how to fill in a form.
func hinted(before string) bool {
	before = strings.ToLower(tail(before, 48))
	for _, w := range [...]string{"например", "пример", "образец", "в формате", "e.g.", "for example"} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}
