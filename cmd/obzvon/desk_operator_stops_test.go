package main

import (
	"slices"
	"strings"
	"testing"

	"obzvon/exports/web/operator"
)

func TestStopsOnAPage(t *testing.T) {
	b := openBureau(t)
	d, ctx := operatorStops{b.operator(&keeperOf{})}, t.Context()
	row := b.list.Rows[0]
	for text, want := range map[string]string{
		"что-то":                       "Строка 1, «что-то»: это не ИНН",
		"\n# пометка\nmail.ru":         "Строка 3, «mail.ru»: этот адрес общий",
		string(row.Row.INN) + "1\nxyz": "Строка 1",
	} {
		if _, err := d.Add(ctx, "ivan", strings.NewReader(text), "refused", ""); !strings.Contains(refusal(err), want) {
			t.Errorf("%q: %v", text, refusal(err))
		}
	}
	added, err := d.Add(ctx, "ivan", strings.NewReader(string(row.Row.INN)+" # сами\n"+row.Phones[0]), "client", "из CRM")
	if err != nil || added.New != 2 || len(added.Stops) == 0 || added.Stops[0].INN != row.Row.INN {
		t.Fatalf("%+v, %v", added, err)
	}
	if added, err = d.Add(ctx, "ivan", strings.NewReader(string(row.Row.INN)), "client", ""); err != nil || added.New != 0 || added.Known != 1 {
		t.Errorf("again: %+v, %v", added, err)
	}
	for words, found := range map[string]int{"": 2, "crm": 2, string(row.Row.INN): 1, row.Row.Phone: 1, strings.Fields(row.Row.Company)[0]: 1, "нет такого": 0} {
		if page, err := d.List(ctx, words, 10); err != nil || page.Found != found || page.All != 2 || len(page.Entries) != found {
			t.Errorf("%q: %+v, %v", words, page, err)
		}
	}
	if page, err := d.List(ctx, "", 1); err != nil || page.Found != 2 || len(page.Entries) != 1 || page.Entries[0].By != "ivan" || page.Entries[0].Title != "уже наш клиент" {
		t.Errorf("%+v, %v", page, err)
	}
	id := operator.StopID{Kind: "inn", Value: string(row.Row.INN), Reason: "client"}
	if removed, err := d.Remove(ctx, "ivan", id, false); err != nil || !slices.Equal(removed.Gone, []string{string(row.Row.INN)}) {
		t.Errorf("%+v, %v", removed, err)
	}
	if _, err := d.Remove(ctx, "ivan", id, false); refusal(err) != "Этой записи в стоп-листе уже нет." {
		t.Errorf("twice: %v", err)
	}
	if _, err := d.Remove(ctx, "ivan", operator.StopID{Kind: "all"}, false); !strings.Contains(refusal(err), "Непонятно") {
		t.Errorf("no entry: %v", err)
	}
}
