package contact

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"obzvon/pipeline/company"
)

// mail is an e-mail in a text.
type mail struct {
	from, to int // bytes of the text
	address  string
}

func (m mail) span() (from, to int) { return m.from, m.to }

const (
	maxLocal  = 64  // RFC 5321
	maxDomain = 253 // RFC 1035
	maxMails  = 300 // of one text
)

// atWords stand for "@", dotWords for "." in disguises, in lower case.
var (
	atWords = []string{
		"[at]", "(at)", "{at}", "<at>", "[@]", "(@)", "{@}", "(a)", "[a]", "[собака]", "(собака)", "{собака}", "(гав)", "[dog]", "(dog)",
		" собака ", " at ",
	}
	dotWords = []string{"[dot]", "(dot)", "{dot}", "[.]", "(.)", "[точка]", "(точка)", "{точка}", " dot ", " точка "}
)

// lineEmails finds the e-mails of a text, disguised ones too. The host is that
// of the page: its own domain needs no known ending.
func lineEmails(s, host string) []mail {
	if !mayHoldEmail(s) {
		return nil
	}
	var out []mail
	floor := 0 // what stands before belongs to the address before
	for i := 0; i < len(s) && len(out) < maxMails; {
		at := nextAt(s, i)
		if at.from < 0 {
			break
		}
		if m, ok := emailAt(s, at, floor, host); ok {
			out = append(out, m)
			floor = m.to
		}
		i = max(at.to, floor)
		if to, glued := gluedAfter(s, at, host); glued {
			floor = max(floor, to)
		}
	}
	return out
}

// mayHoldEmail is the quick test of a text: most have none.
func mayHoldEmail(s string) bool {
	if strings.IndexByte(s, '@') >= 0 {
		return true
	}
	for i := 0; i < len(s); i++ {
		n := strings.IndexAny(s[i:], "[({<")
		if n < 0 || i+n+1 == len(s) {
			break
		}
		i += n
		if c := s[i+1]; !digit(c) && c != ' ' && c != ')' {
			return true
		}
	}
	return strings.Contains(s, " at ") || strings.Contains(s, " AT ") || strings.Contains(s, "обака") || strings.Contains(s, "ОБАКА")
}

// sign is an at sign or what stands for one.
type sign struct {
	from, to int
	plain    bool // a mere "@"
	word     bool // a word, which means "@" only with a disguised dot or in brackets
}

// nextAt finds the next at sign from i on.
func nextAt(s string, i int) sign {
	for ; i < len(s); i++ {
		switch c := s[i]; c {
		case '@':
			return sign{i, i + 1, true, false}
		case '[', '(', '{', '<', ' ':
			if c == ' ' && (i+1 == len(s) || s[i+1]|0x20 != 'a' && s[i+1] != 0xd0 && s[i+1] != 0xd1) {
				continue // neither «at» nor «собака»
			}
			for _, w := range atWords {
				if w[0] == c && foldedPrefix(s[i:], w) {
					if w == "(@)" || w == "[@]" || w == "{@}" {
						return sign{i, i + len(w), false, false}
					}
					return sign{i, i + len(w), false, c == ' '}
				}
			}
		}
	}
	return sign{from: -1}
}

// foldedPrefix tells whether s begins with a word in lower case, in any case.
func foldedPrefix(s, word string) bool {
	if len(s) < len(word) {
		return false
	}
	h := s[:len(word)]
	return h == word || strings.ToLower(h) == word
}

// emailAt reads the address around an at sign; it begins at floor or later.
func emailAt(s string, at sign, floor int, host string) (mail, bool) {
	domain, to, dots := domainAfter(s, at.to, at.plain, host)
	if end, glued := gluedAfter(s, at, host); glued {
		if domain, to = strings.ToLower(s[at.to:end]), end; knownDomain(domain, host) != domain {
			return mail{}, false
		}
	}
	if domain == "" || at.word && dots == 0 {
		return mail{}, false
	}
	from := localBefore(s, at, cyrillic(domain), floor)
	if from < 0 {
		return mail{}, false
	}
	local := strings.TrimRight(s[from:at.from], " ")
	if rest := strings.TrimPrefix(strings.ToLower(local), "e-mail"); rest != "" && letter(rune(rest[0])) {
		local = rest // the label without a space
	}
	address, ok := cleanEmail(local + "@" + domain)
	return mail{from, to, address}, ok
}

// localBefore finds where the name before an at sign begins, at floor or
// later; -1 for none.
func localBefore(s string, at sign, letters bool, floor int) int {
	end := at.from
	for end > floor && s[end-1] == ' ' && at.from-end < 2 {
		end--
	}
	if end < at.from && at.plain && (at.to >= len(s) || s[at.to] != ' ') && !mailWord(tail(s[:end], 60)) {
		return -1 // «Instagram @name.ru» is a handle
	}
	from := end
	for from > floor && end-from < maxLocal {
		c := s[from-1]
		if alnum(c) || strings.IndexByte("._%+-'", c) >= 0 {
			from--
			continue
		}
		if r, n := utf8.DecodeLastRuneInString(s[:from]); letters && n > 1 && unicode.IsLetter(r) {
			from -= n
			continue
		}
		break
	}
	for from < end && strings.IndexByte(".'-%+", s[from]) >= 0 {
		from++
	}
	if from == end {
		return -1
	}
	return from
}

// mailWord tells words that announce an e-mail.
func mailWord(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "mail") || strings.Contains(s, "почт") || strings.Contains(s, "мейл")
}

// domainAfter reads the domain behind an at sign, up to two spaces away, and
// counts its disguised dots.
func domainAfter(s string, i int, plain bool, host string) (domain string, to, dots int) {
	for spaces := 0; i < len(s) && s[i] == ' ' && spaces < 2; spaces++ {
		i++
	}
	first, _ := utf8.DecodeRuneInString(s[i:])
	wide := first >= utf8.RuneSelf
	var b strings.Builder
	to = i
	for i < len(s) && b.Len() < maxDomain {
		r, n := utf8.DecodeRuneInString(s[i:])
		if domainRune(r, wide) {
			b.WriteRune(r)
			i += n
			to = i
			continue
		}
		if n = dotWord(s[i:], plain); n == 0 {
			break
		}
		b.WriteByte('.')
		i += n
		dots++
	}
	domain = strings.Trim(strings.ToLower(b.String()), ".-")
	return knownDomain(domain, host), to, dots
}

// domainRune tells the letters of a domain: Latin ones, or of one that begins
// otherwise Cyrillic ones, so that a word glued to it ends it.
func domainRune(r rune, wide bool) bool {
	switch {
	case r >= '0' && r <= '9', r == '-', r == '.':
		return true
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		return !wide
	}
	return wide && unicode.Is(unicode.Cyrillic, r)
}

// dotWord is the length of what stands for a dot where s begins, spaces
// included; 0 for none.
func dotWord(s string, plain bool) int {
	spaces := len(s) - len(strings.TrimLeft(s, " "))
	if spaces > 1 {
		return 0
	}
	for _, w := range dotWords {
		if w[0] == ' ' {
			if foldedPrefix(s, w) && !plain {
				return len(w)
			}
			continue
		}
		if foldedPrefix(s[spaces:], w) {
			n := spaces + len(w)
			if n < len(s) && s[n] == ' ' {
				n++
			}
			return n
		}
	}
	return 0
}

// knownDomain drops labels glued to the end, until the last one is in the list
// of public suffixes or the rest is the host's own; "" for no domain.
func knownDomain(d, host string) string {
	for range 3 {
		if !strings.Contains(d, ".") {
			return ""
		}
		ascii := d
		if cyrillic(d) {
			ascii = asciiDomain(d)
		}
		if suffix, icann := publicsuffix.PublicSuffix(ascii); ascii != "" && suffix != ascii && (icann || strings.Contains(suffix, ".")) {
			return d
		}
		if ownDomain(d, host) {
			return d
		}
		d = strings.TrimRight(d[:strings.LastIndexByte(d, '.')], ".-")
	}
	return ""
}

func cyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// mailtoValues reads the addresses of a mailto link, without its query.
func mailtoValues(s, host string) []string {
	s, _, _ = strings.Cut(s, "?")
	if u, err := url.PathUnescape(s); err == nil && utf8.ValidString(u) {
		s = u
	}
	s = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "mailto:")
	var out []string
	for _, m := range lineEmails(head(s, 1000), host) {
		out = append(out, m.address)
	}
	return out
}

// cleanEmail gives the canonical form: lower case, the domain in Unicode.
func cleanEmail(s string) (string, bool) {
	emails, rest := company.ParseEmails(s)
	if len(emails) != 1 || len(rest) > 0 {
		return "", false
	}
	return emails[0].Address, true
}
