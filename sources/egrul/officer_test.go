package egrul

import (
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

func TestPosts(t *testing.T) {
	for _, c := range []struct{ kind, kindText, text, want string }{
		{"02", "Руководитель юридического лица", "ГЕНЕРАЛЬНЫЙ ДИРЕКТОР", "Генеральный директор"},
		{"02", "Руководитель юридического лица", "директор", "Директор"},
		{"02", "Руководитель юридического лица", "Председатель Правления", "Председатель Правления"},
		{"02", "РУКОВОДИТЕЛЬ ЮРИДИЧЕСКОГО ЛИЦА", "", "Руководитель юридического лица"},
		{"04", "", "ЛИКВИДАТОР", "Ликвидатор"},
		{"04", "", "РУКОВОДИТЕЛЬ ЛИКВИДАЦИОННОЙ КОМИССИИ", "Руководитель ликвидационной комиссии"},
		{"04", "", "ДИРЕКТОР", "Директор (ликвидатор)"},
		{"06", "", "", "Конкурсный управляющий"},
		{"06", "", "КОНКУРСНЫЙ УПРАВЛЯЮЩИЙ", "Конкурсный управляющий"},
		{"11", "", "УПРАВЛЯЮЩИЙ - ИНДИВИДУАЛЬНЫЙ ПРЕДПРИНИМАТЕЛЬ", "Управляющий - индивидуальный предприниматель"},
		{"16", "", "АРБИТРАЖНЫЙ УПРАВЛЯЮЩИЙ", "Арбитражный управляющий"},
		{"", "", "", ""},
	} {
		var o officer
		o.Position.Kind, o.Position.KindText, o.Position.Text = c.kind, c.kindText, c.text
		if got := o.post(); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestManagers(t *testing.T) {
	for _, c := range []struct{ inn, name, want string }{
		{"5900001020", `АКЦИОНЕРНОЕ ОБЩЕСТВО "ПРИМЕР"`, "АО «Пример», ИНН 5900001020"},
		{"5900001021", `АКЦИОНЕРНОЕ ОБЩЕСТВО "ПРИМЕР"`, "АО «Пример»"},
		{"590000020135", `АКЦИОНЕРНОЕ ОБЩЕСТВО "ПРИМЕР"`, "АО «Пример»"}, // a person's number
		{"5900001020", "", "ИНН 5900001020"},
		{"", "", ""},
	} {
		var m manager
		m.Company.INN, m.Company.Name = c.inn, c.name
		if got := m.text(); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestDistricts(t *testing.T) {
	for in, want := range map[named]string{
		{"Р-Н", "ПЕРМСКИЙ"}: "Пермский район", {"район", "Пермский"}: "Пермский район", {"У.", "ХАНГАЛАССКИЙ"}: "Хангаласский улус",
		{"Г.О.", "БЕРЕЗНИКИ"}: "Березники городской округ", {"М.О.", "ИЛЬИНСКИЙ"}: "Ильинский муниципальный округ", {"ВОЛОСТЬ", "ДАЛЬНЯЯ"}: "Дальняя",
		{"Р-Н", ""}: "",
	} {
		if got := in.district(); got != want {
			t.Errorf("%+v: %q", in, got)
		}
	}
	for in, want := range map[named]string{
		{"1", "ЯРОСЛАВСКИЙ"}: "Ярославский район", {"2", "ГОРОД ЯРОСЛАВЛЬ"}: "Ярославль", {"2", "ПЕРЕСЛАВСКИЙ"}: "Переславский городской округ",
		{"4", "ДАНИЛОВСКИЙ"}: "Даниловский муниципальный округ", {"3", "АКАДЕМИЧЕСКОЕ"}: "Академическое", {"4", "МУНИЦИПАЛЬНЫЙ ОКРУГ УХТА"}: "Муниципальный округ Ухта",
	} {
		if got := (&fias{Municipal: in}).district(); got != want {
			t.Errorf("%+v: %q", in, got)
		}
	}
}

// TestFormerRegistrationInAnotherFile: whoever keeps the newest of a key keeps
// the present one, though the extract of the former is later.
func TestFormerRegistrationInAnotherFile(t *testing.T) {
	present := `<СвИП ДатаВып="2026-01-02" ОГРНИП="325590000000017" ДатаОГРНИП="2025-07-24" ИННФЛ="590000020135"/>`
	former := `<СвИП ДатаВып="2026-09-10" ОГРНИП="319590000000020" ДатаОГРНИП="2019-02-02" ИННФЛ="590000020135">` +
		`<СвПрекращ><СвСтатус КодСтатус="201" НаимСтатус="Прекратил деятельность" ДатаПрекращ="2022-03-03"/><ГРНИПДата ДатаЗаписи="2022-03-04"/></СвПрекращ></СвИП>`
	p := pullFrom(t, pipeline.Request{Held: held("590000020135")}, Options{},
		input("a.xml", exchange(document1(1, present))), input("b.xml", exchange(document1(1, former))))
	if p.err != nil || p.counts.Taken != 2 {
		t.Fatalf("error %v, counts %+v", p.err, p.counts)
	}
	a, b := p.batches[0].Observations[0], p.batches[1].Observations[0]
	if a.Date <= b.Date || b.Date != day("2022-03-04") || b.First(company.FieldStatus) != string(company.StatusLiquidated) {
		t.Errorf("the present registration is of %s, the former of %s", a.Date, b.Date)
	}
}
