package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// The header as parser-2gis 1.2 leaves it after taking out empty columns: a
// group of which only number 1 is left loses its number.
var gisHeader = []string{
	"Наименование", "Описание", "Рубрики", "Адрес", "Комментарий к адресу", "Почтовый индекс", "Микрорайон",
	"Район", "Город", "Округ", "Регион", "Страна", "Часы работы", "Часовой пояс", "Рейтинг", "Количество отзывов",
	"Телефон 1", "Телефон 2", "Телефон 3", "E-mail 1", "E-mail 2", "Веб-сайт", "ВКонтакте", "WhatsApp", "Telegram",
	"Широта", "Долгота", "2GIS URL", "Тип",
}

// listing is one row.
type listing struct {
	name, says, rubrics, address, note string
	place                              *place
	phones, emails                     []string
	site, whatsapp, vk, telegram       string
	quarter, district                  string
	kind                               string // branch, parking, …
	noCity                             bool
}

type gisWriter struct {
	g    *forge
	rows [][]string
}

// gisCSV writes the directory export: UTF-8 with BOM, commas, CRLF.
func gisCSV(g *forge, firms []*firm) ([]byte, error) {
	w := &gisWriter{g: g}
	for _, f := range firms {
		for door := range f.doors {
			w.add(firmListing(f, door))
		}
	}
	for _, l := range strangers(g) {
		w.add(l)
	}
	var out bytes.Buffer
	out.WriteString("\ufeff")
	c := csv.NewWriter(&out)
	c.UseCRLF = true
	if err := c.WriteAll(append([][]string{gisHeader}, w.mixed()...)); err != nil {
		return nil, fmt.Errorf("write rows: %w", err)
	}
	return append(out.Bytes(), brokenRows...), nil
}

// mixed puts the rows in an order that is not that of the segments.
func (w *gisWriter) mixed() [][]string {
	step := 61
	for len(w.rows)%step == 0 {
		step += 2
	}
	out := make([][]string, len(w.rows))
	for i := range w.rows {
		out[i] = w.rows[i*step%len(w.rows)]
	}
	return out
}

// brokenRows stand at the end of the file: a row without a name, and one whose
// address lost its quotes, so that its comma makes a cell too many.
const brokenRows = ",автосервис,Шиномонтаж,\"Образцовая, 404\",,614000,,,Пермь,Пермь городской округ,Пермский край,Россия,,+05:00,,,83422000098,,,,,,,,,58.01,56.23,https://2gis.com/firm/990000000000404,branch\r\n" +
	"Лишняя Запятая,автосервис,Шиномонтаж,Образцовая, 405,,614000,,,Пермь,Пермь городской округ,Пермский край,Россия,,+05:00,,,83422000097,,,,,,,,,58.01,56.23,https://2gis.com/firm/990000000000405,branch\r\n"

func (w *gisWriter) add(l listing) {
	n := len(w.rows)
	p := l.place
	row := make([]string, len(gisHeader))
	set := func(title, value string) {
		for i := range gisHeader {
			if gisHeader[i] == title {
				row[i] = value
			}
		}
	}
	set("Наименование", l.name)
	set("Описание", l.says)
	set("Рубрики", l.rubrics)
	set("Адрес", l.address)
	set("Комментарий к адресу", l.note)
	set("Почтовый индекс", p.index)
	if !l.noCity {
		set("Город", p.city)
	}
	set("Округ", p.city+" городской округ")
	set("Регион", p.directory)
	set("Страна", "Россия")
	if l.kind == "branch" {
		set("Часы работы", hours(n))
		set("Рейтинг", fmt.Sprintf("%d.%d", 3+n%2, n%10))
		set("Количество отзывов", strconv.Itoa(n*7%140))
	}
	set("Часовой пояс", p.offset)
	for i, phone := range l.phones {
		set(fmt.Sprintf("Телефон %d", i+1), phone)
	}
	for i, email := range l.emails {
		set(fmt.Sprintf("E-mail %d", i+1), email)
	}
	set("Веб-сайт", l.site)
	set("ВКонтакте", l.vk)
	set("WhatsApp", l.whatsapp)
	set("Telegram", l.telegram)
	set("Микрорайон", l.quarter)
	set("Район", l.district)
	set("Широта", fmt.Sprintf("%.6f", p.lat+float64(n%50)*0.0011))
	set("Долгота", fmt.Sprintf("%.6f", p.lon+float64(n%40)*0.0013))
	set("2GIS URL", fmt.Sprintf("https://2gis.com/firm/99000000%07d", 1000+n))
	set("Тип", l.kind)
	w.rows = append(w.rows, row)
}

func hours(n int) string {
	days := strings.Fields("Пн Вт Ср Чт Пт Сб Вс")
	times := []string{"09:00-18:00", "08:00-20:00", "09:00-19:00"}[n%3]
	last := 5 + n%3
	var parts []string
	for _, d := range days[:last] {
		parts = append(parts, d+": "+times)
	}
	return strings.Join(parts, "; ")
}
