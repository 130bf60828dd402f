package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"obzvon/enrich/website/finding"
	"obzvon/pipeline/realfiles"
)

// goals are the least F1 of each field on the real sample.
var goals = map[string]float64{
	fieldPhones: 0.95, fieldEmails: 0.95, fieldINN: 0.95, fieldOGRN: 0.95, fieldPeople: 0.80, fieldRoles: 0.80,
}

func TestGoalsOnRealPages(t *testing.T) {
	r, err := score(realfiles.Path(t, "sites"))
	if err != nil {
		t.Fatal(err)
	}
	for field, goal := range goals {
		if f1 := r.fields[field].f1(); f1 < goal {
			t.Errorf("%s: F1 %.3f, goal %.2f: %+v", field, f1, goal, *r.fields[field])
		}
	}
	for _, field := range []string{fieldPhones, fieldEmails, fieldINN, fieldOGRN} {
		if n := r.fields[field].gross; n > 0 {
			t.Errorf("%s: %d gross errors", field, n)
		}
	}
}

func TestCounts(t *testing.T) {
	l := label{
		Phones: []string{"+79071230045", "+79071230046"}, LegalName: "ООО «Завод»", Address: "г. Пермь, ул. Ленина, д. 5, оф. 3",
		People:   []person{{Name: "Петров Пётр Петрович", Post: "Главный механик"}, {Name: "Иванов И.И.", Post: "директор"}},
		Roles:    []role{{Label: "Отдел снабжения", Phones: []string{"+79071230045"}}},
		Optional: also{Phones: []string{"+79071230047"}}, Not: also{Phones: []string{"+79071230048"}, People: []string{"Сидоров Сидор"}},
	}
	f := finding.Page{
		Phones: []finding.Phone{{Value: "+79071230045"}, {Value: "+79071230047"}, {Value: "+79071230048"}, {Value: "+79071230049"}},
		Names:  []string{`Общество с ограниченной ответственностью "Завод"`}, Addresses: []string{"614000, Пермь, Ленина 5"},
		People: []finding.Person{
			{Name: "Пётр Петрович Петров", Post: "главный механик"},
			{Name: "Иванов Иван Иванович", Post: "Бухгалтер"},
			{Name: "Сидоров Сидор", Post: "клиент"},
			{Post: "отдел Снабжения", Phones: []string{"+79071230045"}},
			{Post: "Склад", Phones: []string{"+79071230049"}},
		},
	}
	r := &result{fields: map[string]*tally{}}
	for _, name := range fields {
		r.fields[name] = &tally{}
	}
	r.page("a.html", l, f)
	want := map[string]tally{
		fieldPhones: {1, 1, 2, 1}, fieldPeople: {1, 1, 2, 1}, fieldRoles: {1, 0, 1, 0}, fieldLegalName: {1, 0, 0, 0}, fieldAddress: {1, 0, 0, 0},
	}
	for _, name := range fields {
		if *r.fields[name] != want[name] {
			t.Errorf("%s: %+v, want %+v", name, *r.fields[name], want[name])
		}
	}
	if p := r.fields[fieldPhones]; p.precision() != 1.0/3 || p.recall() != 0.5 || p.f1() != 0.4 {
		t.Errorf("phones: %v %v %v", p.precision(), p.recall(), p.f1())
	}
}

func TestRunOnAFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("site/index.html", `<p>Тел. +7 907 123-00-45, info@zavod.ru</p>`)
	write("labels.json", `{"site/": {"kind": "minisite"}, "site/index.html": {"kind": "minisite-page", "phones": ["+79071230045"], "emails": ["snab@zavod.ru"]}}`)
	var out, errs bytes.Buffer
	if code := run([]string{"-v", dir}, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	for _, want := range []string{"1 pages", "missing  emails     site/index.html: snab@zavod.ru", "extra    emails     site/index.html: info@zavod.ru"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if code := run([]string{filepath.Join(dir, "site")}, &out, &errs); code != 1 || !strings.Contains(errs.String(), "labels") {
		t.Errorf("a folder without labels: exit %d, %s", code, errs.String())
	}
	if code := run([]string{dir, dir}, &out, &errs); code != 2 {
		t.Errorf("two folders: exit %d", code)
	}
}

func TestSameAddress(t *testing.T) {
	tests := []struct {
		label, found string
		want         bool
	}{
		{"г. Пермь, ул. Ленина, д. 5, оф. 3", "614000, Пермский край, г.Пермь, ул.Ленина 5", true},
		{"г. Пермь, ул. Ленина, д. 5", "г. Пермь, ул. Ленина, 7", false},
		{"г. Пермь, ул. Ленина, д. 5", "г. Казань, ул. Мира, 5", false},
		{"г. Пермь", "Пермь, ул. Ленина, 5", true},
	}
	for _, tt := range tests {
		if got := sameAddress(tt.label, tt.found); got != tt.want {
			t.Errorf("sameAddress(%q, %q) = %v", tt.label, tt.found, got)
		}
	}
}

func TestSamePost(t *testing.T) {
	tests := []struct {
		label, found string
		want         bool
	}{
		{"Главный бухгалтер", "Гл. бухгалтер", true},
		{"Менеджер отдела продаж", "Менеджер, отдел продаж", true},
		{"Начальник отдела снабжения (металл)", "начальник отдела снабжения", true},
		{"Заведующий складом", "Заведующая складом", true},
		{"Отдел сбыта", "Отдел снабжения", false},
		{"Директор", "Коммерческий директор", false},
		{"Коммерческий директор", "Директор", false},
		{"Менеджер по закупкам", "Менеджер по продажам", false},
		{"Офис продаж", "Офис продаж в Перми", true},
		{"Отдел сбыта", "Отдел сбыта. Приёмная", true},
		{"Ответственное лицо за закупки", "Лица, ответственные за закупки", true},
		{"", "Директор", true},
		{"Директор", "", false},
	}
	for _, tt := range tests {
		if got := samePost(tt.label, tt.found); got != tt.want {
			t.Errorf("samePost(%q, %q) = %v", tt.label, tt.found, got)
		}
	}
}

func TestCovers(t *testing.T) {
	for _, tt := range []struct {
		found, want []string
		is          bool
	}{
		{[]string{"a"}, nil, true},
		{[]string{"A"}, []string{"a"}, true},
		{[]string{"a", "b"}, []string{"a"}, false},
		{[]string{"a"}, []string{"a", "b"}, false},
	} {
		if got := covers(tt.found, tt.want); got != tt.is {
			t.Errorf("covers(%v, %v) = %v", tt.found, tt.want, got)
		}
	}
}
