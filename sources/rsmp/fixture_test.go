package rsmp

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8"?>`
	memberName  = "VO_RRMSPSV_0000_9965_20260711_00000000-0000-4000-8000-00000000000%d.xml"
)

// registry wraps documents as a file of the registry.
func registry(docs ...string) string {
	return declaration + root(len(docs)) + strings.Join(docs, "") + "</Файл>"
}

func root(rows int) string {
	return fmt.Sprintf(`<Файл ИдФайл="VO_RRMSPSV_0000_9965_20260711_x" ВерсФорм="4.06" ТипИнф="РЕЕСТРМСП" КолДок="%d">`+
		`<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>`, rows)
}

// firm is a whole document of an invented company.
func firm(n int, code string) string {
	return fmt.Sprintf(`<Документ ИдДок="id-%d" ДатаСост="10.07.2026" ДатаВклМСП="01.08.2016" ВидСубМСП="1" КатСубМСП="1" ПризНовМСП="2">`+
		`<ОргВклМСП НаимОрг="ОБЩЕСТВО &quot;ПРИМЕР %d&quot;" НаимОргСокр="ООО &quot;ПРИМЕР %d&quot;" ИННЮЛ="%s"/>`+
		`<СведМН КодРегион="59"><Регион Тип="КРАЙ" Наим="ПЕРМСКИЙ"/><Город Тип="ГОРОД" Наим="ПЕРМЬ"/></СведМН>`+
		`<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="%s" НаимОКВЭД="Имя" ВерсОКВЭД="2014"/></СвОКВЭД></Документ>`, n, n, n, firmINN(n), code)
}

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

// heldOnly is the set of the ИНН given.
func heldOnly(inns ...company.INN) *company.INNSet {
	s := &company.INNSet{}
	for _, inn := range inns {
		s.Add(inn)
	}
	return s
}

func input(name, content string) files.Input { return files.FromBytes(name, []byte(content)) }

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
	for b, err := range New("мсп", inputs, options).Pull(t.Context(), req) {
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

// synthetic makes one member of the size and shape of the published ones: rows
// documents, some eight additional codes each, an eighth of them wanted by
// wantCars. The same seed gives the same bytes.
func synthetic(seed uint64, rows int) string {
	r := rand.New(rand.NewPCG(seed, 406))
	others := []string{"41.20", "43.29", "46.90", "47.11", "49.41", "56.10", "62.01", "68.20", "96.02", "01.11"}
	var b strings.Builder
	b.WriteString(declaration + root(rows))
	for i := range rows {
		main := others[r.IntN(len(others))]
		if r.IntN(8) == 0 {
			main = "45.20.1"
		}
		fmt.Fprintf(&b, `<Документ ИдДок="%08x-0000-4000-8000-%012x" ДатаСост="10.07.2026" ДатаВклМСП="01.08.2016" ВидСубМСП="1" КатСубМСП="%d" ПризНовМСП="2" СведСоцПред="2" ССЧР="%d">`,
			r.Uint32(), r.Uint64()>>16, 1+r.IntN(3), r.IntN(100))
		fmt.Fprintf(&b, `<ОргВклМСП НаимОрг="ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ &quot;ПРИМЕР %d&quot;" НаимОргСокр="ООО &quot;ПРИМЕР %d&quot;" ИННЮЛ="%s"/>`,
			i, i, firmINN(int(seed%100)*10_000+i))
		b.WriteString(`<СведМН КодРегион="59"><Регион Тип="КРАЙ" Наим="ПЕРМСКИЙ"/><Город Тип="ГОРОД" Наим="ПЕРМЬ"/></СведМН><СвОКВЭД>`)
		fmt.Fprintf(&b, `<СвОКВЭДОсн КодОКВЭД="%s" НаимОКВЭД="Название главного вида деятельности по классификатору" ВерсОКВЭД="2014"/>`, main)
		for range 4 + r.IntN(9) {
			fmt.Fprintf(&b, `<СвОКВЭДДоп КодОКВЭД="%s" НаимОКВЭД="Название дополнительного вида деятельности, не включенного в другие группировки" ВерсОКВЭД="2014"/>`,
				others[r.IntN(len(others))])
		}
		b.WriteString(`</СвОКВЭД></Документ>`)
	}
	b.WriteString("</Файл>")
	return b.String()
}
