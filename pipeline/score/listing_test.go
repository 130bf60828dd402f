package score

import (
	"testing"

	"obzvon/pipeline/company"
)

func TestListing(t *testing.T) {
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		facts []fact
		want  bool
	}{
		{"word on the sign", []fact{f(company.FieldNameBrand, "Автосервис на Мира")}, true},
		{"rubric", []fact{f(company.FieldNameBrand, "Вектор"), f(company.FieldRubric, "Кафе"), f(company.FieldRubric, "Ремонт ходовой части")}, true},
		{"domain", []fact{f(company.FieldNameBrand, "Вектор"), f(company.FieldSite, "https://promsnab-obrazec.ru")}, true},
		{"legal name", []fact{f(company.FieldNameShort, "ООО «Завод образцов»")}, true},
		{"café", []fact{f(company.FieldNameBrand, "Уют"), f(company.FieldRubric, "Кафе")}, false},
		{"hairdresser", []fact{f(company.FieldNameBrand, "Столица"), f(company.FieldRubric, "Парикмахерские")}, false},
		{"competitor", []fact{f(company.FieldNameBrand, "Подшипники и запчасти")}, false},
		{"competitor's rubric", []fact{f(company.FieldNameBrand, "Запчасти"), f(company.FieldRubric, "Подшипники")}, false},
		{"co-operative", []fact{f(company.FieldNameBrand, "ГСК Заводской")}, false},
		{"nothing", nil, false},
	} {
		o := company.Observation{Source: "2gis", Key: "1", Facts: tt.facts}
		o.Sort()
		if got := m.Listing(&o); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
