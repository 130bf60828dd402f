package numbering

import (
	"iter"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/enrichtest"
)

const inn = company.INN("5902000008")

// of derives a company from facts written as "field=value", all of one source.
func of(t *testing.T, inn company.INN, facts ...string) company.Company {
	t.Helper()
	if _, err := company.ParseINN(string(inn)); err != nil {
		t.Fatal(err)
	}
	return company.Derive(inn, []company.Observation{observed("directory", inn, facts...)}, nil)
}

// asks asks for one company.
func asks(c company.Company) iter.Seq[pipeline.Ask] {
	return slices.Values([]pipeline.Ask{{ID: string(c.INN), Company: c}})
}

func observed(source string, inn company.INN, facts ...string) company.Observation {
	o := company.Observation{Source: source, Key: "1", INN: inn, Date: company.NewDate(2026, time.November, 1)}
	for _, f := range facts {
		field, value, _ := strings.Cut(f, "=")
		o.Add(company.Field(field), value)
	}
	o.Sort()
	return o
}

func TestPlace(t *testing.T) {
	tests := []struct {
		name  string
		facts []string
		want  string // region, zone
	}{
		{"a landline", []string{"phone=+73912150140"}, "24 Asia/Krasnoyarsk"},
		{"a landline before a mobile of elsewhere", []string{"phone=+73912150140", "phone=+79000000001"}, "24 Asia/Krasnoyarsk"},
		{"a mobile", []string{"phone=+79000000001"}, "23 Europe/Moscow"},
		{"a mobile of two subjects", []string{"phone=+79161234567"}, " Europe/Moscow"},
		{"a landline with an extension", []string{"phone=+73912150140;ext=12"}, "24 Asia/Krasnoyarsk"},
		{"two landlines of one clock", []string{"phone=+74952000000", "phone=+78122000000"}, " Europe/Moscow"},
		{"two landlines that disagree", []string{"phone=+73912150140", "phone=+74952000000"}, ""},
		{"landlines that disagree are not settled by a mobile", []string{"phone=+73912150140", "phone=+74952000000", "phone=+79000000001"}, ""},
		{"two mobiles that disagree", []string{"phone=+79000000001", "phone=+79000062500", "phone=+79129800000"}, ""},
		{"toll-free and foreign", []string{"phone=+78002007799", "phone=+77011234567"}, ""},
		{"a code that is not given out", []string{"phone=+79070000001"}, ""},
		{"a toll-free number does not disturb", []string{"phone=+78002007799", "phone=+73912150140"}, "24 Asia/Krasnoyarsk"},
		{"neither phones nor a place", []string{"site=https://example.ru"}, ""},
		{"the region is known", []string{"region=59", "phone=+73912150140"}, ""},
		{"a town with a time of its own", []string{"city=Среднеколымск", "phone=+74112000000"}, "14 Asia/Srednekolymsk"},
		{"a known town before its mobile", []string{"city=Орёл", "phone=+79201234567"}, "57 Europe/Moscow"},
		{"Киров", []string{"city=Киров", "phone=+79129800000"}, "43 Europe/Kirov"},
		{"Норильск", []string{"city=Норильск", "phone=+79131234567"}, "24 Asia/Krasnoyarsk"},
		{"Комсомольск-на-Амуре", []string{"city=Комсомольск-на-Амуре", "phone=+79141234567"}, "27 Asia/Vladivostok"},
		{"Новосибирск", []string{"city=Новосибирск", "phone=+79161234567"}, "54 Asia/Novosibirsk"},
		{"Великий Новгород", []string{"city=Великий Новгород", "phone=+79211234567"}, "53 Europe/Moscow"},
		{"a known town before a landline", []string{"city=Орёл", "phone=+73912150140"}, "57 Europe/Moscow"},
		{"a known town without phones", []string{"city=Орёл"}, "57 Europe/Moscow"},
		{"a town of several namesakes and a mobile", []string{"city=Железногорск", "phone=+79000000001"}, ""},
		{"a town of several namesakes and a landline", []string{"city=Железногорск", "phone=+73919150140"}, "24 Asia/Krasnoyarsk"},
		{"an address before a mobile", []string{"address=г. Орёл, ул. Мира, д. 5", "phone=+79129800000"}, "57 Europe/Moscow"},
		{"an address that says nothing", []string{"address=ул. Мира, д. 5", "phone=+79000000001"}, "23 Europe/Moscow"},
		{"a directory's clock disagrees with the town", []string{"zone=Etc/GMT-7", "city=Орёл"}, ""},
		{"a directory's clock agrees", []string{"zone=Etc/GMT-7", "phone=+73912150140"}, "24 Asia/Krasnoyarsk"},
		{"a directory's clock disagrees", []string{"zone=Etc/GMT-3", "phone=+73912150140"}, ""},
	}
	e := New("numbering")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := of(t, inn, tt.facts...)
			for a, err := range e.Enrich(t.Context(), pipeline.Task{Now: time.Now()}, asks(c)) {
				if err != nil {
					t.Fatal(err)
				}
				got := ""
				if a.Found {
					got = a.Observation.First(company.FieldRegion) + " " + a.Observation.First(company.FieldZone)
				}
				if got != tt.want {
					t.Errorf("answer %q, want %q", got, tt.want)
				}
				if e.Lacks(&c) != (tt.want != "") {
					t.Errorf("Lacks = %v, answer %q", e.Lacks(&c), got)
				}
			}
		})
	}
}

// TestChangedPhones: what the enricher said itself does not keep it from
// saying something better.
func TestChangedPhones(t *testing.T) {
	e := New("numbering")
	before := observed("numbering", inn, "region=23", "zone=Europe/Moscow")
	c := company.Derive(inn, []company.Observation{before, observed("directory", inn, "phone=+73912150140")}, nil)
	if !e.Lacks(&c) {
		t.Error("an old answer stands though the phones are others")
	}
	c = company.Derive(inn, []company.Observation{before, observed("directory", inn, "phone=+79000000001")}, nil)
	if e.Lacks(&c) {
		t.Error("the same answer would be given again")
	}
}

func TestAnswer(t *testing.T) {
	sole := company.INN("590200000143")
	c := of(t, sole, "phone=+73912150140")
	for a, err := range New("numbering").Enrich(t.Context(), pipeline.Task{Now: time.Now()}, asks(c)) {
		if err != nil {
			t.Fatal(err)
		}
		o := a.Observation
		if o.Source != "numbering" || o.Key != string(sole) || o.INN != sole || o.Date != company.NewDate(2026, time.November, 1) {
			t.Errorf("observation %+v", o)
		}
		for _, f := range o.Facts {
			if f.Subject != company.SubjectSole || f.Note == "" || strings.Contains(f.Note, "391") {
				t.Errorf("fact %+v: want the sole proprietor's, with a note that does not repeat the number", f)
			}
		}
	}
}

func TestConformance(t *testing.T) {
	enrichtest.Run(t, func() pipeline.Enricher { return New("numbering") },
		of(t, inn, "phone=+73912150140"),
		of(t, "5902000015", "phone=+78002007799"),
		of(t, "5902000022", "phone=+79161234567", "city=Химки"),
		of(t, "590200000143", "phone=+79000000001"),
		of(t, "5902000030", "region=59", "phone=+73422000000"),
	)
}
