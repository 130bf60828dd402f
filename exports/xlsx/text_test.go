package xlsx

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"plain":          {"ООО «Ромашка»", "ООО «Ромашка»"},
		"empty":          {"", ""},
		"formula":        {"=1+1", "=1+1"},
		"line break":     {"раз\r\nдва\nтри", "раз\nдва\nтри"},
		"tab":            {"раз\tдва", "раз два"},
		"controls":       {"а\x00б\x1bв\u0085г", "абвг"},
		"broken UTF-8":   {"а\xffб", "а\uFFFDб"},
		"direction":      {"\u202eгпж.exe\u2066", "гпж.exe"},
		"byte order":     {"\ufeffИНН", "ИНН"},
		"no characters":  {"а\ufffe\uffffб", "аб"},
		"escape of XML":  {"_x0041_ &amp; ]]>", "_x0041_ &amp; ]]>"},
		"no-break space": {"1\u00a0000", "1\u00a0000"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clean(test.in); got != test.want {
				t.Errorf("clean(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestCutSaysSo(t *testing.T) {
	for name, in := range map[string]string{
		"cyrillic": strings.Repeat("я", cellLimit+1), "pairs": strings.Repeat("😀", cellLimit), "latin": strings.Repeat("a", 100_000),
	} {
		got := clean(in)
		if n := len(utf16.Encode([]rune(got))); n > cellLimit || n < cellLimit-1 {
			t.Errorf("%s: %d units, want about %d", name, n, cellLimit)
		}
		if !strings.HasSuffix(got, cutMark) {
			t.Errorf("%s: no mark at the end", name)
		}
	}
	if whole := strings.Repeat("я", cellLimit); clean(whole) != whole {
		t.Error("a text that fits was cut")
	}
}

// FuzzClean: what comes out is fit for a cell, and cleaning it again changes
// nothing.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "=1+1", "а\x00\xff", "\u202e", "😀_x000D_"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is no UTF-8", got)
		}
		if n := len(utf16.Encode([]rune(got))); n > cellLimit {
			t.Fatalf("%d units", n)
		}
		for _, r := range got {
			if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) {
				t.Fatalf("control character %U left", r)
			}
		}
		if again := clean(got); again != got {
			t.Fatalf("cleaned again: %q, then %q", got, again)
		}
	})
}
