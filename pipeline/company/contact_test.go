package company

import (
	"strings"
	"testing"
	"time"
)

func TestContactsBuyerFirst(t *testing.T) {
	o := Observation{Source: "website", Key: "vega.example 5902000008", INN: "5902000008", Date: NewDate(2026, time.November, 20)}
	put := func(key string, facts ...Fact) {
		for _, f := range facts {
			f.Key = key
			o.Facts = append(o.Facts, f)
		}
	}
	put("b", Fact{Field: FieldContactDuty, Value: string(DutyHead)}, Fact{Field: FieldContactName, Value: "Вымышленный Пётр Ильич", Subject: SubjectPerson})
	put("c", Fact{Field: FieldContactDuty, Value: string(DutySupply)}, Fact{Field: FieldContactPost, Value: "Отдел снабжения"})
	put("a", Fact{Field: FieldContactDuty, Value: string(DutySupply)}, Fact{Field: FieldContactPhone, Value: "+79070000001"},
		Fact{Field: FieldContactPage, Value: "https://vega.example/contacts"})
	put("d", Fact{Field: FieldContactDuty, Value: "cook"})
	o.Sort()
	c := Derive(o.INN, []Observation{o}, nil)
	got := c.Contacts()
	var all []string
	for _, k := range got {
		all = append(all, k.Key)
	}
	keys := strings.Join(all, "")
	if keys != "acbd" {
		t.Fatalf("order %q, want acbd: %+v", keys, got)
	}
	if a := got[0]; a.Phone != "+79070000001" || a.Page == "" || a.Seen != o.Date || a.Source != "website" {
		t.Errorf("first contact: %+v", a)
	}
	if !DutyHead.Buys() || DutySales.Buys() || Duty("cook").Buys() {
		t.Error("who buys is mixed up")
	}
}
