package rsmp

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/sourcetest"
)

// TestAccepted holds what well-formed XML may look like and must not matter.
func TestAccepted(t *testing.T) {
	one, two := firm(1, "45.20"), firm(2, "45.31")
	plain := registry(one, two)
	order := strings.Replace(one, `КодОКВЭД="45.20" НаимОКВЭД="Имя" ВерсОКВЭД="2014"`, `ВерсОКВЭД="2014" НаимОКВЭД="a > b" КодОКВЭД="45.20"`, 1)
	for name, text := range map[string]string{
		"plain":                   plain,
		"byte order mark":         "\ufeff" + plain,
		"no declaration":          strings.TrimPrefix(plain, declaration),
		"declaration in capitals": strings.Replace(plain, `"UTF-8"`, `"utf-8"`, 1),
		"single quotes":           declaration + root(2) + strings.NewReplacer(`"`, `'`, "&quot;", `"`).Replace(one) + two + "</Файл>",
		"attribute order":         registry(order, two),
		"spaces around equals":    registry(strings.ReplaceAll(one, `КодОКВЭД="`, "КодОКВЭД \n = \""), two),
		"many lines":              strings.ReplaceAll(plain, "><", ">\n\t<") + "\n",
		"padded count":            strings.Replace(plain, `КолДок="2"`, `КолДок="         2"`, 1),
		"comments":                declaration + "<!-- " + two + " -->" + root(2) + one + "<!-- " + one + "</Документ></Файл> -->" + two + "</Файл><!-- end -->",
		"CDATA":                   declaration + root(2) + "<![CDATA[" + one + "]]>" + one + strings.Replace(two, "</Документ>", "<![CDATA[</Документ>]]></Документ>", 1) + "</Файл>",
		"nested element Документ2": declaration + root(2) + one + "<Документ2>" + firm(3, "45.20") + "</Документ2>" +
			strings.Replace(two, "</Документ>", "<Документ2>"+firm(4, "45.20")+"</Документ2></Документ>", 1) + "</Файл>",
		"codes of an inner element": registry(one, strings.Replace(two, "</Документ>", `<Иное><СвОКВЭД><СвОКВЭДОсн КодОКВЭД="01.11"/></СвОКВЭД></Иное></Документ>`, 1)),
		"numeric reference":         registry(strings.Replace(one, `"45.20"`, `"&#52;5.20"`, 1), two),
		"instruction":               strings.Replace(plain, "<ИдОтпр>", "<?note x?><ИдОтпр>", 1),
		"later minor version":       strings.Replace(plain, `"4.06"`, `"4.07"`, 1),
		"foreign attributes":        strings.Replace(plain, "<Документ ИдДок", `<Документ xmlns:x="y" x:ИдДок="no" ИдДок`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", text))
			if p.err != nil || len(p.gaps) > 0 || p.counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 2}) {
				t.Fatalf("error %v, gaps %v, counts %+v", p.err, p.gaps, p.counts)
			}
			for n, code := range map[int]string{1: "45.20", 2: "45.31"} {
				o := p.found[firmINN(n)]
				if got := o.All(company.FieldOKVEDMain); len(got) != 1 || got[0] != code {
					t.Errorf("company %d: main code %v, want %s", n, got, code)
				}
				if want := fmt.Sprintf("a.xml#%d", n); o.Origin != want {
					t.Errorf("origin %q, want %q", o.Origin, want)
				}
			}
		})
	}
}

// broken are files of three documents of which nothing may be used, with the
// rows they declare.
func broken() []struct {
	name  string
	text  string
	want  error
	words string
	rows  int64
} {
	a, b, c := firm(1, "45.20"), firm(2, "45.31"), firm(3, "45.20.1")
	whole := registry(a, b, c)
	declared := func(n int) string {
		return strings.Replace(whole, `КолДок="3"`, fmt.Sprintf(`КолДок="%d"`, n), 1)
	}
	return []struct {
		name  string
		text  string
		want  error
		words string
		rows  int64
	}{
		{"cut in the middle", whole[:strings.Index(whole, "id-2")+40], pipeline.ErrDamaged, "unexpected EOF", 3},
		{"cut in a tag", whole[:strings.Index(whole, "КодОКВЭД")+4], pipeline.ErrDamaged, "", 3},
		{"cut after a whole document", whole[:strings.Index(whole, `<Документ ИдДок="id-3"`)], pipeline.ErrDamaged, "unexpected EOF", 3},
		{"cut before the end tag", strings.TrimSuffix(whole, "</Файл>"), pipeline.ErrDamaged, "unexpected EOF", 3},
		{"cut in the root", whole[:strings.Index(whole, "ТипИнф")], pipeline.ErrDamaged, "", 0},
		{"nothing but a declaration", declaration, pipeline.ErrDamaged, "no element Файл", 0},
		{"one too many declared", declared(4), pipeline.ErrDamaged, "says 4 documents, there are 3", 4},
		{"one too few declared", declared(2), pipeline.ErrDamaged, "says 2 documents, there are 3", 2},
		{"count is no number", strings.Replace(whole, `КолДок="3"`, `КолДок="три"`, 1), pipeline.ErrDamaged, "три", 0},
		{"count missing", strings.Replace(whole, ` КолДок="3"`, ``, 1), pipeline.ErrDamaged, "КолДок", 0},
		{"count negative", declared(-3), pipeline.ErrDamaged, "-3", 0},
		{"count absurd", declared(2_000_000_000), pipeline.ErrDamaged, "2000000000", 0},
		{"DOCTYPE", strings.Replace(whole, "<Файл", `<!DOCTYPE Файл [<!ENTITY x "y">]><Файл`, 1), pipeline.ErrUnknownForm, "DOCTYPE", 0},
		{"directive inside", strings.Replace(whole, "<ИдОтпр>", `<!ENTITY x "y"><ИдОтпр>`, 1), pipeline.ErrUnknownForm, "directive", 3},
		{"own entity", strings.Replace(whole, "ПРИМЕР 2", "&x;", 1), pipeline.ErrDamaged, "entity", 3},
		{"own entity in the name of a code", strings.Replace(whole, `"Имя"`, `"&x;"`, 1), pipeline.ErrDamaged, "entity", 3},
		{"own entity behind a code", strings.Replace(whole, "</СвОКВЭД>", "&x;</СвОКВЭД>", 1), pipeline.ErrDamaged, "entity", 3},
		{"the end of CDATA behind a code", strings.Replace(whole, "</СвОКВЭД>", "]]></СвОКВЭД>", 1), pipeline.ErrDamaged, "CDATA", 3},
		{"windows-1251 declared", strings.Replace(whole, "UTF-8", "windows-1251", 1), pipeline.ErrUnknownForm, "windows-1251", 0},
		{"windows-1251 declared with spaces", strings.Replace(whole, `encoding="UTF-8"`, `encoding = "windows-1251"`, 1), pipeline.ErrUnknownForm, "windows-1251", 0},
		{"not UTF-8", strings.Replace(whole, "ПРИМЕР 2", "\xcf\xd0", 1), pipeline.ErrDamaged, "UTF-8", 3},
		{"two roots", whole + strings.TrimPrefix(whole, declaration), pipeline.ErrDamaged, "second root", 3},
		{"two files in one", whole + whole, pipeline.ErrDamaged, "declaration", 3},
		{"text after the root", whole + "конец", pipeline.ErrDamaged, "text outside", 3},
		{"mismatched end tag", strings.Replace(whole, "</СвОКВЭД>", "</СвОКВЭД1>", 1), pipeline.ErrDamaged, "", 3},
		{"raw < in a value", strings.Replace(whole, "ПРИМЕР 2", "a < b", 1), pipeline.ErrDamaged, "", 3},
		{"repeated attribute", strings.Replace(whole, `КодОКВЭД="45.31"`, `КодОКВЭД="45.31" КодОКВЭД="01.11"`, 1), pipeline.ErrDamaged, "twice", 3},
		{"too many attributes", strings.Replace(whole, "<ИдОтпр>", "<ИдОтпр "+manyAttrs(100)+">", 1), pipeline.ErrDamaged, "64 attributes", 3},
		{"too deep", strings.Replace(whole, "<ИдОтпр>", strings.Repeat("<x>", 100)+strings.Repeat("</x>", 100)+"<ИдОтпр>", 1), pipeline.ErrDamaged, "32 deep", 3},
		{"an endless document", strings.Replace(whole, "ПРИМЕР 2", noise(elementMax), 1), pipeline.ErrTooLarge, "one document", 3},
		{"another set", strings.Replace(whole, "РЕЕСТРМСП", "ОТКРДАННЫЕ3", 1), pipeline.ErrUnknownForm, "ОТКРДАННЫЕ3", 0},
		{"another root", `<Реестр КолДок="3">` + a + `</Реестр>`, pipeline.ErrUnknownForm, "Реестр", 0},
		{"another structure", strings.Replace(whole, `"4.06"`, `"5.01"`, 1), pipeline.ErrUnknownForm, "5.01", 3},
	}
}

// noise is text that packs badly, so that no ratio gives it away.
func noise(n int) string {
	r := rand.New(rand.NewPCG(4, 6))
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

// TestBrokenFile: alone, a broken file is the error of the whole pull.
func TestBrokenFile(t *testing.T) {
	for _, c := range broken() {
		t.Run(c.name, func(t *testing.T) {
			p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", c.text))
			if !errors.Is(p.err, c.want) {
				t.Errorf("error %v, want %v", p.err, c.want)
			}
			checkGap(t, p, "a.xml", c.words, c.rows)
			if len(p.found)+len(p.rejects) > 0 || p.counts != (pipeline.Counts{Declared: c.rows, Unread: c.rows}) {
				t.Errorf("%d observations, %d rejects, counts %+v", len(p.found), len(p.rejects), p.counts)
			}
		})
	}
}

// TestBrokenMember: in a zip it costs only itself.
func TestBrokenMember(t *testing.T) {
	good := registry(firm(10, "45.20"))
	for _, c := range broken() {
		t.Run(c.name, func(t *testing.T) {
			data := sourcetest.Zip(t, "1.xml", good, "2.xml", c.text, "3.xml", registry(firm(11, "45.20")))
			p := pullFrom(t, pipeline.Request{}, Options{}, input("r.zip", string(data)))
			if p.err != nil {
				t.Fatal(p.err)
			}
			checkGap(t, p, "r.zip/2.xml", c.words, c.rows)
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
		t.Errorf("gap %+v, want %d rows of %s and %q", g, rows, unit, words)
	}
	if len(g.Detail) > 1000 {
		t.Errorf("a message of %d bytes: %.200s…", len(g.Detail), g.Detail)
	}
}
