package requisite

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzLower: small letters stand at the places of their capitals.
func FuzzLower(f *testing.F) {
	f.Add("ООО «Вега» Ёлка, Ўз, İstanbul ẞ ПРОЕЗД ул. 5-Я Ѐ џ")
	f.Add("a\xd0\xffЩ\xd0")
	f.Fuzz(func(t *testing.T, s string) {
		low := lower(s)
		if len(low) != len(s) || !utf8.ValidString(low) {
			t.Fatalf("lower(%q) = %q: %d bytes of %d", s, low, len(low), len(s))
		}
		if again := lower(low); again != low && utf8.ValidString(s) {
			t.Errorf("lower of %q is %q", low, again)
		}
		for i, r := range s {
			small := unicode.ToLower(r)
			if r == utf8.RuneError || utf8.RuneLen(small) != utf8.RuneLen(r) {
				continue
			}
			if got, _ := utf8.DecodeRuneInString(low[i:]); got != small {
				t.Errorf("lower(%q) has %q at %d, want %q", s, got, i, small)
			}
		}
		plain := false
		for i, r := range s {
			next, _ := utf8.DecodeRuneInString(s[i+runeSize(s[i:]):])
			plain = plain || capital(r) && capital(next)
		}
		if utf8.ValidString(s) && capitals(s) != plain {
			t.Errorf("capitals(%q) = %v", s, !plain)
		}
	})
}

func runeSize(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

func capital(r rune) bool { return 'А' <= r && r <= 'Я' || 'A' <= r && r <= 'Z' }

// Every form spelled out has a word by which it is looked for.
func TestFormWords(t *testing.T) {
	for _, f := range longForms {
		if !hasFormWord(f) || !hasFormWord("наименование:«"+f) || !hasFormWord("по-русски "+f+" «вега»") {
			t.Errorf("%q would not be looked at", f)
		}
	}
	if hasFormWord(strings.Repeat("подшипники качения, ", 20)) {
		t.Error("prose would be looked at")
	}
}
