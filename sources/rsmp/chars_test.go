package rsmp

import (
	"testing"
	"unicode/utf8"
)

// charsRight is what checkChars says, letter by letter.
func charsRight(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 || !allowed(r) {
			return false
		}
		b = b[n:]
	}
	return true
}

func TestCheckChars(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "a": true, "Пермь": true, "\x7f": true, "«Ёлка» № 1 — “два” 😀": true, "\t\r\n": true, "\u0080\u07ff\u0800\ufffd": true,
		"\x00": false, "\x1f": false, "\xff": false, "\xd0": false, "\xd0a": false, "\x90": false, "\xc0\x80": false, "\xc1\xbf": false,
		"\xed\xa0\x80": false, "\ufffe": false, "\uffff": false, "\xf4\x90\x80\x80": false, "\xe2\x84": false,
	} {
		// At every place in eight bytes, with plain text on either side.
		for before := range 18 {
			for _, after := range []string{"", "а", "abcdefgh", "Пермский край"} {
				b := []byte("ПермьПермьПермьПермь"[:before/2*2] + "x"[:before%2] + text + after)
				if got := checkChars(b) == nil; got != want {
					t.Errorf("%q: %t, want %t", b, got, want)
				}
			}
		}
	}
}

func FuzzCheckChars(f *testing.F) {
	f.Add([]byte("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"КАМСКИЙ АВТОСЕРВИС\" № 5"))
	f.Add([]byte("abc\xd0"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got := checkChars(b) == nil; got != charsRight(b) {
			t.Errorf("%q: %t", b, got)
		}
		if n := plainChars(b); n > 0 && !charsRight(b[:n]) {
			t.Errorf("%q: the first %d bytes are not plain", b, n)
		}
	})
}

func BenchmarkCheckChars(b *testing.B) {
	text := []byte(newGenerator(1).member(20))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := checkChars(text); err != nil {
			b.Fatal(err)
		}
	}
}
