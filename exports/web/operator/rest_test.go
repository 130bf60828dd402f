package operator_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"obzvon/exports/web/operator"
)

func TestHealth(t *testing.T) {
	d := &desk{health: operator.Checkup{
		Checks: []operator.Check{
			{Title: "Настройки", Text: "встроенные"}, {Title: "Память", State: operator.Bad, Text: "мало", Advice: "добавьте"}, {Title: "Праздники", State: operator.Warn, Text: hostile},
		},
		Sizes:   []operator.Fact{{Name: "Свободно на диске", Value: "5 ГБ"}},
		Backups: operator.Backups{Keep: 7, Dir: "backups", Count: 3, Newest: now.Add(-26 * time.Hour), Size: 3 << 20},
		Inbox:   operator.Inbox{On: true, Waiting: []string{hostile}, Refused: []operator.Refused{{Day: day, Name: "a.xlsx", Why: "Это ссылка.\nЧто делать: положите файл."}}},
		Notices: []operator.Notice{{At: now, Title: "Ночь не закончена", Why: "сервер почты не отвечает"}},
		Sources: []operator.Need{{Name: "gis", Title: "2ГИС", Kind: "источник", On: true, State: operator.Bad, Lacks: []operator.Lack{{What: "Нет файла", Do: "положите его"}}}},
	}}
	s := open(t, d)
	doc := s.page("/health")
	says(t, doc, "Нужно исправить: 1. Стоит посмотреть: 1.", "3 копии, последняя — 22.11.2026 08:00 (1 день назад), 3 МБ", "Ждут своей очереди: 1", hostile, "Что делать: положите файл.",
		"не отправлено сервер почты не отвечает", "Нет файла. Что сделать: положите его.")
	if got := doc.Find("tbody td.name").First().Text(); got != "Память" {
		t.Errorf("first comes %q, not what must be mended", got)
	}
	if doc.Find("main script").Length() > 0 {
		t.Error("a file's name runs as a script")
	}
	d.health = operator.Checkup{}
	says(t, s.page("/health"), "Всё, что нужно для ночи, на месте.", "Сервер копий не делает", "Приём файлов из папки выключен", "ни одного")
}

func TestAuditLog(t *testing.T) {
	d := &desk{}
	for i := range 250 {
		d.entries = append(d.entries, operator.Entry{At: now.Add(-time.Duration(i) * time.Minute), Who: "anna", Action: "вход", What: fmt.Sprint("entry ", i), Refused: i == 0})
	}
	s := open(t, d)
	doc := s.page("/audit?who=Anna&action=login&refused=1")
	if got := d.asked[0]; got != "{Who:anna Action:login Refused:true} 0 101" {
		t.Errorf("asked %q", got)
	}
	if doc.Find("tbody tr").Length() != 100 || doc.Find("tr.over").Length() != 1 {
		t.Errorf("%d lines", doc.Find("tbody tr").Length())
	}
	next := doc.Find("a:contains('Старее')").AttrOr("href", "")
	if next != "/audit?action=login&refused=1&skip=100&who=Anna" {
		t.Fatalf("older: %q", next)
	}
	doc = s.page(next)
	if doc.Find("a:contains('Новее')").AttrOr("href", "") != "/audit?action=login&refused=1&who=Anna" {
		t.Error("no way back")
	}
	doc = s.page("/audit?skip=200")
	if doc.Find("tbody tr").Length() != 50 || doc.Find("a:contains('Старее')").Length() > 0 {
		t.Error("the last page")
	}
	d.entries = nil
	says(t, s.page("/audit"), "Таких записей нет")
	for _, path := range []string{"/audit?skip=-1", "/audit?skip=x", "/audit?skip=99999999999"} {
		if w := s.get(path); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
