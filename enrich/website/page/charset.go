package page

import (
	"bytes"
	"mime"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// sniff is how much of a page is looked at for a declaration, in bytes.
const sniff = 8 << 10

// decode gives the page in UTF-8. It never fails: what cannot be read becomes
// U+FFFD.
func decode(body []byte, contentType string) []byte {
	if rest, ok := bytes.CutPrefix(body, []byte("\xef\xbb\xbf")); ok {
		return bytes.ToValidUTF8(rest, []byte("\uFFFD"))
	}
	if bytes.HasPrefix(body, []byte("\xfe\xff")) || bytes.HasPrefix(body, []byte("\xff\xfe")) {
		return convert(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), body)
	}
	many, bad := countUTF8(body)
	if many == 0 && bad == 0 {
		if e := declared(body, contentType); e != nil && bytes.IndexByte(body[:min(len(body), sniff)], 0) >= 0 {
			return convert(e, body) // UTF-16 of ASCII, or what no page is
		}
		return body
	}
	// A few broken bytes do not make another charset of it, nor does a wrong
	// declaration.
	if many > 10*bad {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	e := declared(body, contentType)
	if e == nil {
		e = likeliest(body)
	}
	return convert(e, body)
}

func convert(e encoding.Encoding, body []byte) []byte {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return out
}

// countUTF8 counts the letters of several bytes and the bytes that are part of
// none; a letter cut off at the end is neither.
func countUTF8(b []byte) (many, bad int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			many++
		case utf8.FullRune(b[i:]):
			bad++
		}
		i += n
	}
	return many, bad
}

// declared is the charset that the header or the page names; nil for none, and
// for UTF-8, which the bytes themselves tell.
func declared(body []byte, contentType string) encoding.Encoding {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if e := lookup(params["charset"]); e != nil {
			return e
		}
	}
	rest := bytes.ToLower(body[:min(len(body), sniff)])
	for {
		at := bytes.Index(rest, []byte("<meta"))
		if at < 0 {
			return nil
		}
		rest = rest[at+len("<meta"):]
		tag := rest
		if end := bytes.IndexByte(rest, '>'); end >= 0 {
			tag = rest[:end]
		}
		if _, value, ok := bytes.Cut(tag, []byte("charset")); ok {
			value = bytes.TrimLeft(value, " \t\r\n='\"")
			if end := bytes.IndexAny(value, " \t\r\n'\";/>"); end >= 0 {
				value = value[:end]
			}
			if e := lookup(string(value)); e != nil {
				return e
			}
		}
	}
}

func lookup(label string) encoding.Encoding {
	e, name := charset.Lookup(label)
	if name == "utf-8" || name == "replacement" {
		return nil
	}
	return e
}

// russian are the charsets of one byte in which pages here are met, the usual
// one first.
var russian = []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866, charmap.ISO8859_5}

// common are the ten letters that make two thirds of any Russian text.
const common = "оеаинтсрвл"

// likeliest tells the charset by the small common letters that a text would
// have in each. Every charset shuffles letters and cases in its own way.
func likeliest(body []byte) encoding.Encoding {
	var count [256]int
	for _, c := range body[:min(len(body), 256<<10)] {
		count[c]++
	}
	best, most := russian[0], 0
	for _, e := range russian {
		n := 0
		for _, r := range common {
			if c, ok := e.EncodeRune(r); ok {
				n += 2 * count[c]
			}
			if c, ok := e.EncodeRune(r - 'а' + 'А'); ok {
				n += count[c]
			}
		}
		if n > most {
			best, most = e, n
		}
	}
	return best
}
