package calllist

import (
	"testing"
	"time"

	"obzvon/pipeline/company"
)

func TestBuyerOf(t *testing.T) {
	type facts = []company.Fact
	f := func(field company.Field, key, value string) company.Fact {
		return company.Fact{Field: field, Key: key, Value: value}
	}
	supply := facts{f(company.FieldContactDuty, "a", "supply"), f(company.FieldContactPost, "a", "отдел закупок"), f(company.FieldContactPhone, "a", "+79070000002")}
	mechanic := facts{f(company.FieldContactDuty, "b", "mechanic"), f(company.FieldContactName, "b", "Примеров Пётр Ильич"), f(company.FieldContactPost, "b", "Главный механик")}
	head := facts{f(company.FieldContactDuty, "c", "head")}
	sales := facts{f(company.FieldContactDuty, "d", "sales"), f(company.FieldContactPost, "d", "Отдел продаж")}
	director := facts{f(company.FieldHeadName, "", "Образцова Анна Львовна"), f(company.FieldHeadPost, "", "Директор")}
	tests := []struct {
		name       string
		inn        company.INN
		facts      []facts
		persons    bool
		buyer, pos string
	}{
		{"nobody", "5902000008", nil, true, "", ""},
		{"sales buy nothing", "5902000008", []facts{sales}, true, "", ""},
		{"purchasing before a name", "5902000008", []facts{mechanic, supply, director}, true, "Отдел закупок", "Отдел снабжения"},
		{"a mechanic by name", "5902000008", []facts{mechanic, director}, true, "Примеров Пётр Ильич", "Главный механик"},
		{"a mechanic, nobody may be named", "5902000008", []facts{mechanic}, false, "Главный механик", "Главный механик"},
		{"a head without a name gives way", "5902000008", []facts{head, director}, true, "Образцова Анна Львовна", "Директор"},
		{"a head without a name", "5902000008", []facts{head}, true, "Руководитель", "Руководитель"},
		{"the registry's director may not be named", "5902000008", []facts{director}, false, "", ""},
		{
			"a sole proprietor", "590200000143",
			[]facts{{f(company.FieldNameShort, "", "ИП ПРИМЕРОВ ПЁТР ИЛЬИЧ")}},
			false, "Примеров Пётр Ильич", "индивидуальный предприниматель",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := company.Observation{Source: "s", Key: "1", INN: tt.inn, Date: company.NewDate(2026, time.November, 20)}
			for _, some := range tt.facts {
				o.Facts = append(o.Facts, some...)
			}
			o.Sort()
			c := company.Derive(tt.inn, []company.Observation{o}, nil)
			b, ok := BuyerOf(&c, tt.persons)
			if b.Name != tt.buyer || b.Post != tt.pos || ok != (tt.buyer != "") {
				t.Errorf("%q, %q, %v; want %q, %q", b.Name, b.Post, ok, tt.buyer, tt.pos)
			}
		})
	}
}

// The number of whom to ask for is dialled first.
func TestDialOrderBuyerFirst(t *testing.T) {
	o := company.Observation{Source: "s", Key: "1", INN: "5902000008", Date: company.NewDate(2026, time.November, 20)}
	o.Add(company.FieldPhone, "+79070000001")
	o.Add(company.FieldPhone, "+79070000002")
	o.Facts = append(o.Facts,
		company.Fact{Field: company.FieldContactDuty, Key: "m", Value: "mechanic"},
		company.Fact{Field: company.FieldContactPhone, Key: "m", Value: "+79070000002"})
	o.Sort()
	c := company.Derive(o.INN, []company.Observation{o}, nil)
	if got := DialOrder(&c); len(got) != 2 || got[0].E164 != "+79070000002" {
		t.Errorf("order %v", got)
	}
}
