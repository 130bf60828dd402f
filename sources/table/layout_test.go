package table

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

func TestParseTitle(t *testing.T) {
	tests := []struct {
		in, key, bare string
		year          int
		unit          unit
	}{
		{"Телефон 1", "телефон", "телефон 1", 0, 0},
		{"ТЕЛЕФОН1", "телефон", "телефон1", 0, 0},
		{"E-mail", "e mail", "e mail", 0, 0},
		{"Выручка, тыс. руб.", "выручка тыс руб", "выручка", 0, thousands},
		{"Выручка за 2023 год, млн ₽", "выручка за 2023 год млн", "выручка", 2023, millions},
		{"Чистая прибыль/ убыток, тыс. руб", "чистая прибыль убыток тыс руб", "чистая прибыль убыток", 0, thousands},
		{"Населённый пункт", "населенный пункт", "населенный пункт", 0, 0},
		{"ИНН", "инн", "инн", 0, 0},
		{"", "", "", 0, 0},
		{"12", "12", "12", 0, 0},
	}
	for _, tt := range tests {
		got := parseTitle(tt.in)
		if got.key != tt.key || got.bare != tt.bare || got.year != tt.year || got.unit != tt.unit {
			t.Errorf("%q: %+v", tt.in, got)
		}
	}
}

// Every title of every preset must be found again, and mean one thing.
func TestPresetsAreSound(t *testing.T) {
	for i := range presetTable {
		p := &presetTable[i]
		if p.title == "" || p.licence == "" || len(p.needs) == 0 {
			t.Errorf("%s: incomplete", p.name)
		}
		seen := map[string]role{}
		for _, c := range p.columns {
			if c.role != roleIgnore && !c.role.mappable() {
				t.Errorf("%s: role %q is not in the list", p.name, c.role)
			}
			for _, s := range c.titles {
				key := parseTitle(s).full
				if other, ok := seen[key]; ok && other != c.role && key != "" {
					t.Errorf("%s: title %q means %s and %s", p.name, s, other, c.role)
				}
				seen[key] = c.role
			}
		}
		for _, group := range p.signs {
			for _, s := range group {
				if _, ok := seen[parseTitle(s).full]; !ok {
					t.Errorf("%s: sign %q is no column of it", p.name, s)
				}
			}
		}
	}
}

func TestRecognise(t *testing.T) {
	tests := []struct {
		name   string
		header []string
		preset string // "" = none
	}{
		{"2gis, all columns", gisRows()[0], "2gis"},
		{"2gis before 0.1.3", []string{"Наименование", "Рубрики", "Комментарий к адресу", "Часовой пояс", "Веб сайт 1", "Телефон"}, "2gis"},
		{"kompas", kompasRows(t)[0], "kompas"},
		{"kompas, older", []string{"ИНН", "Наименование", "ОГРН", "Ген.директор", "Телефон", "E-MAIL"}, "kompas"},
		{"exhibitors", []string{"название", "сайт", "телефон", "E-mail", "рубрика"}, "exhibitors"},
		{"yandex", []string{"Запрос", "ID", "Название", "Категории", "Полный адрес", "Мобильные", "Немобильные"}, "yandex"},
		{"klerk", []string{"INN", "okved_main_code", "short_name", "employees"}, "klerk"},
		{"generic, Russian", []string{"№", "Название организации", "Контактный телефон", "Эл. почта"}, "generic"},
		{"generic, English", []string{"Company name", "Phone", "Website"}, "generic"},
		{"generic, unknown columns beside", []string{"ИНН", "Сколько звонили", "Компания"}, "generic"},
		{"one column", []string{"ИНН"}, ""},
		{"a row of data", []string{"Ромашка", "+7 907 000-00-01", "Тверь"}, ""},
		{"nothing of a firm", []string{"Телефон", "E-mail", "Сайт"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, ok := recognise(tt.header, settings{})
			if ok != (tt.preset != "") || ok && l.preset.name != tt.preset {
				t.Errorf("%v, %s; lacks %v", ok, l.preset.name, l.lacks())
			}
		})
	}
}

func TestBestTitleComesFirst(t *testing.T) {
	header := []string{"Регион регистрации", "ИНН", "Регион по адресу"}
	l := lay(&presetTable[1], header, parseTitles(header), nil)
	if !slices.Equal(l.byRole[roleRegion], []int{2, 0}) {
		t.Errorf("%v", l.byRole[roleRegion])
	}
}

func TestColumnMap(t *testing.T) {
	header := []string{"Номер", "Кто", "Куда звонить 1", "Куда звонить 2", "ИНН"}
	l, ok := recognise(header, settings{columns: map[role]string{roleName: "кто", rolePhone: "Куда звонить", roleKey: "Номер"}})
	if !ok || !slices.Equal(l.byRole[rolePhone], []int{2, 3}) || !slices.Equal(l.byRole[roleName], []int{1}) || !l.has(roleINN) {
		t.Errorf("%v %v", ok, l.byRole)
	}
	if l, ok = recognise(header, settings{columns: map[role]string{roleName: "Кому"}}); ok || !strings.Contains(strings.Join(l.lacks(), ";"), `"Кому" for name`) {
		t.Errorf("%v, %v", ok, l.lacks())
	}
}

func TestHeaderError(t *testing.T) {
	src := mustNew(t, Options{}, files.FromBytes("list.csv", []byte("Наимнование;Телефонн;2GIS URL;Рубрики\nРомашка;1;2;3\n")))
	err := pullAll(t, src, pipeline.Request{}).err
	var h *HeaderError
	if !errors.As(err, &h) || !errors.Is(err, pipeline.ErrUnknownForm) {
		t.Fatalf("%v", err)
	}
	if h.Input != "list.csv" || h.Nearest != "2gis" || len(h.Mapped) != 2 || !slices.Equal(h.Unmapped, []string{`"Наимнование"`, `"Телефонн"`}) || !slices.Equal(h.Missing, []string{"name"}) {
		t.Errorf("%+v", h)
	}
	for _, want := range []string{"list.csv", `nearest preset "2gis"`, `"Рубрики" → rubric`, `not mapped: "Наимнование"`, "missing: name", "columns:", "kompas"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %s", want, err)
		}
	}
}

func TestOptions(t *testing.T) {
	for name, opt := range map[string]Options{
		"preset": {Preset: "2gus"}, "encoding": {Encoding: "koi8-r"}, "delimiter": {Delimiter: "|"}, "money_unit": {MoneyUnit: "dollars"},
		"default_region": {DefaultRegion: "00"}, "date": {Date: "вчера"}, "columns": {Columns: map[string]string{"moon": "Луна"}},
		"empty title": {Columns: map[string]string{"name": " "}},
	} {
		if _, err := New("x", nil, opt); err == nil || !strings.Contains(err.Error(), "source x") {
			t.Errorf("%s: %v", name, err)
		}
	}
	good := Options{Preset: "Kompas", Encoding: "windows-1251", Delimiter: "tab", MoneyUnit: "millions", DefaultRegion: "01", DefaultCity: "г Майкоп", Date: "2026-11-20", Columns: map[string]string{"name.brand": "Знак"}}
	if _, err := New("x", nil, good); err != nil {
		t.Error(err)
	}
}

// FuzzHeader: no header breaks the mapping, every column has one place at
// most, and a header is recognised only with what the preset needs.
func FuzzHeader(f *testing.F) {
	f.Add("ИНН;Наименование;Телефон 1;Телефон 2", "")
	f.Add("2GIS URL;Наименование;;;\xff", "Телефон")
	f.Add("Выручка 2020, тыс. руб;Выручка 2021;ИНН;ИНН", "ИНН")
	f.Fuzz(func(t *testing.T, line, custom string) {
		header := strings.Split(line, ";")
		s := settings{columns: map[role]string{}}
		if parseTitle(custom).key != "" {
			s.columns[rolePhone] = custom
		}
		l, ok := recognise(header, s)
		n := 0
		for r, cols := range l.byRole {
			for _, c := range cols {
				if l.fields[c].role != r {
					t.Fatalf("column %d is listed under %s and is %s", c, r, l.fields[c].role)
				}
				n++
			}
		}
		if n != l.known() || ok != (len(l.lacks()) == 0) {
			t.Fatalf("%d listed, %d known, ok %v, lacks %v", n, l.known(), ok, l.lacks())
		}
		near := nearest(header, s)
		if e := headerError("x", &near); e.Error() == "" || len(e.Mapped)+len(e.Unmapped) > len(header) {
			t.Fatalf("%+v", e)
		}
	})
}
