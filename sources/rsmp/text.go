package rsmp

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// checkText checks what stands between tags, but for its characters.
func checkText(b []byte) error {
	if bytes.Contains(b, []byte("]]>")) {
		return damaged("]]> outside CDATA")
	}
	return checkReferences(b)
}

// checkReferences refuses an '&' that begins no reference known without a
// DOCTYPE.
func checkReferences(b []byte) error {
	for {
		at := bytes.IndexByte(b, '&')
		if at < 0 {
			return nil
		}
		_, n := readReference(b[at:])
		if n == 0 {
			return fmt.Errorf("%w: no known entity: %q", pipeline.ErrDamaged, members.Clip(string(b[at:min(at+20, len(b))]), 20))
		}
		b = b[at+n:]
	}
}

// readReference reads a reference that b begins with. It returns the character
// and how many bytes the reference takes, none for what is none.
func readReference(b []byte) (rune, int) {
	end := bytes.IndexByte(b, ';')
	if end < 0 {
		return 0, 0
	}
	switch string(b[1:end]) {
	case "quot":
		return '"', end + 1
	case "amp":
		return '&', end + 1
	case "apos":
		return '\'', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	}
	digits, base := b[1:end], 10
	if len(digits) < 2 || digits[0] != '#' {
		return 0, 0
	}
	digits = digits[1:]
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n > utf8.MaxRune || !allowed(rune(n)) {
		return 0, 0
	}
	return rune(n), end + 1
}

// allowed tells the characters that XML 1.0 has. Half of a surrogate pair is
// none.
func allowed(r rune) bool {
	return r >= 0x20 && r <= 0xd7ff || r == '\t' || r == '\n' || r == '\r' ||
		r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= utf8.MaxRune
}

// appendText appends a value as it is meant: references resolved where there
// can be any, ends of lines as \n.
func appendText(dst, raw []byte, references bool) []byte {
	for {
		at := bytes.IndexByte(raw, '\r')
		part := raw
		if at >= 0 {
			part = raw[:at]
		}
		if references {
			dst = appendReferences(dst, part)
		} else {
			dst = append(dst, part...)
		}
		if at < 0 {
			return dst
		}
		dst, raw = append(dst, '\n'), raw[at+1:]
		if len(raw) > 0 && raw[0] == '\n' {
			raw = raw[1:]
		}
	}
}

// appendReferences appends text of which the references have been checked.
func appendReferences(dst, raw []byte) []byte {
	for {
		at := bytes.IndexByte(raw, '&')
		if at < 0 {
			return append(dst, raw...)
		}
		r, n := readReference(raw[at:])
		dst = utf8.AppendRune(append(dst, raw[:at]...), r)
		raw = raw[at+max(n, 1):]
	}
}
