package rsmp

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

const fixture = "VO_RRMSPSV_0000_9965_20260711_f0000000-0000-4000-8000-000000000406.xml"

func fixtureInputs(t testing.TB) []files.Input {
	t.Helper()
	inputs, err := files.Expander{}.Expand([]string{filepath.Join("testdata", fixture)})
	if err != nil {
		t.Fatal(err)
	}
	return inputs
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

// TestStructure406 reads our own file of the newest structure wholly.
func TestStructure406(t *testing.T) {
	p := pullFrom(t, pipeline.Request{}, Options{}, fixtureInputs(t)...)
	if p.err != nil || p.counts != (pipeline.Counts{Declared: 5, Read: 5, Taken: 5}) {
		t.Fatalf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
	for inn, want := range map[company.INN][]string{
		"5900000010": {
			`name.full = ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "КАМСКИЙ АВТОСЕРВИС"`, `name.short = ООО "КАМСКИЙ АВТОСЕРВИС"`,
			"ogrn = 1265900000002", "okved.main = 68.20", "okved.extra = 45.31", "okved.reported = 45.20.1",
			"okved.reported_extra = 45.32", "region = 59", "city = Пермь", "headcount[2025] = 48", "sme = 2", "sme.since = 2016-08-01",
		},
		"1600000029": { // no short name, wrong ОГРН, spaces, a code of the first classifier
			`name.full = ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ЗАКАМЬЕ АГРО"`, "okved.main = 01.1", "region = 16",
			"city = Верхний Лузгач", "district = Заинский район", "headcount[2025] = 15", "sme = 1", "sme.since = 2025-08-10",
			"licence = Перевозка грузов (№ АБ-16-000001, с 01.03.2020 до 01.03.2027)",
			"licence = Перевозки пассажиров автобусами (№ АБ-16-000001, с 01.03.2020 до 01.03.2027)",
			"product = 01.11.12 (Пшеница, кроме твердой)", "product = 56.10.11.129-0000 (Услуги столовых)",
		},
		"540000001050": { // no declared codes at all, no patronymic
			"name.full = Подшипников-Роликов Пример", "name.short = ИП Подшипников-Роликов П.", "ogrn = 323540000000014",
			"okved.reported = 45.31.1", "region = 54", "city = Бердск", "sme = 1", "sme.since = 2026-07-10",
		},
		"230000002002": { // head of a farm
			"name.full = Пахарев Пример Образцович", "name.short = ИП глава КФХ Пахарев П.О.", "okved.main = 01.11", "region = 23",
			"city = Роговская", "district = Тимашевский район", "sme = 1", "sme.since = 2024-07-10",
		},
		"7700000030": { // headcount as an element, city of federal importance
			`name.full = АКЦИОНЕРНОЕ ОБЩЕСТВО "СТОЛИЧНЫЕ ЗАПЧАСТИ"`, `name.short = АО "СТОЛИЧНЫЕ ЗАПЧАСТИ"`, "okved.main = 46.90",
			"okved.extra = 45.31", "region = 77", "city = Москва", "headcount[2025] = 120", "sme = 3", "sme.since = 2024-07-10",
		},
	} {
		o := p.found[inn]
		if got := facts(o); !slices.Equal(got, want) {
			t.Errorf("%s:\n got %s\nwant %s", inn, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
		if o.Date.String() != "2026-07-10" {
			t.Errorf("%s: date %s", inn, o.Date)
		}
	}
}

// TestWhatIsTaken goes through the rules of the filter.
func TestWhatIsTaken(t *testing.T) {
	held := heldOnly("230000002002")
	for _, c := range []struct {
		name string
		req  pipeline.Request
		want []company.INN
	}{
		{"main or reported", pipeline.Request{Wanted: wantCars()}, []company.INN{"540000001050", "5900000010"}},
		{"additional too", pipeline.Request{Wanted: pipeline.Wanted{Codes: wantCars().Codes, Additional: true}}, []company.INN{"540000001050", "5900000010", "7700000030"}},
		{"reported additional too", pipeline.Request{Wanted: pipeline.Wanted{Codes: []company.OKVED{"45.32"}, Additional: true}}, []company.INN{"5900000010"}},
		{"reported additional alone is not enough", pipeline.Request{Wanted: pipeline.Wanted{Codes: []company.OKVED{"45.32"}}}, nil},
		{"held", pipeline.Request{Wanted: pipeline.Wanted{Codes: []company.OKVED{"99"}}, Held: held}, []company.INN{"230000002002"}},
		{"a code of the first classifier", pipeline.Request{Wanted: pipeline.Wanted{Codes: []company.OKVED{"50.20"}, Additional: true}}, nil},
		{"everything", pipeline.Request{}, []company.INN{"1600000029", "230000002002", "540000001050", "5900000010", "7700000030"}},
	} {
		p := pullFrom(t, c.req, Options{}, fixtureInputs(t)...)
		var got []company.INN
		for inn := range p.found {
			got = append(got, inn)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) || p.err != nil {
			t.Errorf("%s: %v, want %v (%v)", c.name, got, c.want, p.err)
		}
		if n := int64(len(c.want)); p.counts.Taken != n || p.counts.NotWanted != 5-n {
			t.Errorf("%s: counts %+v", c.name, p.counts)
		}
	}
}

// TestHeadcountYear: January to June carry the year before the previous one.
func TestHeadcountYear(t *testing.T) {
	for date, want := range map[string]string{
		"10.01.2026": "2024", "10.06.2026": "2024", "10.07.2026": "2025", "10.12.2026": "2025", "10.01.2027": "2025",
	} {
		o := observed(t, strings.Replace(firm(1, "45.20"), `ДатаСост="10.07.2026"`, `ССЧР="7" ДатаСост="`+date+`"`, 1))
		if got := facts(o); !slices.Contains(got, "headcount["+want+"] = 7") {
			t.Errorf("%s: %v, want year %s", date, got, want)
		}
	}
}

// observed is the observation of the one document of a file.
func observed(t testing.TB, doc string) company.Observation {
	t.Helper()
	p := pullFrom(t, pipeline.Request{}, Options{Workers: 1}, input("a.xml", registry(doc)))
	if p.err != nil || len(p.batches) != 1 || len(p.batches[0].Observations) != 1 {
		t.Fatalf("%v, batches %+v", p.err, p.batches)
	}
	return p.batches[0].Observations[0]
}

func TestHeadcountForms(t *testing.T) {
	for in, want := range map[string]int64{
		"0": 0, "15": 15, " 15 ": 15, "1 234": 1234, "1\u00a0234": 1234, "007": 7,
		"": -1, "-": -1, "-5": -1, "12.5": -1, "около 10": -1, "99999999999999999999": -1, "10000001": -1, "+5": -1,
	} {
		got, ok := headcountOf(value(in))
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d, want %d", in, got, want)
		}
	}
}

// TestOwnDateOrThatOfTheFile guards a document without ДатаСост.
func TestOwnDateOrThatOfTheFile(t *testing.T) {
	undated := strings.Replace(firm(1, "45.20"), ` ДатаСост="10.07.2026"`, "", 1)
	wrong := strings.Replace(firm(1, "45.20"), `10.07.2026`, "31.02.2026", 1)
	named := fmt.Sprintf(memberName, 1)
	for _, c := range []struct{ name, file, doc, want string }{
		{"own", named, firm(1, "45.20"), "2026-07-10"},
		{"name of the file", named, undated, "2026-07-11"},
		{"ИдФайл", "x.xml", undated, "2026-07-11"},
		{"no date at all", named, wrong, "2026-07-11"},
	} {
		p := pullFrom(t, pipeline.Request{}, Options{}, input(c.file, registry(c.doc)))
		if got := p.found[firmINN(1)].Date.String(); got != c.want || p.batches[0].Release.Date.String() != c.want {
			t.Errorf("%s: %s and release %s, want %s", c.name, got, p.batches[0].Release.Date, c.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name, place string // what stands in СведМН, and its КодРегион
		code        string
		want        []string
	}{
		{"town", `<Город Тип="ГОРОД" Наим="ПЕРМЬ"/>`, "59", []string{"region = 59", "city = Пермь"}},
		{"town before settlement", `<Город Тип="ГОРОД" Наим="ЛАБЫТНАНГИ"/><НаселПункт Тип="МИКРОРАЙОН" Наим="ОБСКОЙ"/>`, " 89 ", []string{"region = 89", "city = Лабытнанги"}},
		{"settlement", `<Район Тип="РАЙОН" Наим="ТОНШАЕВСКИЙ"/><НаселПункт Тип="РАБОЧИЙ ПОСЕЛОК" Наим="ПИЖМА"/>`, "52", []string{"region = 52", "city = Пижма", "district = Тоншаевский район"}},
		{"district that is a town", `<Район Тип="Г." Наим="АНТРАЦИТ"/>`, "94", []string{"region = 94", "city = Антрацит"}},
		{"district that is a town beside a town", `<Район Тип="Г." Наим="КРАСНЫЙ ЛУЧ"/><Город Тип="Г." Наим="ВАХРУШЕВО"/>`, "94", []string{"region = 94", "city = Вахрушево", "district = Красный Луч"}},
		{"federal city", ``, "78", []string{"region = 78", "city = Санкт-Петербург"}},
		{"Sevastopol", ``, "92", []string{"region = 92", "city = Севастополь"}},
		{"region by name", `<Регион Тип="КРАЙ" Наим="ПЕРМСКИЙ"/>`, "00", []string{"region = 59"}},
		{"retired code", ``, "81", []string{"region = 59"}},
		{"unknown region", `<Регион Тип="" Наим="МАРС"/><Город Тип="г" Наим="Пермь"/>`, "00", []string{"city = Пермь"}},
		{"улус", `<Район Тип="улус" Наим="Хангаласский"/>`, "14", []string{"region = 14", "district = Хангаласский улус"}},
		{"references", `<Город Тип="г" Наим="П&#1077;рмь"/>`, "&#53;9", []string{"region = 59", "city = Пермь"}},
		{"nothing", ``, "", nil},
	} {
		doc := `<Документ><ОргВклМСП ИННЮЛ="` + string(firmINN(1)) + `"/><СведМН КодРегион="` + c.code + `">` + c.place + `</СведМН></Документ>`
		if got := facts(observed(t, doc)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestProprietorNames(t *testing.T) {
	for _, c := range []struct {
		surname, name, patronymic string
		kind                      string
		full, short               string
	}{
		{"ОБРАЗЦОВ", "ПРИМЕР", "ТЕСТОВИЧ", "2", "Образцов Пример Тестович", "ИП Образцов П.Т."},
		{" образцов-второй ", "пример", "-", "2", "Образцов-Второй Пример", "ИП Образцов-Второй П."},
		{"де Образцов", "Пример", "", "3", "де Образцов Пример", "ИП глава КФХ де Образцов П."},
		{"Д'ОБРАЗЦОВ", "", "", "", "Д'образцов", "ИП Д'образцов"},
		{"ЁЖИКОВ", "-", "ЯРОСЛАВОВНА", " 3 ", "Ёжиков Ярославовна", "ИП глава КФХ Ёжиков Я."},
		{"ОБРАЗЦОВ ОГЛЫ", "АЛЬ-ПРИМЕР", "", "2", "Образцов Оглы Аль-Пример", "ИП Образцов Оглы А."},
		{"&#1054;БРАЗЦОВ", "ПРИМЕР", "", "2", "Образцов Пример", "ИП Образцов П."},
		{"SMITH", "JOHN", "", "2", "Smith John", "ИП Smith J."},
		{"", "ПРИМЕР", "", "2", "Пример", ""},
		{"-", "-", "", "2", "", ""},
	} {
		o := observed(t, `<Документ ВидСубМСП="`+c.kind+`"><ИПВклМСП ИННФЛ="540000001050"><ФИОИП Фамилия="`+c.surname+`" Имя="`+c.name+
			`" Отчество="`+c.patronymic+`"/></ИПВклМСП></Документ>`)
		if full, short := o.First(company.FieldNameFull), o.First(company.FieldNameShort); full != c.full || short != c.short {
			t.Errorf("%+v: %q and %q", c, full, short)
		}
	}
}

func TestQuarantine(t *testing.T) {
	person := string(firmINN(1)) + "00"
	for _, c := range []struct {
		name   string
		doc    string
		reason pipeline.Reason
		words  string
	}{
		{"checksum", strings.Replace(firm(1, "45.20"), string(firmINN(1)), "5900000011", 1), pipeline.ReasonINN, "5900000011"},
		{"form", strings.Replace(firm(1, "45.20"), string(firmINN(1)), "59", 1), pipeline.ReasonINN, "10 or 12 digits"},
		{"a person's number of a company", strings.Replace(firm(1, "45.20"), string(firmINN(1)), "540000001050", 1), pipeline.ReasonINN, "other kind"},
		{"twelve digits of nobody", strings.Replace(firm(1, "45.20"), string(firmINN(1)), person, 1), pipeline.ReasonINN, "checksum"},
		{"empty", strings.Replace(firm(1, "45.20"), string(firmINN(1)), "", 1), pipeline.ReasonMissing, "ОргВклМСП"},
		{"no subject", `<Документ ИдДок="x"/>`, pipeline.ReasonMissing, "ИПВклМСП"},
	} {
		p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", registry(firm(2, "45.20"), c.doc, firm(3, "45.20"))))
		if p.err != nil || p.counts != (pipeline.Counts{Declared: 3, Read: 3, Taken: 2, Quarantined: 1}) || len(p.rejects) != 1 {
			t.Fatalf("%s: error %v, counts %+v, rejects %v", c.name, p.err, p.counts, p.rejects)
		}
		r := p.rejects[0]
		if r.Row != 2 || r.Unit != "a.xml" || r.Reason != c.reason || !strings.Contains(r.Detail, c.words) || r.Raw != c.doc {
			t.Errorf("%s: reject %+v", c.name, r)
		}
	}
}

func TestQuarantineKeepsABoundedCopy(t *testing.T) {
	long := strings.Replace(firm(1, "45.20"), string(firmINN(1)), "5900000011", 1)
	long = strings.Replace(long, "</СвОКВЭД>", strings.Repeat(`<СвОКВЭДДоп КодОКВЭД="41.20"/>`, 500)+"</СвОКВЭД>", 1)
	p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", registry(long)))
	if len(p.rejects) != 1 {
		t.Fatalf("rejects %v", p.rejects)
	}
	raw := p.rejects[0].Raw
	if len(raw) > pipeline.RawLimit || len(raw) < pipeline.RawLimit-4 || !strings.HasPrefix(long, raw) {
		t.Errorf("%d bytes kept, no beginning of the document: %s", len(raw), raw)
	}
}

// TestRepeatedINN: the later date stays; of equal dates the greater content,
// whatever the order of the rows.
func TestRepeatedINN(t *testing.T) {
	old := strings.Replace(firm(1, "45.20"), "10.07.2026", "10.06.2026", 1)
	a, b := firm(1, "45.20"), firm(1, "45.31")
	for _, c := range []struct {
		name string
		docs []string
		want string
	}{
		{"later last", []string{old, b}, "45.31"},
		{"later first", []string{b, old}, "45.31"},
		{"equal dates", []string{a, b}, "45.31"},
		{"equal dates, other order", []string{b, a}, "45.31"},
		{"three", []string{a, old, b}, "45.31"},
	} {
		p := pullFrom(t, pipeline.Request{}, Options{}, input("a.xml", registry(c.docs...)))
		n := int64(len(c.docs))
		if p.counts != (pipeline.Counts{Declared: n, Read: n, Taken: n}) || len(p.batches[0].Observations) != 1 {
			t.Errorf("%s: counts %+v, %d observations", c.name, p.counts, len(p.batches[0].Observations))
		}
		o := p.found[firmINN(1)]
		if got := o.First(company.FieldOKVEDMain); got != c.want {
			t.Errorf("%s: main code %s, want %s", c.name, got, c.want)
		}
	}
}
