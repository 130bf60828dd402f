package table

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/files"
)

// gisText is the invented export of 2ГИС as CSV, its row n (from 0) changed.
func gisText(t *testing.T, n int, change func(line string) string) []byte {
	t.Helper()
	lines := strings.Split(string(encodeCSV(t, gisRows(), ',', false)), "\n")
	lines[n] = change(lines[n])
	return []byte(strings.Join(lines, "\n"))
}

// A row whose cells stand in wrong columns is kept to be looked at, never left
// out as no company or not in Russia.
func TestShiftedRowsAreQuarantined(t *testing.T) {
	const raw = "Казахский сервис"
	for name, c := range map[string]struct {
		row    int
		change func(string) string
		says   string
	}{
		"stray opening quote":    {1, func(s string) string { return `"` + s }, "cells under a header of 19"},
		"stray quote, abroad":    {4, func(s string) string { return `"` + s }, "cells under a header of 19"},
		"lost delimiter":         {1, func(s string) string { return strings.Replace(s, ",", " ", 1) }, "is no known country"},
		"lost at the end":        {1, func(s string) string { return s[:strings.Index(s, ",https://2gis")] }, "17 cells under a header of 19"},
		"a cell that slipped in": {1, func(s string) string { return strings.TrimSuffix(strings.Replace(s, ",", ",x,", 1), ",branch") }, "no known"},
		"country is a region":    {1, func(s string) string { return strings.Replace(s, ",Россия,", ",Пермский край,", 1) }, `"Пермский край" is no known country`},
		"type is an address":     {1, func(s string) string { return strings.Replace(s, ",branch", ",https://2gis.com/x", 1) }, "is no known type of object"},
		"mended and abroad": {4, func(s string) string {
			return strings.Replace(s, raw, `"`+raw+` "К" на углу"`, 1)
		}, "a stray quote, and as it stands: not in Russia: Казахстан"},
		"short and abroad": {4, func(s string) string { return strings.TrimSuffix(s, ",branch") }, "18 cells under a header of 19, and as it stands"},
	} {
		t.Run(name, func(t *testing.T) {
			data := gisText(t, c.row, c.change)
			line := strings.Split(string(data), "\n")[c.row]
			p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.csv", data)), requestNow)
			for _, r := range p.rejects {
				if r.Row != int64(c.row+1) {
					continue
				}
				if r.Reason != pipeline.ReasonFormat || !strings.Contains(r.Detail, c.says) || r.Raw != line {
					t.Errorf("%+v, want %q", r, c.says)
				}
				return
			}
			t.Errorf("row %d is not in quarantine: %+v, %+v", c.row+1, p.counts, p.rejects)
		})
	}
}

// What is not shifted is taken: empty cells left off the end, a name in quotes
// that were not doubled.
func TestHarmlessFaultsOfForm(t *testing.T) {
	for name, text := range map[string]string{
		"short":          "Компания;Телефон;Город;Страна\nРомашка;+79070000001\n",
		"quotes":         "Компания;Телефон;Город;Страна\n\"ООО \"Ромашка\"\";+79070000001;Пермь;Россия\n",
		"bare and short": "Компания;Телефон;Город;Страна\nООО \"Ромашка\";+79070000001\n",
	} {
		p := pullAll(t, mustNew(t, Options{}, files.FromBytes("a.csv", []byte(text))), requestNow)
		if p.counts.Taken != 1 || p.counts.Read != 1 {
			t.Errorf("%s: %+v, %+v", name, p.counts, p.rejects)
		}
	}
}

func TestLeftTellsWhy(t *testing.T) {
	gis := files.FromBytes("2gis.csv", append(encodeCSV(t, gisRows(), ',', false), encodeCSV(t, gisRows()[:1], ',', false)...))
	fair := files.FromBytes("fair.csv", []byte("Экспонент;Телефон;Сайт\nДальний;+86 21 12345678;\nЗдешний;+79070000001;\n"))
	src := mustNew(t, Options{}, gis, files.FromBytes("empty.csv", nil), fair)
	got, err := src.Left(t.Context())
	if !errors.Is(err, pipeline.ErrEmpty) {
		t.Errorf("the file that cannot be read: %v", err)
	}
	want := map[string]int64{"the header again": 1, "not a company: street": 1, "not in Russia: Казахстан": 1, "foreign phones only": 1}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if p := pullAll(t, src, requestNow); p.counts.NotWanted != 4 {
		t.Errorf("%+v", p.counts)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := src.Left(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
