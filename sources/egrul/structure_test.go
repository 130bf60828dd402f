package egrul

import (
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

func checkFacts(t *testing.T, o company.Observation, want ...string) {
	t.Helper()
	if got := facts(o); !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", o.INN, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestStructure408(t *testing.T) {
	req := pipeline.Request{Held: held("5400001054")}
	p := pullFrom(t, req, Options{}, fixture(t, "exchange-4.08.xml"))
	if p.err != nil || len(p.gaps) > 0 || p.counts != (pipeline.Counts{Declared: 6, Read: 6, Taken: 5, Quarantined: 1}) {
		t.Fatalf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
	if r := p.batches[0].Release; r != (pipeline.Release{ID: "exchange-4.08.xml", Date: day("2026-09-12")}) {
		t.Errorf("release %+v", r)
	}
	// The later extract of the first company stays, though it says less.
	if o := p.found["5900001013"]; o.Date != day("2026-09-12") || o.Origin != "exchange-4.08.xml#d0000000-0000-4000-8000-000000000005" {
		t.Errorf("of two extracts that of %s stays, %s", o.Date, o.Origin)
	}
	checkFacts(t, p.found["7600001030"],
		`name.full = АКЦИОНЕРНОЕ ОБЩЕСТВО "ПОДШИПНИК-СЕРВИС"`, "ogrn = 1117600000033", "kpp = 760401001", "okved.main = 28.15.1",
		"region = 76", "city = Образцово", "district = Гаврилов-Ямский муниципальный округ",
		"address = Ярославская область, Гаврилов-Ямский муниципальный округ, с. Образцово",
		"registered = 2011-03-03", "status = active", "manager = ООО «Управляющая Компания», ИНН 5900001020",
		"address.doubt = сведения недостоверны (результаты проверки); сведения недостоверны (решение суда)")
	checkFacts(t, p.found["1600001047"],
		`name.full = ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ЗАКАМЬЕ"`, "ogrn = 1121600000048", "kpp = 160101001", "okved.main = 01.11",
		"region = 16", "city = Верхний Лузгач", "district = Заинский район",
		"address = 422000, Республика Татарстан, Заинский район, с. Верхний Лузгач", "registered = 2012-04-04", "status = bankrupt",
		"status.text = Юридическое лицо признано несостоятельным (банкротом); Регистрирующим органом принято решение о предстоящем исключении юридического лица из ЕГРЮЛ (решение № 17 от 31.08.2026)",
		"head.post = Директор (конкурсный управляющий) (сведения недостоверны)")
	ended := p.found["5400001054"]
	checkFacts(t, ended,
		`name.full = ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "БЫВШИЙ АВТОСЕРВИС"`, "ogrn = 1135400000053", "kpp = 540101001", "okved.main = 45.20",
		"region = 54", "city = Бердск", "address = Новосибирская область, г. Бердск", "registered = 2013-05-05", "status = liquidated",
		"status.text = Юридическое лицо прекращено в связи с исключением из ЕГРЮЛ (с 08.09.2026)")
	if ended.Date != day("2026-09-11") {
		t.Errorf("what has ended is of %s, want ДатаВып", ended.Date)
	}
	checkReject(t, p, pipeline.ReasonINN, 6, "7700001067", "С ЧУЖИМ НОМЕРОМ")
}

// TestFirstOf408 reads the first document alone, which the fifth replaces.
func TestFirstOf408(t *testing.T) {
	p := pullFrom(t, pipeline.Request{Persons: true}, Options{}, cutAfter(t, "exchange-4.08.xml", 1))
	checkFacts(t, p.found["5900001013"],
		`name.full = ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "КАМСКИЙ АВТОРЕМОНТ"`, `name.short = ООО "КАМСКИЙ АВТОРЕМОНТ"`,
		"ogrn = 1265900000013", "kpp = 590201001", "okved.main = 68.20", "okved.extra = 45.31", "okved.reported = 45.20.1", "okved.reported_extra = 45.32",
		"region = 59", "city = Пермь",
		"address = 614000, Пермский край, г. Пермь, мкр. Вышка-1, ул. 1-я Красноармейская, д. 5А, стр. 2, офис 12 этаж 3",
		"email = info@kamsky-auto.example", "registered = 2026-01-15", "status = active",
		"status.text = Юридическим лицом принято решение об изменении места нахождения",
		"branch[165543001] = 420000, Республика Татарстан, г. Казань, ул. Баумана, д. 1 (ФИЛИАЛ В Г. КАЗАНЬ)",
		"branch[590244001] = Беларусь, 220000, г. Минск, пр. Независимости, 1 (ПРЕДСТАВИТЕЛЬСТВО В МИНСКЕ)",
		"branch["+hashed("101000, Москва, Муниципальный округ Басманный, ул. Маросейка, д. 3")+"] = 101000, Москва, Муниципальный округ Басманный, ул. Маросейка, д. 3",
		"head.name = Роликов Пример Образцович", "head.post = Генеральный директор",
		"licence = Заготовка лома (№ Л000-00000-59/00000002, с 01.03.2026, приостановлена)",
		"licence = Перевозки пассажиров автобусами (№ АБ-59-000001, с 02.02.2026 до 01.02.2031)",
		"licence = Сбор отходов (№ АБ-59-000001, с 02.02.2026 до 01.02.2031)", "capital = 10001")
}

func TestStructure407(t *testing.T) {
	p := pullFrom(t, pipeline.Request{}, Options{}, fixture(t, "exchange-4.07.xml"))
	if p.err != nil || p.counts != (pipeline.Counts{Declared: 3, Read: 3, Taken: 2, Quarantined: 1}) {
		t.Fatalf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
	checkFacts(t, p.found["6600001078"],
		`name.full = ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "УРАЛ ЗАПЧАСТЬ"`, `name.short = ООО "УРАЛ ЗАПЧАСТЬ"`, "ogrn = 1156600000072",
		"kpp = 667101001", "okved.main = 45.31", "region = 66", "city = Екатеринбург",
		"address = 620000, Свердловская область, г. Екатеринбург, пр-кт 60 лет ВЛКСМ, д. 7/1, литер А, помещ. 3", "registered = 2015-07-07",
		"status = liquidating", "status.text = Находится в стадии ликвидации (срок ликвидации до 20.06.2026)", "head.post = Ликвидатор")
	checkFacts(t, p.found["5000001081"],
		`name.full = ОБЩЕСТВО "ПРИСОЕДИНЕНИЕ"`, "ogrn = 1165000000087", "kpp = 500101001", "okved.main = 49.41", "region = 50",
		"address = Московская область", "registered = 2016-08-08", "status = reorganizing",
		"status.text = Юридическое лицо находится в процессе реорганизации")
	checkReject(t, p, pipeline.ReasonMissing, 3, "no ИНН", "ОБЩЕСТВО БЕЗ НОМЕРА")
}

func TestStructure404(t *testing.T) {
	p := pullFrom(t, pipeline.Request{Persons: true}, Options{}, fixture(t, "archive-4.04.xml"))
	if p.err != nil || len(p.gaps) > 0 || p.counts != (pipeline.Counts{Declared: 2, Read: 2, Taken: 1, NotWanted: 1}) {
		t.Fatalf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
	if d := p.batches[0].Release.Date; d != day("2017-01-01") {
		t.Errorf("release of %s, want ДатаВыг", d)
	}
	o := p.found["5900001020"]
	checkFacts(t, o,
		`name.full = ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "УПРАВЛЯЮЩАЯ КОМПАНИЯ"`, `name.short = ООО "УК"`, "ogrn = 1025900000026",
		"kpp = 590401001", "okved.main = 46.72.2", "region = 59", "city = Пермь",
		"address = 614000, Пермский край, г. Пермь, ул. Белореченская, д. 45, корп. 1, кв./офис 11", "phone = +79070000001 (руководитель)",
		"registered = 1993-07-30", "status = active", "head.name = Шариков Пример Образцович", "head.post = Директор", "capital = 8400")
	for _, f := range o.Facts {
		person := f.Field == company.FieldHeadName || f.Field == company.FieldPhone
		if person != (f.Subject == company.SubjectPerson) {
			t.Errorf("%s speaks of %d", f.Field, f.Subject)
		}
	}
	if o.Date != day("2017-01-26") || o.Origin != "archive-4.04.xml#1" {
		t.Errorf("%s, %s", o.Date, o.Origin)
	}
}

func TestSoleProprietors(t *testing.T) {
	p := pullFrom(t, pipeline.Request{Held: held("300000020460")}, Options{}, fixture(t, "exchange-egrip-4.06.xml"))
	if p.err != nil || p.counts != (pipeline.Counts{Declared: 5, Read: 5, Taken: 4, Quarantined: 1}) {
		t.Fatalf("error %v, counts %+v, gaps %v", p.err, p.counts, p.gaps)
	}
	// A registration that ended in 2022 says nothing of the one of 2025,
	// though its extract is the later one.
	checkFacts(t, p.found["590000020135"],
		"name.full = Подшипников-Роликов Пример", "name.short = ИП Подшипников-Роликов П.", "ogrn = 325590000000017", "okved.main = 45.20",
		"okved.extra = 45.32", "region = 59 (по налоговому органу)", "email = rolik@example-mail.ru", "registered = 2025-07-24", "status = active")
	checkFacts(t, p.found["230000020386"],
		"name.full = Пахарева Примера Образцовна", "name.short = ИП глава КФХ Пахарева П.О.", "ogrn = 321230000000033", "okved.main = 01.11",
		"region = 23", "registered = 1999-09-09", "status = active")
	checkFacts(t, p.found["300000020460"],
		"name.full = Обоймов Пример Образцович", "name.short = ИП Обоймов П.О.", "ogrn = 304300000000047", "okved.main = 45.20",
		"registered = 2004-10-10", "status = liquidated",
		"status.text = Прекратил деятельность в связи с принятием судом решения о признании банкротом (с 01.10.2025)")
	if o := p.found["300000020460"]; o.Date != day("2025-11-03") {
		t.Errorf("what has ended is of %s, want the day of the entry", o.Date)
	}
	for inn, o := range p.found {
		for _, f := range o.Facts {
			if f.Subject != company.SubjectSole {
				t.Errorf("%s: %s speaks of %d, want a sole proprietor", inn, f.Field, f.Subject)
			}
		}
	}
	checkReject(t, p, pipeline.ReasonINN, 5, "300000020461", "310300000000056")
}

func day(s string) company.Date {
	d, err := company.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// checkReject wants one reject, with the words in its detail or bytes and no
// person in either.
func checkReject(t *testing.T, p pulled, reason pipeline.Reason, row int64, words ...string) {
	t.Helper()
	if len(p.rejects) != 1 || p.rejects[0].Reason != reason || p.rejects[0].Row != row {
		t.Fatalf("rejects %+v, want row %d for %s", p.rejects, row, reason)
	}
	text := p.rejects[0].Detail + p.rejects[0].Raw
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q does not say %q", text, w)
		}
	}
	for _, name := range []string{"РОЛИКОВ", "ПРИМЕР", "ОШИБКИН", "590000020209"} {
		if strings.Contains(text, name) {
			t.Errorf("%q names a person", text)
		}
	}
}
