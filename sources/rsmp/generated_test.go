package rsmp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// generator writes members like those of 2026: three fifths sole proprietors,
// the codes and names of the whole classifier with the common ones far more
// often, a mean of eight additional codes in their order, a third with codes
// of their own reporting. Names are made of syllables. The same seed gives the
// same bytes.
type generator struct {
	r      *rand.Rand
	codes  []company.OKVED // common ones first
	sorted []company.OKVED
	b      strings.Builder
}

// mainPower says how common the common main codes are.
const mainPower = 3

func newGenerator(seed uint64) *generator {
	g := &generator{r: rand.New(rand.NewPCG(seed, 2026))}
	for class := range 100 {
		for rest := range 100 {
			code := company.OKVED(fmt.Sprintf("%02d.%02d", class, rest))
			if _, ok := code.Name(); ok {
				g.codes = append(g.codes, code)
			}
		}
	}
	g.sorted = slices.Clone(g.codes)
	order := rand.New(rand.NewPCG(1, 1)) // the same for all members
	order.Shuffle(len(g.codes), func(i, j int) { g.codes[i], g.codes[j] = g.codes[j], g.codes[i] })
	return g
}

func (g *generator) put(format string, args ...any) { fmt.Fprintf(&g.b, format, args...) }

func (g *generator) pick(from []string) string { return from[g.r.IntN(len(from))] }

// code is one of the common ones more often than not, the more so the higher
// the power.
func (g *generator) code(power float64) company.OKVED {
	return g.codes[int(math.Pow(g.r.Float64(), power)*float64(len(g.codes)))]
}

var (
	syllables = []string{"КА", "РО", "МИН", "ТЕХ", "СТРОЙ", "ВЕК", "АЛЬ", "ПРО", "СЕР", "ВИС", "ГОР", "НЕВ", "ДОН", "УРАЛ", "ЛЕС", "МАШ", "ТОРГ", "ПЛЮС", "АР", "ЗЕМ"}
	surnames  = []string{"ОБРАЗЦОВ", "ПРИМЕРОВ", "ТЕСТОВ", "ШАБЛОНОВ", "МАКЕТОВ", "ЗАПИСКИН", "СТРОЧКИН", "ПОДШИПНИКОВ", "РОЛИКОВ", "ШАРИКОВ"}
	towns     = []string{"ПЕРМЬ", "КАЗАНЬ", "БЕРДСК", "НОВОСИБИРСК", "САЛАВАТ", "КРАСНЫЙ ЛУЧ", "РОСТОВ-НА-ДОНУ", "ОМСК", "ТОМСК", "ЧИТА", "ТУЛА", "КУРСК"}
	districts = []string{"ПУРОВСКИЙ", "ЗАИНСКИЙ", "ТИМАШЕВСКИЙ", "ТОНШАЕВСКИЙ", "ИСТРИНСКИЙ", "ВОЛЖСКИЙ"}
)

// word is a name that few others have.
func (g *generator) word() string {
	var b strings.Builder
	for range 2 + g.r.IntN(3) {
		b.WriteString(g.pick(syllables))
	}
	return b.String()
}

func (g *generator) digits(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0' + byte(g.r.IntN(10))
	}
	b[0] = '1' + b[0]%9
	return b
}

func (g *generator) innOrg() string {
	b := g.digits(10)
	b[9] = controlDigit(b, innWeights[2:])
	return string(b)
}

func (g *generator) innSole() string {
	b := g.digits(12)
	b[10] = controlDigit(b, innWeights[1:])
	b[11] = controlDigit(b, innWeights[:])
	return string(b)
}

func (g *generator) ogrn(n, mod int) string {
	b := g.digits(n)
	rest := 0
	for _, c := range b[:n-1] {
		rest = (rest*10 + int(c-'0')) % mod
	}
	b[n-1] = '0' + byte(rest%10)
	return string(b)
}

// member writes one file.
func (g *generator) member(rows int) string {
	g.b.WriteString(declaration + root(rows))
	for range rows {
		g.document()
	}
	g.b.WriteString("</Файл>")
	return g.b.String()
}

func (g *generator) document() {
	sole := g.r.IntN(5) < 3
	kind := 1
	if sole {
		kind = 2 + g.r.IntN(20)/19
	}
	g.put(`<Документ ИдДок="%08x-%04x-4%03x-8%03x-%012x" ДатаСост="10.07.2026" ДатаВклМСП="10.%02d.20%02d" ВидСубМСП="%d" КатСубМСП="%d" ПризНовМСП="2" СведСоцПред="2"`,
		g.r.Uint32(), g.r.IntN(1<<16), g.r.IntN(1<<12), g.r.IntN(1<<12), g.r.Uint64()>>16, 1+g.r.IntN(12), 16+g.r.IntN(10), kind, 1+g.r.IntN(20)/18)
	if g.r.IntN(3) > 0 {
		g.put(` ССЧР="%d"`, g.r.IntN(30))
	}
	if sole {
		g.put(`><ИПВклМСП ИННФЛ="%s" ОГРНИП="%s"><ФИОИП Фамилия="%s" Имя="%s" Отчество="%sОВИЧ"/></ИПВклМСП>`,
			g.innSole(), g.ogrn(15, 13), g.pick(surnames), g.pick(syllables), g.word())
	} else {
		w := g.word()
		g.put(`><ОргВклМСП НаимОрг="ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ &quot;%s&quot;" НаимОргСокр="ООО &quot;%s&quot;" ИННЮЛ="%s" ОГРН="%s"/>`,
			w, w, g.innOrg(), g.ogrn(13, 11))
	}
	g.where()
	g.activities("СвОКВЭД", g.r.IntN(15))
	if g.r.IntN(3) == 0 {
		g.activities("СвОКВЭДотч", g.r.IntN(3))
	}
	if g.r.IntN(30) == 0 {
		g.put(`<СвЛиценз НомЛиценз="%s" ДатаЛиценз="01.03.2020" ДатаНачЛиценз="01.03.2020"><НаимЛицВД>Перевозки пассажиров автобусами</НаимЛицВД></СвЛиценз>`, g.digits(8))
	}
	g.b.WriteString(`</Документ>`)
}

func (g *generator) where() {
	g.put(`<СведМН КодРегион="%02d"><Регион Тип="ОБЛАСТЬ" Наим="%s"/>`, 1+g.r.IntN(79), g.pick([]string{"ТУЛЬСКАЯ", "ОМСКАЯ", "КУРСКАЯ", "ТОМСКАЯ"}))
	if g.r.IntN(3) == 0 {
		g.put(`<Район Тип="РАЙОН" Наим="%s"/><НаселПункт Тип="СЕЛО" Наим="%sИНО"/>`, g.pick(districts), g.pick(syllables)+g.pick(syllables))
	} else {
		g.put(`<Город Тип="ГОРОД" Наим="%s"/>`, g.pick(towns))
	}
	g.b.WriteString(`</СведМН>`)
}

func (g *generator) activities(name string, extra int) {
	g.put(`<%s>`, name)
	g.activity("СвОКВЭДОсн", g.code(mainPower))
	// A firm takes neighbouring codes together.
	var codes []company.OKVED
	for len(codes) < extra {
		at, _ := slices.BinarySearch(g.sorted, g.code(8))
		codes = append(codes, g.sorted[at:min(at+1+g.r.IntN(8), len(g.sorted))]...)
	}
	slices.Sort(codes)
	for _, c := range slices.Compact(codes) {
		g.activity("СвОКВЭДДоп", c)
	}
	g.put(`</%s>`, name)
}

func (g *generator) activity(name string, code company.OKVED) {
	title, _ := code.Name()
	g.put(`<%s КодОКВЭД="%s" НаимОКВЭД="%s" ВерсОКВЭД="2014"/>`, name, code, strings.ReplaceAll(title, `"`, "&quot;"))
}

// wantShare makes a request by which about so much of all documents of a
// generated release is taken.
func wantShare(share float64) pipeline.Request {
	codes := newGenerator(0).codes
	// A main code and, in a third of the documents, a reported one.
	taken := func(p float64) float64 { return p*2/3 + (1-(1-p)*(1-p))/3 }
	var req pipeline.Request
	sum := 0.0
	n := float64(len(codes))
	weight := func(i int) float64 {
		return math.Pow(float64(i+1)/n, 1.0/mainPower) - math.Pow(float64(i)/n, 1.0/mainPower)
	}
	for i := range codes {
		if taken(sum+weight(i)) <= share {
			sum += weight(i)
			req.Wanted.Codes = append(req.Wanted.Codes, codes[i])
		}
	}
	return req
}
