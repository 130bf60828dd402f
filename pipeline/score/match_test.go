package score

import (
	"errors"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
)

const (
	service = iota
	dealers
	industry
	chains
)

func TestMatch(t *testing.T) {
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	main := func(code string) fact { return f(company.FieldOKVEDMain, code) }
	tests := []struct {
		name    string
		facts   []fact
		segment int
		want    Match
	}{
		{"core code", []fact{main("45.20")}, service, matchOf(LevelCore, 0, 0, false, false)},
		{"below a core code", []fact{main("45.20.11")}, service, matchOf(LevelCore, 0, 0, false, false)},
		{"the longest path decides", []fact{main("45.20.3")}, service, matchOf(LevelWeak, 0, 0, false, false)},
		{"a weaker branch of a core class", []fact{main("28.93")}, industry, matchOf(LevelWeak, 0, 0, false, false)},
		{"the bare class is not its group", []fact{main("45")}, service, 0},
		{"another subclass", []fact{main("45.3")}, service, 0},
		{"a digit is not a level", []fact{main("2")}, industry, 0},
		{"reported", []fact{f(company.FieldOKVEDReported, "49.41.1")}, service, matchOf(0, LevelAdjacent, 0, false, false)},
		{"best of the additional", []fact{f(company.FieldOKVEDExtra, "49.41"), f(company.FieldOKVEDRepExtra, "45.20.1")}, service, matchOf(0, 0, LevelCore, false, false)},
		{"default code alone", []fact{main("46.90")}, dealers, 0},
		{"default code with a word", []fact{main("46.90"), f(company.FieldNameShort, "ООО «Урал-Промснаб»")}, dealers, matchOf(LevelAdjacent, 0, 0, true, false)},
		{"default code with a rubric", []fact{main("46.69"), f(company.FieldRubric, "Автозапчасти; запчасти к спецтехнике")}, dealers, matchOf(LevelCore, 0, 0, false, true)},
		{"below a default code is no default", []fact{main("46.69.5")}, dealers, matchOf(LevelCore, 0, 0, false, false)},
		{"word in the sign", []fact{f(company.FieldNameBrand, "Запчасти 24")}, dealers, matchOf(0, 0, 0, true, false)},
		{"Latin look-alikes", []fact{f(company.FieldNameShort, "ООО \"ABTOCEPBИC 1\"")}, service, matchOf(0, 0, 0, true, false)},
		{"abbreviation is a whole word", []fact{f(company.FieldNameShort, "ООО «СТО-59»")}, service, matchOf(0, 0, 0, true, false)},
		{"abbreviation is no beginning", []fact{f(company.FieldNameShort, "ООО «Столица»")}, service, 0},
		{"phrase", []fact{f(company.FieldDescription, "ремонт грузовых автомобилей")}, service, matchOf(0, 0, 0, true, false)},
		{"phrase cut short", []fact{f(company.FieldDescription, "ремонт")}, service, 0},
		{"the legal form is no word", []fact{f(company.FieldNameFull, "АКЦИОНЕРНОЕ ОБЩЕСТВО «ВЕКТОР»")}, industry, 0},
		{"domain", []fact{f(company.FieldSite, "https://obrazec-promsnab.ru/contacts")}, dealers, matchOf(0, 0, 0, true, false)},
		{"domain, glued", []fact{f(company.FieldSite, "http://obrazecpromsnab.ru")}, dealers, matchOf(0, 0, 0, true, false)},
		{"domain of a mailbox", []fact{f(company.FieldEmail, "info@zapchasty-obrazec.ru")}, dealers, matchOf(0, 0, 0, true, false)},
		{"Cyrillic domain", []fact{f(company.FieldSite, "http://автосервис-образец.рф")}, service, matchOf(0, 0, 0, true, false)},
		{"nothing", []fact{f(company.FieldNameShort, "ООО «Вектор»"), main("62.01")}, service, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			row := RowOf(m, nil, firm(inn10(1), tt.facts))
			if got := row.Match[tt.segment]; got != tt.want {
				t.Errorf("match %08b, want %08b", got, tt.want)
			}
		})
	}
}

func TestSoleProprietorsSurnameIsNoWord(t *testing.T) {
	s := testSegments()
	s.Segments[industry].Words = []string{"завод"}
	m, _ := NewMatcher(s)
	facts := []fact{f(company.FieldNameFull, "ИП Заводов Пример Примерович")}
	if row := RowOf(m, nil, firm(inn12(1), facts)); row.Match[industry] != 0 || row.Given&GivenWords != 0 {
		t.Errorf("a surname matched: %08b, given %b", row.Match[industry], row.Given)
	}
	facts = append(facts, f(company.FieldNameBrand, "Завод метизов"))
	if row := RowOf(m, nil, firm(inn12(1), facts)); !row.Match[industry].Word() {
		t.Error("the sign of a sole proprietor did not match")
	}
}

func TestVetoMarks(t *testing.T) {
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		inn   company.INN
		facts []fact
		want  Marks
	}{
		{"maker by main code", inn10(1), []fact{f(company.FieldOKVEDMain, "28.15.1")}, MarkMaker},
		{"maker by reported code", inn10(1), []fact{f(company.FieldOKVEDReported, "28.15.1")}, MarkMaker},
		{"an additional code makes no maker", inn10(1), []fact{f(company.FieldOKVEDExtra, "28.15.1")}, 0},
		{"gears are no bearings", inn10(1), []fact{f(company.FieldOKVEDMain, "28.15.2")}, 0},
		{"word", inn10(1), []fact{f(company.FieldNameShort, "ООО «Подшипники Урала»")}, MarkCompetitorWord},
		{"rubric", inn10(1), []fact{f(company.FieldRubric, "Подшипники")}, MarkCompetitorRubric},
		{"named", inn10(777), nil, MarkCompetitorINN},
		{"sole", inn12(1), nil, MarkSole},
		{"co-operative by its form", inn10(1), []fact{f(company.FieldNameShort, `ЖСК "ОБРАЗЕЦ"`)}, MarkNotOurs},
		{"co-operative by its form written out", inn10(1), []fact{f(company.FieldNameFull, `ЖИЛИЩНО-СТРОИТЕЛЬНЫЙ КООПЕРАТИВ "ОБРАЗЕЦ"`)}, MarkNotOurs},
		{"co-operative of consumers", inn10(1), []fact{f(company.FieldNameFull, `ПОТРЕБИТЕЛЬСКИЙ ЖИЛИЩНО-СТРОИТЕЛЬНЫЙ КООПЕРАТИВ "ОБРАЗЕЦ"`)}, MarkNotOurs},
		{"co-operative by words alone", inn10(1), []fact{f(company.FieldNameFull, `ОБРАЗЦОВЫЙ ЖИЛИЩНЫЙ СТРОИТЕЛЬНЫЙ КООПЕРАТИВ`)}, MarkNotOurs},
		{"garden named like a segment", inn10(1), []fact{f(company.FieldNameShort, `СНТ "ЗАВОДСКОЕ"`)}, MarkNotOurs},
		{"co-operative on a sign only", inn10(1), []fact{f(company.FieldNameBrand, "ГСК Образец")}, MarkNotOurs},
		{"a firm's sign is no form", inn10(1), []fact{f(company.FieldNameShort, "ООО «Образец»"), f(company.FieldNameBrand, "ГСК Образец")}, 0},
		{"a builder named by the same letters", inn10(1), []fact{f(company.FieldNameShort, "ООО «ЖСК»"), f(company.FieldNameFull, "ООО «Жилищно-строительная компания»")}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if row := RowOf(m, nil, firm(tt.inn, tt.facts)); row.Marks != tt.want {
				t.Errorf("marks %b, want %b", row.Marks, tt.want)
			}
		})
	}
}

func TestTooManySegments(t *testing.T) {
	s := testSegments()
	s.Segments = make([]config.Segment, MaxSegments+1)
	if _, err := NewMatcher(s); !errors.Is(err, ErrTooMany) {
		t.Errorf("error %v, want ErrTooMany", err)
	}
}

func TestParentCode(t *testing.T) {
	var path []company.OKVED
	for c := company.OKVED("45.20.11"); c != ""; c = parentCode(c) {
		path = append(path, c)
	}
	want := []company.OKVED{"45.20.11", "45.20.1", "45.20", "45.2", "45"}
	if len(path) != len(want) {
		t.Fatalf("path %v, want %v", path, want)
	}
	for i := range want {
		if path[i] != want[i] || !path[0].Within(path[i]) {
			t.Errorf("step %d: %s, want %s", i, path[i], want[i])
		}
	}
}
