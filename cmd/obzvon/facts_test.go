package main

import (
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
)

func TestEqualValuesAreOneLine(t *testing.T) {
	line := func(f company.Field, source, card, value string, wins bool) night.FactLine {
		info, _ := f.Info()
		return night.FactLine{Field: f, Title: info.Title, Value: value, Source: source, SourceKey: card, Wins: wins, Joined: source == "2ГИС"}
	}
	facts := []night.FactLine{
		line(company.FieldCity, "Реестр", "1", "Самара", true),
		line(company.FieldCity, "2ГИС", "a", "Самара", false),
		line(company.FieldCity, "2ГИС", "b", "Самара", false),
		line(company.FieldCity, "2ГИС", "c", "Пермь", false),
		line(company.FieldAddress, "2ГИС", "a", "Самара, 1", true),
		line(company.FieldAddress, "2ГИС", "b", "Самара, 2", false),
		line(company.FieldAddress, "Компас", "z", "Самара, 2", false),
		line(company.FieldContactDuty, "Сайты", "x", "Отдел снабжения", true),
		line(company.FieldBranch, "2ГИС", "a", "Самара, 1", true),
		line(company.FieldBranch, "2ГИС", "b", "Самара, 2", true),
	}
	facts[9].Key = "b"
	facts[2].Note = "не виден"
	var b strings.Builder
	writeFacts(&b, facts)
	want := `
Что известно и откуда:
  Город                    Самара — Реестр; то же: 2ГИС, по привязке, и ещё 1 карточка
                           Пермь — 2ГИС, по привязке (уступает)
  Адрес                    Самара, 1 — 2ГИС, по привязке
                           Самара, 2 — Компас (уступает)
  Точка                    Самара, 1 — 2ГИС, по привязке
                           Самара, 2 — 2ГИС, по привязке
`
	if b.String() != want {
		t.Errorf("%s\nwant%s", b.String(), want)
	}
	for n, word := range map[int]string{1: "карточка", 2: "карточки", 4: "карточки", 5: "карточек", 11: "карточек", 12: "карточек", 21: "карточка", 114: "карточек", 122: "карточки"} {
		if got := moreCards(n); !strings.HasSuffix(got, " "+word) {
			t.Errorf("%d: %s", n, got)
		}
	}
	if moreCards(0) != "" {
		t.Error("no more cards is nothing to tell")
	}
}
