package egrul

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// TestAccepted holds what a well-formed file may look like and must not matter.
func TestAccepted(t *testing.T) {
	one, two := firm(1, "45.20"), firm(2, "45.31")
	plain := exchange(one, two)
	bare := entity(1, "2026-09-10", "45.20", "") + entity(2, "2026-09-10", "45.31", "")
	old := strings.Replace(plain, declaredUTF8, declared1251, 1)
	for name, text := range map[string]string{
		"plain":                      plain,
		"windows-1251":               cp1251(t, old),
		"windows-1251 in capitals":   cp1251(t, strings.Replace(old, "windows-1251", "WINDOWS-1251", 1)),
		"windows-1251, single quote": cp1251(t, strings.Replace(old, `encoding="windows-1251"`, `encoding = 'windows-1251' standalone='yes'`, 1)),
		"byte order mark":            bom + plain,
		"no declaration":             strings.TrimPrefix(plain, declaredUTF8),
		"single quotes":              strings.NewReplacer(`"`, `'`, "&quot;", `"`).Replace(plain),
		"many lines":                 strings.ReplaceAll(plain, "><", ">\r\n\t<") + "\n",
		"bare count":                 strings.Replace(plain, `КолДок="         2"`, `КолДок="2"`, 1),
		"later minor version":        strings.Replace(plain, `"4.08"`, `"4.15"`, 1),
		"comments":                   strings.Replace(plain, two, "<!-- "+firm(3, "45.20")+" -->"+two, 1) + "<!-- end -->",
		"CDATA":                      strings.Replace(plain, two, "<![CDATA["+firm(3, "45.20")+"]]>"+two, 1),
		"instruction":                strings.Replace(plain, two, "<?note x?>"+two, 1),
		"a child that nobody knows":  strings.Replace(plain, two, "<Ещё><СвЮЛ/></Ещё>"+strings.Replace(two, "<СвЮЛ", "<Новое><Документ/></Новое><СвЮЛ", 1), 1),
		"foreign attributes":         strings.Replace(plain, "<СвЮЛ ", `<СвЮЛ xmlns:x="y" `, 1),
		"root of the archives":       declaredUTF8 + `<EGRUL ДатаВыг="2026-09-10">` + bare + "</EGRUL>",
		"the same, of windows-1251":  cp1251(t, declared1251+`<EGRUL>`+bare+"</EGRUL>"),
		"a version in the archives":  `<EGRIP ДатаВыг="2026-09-10" ВерсФорм="4.06"><Заголовок/>` + bare + "</EGRIP>",
	} {
		t.Run(name, func(t *testing.T) {
			p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", text))
			if p.err != nil || len(p.gaps) > 0 || p.counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 2}) {
				t.Fatalf("error %v, gaps %v, counts %+v", p.err, p.gaps, p.counts)
			}
			for n, code := range map[int]string{1: "45.20", 2: "45.31"} {
				o := p.found[firmINN(n)]
				if o.First(company.FieldOKVEDMain) != code || o.First(company.FieldNameFull) != fmt.Sprintf(`ОБЩЕСТВО "ПРИМЕР %d"`, n) || o.Date != day("2026-09-10") {
					t.Errorf("company %d: %v of %s", n, facts(o), o.Date)
				}
			}
		})
	}
}

type brokenFile struct {
	name  string
	text  string
	want  error
	words string
	rows  int64
}

// broken are files of three documents of which nothing may be used, with the
// rows they declare.
func broken(t testing.TB) []brokenFile {
	whole := exchange(firm(1, "45.20"), firm(2, "45.31"), firm(3, "45.20.1"))
	old := cp1251(t, strings.Replace(whole, declaredUTF8, declared1251, 1))
	archive := `<EGRUL ДатаВыг="2026-09-10">` + entity(1, "2026-09-10", "45.20", "") + entity(2, "2026-09-10", "45.20", "") + "</EGRUL>"
	count := func(s string) string { return strings.Replace(whole, `"         3"`, `"`+s+`"`, 1) }
	deep := strings.Repeat("<x>", 200) + strings.Repeat("</x>", 200)
	return []brokenFile{
		{"cut in the middle", whole[:strings.Index(whole, "id-2")+40], pipeline.ErrDamaged, "unexpected EOF", 3},
		{"cut in a tag", whole[:strings.Index(whole, "КодОКВЭД")+4], pipeline.ErrDamaged, "", 3},
		{"cut after a whole document", whole[:strings.Index(whole, `<Документ ИдДок="id-3"`)], pipeline.ErrDamaged, "unexpected EOF", 3},
		{"cut before the end tag", strings.TrimSuffix(whole, "</Файл>"), pipeline.ErrDamaged, "unexpected EOF", 3},
		{"cut in the root", whole[:strings.Index(whole, "ТипИнф")], pipeline.ErrDamaged, "", 0},
		{"cut archive", archive[:len(archive)-20], pipeline.ErrDamaged, "", 0},
		{"nothing but a declaration", declaredUTF8, pipeline.ErrDamaged, "no root element", 0},
		{"one too many declared", count("4"), pipeline.ErrDamaged, "says 4 documents, there are 3", 4},
		{"one too few declared", count("2"), pipeline.ErrDamaged, "says 2 documents, there are 3", 2},
		{"count is no number", count("три"), pipeline.ErrDamaged, "три", 0},
		{"count missing", strings.Replace(whole, `КолДок="         3"`, ``, 1), pipeline.ErrDamaged, "КолДок", 0},
		{"count negative", count("-3"), pipeline.ErrDamaged, "-3", 0},
		{"count absurd", count("2000000000"), pipeline.ErrTooLarge, "2000000000", 0},
		{"DOCTYPE", strings.Replace(whole, "<Файл", `<!DOCTYPE Файл [<!ENTITY x "y">]><Файл`, 1), pipeline.ErrUnknownForm, "DOCTYPE", 0},
		{"directive inside a document", strings.Replace(whole, "<СвОКВЭД>", `<!ENTITY x "y"><СвОКВЭД>`, 1), pipeline.ErrUnknownForm, "directive", 3},
		{"own entity", strings.Replace(whole, "ПРИМЕР 2", "&x;", 1), pipeline.ErrDamaged, "entity", 3},
		{"koi8-r declared", strings.Replace(whole, "UTF-8", "koi8-r", 1), pipeline.ErrUnknownForm, "neither windows-1251 nor UTF-8", 0},
		{"windows-1251 declared, UTF-8 it is", strings.Replace(whole, "UTF-8", "windows-1251", 1), pipeline.ErrUnknownForm, "the text is UTF-8", 0},
		{"windows-1251 declared behind a mark of UTF-8", bom + strings.Replace(whole, "UTF-8", "windows-1251", 1), pipeline.ErrUnknownForm, "byte order mark", 0},
		{"UTF-8 declared, windows-1251 it is", strings.Replace(old, "windows-1251", "UTF-8", 1), pipeline.ErrDamaged, "XML", 0},
		{"windows-1251 undeclared", "<!-- -->" + strings.TrimPrefix(old, declared1251), pipeline.ErrDamaged, "XML", 0},
		{"a declaration inside", strings.Replace(whole, "<ИдОтпр>", declaredUTF8+"<ИдОтпр>", 1), pipeline.ErrDamaged, "declaration inside", 3},
		{"another declaration inside", strings.Replace(whole, "<ИдОтпр>", `<?xml version="1.0" encoding="koi8-r"?><ИдОтпр>`, 1), pipeline.ErrUnknownForm, "koi8-r", 3},
		{"a declaration of any length", "<?xml version=\"1.0\" encoding=\"" + noise(5000) + "\"?>" + strings.TrimPrefix(whole, declaredUTF8), pipeline.ErrUnknownForm, "is declared", 0},
		{"two roots", whole + strings.TrimPrefix(whole, declaredUTF8), pipeline.ErrDamaged, "second root", 3},
		{"text after the root", whole + "конец", pipeline.ErrDamaged, "text outside", 3},
		{"text before the root", "начало" + strings.TrimPrefix(whole, declaredUTF8), pipeline.ErrUnknownForm, "plain text", 0},
		{"mismatched end tag", strings.Replace(whole, "</СвОКВЭД>", "</СвОКВЭД1>", 1), pipeline.ErrDamaged, "СвОКВЭД1", 3},
		{"mismatched end tag of any length", strings.Replace(whole, "</СвОКВЭД>", "</С"+noise(9000)+">", 1), pipeline.ErrDamaged, "", 3},
		{"raw quotes in a value", strings.Replace(whole, "&quot;ПРИМЕР 2&quot;", `"ПРИМЕР 2"`, 1), pipeline.ErrDamaged, "", 3},
		{"repeated attribute", strings.Replace(whole, `КодОКВЭД="45.31"`, `КодОКВЭД="45.31" КодОКВЭД="01.11"`, 1), pipeline.ErrDamaged, "twice", 3},
		{"too many attributes", strings.Replace(whole, "<ИдОтпр>", "<ИдОтпр "+manyAttrs(100)+">", 1), pipeline.ErrDamaged, "64 attributes", 3},
		{"too deep", strings.Replace(whole, "<ИдОтпр>", deep+"<ИдОтпр>", 1), pipeline.ErrDamaged, "64 deep", 3},
		{"too deep in a document", strings.Replace(whole, "<СвОКВЭД>", deep+"<СвОКВЭД>", 1), pipeline.ErrDamaged, "64 deep", 3},
		{"another set", strings.Replace(whole, "ЕГРЮЛ_ОТКР_СВЕД", "РЕЕСТРМСП", 1), pipeline.ErrUnknownForm, "РЕЕСТРМСП", 0},
		{"a dump before 2015", "<EGRUL_UL_DATA><HEADER/></EGRUL_UL_DATA>", pipeline.ErrUnknownForm, "EGRUL_UL_DATA", 0},
		{"another structure", strings.Replace(whole, `"4.08"`, `"5.01"`, 1), pipeline.ErrUnknownForm, "5.01", 3},
		{"no structure", strings.Replace(whole, `ВерсФорм="4.08"`, ``, 1), pipeline.ErrUnknownForm, "structure version", 3},
		{"another structure of the archives", strings.Replace(archive, "<EGRUL ", `<EGRUL ВерсФорм="5.01" `, 1), pipeline.ErrUnknownForm, "5.01", 0},
		{"a zero byte", strings.Replace(whole, "ПРИМЕР 2", "\x00", 1), pipeline.ErrDamaged, "", 3},
	}
}

// noise is text that packs badly, so that no ratio gives it away.
func noise(n int) string {
	r := rand.New(rand.NewPCG(4, 8))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('A' + r.IntN(26))
	}
	return string(b)
}

func manyAttrs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `a%d="" `, i)
	}
	return b.String()
}

// TestBrokenFile: alone, a broken file is the error of the whole pull; in a zip
// it costs only itself.
func TestBrokenFile(t *testing.T) {
	good := exchange(firm(10, "45.20"))
	for _, c := range broken(t) {
		t.Run(c.name, func(t *testing.T) {
			p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", c.text))
			if !errors.Is(p.err, c.want) {
				t.Errorf("error %.300v, want %v", p.err, c.want)
			}
			checkGap(t, p, "a.xml", c.words, c.rows)
			if len(p.found)+len(p.rejects) > 0 || p.counts != (pipeline.Counts{Declared: c.rows, Unread: c.rows}) {
				t.Errorf("%d observations, %d rejects, counts %+v", len(p.found), len(p.rejects), p.counts)
			}
			if c.name == "text before the root" {
				return // a member is told by its name alone
			}
			data := zipped(t, "1.xml", good, "2.xml", c.text, "3.xml", exchange(firm(11, "45.20")))
			p = pullFrom(t, pipeline.Request{}, Options{}, input("r.zip", data))
			if p.err != nil {
				t.Fatal(p.err)
			}
			checkGap(t, p, "r.zip/2.xml", "", c.rows)
			if len(p.found) != 2 || p.counts != (pipeline.Counts{Declared: c.rows + 2, Read: 2, Taken: 2, Unread: c.rows}) {
				t.Errorf("%d observations, counts %+v", len(p.found), p.counts)
			}
		})
	}
}

func checkGap(t *testing.T, p pulled, unit, words string, rows int64) {
	t.Helper()
	if len(p.gaps) != 1 {
		t.Fatalf("gaps %v, want one", p.gaps)
	}
	g := p.gaps[0]
	if g.Unit != unit || g.Unread != rows || !strings.Contains(g.Detail, words) {
		t.Errorf("gap of %d rows of %s, %.500s: want %d rows of %s and %q", g.Unread, g.Unit, g.Detail, rows, unit, words)
	}
	if len(g.Detail) > 1000 || strings.Contains(g.Detail, "\n") {
		t.Errorf("a message of %d bytes: %.200q…", len(g.Detail), g.Detail)
	}
}

// TestHugeAttribute: it is cut, wherever it stands.
func TestHugeAttribute(t *testing.T) {
	long := strings.Repeat("Ы", 100_000)
	text := exchange(document1(1, strings.Replace(entity(1, "2026-09-10", "45.20", ""), "ПРИМЕР 1", long, 1)))
	p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", text))
	o := p.found[firmINN(1)]
	if name := o.First(company.FieldNameFull); p.err != nil || len(name) > members.TextMax+len("…") {
		t.Errorf("error %v, a name of %d bytes", p.err, len(name))
	}
	for _, attr := range []string{string(firmINN(1)), "1265900000013", "590201001", "2026-09-10"} {
		text := exchange(document1(1, strings.Replace(entity(1, "2026-09-10", "45.20", ""), attr, long, 1)))
		p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", text))
		if p.err != nil || p.counts.Read != 1 {
			t.Errorf("in place of %s: error %.200v, counts %+v", attr, p.err, p.counts)
		}
		for _, r := range p.rejects {
			if len(r.Detail)+len(r.Raw) > 2*pipeline.RawLimit {
				t.Errorf("in place of %s: a reject of %d bytes", attr, len(r.Detail)+len(r.Raw))
			}
		}
	}
}

// TestBounds: a document larger than one may be ends the file, many small ones
// do not.
func TestBounds(t *testing.T) {
	docs := []string{firm(1, "45.20"), firm(2, "45.20"), firm(3, "45.20")}
	size, elements := len(docs[0]), strings.Count(docs[0], "<")
	for _, c := range []struct {
		name  string
		b     bounds
		words string
	}{
		{"room for each", bounds{size + 500, elements}, ""},
		{"too few bytes", bounds{size - 100, elements}, "bytes in one document"},
		{"too few elements", bounds{size + 500, 3}, "elements in one document"},
	} {
		d, err := newDecoder(strings.NewReader(exchange(docs...)), c.b)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = d.decode(func(*document) { n++ })
		if c.words == "" && (err != nil || n != 3) {
			t.Errorf("%s: %d documents, %v", c.name, n, err)
		}
		if c.words != "" && (!errors.Is(err, pipeline.ErrTooLarge) || !strings.Contains(err.Error(), c.words) || n > 0) {
			t.Errorf("%s: %d documents, %v", c.name, n, err)
		}
	}
	if b := usual(); b.bytes < 16<<20 || b.elements < 500_000 {
		t.Errorf("%+v has no room for the largest companies", b)
	}
}

// TestOddDocuments: a document that is no single subject costs only itself.
func TestOddDocuments(t *testing.T) {
	text := exchange(document1(1, ""), document1(2, entity(2, "2026-09-10", "45.20", "")+entity(3, "2026-09-10", "45.20", "")),
		firm(4, "45.20"), document1(5, strings.Replace(entity(5, "2026-09-10", "45.20", ""), string(firmINN(5)), "590000020135", 1)))
	p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", text))
	if p.err != nil || p.counts != (pipeline.Counts{Declared: 4, Read: 4, Taken: 1, Quarantined: 3}) {
		t.Fatalf("error %v, counts %+v", p.err, p.counts)
	}
	for i, want := range []struct {
		reason pipeline.Reason
		row    int64
		words  string
	}{
		{pipeline.ReasonMissing, 1, "neither"}, {pipeline.ReasonFormat, 2, "more than one"}, {pipeline.ReasonINN, 4, "other kind"},
	} {
		if r := p.rejects[i]; r.Reason != want.reason || r.Row != want.row || !strings.Contains(r.Detail, want.words) {
			t.Errorf("reject %+v, want %+v", r, want)
		}
	}
}
