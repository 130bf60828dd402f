package robots

import "strings"

// pattern is the path of a rule, ready to be compared.
type pattern struct {
	form   form
	ends   bool // "$": the URI must end here
	octets int
}

// form is a path and query in two spellings that compare alike. They differ in
// whether ":", "/", "?" and "@" in the query are encoded: RFC 9309 (section
// 2.2.2) takes "?u=https://a" and "?u=https%3A%2F%2Fa" for the same, yet a rule
// like "*/a" means a slash wherever it stands.
type form struct{ plain, query string }

func patternOf(path string) pattern {
	if path[0] != '/' && path[0] != '*' && path[0] != '$' {
		path = "/" + path // the RFC has no such path; it can mean nothing else
	}
	text, ends := strings.CutSuffix(path, "$")
	var p pattern
	p.form = formOf(text, true)
	p.ends = ends
	p.octets = len(p.form.plain)
	if ends {
		p.octets++
	}
	return p
}

func targetOf(uri string) form { return formOf(uri, false) }

// length is the number of octets by which rules are ranked.
func (p pattern) length() int { return p.octets }

func (p pattern) size() int {
	if p.form.query == p.form.plain {
		return len(p.form.plain)
	}
	return len(p.form.plain) + len(p.form.query)
}

func (p pattern) matches(target form) bool {
	if glob(p.form.plain, p.ends, target.plain) {
		return true
	}
	if p.form.plain == p.form.query && target.plain == target.query {
		return false
	}
	return glob(p.form.query, p.ends, target.query)
}

// glob compares from the beginning. Each piece between stars is looked for
// once, at its first place, which suffices and keeps hostile files cheap.
func glob(pattern string, ends bool, s string) bool {
	piece, rest, star := strings.Cut(pattern, "*")
	s, ok := strings.CutPrefix(s, piece)
	if !ok || !star {
		return ok && (!ends || s == "")
	}
	for {
		piece, rest, star = strings.Cut(rest, "*")
		if !star && ends {
			return strings.HasSuffix(s, piece)
		}
		at := strings.Index(s, piece)
		if at < 0 || !star {
			return at >= 0
		}
		s = s[at+len(piece):]
	}
}

// formOf spells a text so that equal ones are equal: octets that need no
// encoding decoded, the others encoded in capitals. Of a rule's path "*" stays
// special; in a URI "*" and "$" are octets like others, and a rule that means
// them writes them encoded (RFC 9309, section 2.2.3).
func formOf(s string, rule bool) form {
	plain := spell(s, rule, false)
	if strings.IndexByte(plain, '?') < 0 {
		return form{plain, plain}
	}
	query := spell(s, rule, true)
	if query == plain {
		query = plain // one copy
	}
	return form{plain, query}
}

func spell(s string, rule, encodeQuery bool) string {
	if clean(s, rule) && !encodeQuery {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	inQuery := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if unreserved(c) {
				b.WriteByte(c)
			} else {
				encode(&b, c)
			}
			continue
		}
		switch {
		case c == '?' && !inQuery:
			inQuery = true
			b.WriteByte(c)
		case c == '*' && rule:
			b.WriteByte(c)
		case encodeQuery && inQuery && strings.IndexByte(":/?@[]", c) >= 0, !stays(c):
			encode(&b, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// clean tells texts that are spelled right already.
func clean(s string, rule bool) bool {
	for i := 0; i < len(s); i++ {
		if !stays(s[i]) && (!rule || s[i] != '*') {
			return false
		}
	}
	return true
}

// stays tells octets that are written as they are: those of RFC 3986 but for
// "%", which begins an encoding, and "*" and "$", which rules give a meaning.
func stays(c byte) bool {
	return unreserved(c) || strings.IndexByte(":/?[]@!&'()+,;=", c) >= 0
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}

func encode(b *strings.Builder, c byte) {
	const digits = "0123456789ABCDEF"
	b.WriteByte('%')
	b.WriteByte(digits[c>>4])
	b.WriteByte(digits[c&15])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	default:
		return c - 'a' + 10
	}
}
