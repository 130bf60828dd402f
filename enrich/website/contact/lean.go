package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// lean reads what follows a number and leans on it: extensions, numbers
// without its code, other ends. i is where reading goes on.
func lean(s string, out []number, i *int) []number {
	n := out[len(out)-1]
	*i = n.to
	out = extend(s, out, i)
	out = bracketed(s, out, i)
	for range maxNumbers {
		if end, to, ok := dashedEnd(s, *i, n); ok {
			*i = to
			out = append(out, end)
			continue
		}
		at, slash, ok := parted(s, *i)
		if !ok {
			return out
		}
		short, to, ok := shortAt(s, at, n, slash)
		if !ok {
			return out
		}
		*i = to
		out = append(out, number{from: at, to: to, phone: short, raw: n.raw})
		out = extend(s, out, i)
	}
	return out
}

// extend puts extensions on the number read last. Several make several
// numbers.
func extend(s string, out []number, i *int) []number {
	at := len(out) - 1
	ext, to, ok := extensionAt(s, *i)
	if !ok {
		return out
	}
	out[at].phone.Ext, out[at].to, *i = ext, to, to
	for range maxExtensions {
		ext, to, ok = moreExtension(s, *i)
		if !ok {
			break
		}
		more := out[at]
		more.phone.Ext, more.from, more.to = ext, *i, to
		*i = to
		out = append(out, more)
	}
	return out
}

// bracketed reads digits in brackets: another end as «456-49-53(54)», else an
// extension as «456-49-53 (115)».
func bracketed(s string, out []number, i *int) []number {
	at := len(out) - 1
	n := out[at]
	rest := strings.TrimLeft(s[*i:], " ")
	in, ok := strings.CutPrefix(rest, "(")
	if !ok || n.phone.Ext != "" {
		return out
	}
	end, _, ok := strings.Cut(head(in, maxExt+1), ")")
	if !ok || end == "" || strings.Trim(end, "0123456789") != "" {
		return out
	}
	from := len(s) - len(in)
	to := from + len(end) + 1
	if p, ok := otherEnd(n, end); ok {
		*i = to
		return append(out, number{from: from, to: to - 1, phone: p, raw: n.raw})
	}
	after := strings.TrimLeft(s[to:], " -")
	if len(end) >= 2 && len(end) <= 4 && n.phone.Kind != company.PhoneMobile && (after == "" || !digit(after[0])) {
		out[at].phone.Ext, out[at].to, *i = end, to, to
	}
	return out
}

// nearEnds is how far apart the ends of a firm's lines may be that are told by
// three digits or more; two digits are always an end.
const nearEnds = 20

// otherEnd tells another end of a number by the length of its last group.
func otherEnd(n number, end string) (company.Phone, bool) {
	r := scanRun(n.raw, 0)
	last := r.groups[len(r.groups)-1]
	if len(end) != last || last < 2 || last > 4 {
		return company.Phone{}, false
	}
	if last > 2 {
		if d := atoi(end) - atoi(string(r.digits[len(r.digits)-last:])); d < -nearEnds || d > nearEnds {
			return company.Phone{}, false
		}
	}
	return complete(n, end, end, true)
}

const (
	maxExt        = 6 // digits
	maxExtensions = 20
)

// extensionWords precede an extension, longest first.
var extensionWords = []string{
	"добавочный номер", "внутренний номер", "внутренний телефон", "внутренний тел.", "внутр. тел.", "внутр.тел.", "вн. тел.", "вн.тел.", "в/н", "добавочный", "добавочн.", "внутренний", "внутр.", "внутр", "добав.", "доб.ном.", "доб. номер",
	"доб.", "доб", "вн.", "вн", "extension", "ext.", "ext", "#", "*", ";ext=",
}

// extensionAt reads «доб. 12», «(доб. 12)», «, вн. 12», «#12» at i.
func extensionAt(s string, i int) (ext string, to int, ok bool) {
	rest := strings.TrimLeft(s[i:], " ,(-–—/")
	if len(s[i:])-len(rest) > 8 {
		return "", 0, false
	}
	at := len(s) - len(rest)
	folded := strings.ToLower(head(rest, 48))
	for _, w := range extensionWords {
		if !strings.HasPrefix(folded, w) {
			continue
		}
		from := at + len(w)
		if from > len(s) {
			return "", 0, false
		}
		from += len(s[from:]) - len(strings.TrimLeft(s[from:], " .:№-+"))
		ext, to, ok = extDigits(s, from)
		return ext, to, ok
	}
	return "", 0, false
}

// moreExtension reads «, 13», «или доб. 13» after an extension.
func moreExtension(s string, i int) (ext string, to int, ok bool) {
	if ext, to, ok = extensionAt(s, i); ok {
		return ext, to, ok
	}
	rest := s[i:]
	for _, sep := range [...]string{", ", ",", "/", " и ", " или "} {
		if strings.HasPrefix(rest, sep) {
			ext, to, ok = extDigits(s, i+len(sep))
			if ok && len(ext) >= 2 && len(ext) <= 4 && !strings.HasPrefix(s[to:], "-") && !strings.HasPrefix(s[to:], ":") &&
				!strings.HasPrefix(strings.TrimLeft(s[to:], " "), "(") && !nextDigit(s[to:]) {
				return ext, to, true
			}
			if ext, to, ok = extensionAt(s, i+len(sep)); ok {
				return ext, to, true
			}
		}
	}
	return "", 0, false
}

// nextDigit tells digits after a space: the number goes on.
func nextDigit(s string) bool { return len(s) > 1 && s[0] == ' ' && digit(s[1]) }

func extDigits(s string, from int) (ext string, to int, ok bool) {
	to = from
	for to < len(s) && digit(s[to]) {
		to++
	}
	if to == from || to-from > maxExt {
		return "", 0, false
	}
	ext = s[from:to]
	if strings.HasPrefix(s[to:], ")") {
		to++
	}
	r, _ := utf8.DecodeRuneInString(s[to:])
	return ext, to, to == len(s) || !unicode.IsLetter(r)
}

// dashedEnd reads another end with its dash at i: «210-17-80, -81».
func dashedEnd(s string, i int, n number) (number, int, bool) {
	rest := strings.TrimLeft(s[i:], " ")
	if rest == "" || strings.IndexByte(",;/(", rest[0]) < 0 {
		return number{}, 0, false
	}
	rest = strings.TrimLeft(rest[1:], " ")
	r, k := utf8.DecodeRuneInString(rest)
	if !dash(r) {
		return number{}, 0, false
	}
	from := len(s) - len(rest) + k
	c := from
	for c < len(s) && digit(s[c]) {
		c++
	}
	if after := s[c:]; c-from < 2 || after != "" && strings.IndexByte(" ,;/).", after[0]) < 0 || strings.HasPrefix(after, " -") {
		return number{}, 0, false
	}
	p, ok := otherEnd(n, s[from:c])
	return number{from: from, to: c, phone: p, raw: n.raw}, c, ok
}

// parted steps over what parts two numbers of a list.
func parted(s string, i int) (at int, slash, ok bool) {
	rest := s[i:]
	for _, sep := range [...]string{", ", ",", "; ", ";", " / ", "/ ", "/", " и ", " | "} {
		if strings.HasPrefix(rest, sep) {
			at = i + len(sep)
			return at, strings.Contains(sep, "/"), at < len(s) && digit(s[at])
		}
	}
	return 0, false, false
}

// shortAt reads a number without its code, or after a slash another end of the
// number n, that begins at i.
func shortAt(s string, i int, n number, slash bool) (company.Phone, int, bool) {
	r := scanRun(s, i)
	for g := len(r.groups) - 1; g >= 0; g-- {
		c, _ := r.cut(sum(r.groups[:g+1]))
		if len(c.digits) > 7 || !closes(s, c) || other(s, c) {
			continue
		}
		end := slash && g == 0 && len(c.digits) <= 4
		if !end && (len(c.digits) < 5 || !alike(n.raw, c)) {
			continue
		}
		if p, ok := complete(n, s[c.from:c.to], string(c.digits), end); ok {
			return p, c.to, true
		}
	}
	return company.Phone{}, 0, false
}

// alike tells that a short number is grouped as the end of the whole one is:
// a postcode or a price after a comma is not.
func alike(raw string, c run) bool {
	whole := scanRun(raw, 0)
	w := whole.groups[max(0, len(whole.groups)-len(c.groups)):]
	if len(c.groups) == 1 {
		return w[0] == c.groups[0]
	}
	return len(w) == len(c.groups) && w[len(w)-1] == c.groups[len(c.groups)-1] || c.dash
}

// complete gives a short number the code of the one before.
func complete(n number, raw, digits string, end bool) (company.Phone, bool) {
	if n.phone.Kind == company.PhoneForeign || end {
		if n.phone.Kind == company.PhoneTollFree || len(n.phone.E164)-len(digits) < 4 {
			return company.Phone{}, false
		}
		p, ok := company.PhoneFromValue(n.phone.E164[:len(n.phone.E164)-len(digits)] + digits)
		return p, ok && p.Kind == n.phone.Kind
	}
	phones, _ := company.ParsePhones(n.raw+", "+raw, "", "")
	if len(phones) != 2 || phones[0].E164 != n.phone.E164 {
		return company.Phone{}, false
	}
	return phones[1], true
}

func sum(all []int) int {
	n := 0
	for _, v := range all {
		n += v
	}
	return n
}
