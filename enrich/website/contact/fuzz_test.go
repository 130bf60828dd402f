package contact

import (
	"net/url"
	"strings"
	"testing"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/pipeline/company"
)

// FuzzRead holds that no page breaks the reader, that all values are canonical
// and distinct, and that equal pages give equal results.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`<a href="tel:+73422101780">+7 (342) 210-17-80</a> доб. 12, 13/14 info@zavod.ru`,
		`<td>(342) 210-17-80, 278-18-10</td><script>document.write('a'+'@'+'b.ru')</script>`,
		`<script type="application/ld+json">{"telephone":["+73422101780"],"email":1}</script>`,
		`info [at] zavod (точка) ru <a data-cfemail="5a3334">x</a> +375 2334 3-46-24, 3-46-26`,
		"\xd2\xe5\xeb. 8(342)210-17-80 (81) skype: zavod t.me/zavod_perm ИНН 7707083893",
		`<h3>Телефоны (8-342-53):</h3><p>приёмная: 5-20-17 (12), -18</p>a@b.ruc@d.ru<p>Skype:</p><p>x.y</p>`,
		`Разработка сайта: x@y.ru <bdo dir=rtl>ur.dovaz@ofni</bdo>`,
	} {
		f.Add([]byte(s))
	}
	u := &url.URL{Scheme: "https", Host: "zavod.example"}
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := page.Parse(u, body, "")
		if err != nil {
			return
		}
		var a, b finding.Page
		Read(p, &a)
		Read(p, &b)
		if show(a) != show(b) {
			t.Fatalf("read twice:\n%s\n%s", show(a), show(b))
		}
		seen := map[string]bool{}
		once := func(v string) {
			if seen[v] {
				t.Fatalf("%q twice", v)
			}
			seen[v] = true
		}
		for _, n := range a.Phones {
			once(n.Value)
			if q, ok := company.PhoneFromValue(n.Value); !ok || q.Value() != n.Value {
				t.Fatalf("phone %q is not canonical", n.Value)
			}
		}
		for _, e := range a.Emails {
			once(e.Value)
			if v, ok := cleanEmail(e.Value); !ok || v != e.Value || strings.ToLower(v) != v {
				t.Fatalf("e-mail %q is not canonical", e.Value)
			}
		}
		for _, m := range a.Messengers {
			once(m)
			if kind, value, ok := strings.Cut(m, ":"); !ok || kind == "" || value == "" || strings.ContainsAny(m, " \n") {
				t.Fatalf("messenger %q", m)
			}
		}
	})
}

// TestReadBounds reads a page of long lines made of what costs most to look at.
func TestReadBounds(t *testing.T) {
	for _, s := range costly {
		f := read(t, longLines(s, 1<<18))
		if len(f.Phones) > maxPhones || len(f.Emails) > maxEmails {
			t.Errorf("%q: %d phones, %d e-mails", s, len(f.Phones), len(f.Emails))
		}
	}
}

var costly = []string{
	"+7 (342) 210-17-80, ", "8 (342) ", "1", "1 ", "(", "(1", "+", "+1 ", "+99 8 ", "@", "a@b.ru ", " at ", "info (at) ", "a@b.ru,", "[at]zavod.ru", "доб. 1", ", 12",
	"тел. 210-17-80 ", "t.me/", "<a href='tel:1'>1</a>", "<a href='tel:+73422101780'>+73422101780</a> ", "<b>1</b>", "#1", "—1", "a.", "@a.", "e-mail", "(собака)",
	"210-17-80/1/2", "8 (342) 210-17-80/81", "a@b.c ", "@b.a.a.a.a.a.a ",
	"(34253): 5-20-17 ", "код ", "код 34253: ", "(код ", "a@b.ru@", "a@", "5-20-17 ", "<p>Тел. (34253):</p>", "<p>Полиция</p>", "<p>Skype:</p><p>x.y</p>",
}
