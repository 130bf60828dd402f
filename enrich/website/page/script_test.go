package page

import (
	"strings"
	"testing"
)

func TestWritten(t *testing.T) {
	tests := []struct{ code, want string }{
		{`document.write('a'+"@"+'b.ru')`, "a@b.ru"},
		{`var a = 'x', b = 'y'; document.write(a + b)`, "xy"},
		{`let n="info"; n += '\u0040'; n += "b.ru"; document.writeln(n, '!')`, "info@b.ru!"},
		{`document.write(['info','b.ru'].join('@'))`, "info@b.ru"},
		{`document.write('ur.b@ofni'.split('').reverse().join(''))`, "info@b.ru"},
		{`document.write(String.fromCharCode(97,64,98))`, "a@b"},
		{`document.write(unescape('%61%40b'))`, "a@b"},
		{`document.write(atob("YUBi"))`, "a@b"},
		{`document.write('a#b'.replace('#','@'))`, "a@b"},
		{`document.write(("a")+('@'))`, "a@"},
		{`el.innerHTML = 'a'; /* el.innerHTML = 'b' */ // el.innerHTML = 'c'`, "a"},
		{`document.write(unknown + 'a')`, ""},
		{`document.write(f('a','b'))`, ""},
		{`document.write('open`, "open"},
		{`if (x) { document.write("a@b") }`, "a@b"},
		{`a = a + a; document.write(a)`, ""},
	}
	for _, tt := range tests {
		if got := written(tt.code); got != tt.want {
			t.Errorf("written(%s) = %q, want %q", tt.code, got, tt.want)
		}
	}
}

func TestWrittenIsBounded(t *testing.T) {
	for _, code := range []string{
		"a='xxxxxxxxxxxxxxxx';" + strings.Repeat("a=a+a;", 2000) + "document.write(a)",
		"document.write(" + strings.Repeat("(", 20000),
		"document.write(" + strings.Repeat("[", 20000),
		"a='x';" + strings.Repeat("a=[a,a,a,a].join(a);", 2000) + "document.write(a)",
		"a='xy';" + strings.Repeat("a=a.replace('x',a);", 2000) + "document.write(a)",
		"a='x';" + strings.Repeat("document.write(a);a+=a;", 1000),
		strings.Repeat("document.write('x'.concat(", 3000),
	} {
		if n := len(written(code)); n > 2*maxSpent {
			t.Errorf("%.40s…: %d bytes", code, n)
		}
	}
}
