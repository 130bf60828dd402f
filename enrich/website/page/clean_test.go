package page

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// steered tells a text with something that a screen obeys: all of Unicode's
// categories of controls and formats.
func steered(s string) bool { return strings.ContainsFunc(s, steering) }

func steering(r rune) bool { return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) }

// TestClean holds clean to the tables of Unicode, letter by letter.
func TestClean(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0xd800 && r <= 0xdfff {
			continue // no letters: UTF-16
		}
		got := clean("я" + string(r) + "z")
		dropped := got == "яz"
		if !dropped && got != "я"+string(r)+"z" {
			t.Fatalf("%U: %q", r, got)
		}
		if want := steering(r) && !unicode.IsSpace(r); want && !dropped {
			t.Errorf("%U stays", r)
		}
		if dropped && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSpace(r) || unicode.IsPunct(r)) {
			t.Errorf("%U is dropped", r)
		}
	}
}

// TestNothingSteers: whatever way a control takes into a page, it comes out in
// no text, title, attribute or value of JSON-LD.
func TestNothingSteers(t *testing.T) {
	const bad = "\x1b]0;x\x07\u009b2J\u202e\u2066\u061c\u00ad\ufeff"
	hidden := base64.StdEncoding.EncodeToString([]byte("a" + bad))
	doc := parse(t, `<title>Завод`+bad+`</title><meta name="description" content="м`+bad+`"><h1 title="н`+bad+`">Зав`+bad+`од</h1>
		<p>&#27;[31mкрасный&#x202E;&#8296;</p><a href="tel:+7`+bad+`907">x</a><joomla-hidden-mail first="`+hidden+`" last="`+hidden+`"></joomla-hidden-mail>
		<script>document.write('<i title="`+"\x1b"+`">v@vega.example&#27;</i>');</script>
		<script type="application/ld+json">{"name":"За\u001b[2J\u202eвод","telephone":["\u009b+7"],"a":{"b":"в\nг"}}</script>`)
	if steered(doc.Title) || !strings.HasPrefix(doc.Title, "Завод") {
		t.Errorf("title %q", doc.Title)
	}
	for _, l := range doc.Lines {
		if steered(l.Text) {
			t.Errorf("line %q", l.Text)
		}
		for _, k := range l.Links {
			if steered(k.Href) {
				t.Errorf("link %q", k.Href)
			}
		}
	}
	if got := texts(doc); !strings.Contains(got, "[31mкрасный") || !strings.Contains(got, "v@vega.example") {
		t.Errorf("lines %q", got)
	}
	seen := 0
	for n := range doc.Doc.Nodes[0].Descendants() {
		for _, a := range n.Attr {
			seen++
			if steered(a.Val) {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		if n.Type == html.TextNode && n.Parent.Data != "script" && strings.ContainsFunc(n.Data, func(r rune) bool { return steering(r) && !unicode.IsSpace(r) }) {
			t.Errorf("<%s> %q", n.Parent.Data, n.Data)
		}
	}
	if seen < 5 {
		t.Errorf("%d attributes", seen)
	}
	if data := fmt.Sprint(doc.Data); steered(data) || !strings.Contains(data, "вод") || !strings.Contains(data, "в г") {
		t.Errorf("data %q", data)
	}
}
