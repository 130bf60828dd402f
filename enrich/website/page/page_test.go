package page

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var home = &url.URL{Scheme: "https", Host: "zavod.example", Path: "/o/kontakty.html"}

func parse(t testing.TB, html string) *Page {
	t.Helper()
	p, err := Parse(home, []byte(html), "text/html; charset=utf-8")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func texts(p *Page) string {
	var out []string
	for _, l := range p.Lines {
		out = append(out, l.Text)
	}
	return strings.Join(out, " | ")
}

func TestLines(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{"blocks and breaks", `<div>Один<p>Два</p>Три<br>Четыре</div>`, "Один | Два | Три | Четыре"},
		{"white space", "<p> Завод&nbsp;\n\t<b> имени </b> <i>Кирова</i> </p>", "Завод имени Кирова"},
		{"entities, soft hyphens, marks without width", "<p>под&shy;шип&#8203;ник &amp; Ко</p>", "подшипник & Ко"},
		{"not seen", `<head><title>x</title></head><p>a<script>b</script><style>c</style><!-- d --><template>e</template><span hidden>f</span>` +
			`<span style="Display : none">g</span><svg><text>h</text></svg><select><option>i</option></select><del>k</del>l</p>`, "al"},
		{
			"glued words", `<p>Главный инженер<span>Петров</span></p><p>под<b>шипник</b></p><p>E-mail<a href="mailto:a@b.ru">a@b.ru</a>, факс</p>`,
			"Главный инженер Петров | подшипник | E-mail a@b.ru, факс",
		},
		{"icons", `<p><i class="material-icons">mail_outline</i>info@zavod.ru</p><p><i class="x">важно</i></p>`, "info@zavod.ru | важно"},
		{"reverse", `<bdo dir="rtl">ур.довз</bdo>`, "звод.ру"},
		{"without scripts", `<noscript><p>Включите</p></noscript>`, "Включите"},
		{"Joomla", `<span id="cloak1">Защищено от спама</span><script>document.getElementById('cloak1').innerHTML='';var addy1='&#105;nfo'+'&#64;';addy1=addy1+'zavod'+'&#46;'+'ru';` +
			`document.getElementById('cloak1').innerHTML+='<a '+'hr'+'ef=\'mailto:'+addy1+'\'>'+addy1+'<\/a>';</script>`, "info@zavod.ru"},
		{"Joomla 4", `<joomla-hidden-mail first="aW5mbw==" last="emF2b2QucnU=">Защищено</joomla-hidden-mail>`, "info@zavod.ru"},
		{"a script that writes", `<p>Почта: <script>var u='info';var d='zavod'+'.'+'ru';document.write('<a href="mailto:'+u+'\x40'+d+'">'+u+'@'+d+'</a>')</script></p>`, "Почта: info@zavod.ru"},
		{"a script that writes no contact", `<p>Ещё<script>document.write('<b>реклама</b>')</script></p>`, "Ещё"},
	}
	for _, tt := range tests {
		if got := texts(parse(t, tt.html)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLinks(t *testing.T) {
	p := parse(t, `<p>Тел. <a href=" tel:1 ">8 800</a>, <a href="b">бэ<br>вэ</a></p><p><a href="mailto:x"><img></a></p>`)
	var got []string
	for _, l := range p.Lines {
		for _, k := range l.Links {
			if l.Text[k.From:k.To] != k.Text {
				t.Errorf("link %q stands at %q", k.Text, l.Text[k.From:k.To])
			}
			got = append(got, fmt.Sprintf("%s:%s:%s", l.Text, k.Text, k.Href))
		}
	}
	if g, want := strings.Join(got, " "), "Тел. 8 800, бэ:8 800:tel:1 Тел. 8 800, бэ:бэ:b вэ:вэ:b ::mailto:x"; g != want {
		t.Errorf("links %s, want %s", g, want)
	}
}

func TestHeadingsPartsBoxesCells(t *testing.T) {
	p := parse(t, `<header>Шапка <nav>Меню</nav></header><h2>Отделы</h2><p><b>Жирно</b></p><p><b>Не</b> всё</p>
		<div class="row"><div class="card"><p>Сбыт</p><p>1</p></div><div class="card"><p>Снабжение</p><p>2</p></div></div>
		<table><tr><td>a</td><td colspan=2>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></table>
		<div class="footer-top">Низ<form>Форма</form></div><div class="card-header">Карточка</div>`)
	want := []string{
		"Шапка h0 p1 b0 0:0,0", "Меню h0 p2 b0 0:0,0", "Отделы h2 p0 b0 0:0,0", "Жирно h7 p0 b0 0:0,0", "Не всё h0 p0 b0 0:0,0",
		"Сбыт h0 p0 b1 0:0,0", "1 h0 p0 b1 0:0,0", "Снабжение h0 p0 b2 0:0,0", "2 h0 p0 b2 0:0,0",
		"a h0 p0 b3 1:1,1", "b h0 p0 b3 1:1,2", "c h0 p0 b3 1:1,4", "d h0 p0 b4 1:2,1", "e h0 p0 b4 1:2,2",
		"Низ h0 p3 b0 0:0,0", "Форма h0 p5 b0 0:0,0", "Карточка h0 p0 b0 0:0,0",
	}
	var got []string
	for _, l := range p.Lines {
		got = append(got, fmt.Sprintf("%s h%d p%d b%d %d:%d,%d", l.Text, l.Heading, l.Part, l.Box, l.Table, l.Row, l.Col))
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("line %d\ngot  %q\nwant %q", i, got, want)
		}
	}
}

func TestCharsets(t *testing.T) {
	const text = "Отдел снабжения завода подшипников, город Пермь, улица Ленина"
	utf16 := unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	tests := []struct {
		name, header, meta string
		enc                encoding.Encoding
	}{
		{"header", "text/html; charset=windows-1251", "", charmap.Windows1251},
		{"meta", "", `<meta charset="windows-1251">`, charmap.Windows1251},
		{"old meta", "text/html", `<META http-equiv=Content-Type content='text/html; charset=koi8-r'>`, charmap.KOI8R},
		{"header before meta", "text/html; charset=koi8-r", `<meta charset="windows-1251">`, charmap.KOI8R},
		{"nothing, 1251", "", "", charmap.Windows1251},
		{"nothing, KOI8-R", "", "", charmap.KOI8R},
		{"nothing, 866", "", "", charmap.CodePage866},
		{"nothing, ISO", "", "", charmap.ISO8859_5},
		{"wrongly UTF-8", "text/html; charset=utf-8", "", charmap.Windows1251},
		{"wrongly 1251", "text/html; charset=windows-1251", "", encoding.Nop},
		{"mark", "", `<meta charset="windows-1251">`, utf16},
		{"unknown name", "text/html; charset=foo", "", charmap.Windows1251},
	}
	for _, tt := range tests {
		body, err := tt.enc.NewEncoder().String("<html><head>" + tt.meta + "</head><body>" + text)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Parse(home, []byte(body), tt.header)
		if err != nil {
			t.Fatal(err)
		}
		if got := texts(p); got != text {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
	p, err := Parse(home, []byte(text+"\xff и ещё "+text[:len(text)-1]), "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(texts(p), text) {
		t.Errorf("a broken byte changed the charset: %q", texts(p))
	}
}

func TestBaseAndResolve(t *testing.T) {
	p := parse(t, `<base target=_top><base href="/site/">`)
	for href, want := range map[string]string{
		"a.html": "https://zavod.example/site/a.html", "/b#c": "https://zavod.example/b", " //other.example/ ": "https://other.example/",
		"ma\nin": "https://zavod.example/site/main", "tel:1": "", "javascript:x": "", "http://[": "", "": "https://zavod.example/site/",
	} {
		u, ok := p.Resolve(href)
		if ok != (want != "") || ok && u.String() != want {
			t.Errorf("Resolve(%q) = %v, %v", href, u, ok)
		}
	}
	if p := parse(t, `<base href="javascript:1">`); p.Base.String() != home.String() {
		t.Errorf("base %v", p.Base)
	}
}

func TestData(t *testing.T) {
	p := parse(t, `<script type="application/ld+json">[{"a":1},{"@graph":[{"b":"x
		y"}]}]</script><script type="application/ld+json">{broken</script><script type="APPLICATION/LD+JSON"><!-- {"c":[1]} --></script>`)
	if got, want := fmt.Sprint(p.Data), "[map[a:1] map[b:x    y] map[c:[1]]]"; strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("data %s, want %s", got, want)
	}
}

func TestRefuses(t *testing.T) {
	if _, err := Parse(home, []byte("PK\x03\x04\x00\x00"), ""); !errors.Is(err, ErrNotHTML) {
		t.Errorf("an archive: %v", err)
	}
	if _, err := Parse(home, []byte(strings.Repeat("<div>", 2000)), ""); !errors.Is(err, ErrTooDeep) {
		t.Errorf("a deep page: %v", err)
	}
}
