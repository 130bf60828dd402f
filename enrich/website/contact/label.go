package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// label is what the page says of the value at [from:to] of a line: the words
// before it, else those in brackets or after a dash behind it, else a short
// line above that ends with a colon, is a heading, or stands in the same box.
func (r *reader) label(i, from, to int) string {
	text := r.page.Lines[i].Text
	if from > len(text) || to > len(text) || from > to {
		return ""
	}
	if l := cleanLabel(between(text[:from])); l != "" {
		return l
	}
	if l := labelAfter(text[to:]); l != "" {
		return l
	}
	return r.labelAbove(i)
}

// between is what stands between a value and the one before it, or before the
// one before that, if they are a list; without what speaks of the former in
// brackets behind it.
func between(s string) string {
	s = strings.TrimRight(s, "0123456789+(- –—,/")
	if code := strings.LastIndexByte(s, '('); strings.HasSuffix(s, ")") && strings.Trim(s[code+1:], "0123456789)") == "" {
		s = strings.TrimRight(s[:max(0, code)], "0123456789+- ")
	}
	at := strings.LastIndexAny(s, "0123456789@;|•·")
	if at < 0 {
		return s
	}
	mail := s[at] == '@'
	s = s[at+1:]
	if sp := strings.IndexAny(s, " ,"); sp >= 0 {
		s = s[sp:]
	} else if mail {
		return ""
	}
	s = strings.TrimLeft(s, " ,")
	if strings.HasPrefix(s, "(") {
		_, s, _ = strings.Cut(s, ")")
	}
	return s
}

// labelAfter reads «(отдел снабжения)» and « - отдел снабжения».
func labelAfter(s string) string {
	s = strings.TrimLeft(s, " ")
	if in, ok := strings.CutPrefix(s, "("); ok {
		if in, _, ok = strings.Cut(in, ")"); ok {
			return cleanLabel(in)
		}
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || !dash(r) {
		return ""
	}
	s = s[n:]
	if end := strings.IndexAny(s, "0123456789+@;|,"); end >= 0 {
		s = s[:end]
	}
	return cleanLabel(s)
}

// labelAbove looks at the lines above that may speak of this one.
func (r *reader) labelAbove(i int) string {
	lines := r.page.Lines
	l := &lines[i]
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		above := &lines[k]
		if above.Text == "" || above.Part != l.Part {
			continue
		}
		if !labelLine(above.Text) {
			if strings.ContainsAny(above.Text, "@0123456789") && above.Box == l.Box && above.Table == l.Table {
				continue // another number or address under the same label
			}
			return ""
		}
		near := above.Heading > 0 || strings.HasSuffix(above.Text, ":") || above.Box == l.Box && l.Box > 0 ||
			l.Table > 0 && above.Table == l.Table && above.Row == l.Row
		if !near {
			return ""
		}
		if label := cleanLabel(above.Text); label != "" {
			return label
		}
	}
	return ""
}

// labelLine tells a line that may be the label of the next: short, without
// values of its own.
func labelLine(s string) bool {
	return s != "" && len(s) <= maxLabel && !strings.ContainsAny(s, "@0123456789")
}

// plainWords say only that a value is a phone or an address of mail.
var plainWords = map[string]bool{
	"т": true, "тел": true, "телефон": true, "телефоны": true, "телефона": true, "tel": true, "phone": true, "моб": true, "мобильный": true,
	"сот": true, "сотовый": true, "cотовый": true, "контактный": true, "контактные": true, "многоканальный": true, "номер": true, "и": true, "e": true,
	"mail": true, "email": true, "почта": true, "электронная": true, "эл": true, "адрес": true, "электронной": true, "почты": true,
	"контакты": true, "связь": true, "звоните": true, "позвонить": true, "пишите": true, "написать": true, "нам": true, "по": true,
	"на": true, "наш": true, "наши": true, "или": true, "доб": true, "whatsapp": true, "viber": true, "telegram": true, "com": true, "ru": true,
	"skype": true, "скайп": true, "вайбер": true, "вотсап": true, "ватсап": true, "звонок": true, "бесплатный": true, "бесплатно": true,
}

// cleanLabel keeps what a label says beyond that, "" if nothing.
func cleanLabel(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && r != '»' && r != '«' && r != ')' && r != '"'
	})
	s = strings.TrimLeft(s, ")»")
	if at := strings.LastIndexAny(s, ".!?"); at >= 0 && at < len(s)-1 && s[at+1] == ' ' && len(s)-at > 12 {
		s = strings.TrimSpace(s[at+1:])
	}
	if len(s) > maxLabel {
		return ""
	}
	told := false
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		told = told || !plainWords[w] && utf8.RuneCountInString(w) > 1
	}
	if !told {
		return ""
	}
	return strings.TrimRight(strings.TrimSpace(s), " («\"")
}
