package page

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse holds that any bytes make a page or an error, and that lines are
// what their docs promise.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`<div class=card><p>Отдел<br><a href="tel:1">1</a></div><div class=card>x</div><table><tr><td colspan=3>1<td>2`,
		"\xd1\xed\xe0\xe1\xe6\xe5\xed\xe8\xe5", "\xff\xfe<\x00p\x00>\x00", `<script>document.write('<a href=x>a@b</a>')</script>`,
		`<script type="application/ld+json">{"@graph":[1,{"a":"b"}]}</script><bdo dir=rtl>яв</bdo>`,
		`<span data-cfemail="5a3b1a38">x</span><a><b><p>x</a></b>`,
		"<title>a\x1b[2J\u202eb</title><p title='\u009b'>c&#27;&#x2066;d&shy;</p>",
	} {
		f.Add([]byte(s), "text/html; charset=windows-1251")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		p, err := Parse(home, body, contentType)
		if err != nil {
			return
		}
		if steered(p.Title) {
			t.Fatalf("title %q", p.Title)
		}
		boxes := 0
		for i, l := range p.Lines {
			if !utf8.ValidString(l.Text) || l.Text != strings.Join(strings.Fields(l.Text), " ") {
				t.Fatalf("line %d: %q", i, l.Text)
			}
			if steered(l.Text) {
				t.Fatalf("line %d: %q steers", i, l.Text)
			}
			if l.Text == "" && len(l.Links) == 0 {
				t.Fatalf("line %d has nothing", i)
			}
			for _, k := range l.Links {
				if k.From < 0 || k.To < k.From || k.To > len(l.Text) || l.Text[k.From:k.To] != k.Text || k.Node == nil {
					t.Fatalf("line %d %q: link %+v", i, l.Text, k)
				}
				p.Resolve(k.Href)
			}
			if (l.Table == 0) != (l.Row == 0) || (l.Row == 0) != (l.Col == 0) || l.Heading < 0 || l.Heading > Bold {
				t.Fatalf("line %d: %+v", i, l)
			}
			boxes = max(boxes, l.Box)
		}
		if len(p.Lines) > maxLines || boxes > len(p.Lines) {
			t.Fatalf("%d lines, %d boxes", len(p.Lines), boxes)
		}
	})
}

// costly are pieces of which a page can be made that costs much to build.
var costly = []string{
	"<b>", "<a>", "<p><b>", "<table>", "<table><a>", "<i><p>", "<select><option>", "<li>", "<div>x</div>", "<font color=red>", "</p>", "<p>x", "&amp;",
	"<script>document.write('@')</script>", "<a href=x>", "<td>", "<svg><b>", "x ", "<br>", "<b></p>", "<nobr>", "<span style='direction:rtl;unicode-bidi:bidi-override'>x",
	"<form><b>", "<h1><b>", "<div class=a>x<br>y</div>", "<!--", "<meta charset=x>", "<base href=/>",
}

func TestParseEnds(t *testing.T) {
	for _, s := range costly {
		p, err := Parse(home, []byte(strings.Repeat(s, MaxBytes/len(s))), "")
		if err == nil && len(p.Lines) > maxLines {
			t.Errorf("%q: %d lines", s, len(p.Lines))
		}
	}
}

func BenchmarkCostly(b *testing.B) {
	for _, s := range costly {
		b.Run(s, func(b *testing.B) {
			body := []byte(strings.Repeat(s, MaxBytes/len(s)))
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				_, _ = Parse(home, body, "")
			}
		})
	}
}
