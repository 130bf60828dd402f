package fns

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

// headcounts is a file of n documents of different firms.
func headcounts(n int) string {
	docs := make([]string, n)
	for i := range docs {
		docs[i] = doc("sshr2019", i+1, fmt.Sprintf(`<СведССЧР КолРаб="%d"/>`, 10*(i+1)))
	}
	return file("sshr2019", docs...)
}

// TestAccepted holds what well-formed XML may look like and must not matter.
func TestAccepted(t *testing.T) {
	plain := headcounts(2)
	one := doc("sshr2019", 1, `<СведССЧР КолРаб="10"/>`)
	for name, text := range map[string]string{
		"plain":                   plain,
		"names as until 2020":     strings.ReplaceAll(plain, "VO_OTKRDAN_3_", "VO_OTKRDAN3_"),
		"byte order mark":         "\ufeff" + plain,
		"no declaration":          strings.TrimPrefix(plain, declaration),
		"declaration in small":    strings.Replace(plain, `"UTF-8"`, `"utf-8"`, 1),
		"single quotes":           strings.ReplaceAll(plain, `КолРаб="10"`, `КолРаб='10'`),
		"spaces around equals":    strings.ReplaceAll(plain, `КолРаб="`, "КолРаб \n = \""),
		"attribute order":         strings.Replace(plain, `<СведНП НаимОрг=`, `<СведНП Иное="a > b" НаимОрг=`, 1),
		"many lines":              strings.ReplaceAll(plain, "><", ">\n\t<") + "\n",
		"padded count":            strings.Replace(plain, `КолДок="2"`, `КолДок="         2"`, 1),
		"comments":                strings.Replace(plain, one, "<!-- "+one+"</Файл> -->"+one, 1) + "<!-- end -->",
		"CDATA":                   strings.Replace(plain, one, "<![CDATA["+one+"]]>"+one, 1),
		"an element between":      strings.Replace(plain, one, "<Документ2>"+one+"</Документ2>"+one, 1),
		"an element inside":       strings.Replace(plain, "</Документ>", "<Иное>"+one+"</Иное></Документ>", 1),
		"numeric reference":       strings.Replace(plain, `"10"`, `"&#49;0"`, 1),
		"instruction":             strings.Replace(plain, "<ИдОтпр>", "<?note x?><ИдОтпр>", 1),
		"a later minor version":   strings.Replace(plain, `"4.01"`, `"4.02"`, 1),
		"foreign attributes":      strings.Replace(plain, "<СведССЧР", `<СведССЧР xmlns:x="y" x:КолРаб="7"`, 1),
		"a name that is no set's": strings.Replace(plain, "VO_OTKRDAN_3_", "copy of VO_OTKRDAN_5_", 1),
	} {
		t.Run(name, func(t *testing.T) {
			p := pullFrom(t, Options{Set: "sshr2019"}, input("a.xml", text))
			if p.err != nil || len(p.gaps) > 0 || p.counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 2}) {
				t.Fatalf("error %v, gaps %v, counts %+v", p.err, p.gaps, p.counts)
			}
			for n, want := range map[int]string{1: "headcount 2025=10", 2: "headcount 2025=20"} {
				if got := p.facts(inn("sshr2019", n)); got != want {
					t.Errorf("%s, want %s", got, want)
				}
			}
		})
	}
}

// refusal is a file of which nothing may be used, with the rows it declares.
type refusal struct {
	name  string
	text  string
	want  error
	words string
	rows  int64
}

func refusals() []refusal {
	whole := headcounts(3)
	declared := func(n int) string {
		return strings.Replace(whole, `КолДок="3"`, fmt.Sprintf(`КолДок="%d"`, n), 1)
	}
	return []refusal{
		{"cut in the middle", whole[:strings.LastIndex(whole, "НаимОрг")], pipeline.ErrDamaged, "unexpected EOF", 3},
		{"cut in a tag", whole[:strings.Index(whole, "КолРаб")+4], pipeline.ErrDamaged, "", 3},
		{"cut after a whole document", whole[:strings.LastIndex(whole, "<Документ")], pipeline.ErrDamaged, "unexpected EOF", 3},
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
		{"windows-1251 declared", strings.Replace(whole, "UTF-8", "windows-1251", 1), pipeline.ErrUnknownForm, "windows-1251", 0},
		{"windows-1251 declared with spaces", strings.Replace(whole, `encoding="UTF-8"`, `encoding = "windows-1251"`, 1), pipeline.ErrUnknownForm, "windows-1251", 0},
		{"not UTF-8", strings.Replace(whole, "ПРИМЕР 2", "\xcf\xd0", 1), pipeline.ErrDamaged, "UTF-8", 3},
		{"two roots", whole + whole, pipeline.ErrDamaged, "second root", 3},
		{"text after the root", whole + "конец", pipeline.ErrDamaged, "text outside", 3},
		{"mismatched end tag", strings.Replace(whole, "</Документ>", "</Документ1>", 1), pipeline.ErrDamaged, "", 3},
		{"raw < in a value", strings.Replace(whole, "ПРИМЕР 2", "a < b", 1), pipeline.ErrDamaged, "", 3},
		{"repeated attribute", strings.Replace(whole, `КолРаб="20"`, `КолРаб="20" КолРаб="30"`, 1), pipeline.ErrDamaged, "twice", 3},
		{"too many attributes", strings.Replace(whole, "<ИдОтпр>", "<ИдОтпр "+manyAttrs(100)+">", 1), pipeline.ErrDamaged, "64 attributes", 3},
		{"too deep", strings.Replace(whole, "<ИдОтпр>", strings.Repeat("<x>", 100)+strings.Repeat("</x>", 100)+"<ИдОтпр>", 1), pipeline.ErrDamaged, "32 deep", 3},
		{"an endless document", strings.Replace(whole, "ПРИМЕР 2", noise(elementMax+64<<10), 1), pipeline.ErrTooLarge, "one document", 3},
		{"another set", strings.Replace(whole, "ОТКРДАННЫЕ3", "ОТКРДАННЫЕ5", 1), pipeline.ErrUnknownForm, "ОТКРДАННЫЕ5", 3},
		{"another registry", strings.Replace(whole, "ОТКРДАННЫЕ3", "РЕЕСТРМСП", 1), pipeline.ErrUnknownForm, "РЕЕСТРМСП", 3},
		{"a name that belies the kind", strings.Replace(whole, "VO_OTKRDAN_3_", "VO_OTKRDAN_5_", 1), pipeline.ErrUnknownForm, "VO_OTKRDAN_5_", 3},
		{"another root", `<Реестр КолДок="3"/>`, pipeline.ErrUnknownForm, "Реестр", 0},
		{"another structure", strings.Replace(whole, `"4.01"`, `"5.01"`, 1), pipeline.ErrUnknownForm, "5.01", 3},
		{"another payload", strings.ReplaceAll(whole, "СведССЧР", "Сведения"), pipeline.ErrUnknownForm, "none of 3 documents", 3},
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

// TestRefusedFile: alone, it is the error of the whole pull.
func TestRefusedFile(t *testing.T) {
	for _, c := range refusals() {
		t.Run(c.name, func(t *testing.T) {
			p := pullFrom(t, Options{Set: "sshr2019"}, input("a.xml", c.text))
			if !errors.Is(p.err, c.want) {
				t.Errorf("error %v, want %v", p.err, c.want)
			}
			checkGap(t, p, "a.xml", c)
			if len(p.all)+len(p.rejects) > 0 || p.counts != (pipeline.Counts{Declared: c.rows, Unread: c.rows}) {
				t.Errorf("%d observations, %d rejects, counts %+v", len(p.all), len(p.rejects), p.counts)
			}
		})
	}
}

// TestRefusedMember: in a zip it costs only itself.
func TestRefusedMember(t *testing.T) {
	for _, c := range refusals() {
		t.Run(c.name, func(t *testing.T) {
			data := sourcetest.Zip(t, "1.xml", headcounts(1), "2.xml", c.text, "3.xml", headcounts(1))
			p := pullFrom(t, Options{Set: "sshr2019"}, files.FromBytes("r.zip", data))
			if p.err != nil {
				t.Fatal(p.err)
			}
			checkGap(t, p, "r.zip/2.xml", c)
			if len(p.all) != 2 || p.counts != (pipeline.Counts{Declared: c.rows + 2, Read: 2, Taken: 2, Unread: c.rows}) {
				t.Errorf("%d observations, counts %+v", len(p.all), p.counts)
			}
		})
	}
}

func checkGap(t *testing.T, p pulled, unit string, c refusal) {
	t.Helper()
	if len(p.gaps) != 1 {
		t.Fatalf("gaps %v, want one", p.gaps)
	}
	g := p.gaps[0]
	if g.Unit != unit || g.Unread != c.rows || !strings.Contains(g.Detail, c.words) {
		t.Errorf("gap %+v, want %d rows of %s and %q", g, c.rows, unit, c.words)
	}
	if len(g.Detail) > 1000 {
		t.Errorf("a message of %d bytes: %.200s…", len(g.Detail), g.Detail)
	}
}

// TestSetsRefuseOneAnother: the files of a set are never read as another's.
func TestSetsRefuseOneAnother(t *testing.T) {
	for i := range sets {
		for j := range sets {
			if i == j {
				continue
			}
			p := pullFrom(t, Options{Set: sets[i].id}, input("a.xml", file(sets[j].id, doc(sets[j].id, 1, payload(sets[j].id)))))
			if !errors.Is(p.err, pipeline.ErrUnknownForm) || len(p.all)+len(p.rejects) > 0 {
				t.Errorf("%s reads %s: error %v, %d observations", sets[i].id, sets[j].id, p.err, len(p.all))
			}
		}
	}
}

// TestChecksum: a member whose bytes are not those that were packed says so,
// also where the XML breaks before the end.
func TestChecksum(t *testing.T) {
	data := string(sourcetest.Zip(t, "1.xml", headcounts(200), "2.xml", headcounts(1)))
	for at := 300; at < 3000; at += 300 {
		spoiled := []byte(data)
		spoiled[at] ^= 0x10
		p := pullFrom(t, Options{Set: "sshr2019"}, files.FromBytes("r.zip", spoiled))
		if p.err != nil || len(p.gaps) != 1 || len(p.all) != 1 {
			t.Fatalf("byte %d: error %v, gaps %v, %d observations", at, p.err, p.gaps, len(p.all))
		}
		if !strings.Contains(p.gaps[0].Detail, pipeline.ErrDamaged.Error()) {
			t.Errorf("byte %d: %s", at, p.gaps[0].Detail)
		}
	}
}
