package rsmp

import (
	"bytes"
	"encoding/binary"
)

// How the published files begin what matters for dismissing a document.
const (
	openingDocument = `<Документ ИдДок="`
	composedAfter   = `" ДатаСост="`
	closingDocument = `</Документ>`
	openingCount    = `<ССЧР ВеличССЧР="`
	closingCount    = `"/>`
	openingOrg      = `<ОргВклМСП `
	innOfOrg        = `ИННЮЛ`
	openingSole     = `<ИПВклМСП ИННФЛ="`
	openingCodes    = `<СвОКВЭД>`
	openingReport   = `<СвОКВЭДотч>`
	openingMain     = `<СвОКВЭДОсн КодОКВЭД="`
	openingExtra    = `<СвОКВЭДДоп КодОКВЭД="`
	dateLen         = len("10.07.2026")
)

// The first four letters of tags that matter, as eight bytes are read.
const (
	wordCode     = 0x9ad09ed0b2d0a1d0 // СвОК
	wordExtra    = 0x94d094d0add092d0 // ВЭДД, behind СвОК: what is additional
	wordDocument = 0x83d1bad0bed094d0 // Доку
	wordOrg      = 0x92d0b3d080d19ed0 // ОргВ
	wordSole     = 0xbad092d09fd098d0 // ИПВк
)

// ahead is how many bytes behind a '<' must be there to tell the tag.
const ahead = 64

// glance tells how long a document is that is certainly not wanted, and its
// ДатаСост. It returns 0 for any other document and for whatever does not look
// as published: that is looked at closely. In well-formed XML it never errs:
//
//   - The first end tag </Документ> ends the document, since another document
//     in it, a comment, CDATA or an instruction is not dismissed at a glance.
//   - The ИНН is that of the first element below it, and there is no other
//     ОргВклМСП or ИПВклМСП.
//   - Of codes all are tested that any element СвОКВЭДОсн or СвОКВЭДДоп has,
//     wherever it stands: that can only be too many.
//
// Of what is not well-formed it sees tags that are missing or too many, for
// which it also takes a raw '<' in a value; it does not see attributes that are
// none, wrong names of end tags, unknown entities or bytes that are not UTF-8.
// Text that ends like an empty element only makes for a closer look.
func (f *filter) glance(b []byte) (n int, composed []byte) {
	at, composed := glanceOpening(b)
	if at == 0 {
		return 0, nil
	}
	at += countLen(b[at:])
	if !f.glanceSubject(b[at:]) {
		return 0, nil
	}
	open := 1 // elements that have begun and not ended
	for first := true; len(b)-at >= ahead; first = false {
		word := binary.LittleEndian.Uint64(b[at+1:])
		switch {
		case b[at+1] == '/':
			if open == 1 {
				if !bytes.HasPrefix(b[at:], []byte(closingDocument)) {
					return 0, nil
				}
				return at + len(closingDocument), composed
			}
			open--
		case b[at+1] != 0xd0:
			return 0, nil
		case first, word == wordCode && !f.additional && binary.LittleEndian.Uint64(b[at+9:]) == wordExtra, f.passes(b[at:], word):
			open++
		default:
			return 0, nil
		}
		next := bytes.IndexByte(b[at+1:], '<')
		if next < 0 {
			return 0, nil
		}
		at += 1 + next
		if b[at-1] == '>' && b[at-2] == '/' {
			open--
		}
	}
	return 0, nil
}

// glanceOpening reads the start tag. It returns where the next tag begins.
func glanceOpening(b []byte) (at int, composed []byte) {
	if !bytes.HasPrefix(b, []byte(openingDocument)) {
		return 0, nil
	}
	at = len(openingDocument)
	quote := bytes.IndexByte(b[at:], '"')
	if quote < 0 {
		return 0, nil
	}
	at += quote
	end := at + len(composedAfter) + dateLen
	if len(b) <= end || !bytes.HasPrefix(b[at:], []byte(composedAfter)) || b[end] != '"' {
		return 0, nil
	}
	composed = b[end-dateLen : end]
	next := bytes.IndexByte(b[1:], '<')
	if next < end || b[next] != '>' || b[next-1] == '/' || bytes.IndexByte(b[end:next], '>') >= 0 {
		return 0, nil
	}
	return next + 1, composed
}

// countLen is how long an element ССЧР is, which some structures have before
// the subject.
func countLen(b []byte) int {
	if !bytes.HasPrefix(b, []byte(openingCount)) {
		return 0
	}
	n := len(openingCount)
	for n < len(b) && '0' <= b[n] && b[n] <= '9' {
		n++
	}
	if !bytes.HasPrefix(b[n:], []byte(closingCount)) {
		return 0
	}
	return n + len(closingCount)
}

// glanceSubject tells a valid ИНН that is not held in the element that b
// begins with.
func (f *filter) glanceSubject(b []byte) bool {
	var inn []byte
	switch {
	case bytes.HasPrefix(b, []byte(openingOrg)):
		inn = quoted(behindName(b[len(openingOrg)-1:], innOfOrg), 10)
	case bytes.HasPrefix(b, []byte(openingSole)):
		inn = quoted(b[len(openingSole):], 12)
	}
	return validINN(inn) && !f.held.HasText(inn)
}

// behindName goes through attributes to the value of the one named.
func behindName(b []byte, name string) []byte {
	for len(b) > 0 && b[0] == ' ' {
		equals := bytes.IndexByte(b, '=')
		if equals < 0 || equals+1 >= len(b) || b[equals+1] != '"' {
			return nil
		}
		v := b[equals+2:]
		if string(b[1:equals]) == name {
			return v
		}
		end := bytes.IndexByte(v, '"')
		if end < 0 {
			return nil
		}
		b = v[end+1:]
	}
	return nil
}

// quoted is a value of n bytes up to its quote, nil when it is not that long.
func quoted(b []byte, n int) []byte {
	if len(b) <= n || b[n] != '"' {
		return nil
	}
	return b[:n]
}

// passes tells a tag that speaks for no other look at the document.
func (f *filter) passes(b []byte, word uint64) bool {
	switch word {
	case wordDocument, wordOrg, wordSole:
		return false
	case wordCode:
	default:
		return true
	}
	switch {
	case f.additional && bytes.HasPrefix(b, []byte(openingExtra)):
		return f.passesCode(b, openingExtra)
	case bytes.HasPrefix(b, []byte(openingMain)):
		return f.passesCode(b, openingMain)
	default:
		return bytes.HasPrefix(b, []byte(openingCodes)) || bytes.HasPrefix(b, []byte(openingReport))
	}
}

// passesCode tells a code that is valid and not wanted, behind the opening.
func (f *filter) passesCode(b []byte, opening string) bool {
	b = b[len(opening):]
	end := bytes.IndexByte(b[:min(9, len(b))], '"')
	if end < 0 {
		return false
	}
	code, ok := packCode(b[:end])
	return ok && !f.wants(code)
}
