package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/store"
)

// plainTable is a table saved at an hour of the list's day.
func plainTable(t testing.TB, hour int, rows ...map[string]string) pipeline.Returned {
	t.Helper()
	out := pipeline.Returned{
		Name: fmt.Sprintf("table%d.csv", hour), Digest: fmt.Sprintf("table-%d-%v", hour, rows),
		Saved: time.Date(2026, 11, 23, hour, 0, 0, 0, time.FixedZone("MSK", 3*60*60)),
	}
	for i, c := range rows {
		out.Rows = append(out.Rows, pipeline.ReturnedRow{Row: i + 2, Cells: c})
	}
	return out
}

func TestTableOfClients(t *testing.T) {
	o := newOffice(t)
	f := o.take(t, plainTable(t, 12,
		cells{heading.TitleINN: string(innOf(20)), heading.TitleResult: "Контракт", heading.TitleDay: "14.05.2025", heading.TitleAmount: "1,2 млн", heading.TitleManager: "второй менеджер", heading.TitleOrigin: "1С"},
		cells{heading.TitleINN: string(innOf(20)), heading.TitleResult: "Повторный заказ", heading.TitleDay: "2025-08-01 10:00:00", heading.TitleAmount: "50000"},
		cells{heading.TitleINN: string(innOf(31)), heading.TitleResult: "Контракт", heading.TitleAmount: "1000"},
		cells{heading.TitlePhone: pretty(20), heading.TitleResult: "Интерес", heading.TitleOrigin: "выставка", heading.TitlePerson: "Петрова А."},
		cells{heading.TitlePhone: pretty(21), heading.TitleResult: "Контракт"},
		cells{heading.TitlePhone: pretty(40), heading.TitleResult: "Повторный заказ"},
		cells{heading.TitlePhone: pretty(41), heading.TitleResult: "Интерес", heading.TitleOrigin: "выставка"},
		cells{heading.TitlePhone: pretty(42), heading.TitleResult: "Не звонить"},
		cells{heading.TitleINN: string(innOf(32)), heading.TitleOrigin: "рекомендация"},
		cells{heading.TitleINN: string(innOf(33)), heading.TitleResult: "Контракт", heading.TitleDay: "14.05"},
		cells{heading.TitleINN: string(innOf(34)), heading.TitleResult: "Контракт", heading.TitleDay: "14.05.2027"},
		cells{heading.TitleCompany: "ООО «Без всего»", heading.TitleResult: "Контракт"},
		cells{heading.TitleINN: string(innOf(35)), heading.TitleManager: "Кто-то"},
		cells{"Моё": "x"},
	)).Files[0]
	if f.Rows != 14 || f.Taken != 7 || f.Edited != 2 || f.Problems != 4 || f.Untouched != 1 {
		t.Errorf("%+v\n%s", f, said(f))
	}
	got := o.results(t, 20)
	if len(got) != 3 || got[0].Day != day(t, "2025-05-14") || got[0].Amount != 1_200_000 || got[0].Manager != "manager-2" || got[0].Origin != "1С" || got[0].List != "" ||
		got[1].Amount != 50_000 || got[2].Day != day(t, listDay) || got[2].Outcome != funnel.Interest || got[2].Dialled != phoneOf(20) {
		t.Errorf("%+v", got)
	}
	if r := o.results(t, 31)[0]; r.Amount != 0 || r.Outcome != funnel.Contract {
		t.Errorf("an amount without a day: %+v", r)
	}
	if r := o.results(t, 32)[0]; r.Origin != "рекомендация" || r.Outcome != "" {
		t.Errorf("%+v", r)
	}
	if got, want := o.stopped(t), phoneOf(21)+" client, "+phoneOf(40)+" client, "+phoneOf(42)+" refused"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	for _, s := range []string{
		"4 problem: сумма без даты", "5 remark: ИНН не указан: по телефону это ИНН " + string(innOf(20)),
		"6 remark: телефон " + phoneOf(21) + " у нескольких компаний (" + string(innOf(21)) + ", " + string(innOf(22)) + "): по этому номеру звонить не будем",
		"8 problem: по телефону " + phoneOf(41) + " компания не найдена: впишите ИНН",
		"0 remark: этих компаний пока нет в базе, запомнено до их появления: строки 4, 10, 14",
		"11 problem: «Дата» «14.05» не понята", "12 problem: «Дата» 14.05.2027: такой день", "13 problem: в строке нет ни ИНН, ни телефона",
		"0 remark: менеджера «Кто-то» нет в настройках, записано без менеджера: строка 14",
	} {
		if !strings.Contains(said(f), s) {
			t.Errorf("not said: %s\n%s", s, said(f))
		}
	}
}

// A copy of a table, with another time on it, says nothing new.
func TestCopiedTableSaysNothingNew(t *testing.T) {
	o := newOffice(t)
	table := plainTable(t, 12, cells{heading.TitleINN: string(innOf(20)), heading.TitleResult: "Контракт"})
	o.take(t, table)
	table.Saved = table.Saved.Add(-48 * time.Hour)
	if f := o.take(t, table).Files[0]; f.New != 0 || len(o.results(t, 20)) != 1 {
		t.Errorf("%+v: %+v", f, o.results(t, 20))
	}
}

// A client of whom the table says no day is one of long standing, and so is one
// whom «Источник» alone calls a client; others without a result are contacts.
func TestClientsWithoutADay(t *testing.T) {
	o := newOffice(t)
	row := func(n int, result, origin, when string) cells {
		return cells{heading.TitleINN: string(innOf(n)), heading.TitleResult: result, heading.TitleOrigin: origin, heading.TitleDay: when}
	}
	f := o.take(t, plainTable(t, 12,
		row(30, funnel.Contract, "1С", ""), row(31, funnel.Contract, "1С", "14.05.2025"), row(32, "", "действующий клиент", ""),
		row(33, "", "Клиент, 1С", "14.05.2025"), row(34, "", "выставка", ""), row(35, "", "клиент конкурента", ""),
		row(36, "Отказ", "клиент", ""), row(37, funnel.RepeatOrder, "", ""), row(38, funnel.Interest, "клиент", ""),
		cells{heading.TitlePhone: pretty(40), heading.TitleOrigin: "клиент"},
	)).Files[0]
	for n, want := range map[int]store.Result{
		30: {Outcome: funnel.Contract, Undated: true}, 31: {Outcome: funnel.Contract}, 32: {Outcome: funnel.Contract, Undated: true},
		33: {Outcome: funnel.Contract, Undated: true}, 34: {Undated: true}, 35: {Undated: true}, 36: {Undated: true}, 37: {Outcome: funnel.RepeatOrder, Undated: true},
		38: {Outcome: funnel.Interest, Undated: true},
	} {
		if got := o.results(t, n); len(got) != 1 || got[0].Outcome != want.Outcome || got[0].Undated != want.Undated {
			t.Errorf("company %d: %+v, want %+v", n, got, want)
		}
	}
	for _, s := range []string{
		"0 remark: «Контракт» или «Повторный заказ» без даты: считаем давними клиентами, как новым не звоним; если договор новый, впишите «Дата»: строки 2, 9",
		"0 remark: результата нет, но «Источник» говорит, что это клиенты: считаем давними клиентами: строки 4, 5",
		"0 remark: без результата: известны только как контакты, им могут позвонить; если это клиенты, впишите «Контракт» в «Результат»: строки 6, 7",
	} {
		if !strings.Contains(said(f), s+"\n") && !strings.HasSuffix(said(f), s) {
			t.Errorf("%s\nwant %s", said(f), s)
		}
	}
	if strings.Contains(said(f), "2 remark: «Контракт» без суммы") || o.stopped(t) != phoneOf(40)+" client" {
		t.Errorf("stops %s\n%s", o.stopped(t), said(f))
	}
}

func TestSaysClient(t *testing.T) {
	for text, want := range map[string]bool{
		"клиент": true, "Клиенты": true, "действующий клиент": true, "ДЕЙСТВУЮЩИЕ": true, "наш постоянный клиент (1С)": true, "действующий покупатель": true,
		"": false, "выставка": false, "рекомендация клиента": false, "клиент конкурента": false, "действующее производство": false, "наш": false,
		"потенциальный клиент": false, "клиентский день": false, "наш бывший клиент": false,
	} {
		if saysClient(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}

func TestPastDay(t *testing.T) {
	for text, want := range map[string]string{
		"14.05.2025": "2025-05-14", "2025-05-14": "2025-05-14", "45791": "2025-05-14", "45791.5": "2025-05-14", "14 мая 2025 г.": "2025-05-14",
		"14.05.25": "2025-05-14", "14.05.2025 15:30": "2025-05-14", "30/05/2025": "2025-05-30",
		"14.05": "", "мая 2025": "", "вчера": "", "31.02.2025": "", "5/6/2025": "", "14.05.2025 и 15.05.2025": "", "14.05.1925": "", "7": "", "": "",
	} {
		got, ok := pastDay(text)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("%q: %v, %t, want %q", text, got, ok, want)
		}
	}
}

func TestPhonesAreThoseOfRowsWithoutINN(t *testing.T) {
	got := Phones([]pipeline.Returned{
		book(t, "manager-1", 1, nil),
		plainTable(t, 1, cells{heading.TitlePhone: pretty(1) + ", " + pretty(2)}, cells{heading.TitlePhone: pretty(3), heading.TitleINN: string(innOf(3))}, cells{heading.TitlePhones: pretty(2)}),
	})
	if !slices.Equal(got, []string{phoneOf(1), phoneOf(2)}) {
		t.Errorf("%v", got)
	}
}

// A sheet of a call list that was copied into another book counts, but what was
// issued is not taken for what the caller wrote.
func TestCopiedSheet(t *testing.T) {
	o := newOffice(t)
	row := func(n int, fill cells) map[string]string {
		c := issuedCells(n)
		c["Зацепка"], c["Почему в списке"] = "6205", "ОКВЭД"
		return filled(0, c, fill).Cells
	}
	f := o.take(t, plainTable(t, 12, row(20, cells{heading.TitleResult: funnel.NoAnswer}), row(30, nil))).Files[0]
	if got := o.results(t, 20); len(got) != 1 || got[0].Phones != nil || got[0].Email != "" || got[0].Outcome != funnel.NoAnswer {
		t.Errorf("%+v", got)
	}
	if f.Taken != 1 || f.Untouched != 1 || len(o.results(t, 30)) != 0 || !strings.Contains(said(f), "без скрытого листа") {
		t.Errorf("%+v\n%s", f, said(f))
	}
}

func TestRowsText(t *testing.T) {
	if got := rowsText([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}); got != "строки 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 и ещё 2" {
		t.Error(got)
	}
}
