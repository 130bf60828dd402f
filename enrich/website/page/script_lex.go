package page

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokenMark tokenKind = iota
	tokenName
	tokenString // decoded
	tokenNumber
)

type token struct {
	kind tokenKind
	text string
}

const maxTokens = 8000

// lex takes a script apart. Comments are dropped; what is no token of a simple
// script becomes marks of one byte.
func lex(code string) []token {
	var out []token
	for i := 0; i < len(code) && len(out) < maxTokens; {
		c := code[i]
		switch {
		case c <= ' ':
			i++
		case strings.HasPrefix(code[i:], "//"), strings.HasPrefix(code[i:], "<!--"):
			i = skipTo(code, i, "\n")
		case strings.HasPrefix(code[i:], "/*"):
			i = skipTo(code, i+2, "*/")
		case c == '"' || c == '\'' || c == '`':
			text, n := unquote(code[i:])
			out = append(out, token{tokenString, text})
			i += n
		case nameByte(c) && (c < '0' || c > '9'):
			n := 1
			for i+n < len(code) && nameByte(code[i+n]) {
				n++
			}
			out = append(out, token{tokenName, code[i : i+n]})
			i += n
		case c >= '0' && c <= '9':
			n := 1
			for i+n < len(code) && nameByte(code[i+n]) {
				n++
			}
			out = append(out, token{tokenNumber, code[i : i+n]})
			i += n
		case strings.HasPrefix(code[i:], "+="):
			out = append(out, token{tokenMark, "+="})
			i += 2
		default:
			out = append(out, token{tokenMark, code[i : i+1]})
			i++
		}
	}
	return out
}

func skipTo(code string, from int, end string) int {
	if n := strings.Index(code[from:], end); n >= 0 {
		return from + n + len(end)
	}
	return len(code)
}

func nameByte(c byte) bool {
	return c == '_' || c == '$' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// unquote decodes the string literal with which s begins and returns its
// length; one that does not end goes to the end of the line.
func unquote(s string) (text string, n int) {
	var b strings.Builder
	quote := s[0]
	for i := 1; i < len(s); {
		switch c := s[i]; {
		case c == quote:
			return valid(b.String()), i + 1
		case c == '\n' && quote != '`':
			return valid(b.String()), i
		case c == '\\' && i+1 < len(s):
			r, k := escaped(s[i+1:])
			b.WriteString(r)
			i += 1 + k
		default:
			b.WriteByte(c)
			i++
		}
	}
	return valid(b.String()), len(s)
}

func valid(s string) string { return strings.ToValidUTF8(s, "") }

// escaped decodes what follows a backslash.
func escaped(s string) (text string, n int) {
	size := 0
	switch s[0] {
	case 'x':
		size = 2
	case 'u':
		size = 4
	case 'n', 't', 'r', '\n':
		return " ", 1
	}
	if size > 0 && len(s) > size {
		if v, err := strconv.ParseUint(s[1:1+size], 16, 32); err == nil {
			return string(rune(v)), 1 + size
		}
	}
	_, k := utf8.DecodeRuneInString(s)
	return s[:k], k
}
