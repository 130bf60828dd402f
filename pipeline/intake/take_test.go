package intake

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

type cells = map[string]string

func TestRowOfAManager(t *testing.T) {
	o := newOffice(t)
	b := book(t, "manager-1", 18, map[int]map[string]string{
		1: {heading.TitleResult: " перезвонить. ", heading.TitleNext: "в четверг в 15:00", heading.TitleComment: "=занято\nпозже", "моя пометка": "!"},
		3: {heading.TitleResult: "НЕДОЗВОН", heading.TitlePhone: "8 907 000-09-99 доб. 5", heading.TitlePerson: "  Иванова  Мария ", heading.TitlePost: "снабженец", heading.TitleEmail: "ZAKUP@firm3.example"},
		4: {heading.TitleComment: "узнать завтра"},
	})
	r := o.take(t, b)
	f := r.Files[0]
	if f.Rows != 4 || f.Taken != 2 || f.Untouched != 1 || f.Edited != 1 || f.New != 3 || !r.Whole() {
		t.Errorf("%+v", f)
	}
	at := o.Now().UTC()
	want := store.Result{
		INN: innOf(1), Day: day(t, listDay), List: listID, File: b.Digest, Saved: b.Saved.UTC(), Row: 2, Manager: "manager-1",
		Outcome: funnel.CallBack, Next: day(t, "2026-11-26"), NextAt: 15 * 60, Comment: "=занято\nпозже",
		Dialled: phoneOf(1), Half: store.HalfMorning, FileName: b.Name, By: "head", Taken: at,
	}
	if got := o.results(t, 1); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	got := o.results(t, 3)[0]
	if got.Outcome != funnel.NoAnswer || !slices.Equal(got.Phones, []string{phoneOf(999) + ";ext=5"}) || got.Person != "Иванова Мария" ||
		got.Post != "снабженец" || got.Email != "zakup@firm3.example" || got.Half != store.HalfEvening {
		t.Errorf("%+v", got)
	}
	if got := o.results(t, 4)[0]; got.Outcome != "" || got.Comment != "узнать завтра" {
		t.Errorf("%+v", got)
	}
	if s := said(f); s != "5 remark: результат не выбран: звонок не засчитан" {
		t.Errorf("%q", s)
	}
	if len(o.notes.lines) != 3 || o.notes.lines[0].Kind != journal.KindResult || o.notes.lines[0].FileName != b.Name || o.notes.lines[0].By != "head" || o.notes.lines[0].Row != 2 {
		t.Errorf("%+v", o.notes.lines)
	}
}

// What is not understood is named with what to do, and what is understood beside
// it is kept.
func TestProblemsOfARow(t *testing.T) {
	for name, c := range map[string]struct {
		fill  cells
		class string
		say   []string
	}{
		"another word":       {cells{heading.TitleResult: "Отказ", heading.TitleComment: "дорого"}, "problem", []string{"«Отказ» не из списка; похоже на «Не интересно»"}},
		"a slip":             {cells{heading.TitleResult: "Недозвонн"}, "problem", []string{"похоже на «Недозвон»"}},
		"two words":          {cells{heading.TitleResult: "занято, перезвонить"}, "problem", []string{"похоже на «Недозвон»"}},
		"nonsense":           {cells{heading.TitleResult: "ыва"}, "problem", []string{"не из списка: выберите"}},
		"a mark":             {cells{heading.TitleResult: "?"}, "problem", []string{"«?» не из списка"}},
		"no day":             {cells{heading.TitleResult: "Перезвонить"}, "taken", []string{"remark: «Перезвонить» без даты"}},
		"bad day":            {cells{heading.TitleResult: "Перезвонить", heading.TitleNext: "скоро"}, "taken", []string{"problem: «Следующий контакт»: «скоро»: не понято, когда"}},
		"past day":           {cells{heading.TitleResult: "Интерес", heading.TitleNext: "22.11.2026"}, "taken", []string{"problem: «Следующий контакт»: «22.11.2026»: 22.11.2026 раньше самого звонка"}},
		"day off":            {cells{heading.TitleResult: "Интерес", heading.TitleNext: "28.11.2026"}, "taken", []string{"remark: 28.11.2026 — выходной: позвоним 30.11.2026"}},
		"only a bad day":     {cells{heading.TitleNext: "скоро"}, "problem", []string{"не понято, когда"}},
		"bad consent":        {cells{heading.TitleResult: "Интерес", heading.TitleConsent: "может"}, "taken", []string{"problem: согласие «может»: нужно «да» или «нет»"}},
		"bare consent":       {cells{heading.TitleResult: "Интерес", heading.TitleConsent: "да"}, "taken", []string{"remark: согласие без доказательства: напишите в комментарии, кто и когда согласился"}},
		"nobody agreed":      {cells{heading.TitleResult: "Недозвон", heading.TitleConsent: "да", heading.TitleComment: "завтра"}, "taken", []string{"remark: «Недозвон» и согласие «да»: согласие без доказательства"}},
		"proven consent":     {cells{heading.TitleResult: "Интерес", heading.TitleConsent: "да", heading.TitleComment: "снабженец, 23.11"}, "taken", nil},
		"bad sum":            {cells{heading.TitleResult: "Контракт", heading.TitleAmount: "много"}, "taken", []string{"problem: сумма «много» не понята"}},
		"no sum":             {cells{heading.TitleResult: "Контракт"}, "taken", []string{"remark: «Контракт» без суммы"}},
		"no phone":           {cells{heading.TitleResult: "Интерес", heading.TitlePhone: "спросить у секретаря"}, "taken", []string{"problem: «Телефон»: «спросить у секретаря» — не телефон"}},
		"phone and a word":   {cells{heading.TitlePhone: "8 907 000-07-77, 12"}, "edited", []string{"problem: «Телефон»: «12» — не телефон"}},
		"phone taken away":   {cells{heading.TitleResult: "Интерес", heading.TitlePhone: ""}, "taken", []string{"remark: телефон стёрт из строки"}},
		"bad mail":           {cells{heading.TitleResult: "Интерес", heading.TitleEmail: "собака"}, "taken", []string{"problem: e-mail «собака» не понят"}},
		"two mails":          {cells{heading.TitleEmail: "a@firm.example b@firm.example"}, "edited", []string{"e-mail записан один, a@firm.example"}},
		"another name":       {cells{heading.TitleResult: "Интерес", heading.TitleCompany: "АО «Другое»"}, "taken", []string{"remark: изменён столбец «Компания»"}},
		"another manager":    {cells{heading.TitleManager: "Второй Менеджер"}, "untouched", []string{"remark: менеджера меняет руководитель"}},
		"lone sign":          {cells{heading.TitleComment: "-"}, "untouched", nil},
		"same phone":         {cells{heading.TitlePhone: "8(907)0000001"}, "untouched", nil},
		"wrong checksum":     {cells{heading.TitleINN: "7700000010", heading.TitleResult: "Интерес"}, "problem", []string{"с ошибкой: проверьте цифры"}},
		"unknown company":    {cells{heading.TitleINN: string(innOf(500)), heading.TitleResult: "Интерес"}, "problem", []string{"нет ни в этом списке, ни в базе"}},
		"added company":      {cells{heading.TitleINN: string(innOf(20)), heading.TitleResult: "Интерес"}, "taken", []string{"remark: компании не было в этом списке"}},
		"no ИНН":             {cells{heading.TitleINN: "", heading.TitleResult: "Интерес"}, "taken", []string{"remark: ИНН не указан: по телефону это ООО «Пример 1»"}},
		"no ИНН, not listed": {cells{heading.TitleINN: "", heading.TitlePhone: pretty(777), heading.TitlePhones: "", heading.TitleResult: "Интерес"}, "problem", []string{"в этом списке нет: впишите ИНН"}},
		"neither":            {cells{heading.TitleINN: "", heading.TitlePhone: "", heading.TitlePhones: "", heading.TitleResult: "Интерес"}, "problem", []string{"нет ни ИНН, ни телефона"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			b := book(t, "manager-1", 18, map[int]map[string]string{1: c.fill})
			b.Rows = b.Rows[:1]
			f := o.take(t, b).Files[0]
			got := map[string]int{"taken": f.Taken, "problem": f.Problems, "edited": f.Edited, "untouched": f.Untouched}
			if got[c.class] != 1 {
				t.Errorf("%v, want %s\n%s", got, c.class, said(f))
			}
			if c.say == nil && len(f.Notes) > 0 {
				t.Errorf("%s", said(f))
			}
			for _, s := range c.say {
				if !strings.Contains(said(f), s) {
					t.Errorf("%s\nwant %s", said(f), s)
				}
			}
		})
	}
}

func TestRefusedFiles(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(b *pipeline.Returned)
		why   error
		say   string
	}{
		"sample":       {func(b *pipeline.Returned) { b.List.Sample = true }, ErrSample, "образца"},
		"newer":        {func(b *pipeline.Returned) { b.List.Version = 2 }, ErrVersion, "другой версией"},
		"no such day":  {func(b *pipeline.Returned) { b.List.Day++ }, ErrList, "на 24.11.2026 здесь не выпускали"},
		"another list": {func(b *pipeline.Returned) { b.List.ID = "x" }, ErrList, "выпущен другой список"},
		"another base": {func(b *pipeline.Returned) {
			b.List.Issued = map[company.INN]map[string]string{innOf(900): {}, innOf(901): {}, innOf(1): {}}
		}, ErrList, "из другой базы"},
		"no columns": {func(b *pipeline.Returned) {
			b.List, b.Rows = nil, []pipeline.ReturnedRow{{Row: 2, Cells: cells{"Имя": "Пример"}}}
		}, ErrTable, "ни ИНН, ни телефонов"},
	} {
		o := newOffice(t)
		bad := book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: funnel.NoAnswer}})
		c.spoil(&bad)
		good := book(t, "manager-2", 18, map[int]map[string]string{5: {heading.TitleResult: funnel.NoAnswer}})
		r := o.take(t, bad, good)
		if f := r.Files[0]; !errors.Is(f.Err, c.why) || !strings.Contains(f.Refused, c.say) || r.Whole() {
			t.Errorf("%s: %v, %q", name, f.Err, f.Refused)
		}
		if len(o.results(t, 1)) != 0 || r.Files[1].New != 1 {
			t.Errorf("%s: a refused file was taken, or the other was not", name)
		}
	}
	o := newOffice(t)
	o.Sample = true
	if f := o.take(t, book(t, "manager-1", 18, nil)).Files[0]; !errors.Is(f.Err, ErrSample) {
		t.Errorf("real book, sample store: %v", f.Err)
	}
}

func TestOneCompanyTwiceInASheet(t *testing.T) {
	o := newOffice(t)
	b := book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: funnel.NoAnswer}, 2: {heading.TitleResult: funnel.Interest}})
	b.Rows = append(b.Rows,
		filled(10, issuedCells(1), cells{heading.TitleResult: funnel.Interest}),
		filled(11, issuedCells(2), nil),
		filled(12, issuedCells(2), cells{heading.TitleResult: "Отказ", heading.TitleComment: "x1"}))
	f := o.take(t, b).Files[0]
	if f.Taken != 2 || f.Problems != 2 || f.Untouched != 3 || !strings.Contains(said(f), "2 problem: та же компания есть и в строке 10: взята она") {
		t.Errorf("%+v\n%s", f, said(f))
	}
	if one, two := o.results(t, 1), o.results(t, 2); one[0].Outcome != funnel.Interest || one[0].Row != 10 || two[0].Outcome != funnel.Interest || len(two) != 1 {
		t.Errorf("%+v\n%+v", one, two)
	}
}

func TestHeadGivesRowsToOthers(t *testing.T) {
	o := newOffice(t)
	whole := book(t, "", 20, map[int]map[string]string{
		1: {heading.TitleManager: "второй менеджер", heading.TitleResult: funnel.Interest},
		2: {heading.TitleManager: "Никто"},
		3: {heading.TitleManager: "manager-2"},
	})
	whole.Rows = append(whole.Rows, filled(40, cells{heading.TitleINN: string(innOf(20)), heading.TitleManager: "Первый Менеджер"}, nil))
	f := o.take(t, whole).Files[0]
	marks, err := o.store.Marks(t.Context())
	if err != nil || len(marks) != 3 || marks[0].INN != innOf(1) || marks[0].Value != "manager-2" || marks[2].Value != "manager-1" || len(f.Marks) != 3 {
		t.Fatalf("%+v, %v\n%s", marks, err, said(f))
	}
	if got := o.results(t, 1)[0]; got.Manager != "manager-1" {
		t.Errorf("who called: %q", got.Manager)
	}
	if !strings.Contains(said(f), "3 problem: менеджера «Никто» нет в настройках: есть «Первый Менеджер», «Второй Менеджер», «Третий»") || f.Problems != 1 || f.Edited != 2 {
		t.Errorf("%+v\n%s", f, said(f))
	}
	// An older book says otherwise and comes later: what was said last stands, and
	// what a person has undone since is not brought back by the same file.
	old := book(t, "", 9, map[int]map[string]string{1: {heading.TitleManager: "manager-1"}, 3: {heading.TitleManager: "manager-1", heading.TitleComment: "c1"}})
	o.take(t, old)
	if err := o.store.DropMark(t.Context(), innOf(3), store.MarkManager); err != nil {
		t.Fatal(err)
	}
	o.take(t, whole)
	if marks, _ = o.store.Marks(t.Context()); len(marks) != 2 || marks[0].Value != "manager-2" {
		t.Errorf("%+v", marks)
	}
}

func TestConflictIsNamed(t *testing.T) {
	o := newOffice(t)
	mine := book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: funnel.NoAnswer}})
	heads := book(t, "", 20, map[int]map[string]string{1: {heading.TitleResult: funnel.Interest}, 2: {heading.TitleResult: funnel.Interest}})
	r := o.take(t, heads, mine)
	if len(r.Conflicts) != 1 {
		t.Fatalf("%+v", r.Conflicts)
	}
	c := r.Conflicts[0]
	if c.Stands.Outcome != funnel.Interest || c.Lost.Outcome != funnel.NoAnswer || c.INN != innOf(1) ||
		!strings.Contains(c.Text, "действует «Интерес» из "+heads.Name+", строка 2, сохранён 23.11.2026 20:00 (сохранён позже)") {
		t.Errorf("%+v", c)
	}
}

// What was meant wins over «Не звонить», but calls come only when the head takes
// the stop away: the conflict says how.
func TestConflictWithARefusal(t *testing.T) {
	o := newOffice(t)
	wrong := book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: funnel.DoNotCall}})
	meant := book(t, "manager-1", 20, map[int]map[string]string{1: {heading.TitleResult: funnel.Interest}})
	r := o.take(t, wrong, meant)
	if len(r.Conflicts) != 1 || !strings.Contains(r.Conflicts[0].Text, "obzvon stop remove "+string(innOf(1))) {
		t.Fatalf("%+v", r.Conflicts)
	}
	if err := o.store.RemoveStop(t.Context(), store.StopINN, string(innOf(1)), ""); err != nil {
		t.Fatal(err)
	}
	if r = o.take(t, meant); strings.Contains(r.Conflicts[0].Text, "стоп-лист") {
		t.Errorf("%+v", r.Conflicts)
	}
}

func TestFileFromTheFuture(t *testing.T) {
	o := newOffice(t)
	b := book(t, "manager-1", 18, nil)
	b.Saved = o.Now().Add(72 * time.Hour)
	if f := o.take(t, b).Files[0]; !strings.Contains(said(f), "проверьте часы") {
		t.Errorf("%s", said(f))
	}
}

func TestForgottenIsNotCollectedAgain(t *testing.T) {
	o := newOffice(t)
	gone := []string{phoneOf(999), "zakup@firm1.example", string(innOf(20))}
	o.Forgotten = func(v string) bool { return slices.Contains(gone, v) }
	b := book(t, "manager-1", 18, map[int]map[string]string{1: {heading.TitleResult: funnel.Interest, heading.TitlePhone: pretty(999), heading.TitleEmail: gone[1]}})
	b.Rows = append(b.Rows, filled(9, cells{heading.TitleINN: gone[2], heading.TitleResult: funnel.DoNotCall, heading.TitlePhone: pretty(20)}, nil))
	f := o.take(t, b).Files[0]
	if got := o.results(t, 1)[0]; got.Phones != nil || got.Email != "" || got.Outcome != funnel.Interest {
		t.Errorf("%+v", got)
	}
	if f.Problems != 1 || o.stopped(t) != "" || !strings.Contains(said(f), "стёрты по требованию") {
		t.Errorf("%+v, stops %s\n%s", f, o.stopped(t), said(f))
	}
}
