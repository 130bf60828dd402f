package main

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline/company"
)

// kompasHeader is the header of a list export of Контур.Компас.
func kompasHeader() []string {
	out := []string{"ИНН", "Наименование", "КПП", "ОГРН", "ФИО руководителя", "Должность руководителя", "Номер телефона"}
	for i := range 9 {
		out = append(out, fmt.Sprintf("Дополнительный телефон %d", i+1))
	}
	out = append(out, "Электронная почта")
	for i := range 9 {
		out = append(out, fmt.Sprintf("Дополнительная электронная почта %d", i+1))
	}
	return append(out, "Адрес", "Регион по адресу", "Ссылка на сайт", "Карточка в Фокусе", "Статус", "Выручка, тыс. руб",
		"Чистая прибыль/ убыток, тыс. руб", "Количество сотрудников", "Полученные лицензии", "Дата регистрации", "Реестр МСП",
		"Основной вид деятельности", "Другие виды деятельности", "Регион регистрации", "Филиалы")
}

// sheetWriter fills the only sheet cell by cell; the first error stays.
type sheetWriter struct {
	file    *excelize.File
	sheet   string
	columns map[string]int
	date    int // style
	row     int
	err     error
}

func kompasXLSX(firms []*firm) (data []byte, err error) {
	w := &sheetWriter{file: excelize.NewFile(), columns: map[string]int{}, row: 1}
	defer func() { err = errors.Join(err, w.file.Close()) }()
	w.sheet = w.file.GetSheetName(0)
	dateFormat := "dd.mm.yyyy"
	w.date, w.err = w.file.NewStyle(&excelize.Style{CustomNumFmt: &dateFormat})
	for i, title := range kompasHeader() {
		w.columns[title] = i + 1
		w.set(title, title)
	}
	for _, r := range kompasRows(firms) {
		w.row++
		w.company(r)
	}
	if w.err != nil {
		return nil, w.err
	}
	var out bytes.Buffer
	if err := w.file.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (w *sheetWriter) cell(title string) string {
	name, err := excelize.CoordinatesToCellName(w.columns[title], w.row)
	w.note(err)
	return name
}

func (w *sheetWriter) note(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *sheetWriter) set(title string, value any) {
	if w.err == nil && value != "" {
		w.note(w.file.SetCellValue(w.sheet, w.cell(title), value))
	}
}

func (w *sheetWriter) link(title, text, address string) {
	w.set(title, text)
	if w.err == nil {
		w.note(w.file.SetCellHyperLink(w.sheet, w.cell(title), address, "External"))
	}
}

// kompasRow is a firm with what is special about its row.
type kompasRow struct {
	*firm
	broken bool // a digit of the ИНН is wrong
	thin   bool // a second row of the same firm, with less in it
}

func kompasRows(firms []*firm) []kompasRow {
	var out []kompasRow
	for _, f := range firms {
		if !f.kompas {
			continue
		}
		out = append(out, kompasRow{firm: f})
		if n := len(out); n == 30 || n == 75 || n == 120 {
			out = append(out, kompasRow{firm: f, thin: true})
		}
		if n := len(out); n == 50 || n == 140 {
			broken := *f
			broken.core = "Ошибочный " + f.core
			out = append(out, kompasRow{firm: &broken, broken: true})
		}
	}
	return out
}

func (w *sheetWriter) company(r kompasRow) {
	w.number(r)
	w.set("Наименование", kompasName(r.firm))
	if r.kind == legalEntity {
		w.set("КПП", r.kpp())
	}
	w.set("ОГРН", r.ogrn)
	w.set("Регион по адресу", r.place.directory)
	w.set("Основной вид деятельности", r.code+" "+okvedName(r.code))
	w.set("Статус", kompasStatus(r.firm))
	if r.thin {
		return
	}
	w.set("ФИО руководителя", r.who.String())
	w.set("Должность руководителя", kompasPost(r.firm))
	w.contacts(r.firm)
	w.set("Адрес", kompasAddress(r.firm))
	w.link("Карточка в Фокусе", "Открыть", "https://focus.kontur.ru/entity?query="+r.ogrn)
	if r.number%10 != 9 {
		w.set("Выручка, тыс. руб", r.revenue)
		w.set("Чистая прибыль/ убыток, тыс. руб", r.revenue/12-r.number%7*300)
		w.set("Количество сотрудников", r.staff)
	}
	w.registered(r.firm)
	w.set("Реестр МСП", []string{"", "Микропредприятие", "Малое предприятие", "Среднее предприятие"}[r.category])
	w.set("Другие виды деятельности", strings.Join(r.extras, "; "))
	w.set("Регион регистрации", r.place.directory)
	w.set("Филиалы", max(r.doors-1, 0))
}

// number writes the ИНН as Excel leaves it: a number without its leading zero
// in most rows, a text in some.
func (w *sheetWriter) number(r kompasRow) {
	inn := r.inn
	if r.broken {
		inn = spoil(inn)
	}
	n, err := strconv.ParseInt(inn, 10, 64)
	w.note(err)
	if r.asText() {
		w.set("ИНН", inn)
		return
	}
	w.set("ИНН", n)
}

func (r kompasRow) asText() bool { return r.number%4 == 0 && r.place.code[0] != '0' }

// registered writes the day as a date cell in most rows, as a text in some.
func (w *sheetWriter) registered(f *firm) {
	day := time.Date(f.founded, time.Month(1+f.number%12), 1+f.number%28, 0, 0, 0, 0, time.UTC)
	switch f.number % 4 {
	case 1:
		w.set("Дата регистрации", day.Format("02.01.2006"))
	case 2:
		w.set("Дата регистрации", day.Format("2006-01-02"))
	default:
		w.set("Дата регистрации", day)
		if w.err == nil {
			w.note(w.file.SetCellStyle(w.sheet, w.cell("Дата регистрации"), w.cell("Дата регистрации"), w.date))
		}
	}
}

func okvedName(code string) string {
	title, _ := company.OKVED(code).Name()
	return title
}
