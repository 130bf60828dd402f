package erasure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

// text is what is searched.
type text interface{ ~string | ~[]byte }

// span is where a forgotten value stands.
type span struct {
	from, to int
	kind     kind
}

const (
	maxNumber = 15 // digits, of E.164 and of an ОГРНИП
	maxGap    = 4  // separators between two digits of a number
	maxEmail  = 320
)

// mode says how a text is searched.
type mode uint8

const (
	loose mode = 1 << iota // binary data: a number or an address may be glued to its neighbours
	firms                  // the ИНН of a legal entity whose people were forgotten counts too
)

// search hands what was forgotten to found, from left to right, until it returns
// false.
func search[T text](f *Forgotten, t T, m mode, found func(span) bool) {
	numbers := len(f.by[kindPhone])+len(f.by[kindAbroad])+len(f.by[kindSole])+len(f.by[kindOGRN]) > 0 ||
		m&firms != 0 && len(f.by[kindPeople]) > 0
	emails := len(f.by[kindEmail]) > 0
	for i := 0; i < len(t); i++ {
		c := t[i]
		var s span
		ok := false
		switch {
		case numbers && c >= '0' && c <= '9' && (i == 0 || !digit(t[i-1])):
			s, ok = numberAt(f, t, i, m)
		case emails && c == '@':
			s, ok = emailAt(f, t, i, m)
		}
		if !ok {
			continue
		}
		if !found(s) {
			return
		}
		i = s.to - 1
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// numberAt looks for a number that begins at a digit.
func numberAt[T text](f *Forgotten, t T, from int, m mode) (span, bool) {
	var number [maxNumber + 1]byte
	number[0] = '+'
	n, at, plain := 0, from, true
	for n < maxNumber && at < len(t) && digit(t[at]) {
		n++
		number[n] = t[at]
		at++
		ends := at == len(t) || !digit(t[at])
		if ends || m&loose != 0 && (n == 10 || n == 11) {
			if k, ok := numberOf(f, number[:n+1], plain && ends, m); ok {
				return widened(t, span{from, at, k}), true
			}
		}
		if ends {
			next := at + gap(t, at)
			if next == at {
				break
			}
			at, plain = next, false
		}
	}
	return span{}, false
}

// numberOf tells what the digits behind a "+" are. Plain are those written without
// gaps, as ИНН and ОГРН are.
func numberOf(f *Forgotten, number []byte, plain bool, m mode) (kind, bool) {
	digits := number[1:]
	var seven [12]byte
	switch n := len(digits); {
	case n == 10 && f.remembers(kindPhone, append(append(seven[:0], "+7"...), digits...)):
		return kindPhone, true
	case n == 11 && (digits[0] == '7' || digits[0] == '8') && f.remembers(kindPhone, append(append(seven[:0], "+7"...), digits[1:]...)):
		return kindPhone, true
	case n == 10 && plain && m&firms != 0 && f.remembers(kindPeople, digits):
		return kindPeople, true
	case n == 12 && plain && f.remembers(kindSole, digits):
		return kindSole, true
	case n == 11 && plain && f.remembers(kindSole, append(append(seven[:0], '0'), digits...)): // a table took it for a number
		return kindSole, true
	case n == 15 && plain && f.remembers(kindOGRN, digits):
		return kindOGRN, true
	case n >= 8 && f.remembers(kindAbroad, number):
		return kindAbroad, true
	}
	return 0, false
}

// widened takes in the plus sign before a number and the extension behind it.
func widened[T text](t T, s span) span {
	if s.kind != kindPhone && s.kind != kindAbroad {
		return s
	}
	if s.from > 0 && t[s.from-1] == '+' {
		s.from--
	}
	for _, ext := range []string{";ext=", " доб. ", " доб.", ", доб. "} {
		end := s.to + len(ext)
		if end >= len(t) || string(t[s.to:end]) != ext || !digit(t[end]) {
			continue
		}
		for end < len(t) && digit(t[end]) {
			end++
		}
		s.to = end
		break
	}
	return s
}

// separators stand between the digits of a number, as people and pages write it.
var separators = []string{
	" ", "-", "(", ")", ".", "/", "\t", "%20", "&nbsp;", "&#160;",
	"\u00a0", "\u202f", "\u2009", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212",
	"\xa0", "\x96", "\x97", // no-break space and dashes of Windows-1251
}

// gap is the length of the separators at a place that a digit follows, 0 if they
// are none.
func gap[T text](t T, from int) int {
	at := from
	for range maxGap {
		n := separatorAt(t, at)
		if n == 0 {
			return 0
		}
		at += n
		if at < len(t) && digit(t[at]) {
			return at - from
		}
	}
	return 0
}

func separatorAt[T text](t T, at int) int {
	if at >= len(t) {
		return 0
	}
	switch c := t[at]; {
	case c == ' ' || c == '-' || c == '(' || c == ')':
		return 1
	case c != '.' && c != '/' && c != '\t' && c != '%' && c != '&' && c < utf8.RuneSelf:
		return 0
	}
	for _, s := range separators {
		if end := at + len(s); end <= len(t) && t[at] == s[0] && string(t[at:end]) == s {
			return len(s)
		}
	}
	return 0
}

// emailAt looks for an address around an "@".
func emailAt[T text](f *Forgotten, t T, at int, m mode) (span, bool) {
	from := max(0, at-maxEmail)
	before, after := string(t[from:at]), string(t[at+1:min(len(t), at+1+maxEmail)])
	local := before[len(before)-localLen(before):]
	domain := after[:domainLen(after)]
	if local == "" || domain == "" {
		return span{}, false
	}
	for _, d := range shorter(domain) {
		for l := local; l != ""; l = next(l, m) {
			if f.remembers(kindEmail, address(l, d)) {
				return span{at - len(l), at + 1 + len(d), kindEmail}, true
			}
		}
	}
	return span{}, false
}

// localLen is how much of the end of a text can stand before an "@".
func localLen(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeLastRuneInString(s[:len(s)-n])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&'*+-=^_`{}~.", r) {
			break
		}
		n += size
	}
	return n
}

func domainLen(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' {
			break
		}
		n += utf8.RuneLen(r)
	}
	return n
}

// shorter are the domains that a text may begin with: its end may be a full stop,
// or a word that was glued to it.
func shorter(domain string) []string {
	out := []string{strings.TrimRight(domain, ".-")}
	if i := strings.LastIndexByte(out[0], '.'); i > 0 && ascii(out[0][:i]) && !ascii(out[0][i:]) {
		out = append(out, strings.TrimRight(out[0][:i], ".-"))
	}
	return out
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// address is the form in which addresses are kept, nil if it is none.
func address(local, domain string) []byte {
	whole := strings.ToLower(local + "@" + domain)
	if ascii(whole) && !strings.Contains(domain, "--") { // no other form than this
		return []byte(strings.TrimLeft(whole, ".'"))
	}
	if emails, _ := company.ParseEmails(whole); len(emails) == 1 {
		return []byte(emails[0].Address)
	}
	return nil
}

// next is the local part that is tried after another.
func next(local string, m mode) string {
	if m&loose == 0 {
		return afterGlue(local)
	}
	_, size := utf8.DecodeRuneInString(local)
	return local[size:]
}

// afterGlue is what stands behind the first sign that joins other things to an
// address more often than it is part of one, "" if there is none.
func afterGlue(local string) string {
	letters := false
	for i, r := range local {
		switch {
		case strings.ContainsRune("!#$%&'*=^`{}~", r):
			return local[i+utf8.RuneLen(r):]
		case r >= utf8.RuneSelf:
			letters = true
		case letters && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'):
			return local[i:]
		}
	}
	return ""
}
