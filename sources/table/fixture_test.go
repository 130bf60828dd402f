package table

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/files"
)

// innOf gives the ИНН of an invented legal entity: the tenth digit is the
// control digit.
func innOf(t testing.TB, nine int) string {
	t.Helper()
	base := strconv.Itoa(1_000_000_000 + nine)[1:]
	for d := range 10 {
		if inn, err := company.ParseINN(base + strconv.Itoa(d)); err == nil {
			return string(inn)
		}
	}
	t.Fatalf("no control digit for %s", base)
	return ""
}

// encodeCSV writes rows as an exporter would.
func encodeCSV(t testing.TB, rows [][]string, delim rune, crlf bool) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = delim, crlf
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func to1251(t testing.TB, utf8 []byte) []byte {
	t.Helper()
	b, err := charmap.Windows1251.NewEncoder().Bytes(utf8)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// encodeXLSX writes rows as text on one sheet; change may touch the book.
func encodeXLSX(t testing.TB, rows [][]string, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	for i, row := range rows {
		for j, v := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if v == "" {
				continue
			}
			if err := f.SetCellStr("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// kompasRows is an invented export of the shape of Контур.Компас: a firm, a
// firm of two rows, a sole proprietor, a liquidated firm.
func kompasRows(t testing.TB) [][]string {
	t.Helper()
	return [][]string{
		{"ИНН", "Наименование", "КПП", "ФИО руководителя", "Должность руководителя", "Номер телефона", "Дополнительный телефон 1", "Электронная почта", "Адрес", "Регион по адресу", "Ссылка на сайт", "Статус", "Выручка, тыс. руб", "Чистая прибыль/ убыток, тыс. руб", "Количество сотрудников", "Дата регистрации", "Реестр МСП", "Основной вид деятельности", "Другие виды деятельности", "Филиалы"},
		{innOf(t, 599900001), `ООО "СЕВЕРНЫЙ РЕДУКТОР"`, "590401001", "Примеров Пример Примерович", "Генеральный директор", "+7 907 000-00-01", "8 (907) 000-00-02 (склад)", "zakup@severny-reduktor.example.ru", "614000, Пермский край, г. Пермь, ул. Выдуманная, д. 1", "Пермский край", "severny-reduktor.example.ru", "Действующая", "125 400,5", "-320", "47", "15.03.2012", "Малое предприятие", "28.15 Производство подшипников", "45.31; 46.69.5 Торговля", "2"},
		{innOf(t, 599900002), `АО "ПОЛЯНА", СЕЛО "Б"`, "", "", "", "", "", "info@polyana.example.ru", "Тверская обл, г Тверь, ул Мнимая, 3", "Тверская область", "", "В процессе реорганизации", "0", "", "до 15", "41234", "Микропредприятие", "01.11", "", ""},
		{innOf(t, 599900002), `АО "ПОЛЯНА", СЕЛО "Б"`, "", "", "", "8-907-000-00-03", "", "", "", "Тверская область", "", "В процессе реорганизации", "", "", "", "", "", "", "", ""},
		{"500100732259", "ИП Выдумкин Вымысел Иванович", "", "", "", "79070000004", "", "", "", "77", "", "Действующая", "", "", "", "1 февраля 2020 г.", "", "45.20", "", ""},
		{innOf(t, 599900003), "ООО Минувшее", "", "", "", "", "", "", "", "", "", "Ликвидирована", "", "", "", "", "", "", "", ""},
	}
}

// gisRows is an invented export of the shape of 2ГИС.
func gisRows() [][]string {
	header := []string{"Наименование", "Описание", "Рубрики", "Адрес", "Комментарий к адресу", "Район", "Город", "Округ", "Регион", "Страна", "Часы работы", "Часовой пояс", "Телефон 1", "Телефон 2", "E-mail", "Веб-сайт 1", "ВКонтакте", "2GIS URL", "Тип"}
	return [][]string{
		header,
		{"Мнимый сервис", "автосервис", "СТО; Шиномонтаж", "Вымышленная, 1", "2 этаж", "Ленинский район", "Пермь", "", "Пермский край", "Россия", "Пн: 09:00-18:00; Вт: 09:00-18:00", "+05:00", "89070000011 (отдел продаж)", "2123456", "info@mnimy.example.ru", "http://mnimy.example.ru", "https://vk.com/x", "https://2gis.com/firm/70000000000000001", "branch"},
		{"Мнимый сервис", "автосервис", "СТО", "Вымышленная, 90", "", "", "Пермь", "", "Пермский край", "Россия", "", "+05:00", "89070000011 (отдел продаж)", "", "", "", "", "https://2gis.com/firm/70000000000000002", "branch"},
		{"Вымышленная улица", "", "", "", "", "", "Пермь", "", "Пермский край", "Россия", "", "", "", "", "", "", "", "https://2gis.com/geo/3", "street"},
		{"Казахский сервис", "", "СТО", "Выдуманная, 5", "", "", "Костанай", "", "", "Казахстан", "", "+05:00", "+77070000001", "", "", "", "", "https://2gis.com/firm/70000000000000004", "branch"},
		{"", "", "СТО", "Безымянная, 5", "", "", "Пермь", "", "Пермский край", "Россия", "", "", "89070000012", "", "", "", "", "https://2gis.com/firm/70000000000000005", "branch"},
		{"Нигде", "", "СТО", "Безвестная, 7", "", "", "", "", "", "", "", "+07:00", "", "", "", "", "", "https://2gis.com/firm/70000000000000006", "branch"},
	}
}

// pulled is all that a pull gave.
type pulled struct {
	batches []pipeline.Batch
	counts  pipeline.Counts
	obs     []company.Observation
	rejects []pipeline.Reject
	gaps    []pipeline.Gap
	err     error
}

func pullAll(t testing.TB, src *Source, req pipeline.Request) pulled {
	t.Helper()
	var p pulled
	for b, err := range src.Pull(context.Background(), req) {
		if err != nil {
			p.err = err
			break
		}
		if err := b.Counts.Check(); err != nil {
			t.Fatalf("batch %s: %v", b.Unit, err)
		}
		p.batches = append(p.batches, b)
		p.counts = p.counts.Add(b.Counts)
		p.obs = append(p.obs, b.Observations...)
		p.rejects = append(p.rejects, b.Rejects...)
		p.gaps = append(p.gaps, b.Gaps...)
	}
	return p
}

func mustNew(t testing.TB, opt Options, inputs ...files.Input) *Source {
	t.Helper()
	src, err := New("tables", inputs, opt)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// anonymous takes the origins away, which tell where a row stood.
func anonymous(obs []company.Observation) []company.Observation {
	for i := range obs {
		obs[i].Origin = ""
	}
	return obs
}

func byKey(t testing.TB, obs []company.Observation, key string) company.Observation {
	t.Helper()
	for _, o := range obs {
		if o.Key == key {
			return o
		}
	}
	t.Fatalf("no observation of key %q among %d", key, len(obs))
	return company.Observation{}
}
