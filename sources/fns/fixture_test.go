package fns

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

const declaration = `<?xml version="1.0" encoding="UTF-8"?>`

// fixture is what a set looks like in the published form.
type fixture struct {
	version, kind, id string // of the root element
	drawn, made       string // ДатаСост, ДатаДок
}

func fixtureOf(set string) fixture {
	f := fixture{version: "4.01", drawn: "31.12.2025", made: "25.07.2026"}
	switch set {
	case "snr":
		f.version, f.drawn, f.made = "4.02", "01.09.2026", "25.09.2026"
	case "snrip", "debtam":
		f.drawn, f.made = "01.09.2026", "25.09.2026"
	}
	number := map[string]string{"sshr2019": "3", "revexp": "5", "paytax": "4", "debtam": "6", "snr": "1", "snrip": "8", "taxoffence": "7"}[set]
	f.kind, f.id = kindPrefix+number, "VO_OTKRDAN_"+number+"_9965_9965_20260725_00000000-0000-4000-8000-000000000001"
	return f
}

// root is the beginning of a file that declares a number of documents.
func root(set string, rows int) string {
	f := fixtureOf(set)
	return fmt.Sprintf(`<Файл ИдФайл="%s" ВерсФорм="%s" ВерсПрог="1.0" ТипИнф="%s" КолДок="%d">`+
		`<ИдОтпр><ФИООтв Фамилия="_" Имя="_"/></ИдОтпр>`, f.id, f.version, f.kind, rows)
}

// file wraps documents as a file of a set.
func file(set string, docs ...string) string {
	return declaration + root(set, len(docs)) + strings.Join(docs, "") + "</Файл>"
}

// doc is a document of the n-th invented firm with a payload.
func doc(set string, n int, payload ...string) string {
	f := fixtureOf(set)
	subject := fmt.Sprintf(`<СведНП НаимОрг="ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ &quot;ПРИМЕР %d&quot;" ИННЮЛ="%s"/>`, n, inn(set, n))
	if set == "snrip" {
		subject = fmt.Sprintf(`<СведНП ИННФЛ="%s" ОГРНИП="304%012d"><ФИО Фамилия="Примеров" Имя="Пример"/></СведНП>`, inn(set, n), n)
	}
	return fmt.Sprintf(`<Документ ИдДок="00000000-0000-4000-8000-%012d" ДатаДок="%s" ДатаСост="%s">%s%s</Документ>`,
		n, f.made, f.drawn, subject, strings.Join(payload, ""))
}

// on moves a document to another ДатаСост.
func on(day, document string) string {
	_, rest, _ := strings.Cut(document, ` ДатаСост="`)
	return strings.Replace(document, rest[:10], day, 1)
}

// payload is an ordinary one of a set.
func payload(set string) string {
	switch set {
	case "sshr2019":
		return `<СведССЧР КолРаб="14"/>`
	case "revexp":
		return `<СведДохРасх СумДоход="8831000.00" СумРасход="7977000.00"/>`
	case "paytax":
		return tax("Налог на прибыль", "1052605.06") + tax("Земельный налог", "0.00") + tax("Транспортный  налог", "1200.44")
	case "debtam":
		return debt("Налог на прибыль", "1000.50") + debt("Транспортный налог", "200.00")
	case "snr":
		return `<СведСНР ПризнЕСХН="0" ПризнУСН="1" ПризнАУСН="0" ПризнСРП="0"/>`
	case "snrip":
		return `<СведСНР ПризнСНР="1"/><СведСНР ПризнСНР="4"/>`
	default:
		return `<СведНаруш СумШтраф="200.00"/><СведНаруш СумШтраф="300.50"/>`
	}
}

func tax(name, amount string) string {
	return fmt.Sprintf(`<СвУплСумНал НаимНалог="%s" СумУплНал="%s"/>`, name, amount)
}

func debt(name, total string) string {
	return fmt.Sprintf(`<СведНедоим НаимНалог="%s" СумНедНалог="0.00" СумПени="0.00" СумШтраф="0.00" ОбщСумНедоим="%s"/>`, name, total)
}

// inn is the valid number of the n-th invented firm or sole proprietor.
func inn(set string, n int) company.INN {
	base, more := fmt.Sprintf("59%07d", n), 10
	if set == "snrip" {
		base, more = fmt.Sprintf("59%08d", n), 100
	}
	for d := range more {
		text := fmt.Sprintf("%s%d", base, d)
		if more == 100 {
			text = fmt.Sprintf("%s%02d", base, d)
		}
		if inn, err := company.ParseINN(text); err == nil {
			return inn
		}
	}
	panic("no control digit fits " + base)
}

func input(name, content string) files.Input { return files.FromBytes(name, []byte(content)) }

// source makes one that must be right.
func source(t testing.TB, o Options, inputs ...files.Input) *Source {
	t.Helper()
	s, err := New("набор", inputs, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// pulled is everything that a pull yields.
type pulled struct {
	batches []pipeline.Batch
	counts  pipeline.Counts
	all     []company.Observation
	gaps    []pipeline.Gap
	rejects []pipeline.Reject
	err     error
}

func pullFrom(t testing.TB, o Options, inputs ...files.Input) pulled {
	t.Helper()
	var p pulled
	for b, err := range source(t, o, inputs...).Pull(t.Context(), pipeline.Request{}) {
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
		p.all = append(p.all, b.Observations...)
	}
	return p
}

// facts writes what is known of an ИНН as «headcount 2025=14, …».
func (p *pulled) facts(number company.INN) string {
	var out []string
	for _, o := range p.all {
		if o.INN != number {
			continue
		}
		for _, f := range o.Facts {
			out = append(out, strings.TrimSuffix(string(f.Field)+" "+f.Key, " ")+"="+f.Value)
		}
	}
	return strings.Join(out, ", ")
}

// synthetic makes a member of the size and shape of the published ones.
func synthetic(set string, seed uint64, rows int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	amount := func() string {
		if r.IntN(2) == 0 {
			return "0.00"
		}
		return fmt.Sprintf("%d.%02d", r.IntN(3_000_000), r.IntN(100))
	}
	docs := make([]string, rows)
	for i := range docs {
		var body string
		switch set {
		case "sshr2019":
			body = fmt.Sprintf(`<СведССЧР КолРаб="%d"/>`, r.IntN(60))
		case "revexp":
			body = fmt.Sprintf(`<СведДохРасх СумДоход="%d000.00" СумРасход="%d000.00"/>`, r.IntN(300_000), r.IntN(300_000))
		case "paytax":
			var rows strings.Builder
			for _, name := range []string{
				"Налог на добавленную стоимость", "Налог на прибыль", "Транспортный налог", "Задолженность и перерасчеты по ОТМЕНЕННЫМ НАЛОГАМ  и сборам и иным обязательным платежам  (кроме ЕСН, страх. Взносов)",
				"Страховые взносы на обязательное медицинское страхование работающего населения, зачисляемые в бюджет Федерального фонда обязательного медицинского страхования",
				"Страховые и другие взносы на обязательное пенсионное страхование, зачисляемые в Пенсионный фонд Российской Федерации",
			} {
				rows.WriteString(tax(name, amount()))
			}
			body = rows.String()
		default:
			body = payload(set)
		}
		docs[i] = doc(set, int(seed)*10_000+i, body)
	}
	return file(set, docs...)
}
