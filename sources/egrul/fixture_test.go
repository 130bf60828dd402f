package egrul

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
	"obzvon/pipeline/sourcetest"
)

const (
	declared1251 = `<?xml version="1.0" encoding="windows-1251"?>`
	declaredUTF8 = `<?xml version="1.0" encoding="UTF-8"?>`
	memberName   = "VO_RUGFO_0000_9965_20260912_00000000-0000-4000-8000-%012d.xml"
)

// cp1251 turns a text into the bytes that the registers are in.
func cp1251(t testing.TB, text string) string {
	t.Helper()
	b, err := charmap.Windows1251.NewEncoder().String(text)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	return b
}

// fixture is a file of testdata as it would come.
func fixture(t testing.TB, name string) files.Input {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return input(name, cp1251(t, string(text)))
}

func input(name, content string) files.Input { return files.FromBytes(name, []byte(content)) }

// exchange wraps documents as a file of the exchange, in UTF-8.
func exchange(docs ...string) string {
	return declaredUTF8 + root(len(docs)) + strings.Join(docs, "") + "</Файл>"
}

func root(rows int) string {
	return fmt.Sprintf(`<Файл ИдФайл="VO_RUGFO_0000_9965_20260912_x" ВерсФорм="4.08" ТипИнф="ЕГРЮЛ_ОТКР_СВЕД" КолДок="%10d">`+
		`<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>`, rows)
}

func document1(n int, body string) string {
	return fmt.Sprintf(`<Документ ИдДок="id-%d">%s</Документ>`, n, body)
}

// firm is an invented company in a document of the exchange.
func firm(n int, code string) string { return document1(n, entity(n, "2026-09-10", code, "")) }

// entity is СвЮЛ of an invented company with more inside.
func entity(n int, day, code, more string) string {
	return fmt.Sprintf(`<СвЮЛ ДатаВып="%s" ОГРН="1265900000013" ДатаОГРН="2026-01-15" ИНН="%s" КПП="590201001">`+
		`<СвНаимЮЛ НаимЮЛПолн="ОБЩЕСТВО &quot;ПРИМЕР %d&quot;"/>%s<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="%s" НаимОКВЭД="Имя" ПрВерсОКВЭД="2014"/></СвОКВЭД></СвЮЛ>`,
		day, firmINN(n), n, more, code)
}

// over is what a company that has ended carries.
const over = `<СвПрекрЮЛ ДатаПрекрЮЛ="2026-09-01"><СпПрекрЮЛ КодСпПрекрЮЛ="201" НаимСпПрекрЮЛ="Ликвидация юридического лица"/></СвПрекрЮЛ>`

// firmINN is the valid number of the n-th invented company.
func firmINN(n int) company.INN {
	base := fmt.Sprintf("59%07d", n)
	for d := '0'; d <= '9'; d++ {
		if inn, err := company.ParseINN(base + string(d)); err == nil {
			return inn
		}
	}
	panic("no control digit fits " + base)
}

// wantCars takes repair of cars and trade in parts.
func wantCars() pipeline.Wanted {
	return pipeline.Wanted{Codes: []company.OKVED{"45.2", "45.31"}}
}

func held(all ...company.INN) *company.INNSet {
	s := &company.INNSet{}
	for _, inn := range all {
		s.Add(inn)
	}
	return s
}

func zipped(t testing.TB, pairs ...string) string {
	t.Helper()
	return string(sourcetest.Zip(t, pairs...))
}

// pulled is everything that a pull yields.
type pulled struct {
	batches []pipeline.Batch
	counts  pipeline.Counts
	found   map[company.INN]company.Observation
	gaps    []pipeline.Gap
	rejects []pipeline.Reject
	err     error
}

func pullFrom(t testing.TB, req pipeline.Request, options Options, inputs ...files.Input) pulled {
	t.Helper()
	p := pulled{found: map[company.INN]company.Observation{}}
	for b, err := range New("егрюл", inputs, options).Pull(t.Context(), req) {
		if err != nil {
			p.err = err
			continue
		}
		if err := b.Counts.Check(); err != nil {
			t.Errorf("%s: %v", b.Unit, err)
		}
		p.batches = append(p.batches, b)
		p.counts = p.counts.Add(b.Counts)
		p.gaps = append(p.gaps, b.Gaps...)
		p.rejects = append(p.rejects, b.Rejects...)
		for _, o := range b.Observations {
			p.found[o.INN] = o
		}
	}
	return p
}

// facts writes an observation so that tests can name it wholly.
func facts(o company.Observation) []string {
	var out []string
	for _, f := range o.Facts {
		s := string(f.Field)
		if f.Key != "" {
			s += "[" + f.Key + "]"
		}
		s += " = " + f.Value
		if f.Note != "" {
			s += " (" + f.Note + ")"
		}
		out = append(out, s)
	}
	return out
}

// cutAfter is a fixture with its first n documents only.
func cutAfter(t testing.TB, name string, n int) files.Input {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitAfter(string(b), "</Документ>")
	head, tail, ok := strings.Cut(parts[0], `КолДок="`)
	if !ok {
		t.Fatal("no КолДок")
	}
	_, tail, _ = strings.Cut(tail, `"`)
	parts[0] = fmt.Sprintf(`%sКолДок="%d"%s`, head, n, tail)
	return input(name, cp1251(t, strings.Join(parts[:n], "")+"</Файл>"))
}
