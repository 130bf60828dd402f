package contact

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"obzvon/enrich/website/finding"
)

func TestLabels(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{
			"a remark is of the number before, words are of the next",
			`<p>Звоните нам: +7 (907) 005-00-23 (мобильный), отдел снабжения 8 907 0070023. Пишите: info@zavod.ru</p>`,
			"+79070050023 +79070070023 [отдел снабжения] info@zavod.ru",
		},
		{
			"two remarks", `<p>8 (342) 210-17-80 (бухгалтерия, с 9 до 18), 8 (342) 210-17-81 (склад)</p>`,
			"+73422101780 [бухгалтерия] +73422101781 [склад]",
		},
		{
			"behind dashes", `<p>8 (342) 210-17-80 — отдел продаж, 8 (342) 210-17-81 — склад, 8 (342) 210-17-82 - касса</p>`,
			"+73422101780 [отдел продаж] +73422101781 [склад] +73422101782 [касса]",
		},
		{
			"dashes lead to numbers", `<p>Отдел продаж — 8 (342) 210-17-80, склад — 8 (342) 210-17-81</p>`,
			"+73422101780 [Отдел продаж] +73422101781 [склад]",
		},
		{
			"a list behind one label", `<p>Сбыт: 8 (342) 210-17-80 (моб.), 8 (342) 210-17-81, доб. 5 и sbyt@zavod.ru</p>`,
			"+73422101780 [Сбыт] +73422101781;ext=5 [Сбыт] sbyt@zavod.ru [Сбыт]",
		},
		{
			"label and number in one bracket", `<p>Приём заявок (тел. 8 (342) 210-17-80, склад: 8 (342) 210-17-81)</p>`,
			"+73422101780 [Приём заявок] +73422101781 [склад]",
		},
		{
			"calls", `<p>По вопросам оплаты звоните: 8 (342) 210-17-80</p><p>Звоните в отдел кадров по телефону 8 (342) 210-17-81</p>
			<p>Пришлите чертёж на zakaz@zavod.ru</p><p>Мы ответим вам: 8 (342) 210-17-82</p>`,
			"+73422101780 [По вопросам оплаты] +73422101781 [отдел кадров] +73422101782 zakaz@zavod.ru",
		},
		{
			"places and hours", `<p>614000, г. Пермь, ул. Садовая, д. 5, тел. 8 (342) 210-17-80</p><p>Склад: г. Пермь, ул. Садовая, 7, тел. 8 (342) 210-17-81</p>
			<p>Касса, пн-пт с 9 до 18: 8 (342) 210-17-82</p><p>Круглосуточно: 8 (342) 210-17-83</p><p>г. Пермь: 8 (342) 210-17-84</p>`,
			"+73422101780 +73422101781 [Склад] +73422101782 [Касса] +73422101783 +73422101784 [Пермь]",
		},
		{
			"what says that it is a number", `<p>Телефон: 8 (342) 210-17-80</p><p>Отдел сбыта: тел./факс 8 (342) 210-17-81</p><p>Телефон, факс: 8 (342) 210-17-82</p>
			<p>Факс: 8 (342) 210-17-83</p><p>Тел. диспетчера 8 (342) 210-17-84</p>`,
			"+73422101780 +73422101781 [Отдел сбыта] +73422101782 [тел./факс] +73422101783 [Факс] +73422101784 [диспетчера]",
		},
		{"sentences", `<p>Работаем с 2005 года. Отдел кадров: 8 (342) 210-17-80</p><p>гл. инженер: 8 (342) 210-17-81</p>`, "+73422101780 [Отдел кадров] +73422101781 [гл. инженер]"},
		{
			"long ones", `<p>Отдел продажи запасных частей, узлов и агрегатов грузовых автомобилей и тракторов: 8 (342) 210-17-80</p>`,
			"+73422101780 [Отдел продажи запасных частей, узлов и агрегатов грузовых]",
		},
		{"a disguised mailbox is no label", `<div><p>mail [at] zavod [dot] ru</p><p>8 (342) 210-17-80</p></div>`, "+73422101780 mail@zavod.ru"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := read(t, tt.html)
			f.Hours = ""
			if got := show(f); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// orders are the usual ways to write labels and numbers in a line.
var orders = []struct{ format, between string }{
	{"%[1]s: %[2]s", ", "},
	{"%[1]s: %[2]s", "; "},
	{"%[1]s %[2]s", ", "},
	{"%[1]s %[2]s", " "},
	{"%[1]s тел. %[2]s", ", "},
	{"%[1]s — %[2]s", ", "},
	{"%[1]s - %[2]s", " | "},
	{"%[2]s (%[1]s)", ", "},
	{"%[2]s (%[1]s)", " "},
	{"(%[1]s) %[2]s", " "},
	{"%[2]s — %[1]s", ", "},
	{"%[2]s - %[1]s", "; "},
	{"%[2]s — %[1]s", " "},
	{"%[2]s %[1]s", ", "},
	{"%[2]s %[1]s", " "},
	{"%[2]s: %[1]s", "; "},
	{"%[1]s: %[2]s (моб.)", ", "},
}

var departments = []string{
	"отдел закупок", "Бухгалтерия", "склад", "служба главного механика", "касса", "Приёмная", "гараж", "отдел кадров", "главный инженер", "цех литья",
}

// TestPureOrders has lines in which all labels stand on one side: each number
// gets its own.
func TestPureOrders(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, o := range orders {
		for range 300 {
			var line, want []string
			for k, d := range rnd.Perm(len(departments))[:2+rnd.IntN(4)] {
				value, shown := someNumber(rnd, k)
				line = append(line, fmt.Sprintf(o.format, departments[d], shown))
				want = append(want, labelled(value, departments[d]))
			}
			text := strings.Join(line, o.between)
			if got := show(read(t, "<p>"+text+"</p>")); got != strings.Join(want, " ") {
				t.Fatalf("%s\ngot  %s\nwant %s", text, got, strings.Join(want, " "))
			}
		}
	}
}

// someNumber is the k-th of a line, in one of the usual spellings.
func someNumber(rnd *rand.Rand, k int) (value, shown string) {
	a, b := rnd.IntN(90)+10, 10+k
	forms := []string{"+7 (907) 005-%02d-%02d", "8 907 005-%02d-%02d", "8907005%02d%02d", "+7 907 005 %02d %02d", "8 (907) 005-%02d-%02d"}
	return fmt.Sprintf("+7907005%02d%02d", a, b), fmt.Sprintf(forms[rnd.IntN(len(forms))], a, b)
}

// TestAnyOrder has lines of all kinds of things in any order: whatever is taken
// for a label can be shown as one.
func TestAnyOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	parts := []string{
		"(", ")", "«", "»", "[", "]", "\"", ",", ";", ":", ".", " — ", "-", "|", "/", " ", " ", " ", "(мобильный)", "(доб. 5)", ", доб. 12", "Звоните нам", "Пишите:",
		"Тел.", "телефон", "факс", "тел./факс", "info@zavod.ru", "zavod.ru", "ул. Садовая, д. 5", "г. Пермь", "614000", "пн-пт 9:00-18:00", "круглосуточно", "№ 3", "и", "по", "(код 342)",
	}
	for range 5_000 {
		var b strings.Builder
		for k := range 3 + rnd.IntN(12) {
			switch rnd.IntN(4) {
			case 0:
				_, shown := someNumber(rnd, k)
				b.WriteString(shown)
			case 1:
				b.WriteString(departments[rnd.IntN(len(departments))])
			default:
				b.WriteString(parts[rnd.IntN(len(parts))])
			}
			if last, _ := utf8.DecodeLastRuneInString(b.String()); unicode.IsLetter(last) || rnd.IntN(2) == 0 {
				b.WriteByte(' ')
			}
		}
		checkLabels(t, b.String(), read(t, "<p>"+b.String()+"</p>"))
	}
}

// checkLabels holds all labels of a page to what may be shown beside a number.
func checkLabels(t *testing.T, text string, f finding.Page) {
	t.Helper()
	for _, l := range labelsOf(f) {
		checkLabel(t, text, l)
	}
}

func checkLabel(t *testing.T, text, l string) {
	t.Helper()
	open, shut := unmatched(l)
	first, _ := utf8.DecodeRuneInString(l)
	switch {
	case len(open)+len(shut) > 0, strings.Count(l, "\"")%2 == 1:
		t.Fatalf("unbalanced %q of %q", l, text)
	case strings.ContainsAny(l, "0123456789@"):
		t.Fatalf("a number or mailbox in %q of %q", l, text)
	case utf8.RuneCountInString(l) > maxLetters:
		t.Fatalf("%q of %q is long", l, text)
	case l != "" && (closing(first) || strings.ContainsRune(",;:.|/ -—", first) || strings.ContainsAny(l[len(l)-1:], ",;:|/ -")):
		t.Fatalf("marks around %q of %q", l, text)
	}
	for _, w := range wordsOf(strings.ToLower(l)) {
		if calls(w) || w == "ул" {
			t.Fatalf("%q in %q of %q", w, l, text)
		}
	}
}

func labelsOf(f finding.Page) []string {
	var out []string
	for _, p := range f.Phones {
		out = append(out, p.Label)
	}
	for _, e := range f.Emails {
		out = append(out, e.Label)
	}
	return out
}
