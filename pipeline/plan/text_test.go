package plan_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"obzvon/config"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/plan"
)

func textOf(t *testing.T, r *plan.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextWithoutResults(t *testing.T) {
	s := fill(t, []said{{1, 30, funnel.Interest, "a", 0}, told(2, -100, funnel.Contract, 5)})
	for until, want := range map[string]string{
		"2026-11-20": "Отчёт на 20.11.2026.\n\nПлан\n  Результатов пока нет. ",
		"2026-10-20": "Отчёт на 20.10.2026.\n\nПлан\n  Стратегия начинается 02.11.2026. Результатов пока нет. ",
	} {
		r := compute(t, s, until)
		if got := textOf(t, r); !strings.HasPrefix(got, want) || strings.Count(got, "\n") > 6 {
			t.Errorf("%s: %q", until, got)
		}
		if r.Charts() != nil || !r.Empty {
			t.Errorf("%s: charts %v", until, r.Charts())
		}
	}
}

func TestText(t *testing.T) {
	s := fill(t, []said{{1, 7, funnel.NoAnswer, "a", 0}, {2, 7, funnel.Interest, "a", 0}, {3, 8, funnel.OfferSent, "b", 0}})
	issue(t, s, date(t, start), nil) // managers are at work from here on
	got := textOf(t, compute(t, s, "2026-11-10"))
	for _, want := range []string{
		"Отчёт на 10.11.2026: месяц 1 стратегии, с 02.11.2026. «!» — меньше плана.\n",
		`Работа менеджеров: месяц 1, с 02.11.2026
  Менеджер  Рабочих  Звонков  Норма  Выполнение    Контактов  КП    КП из
               дней                                               звонков
  Анна            6        2     60       3,3 % !          1   0      0 %
  Борис           2        1     20         5 % !          1   1    100 %
`, `
По дням
  Менеджер          02.11    03.11    05.11    06.11    09.11    10.11
  Анна: звонков         0 !      0 !      0 !      0 !      2 !      0 !
  Анна: контактов       0        0        0        0        1        0
  Борис: звонков        —        —        —        —        0 !      1 !
  Борис: контактов      —        —        —        —        0        1
`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\nДеньги\n") {
		t.Errorf("money without any in\n%s", got)
	}
}

// Lines are short enough for a screen, and names move nothing.
func TestTextIsTidy(t *testing.T) {
	c, seg := settings(t)
	c.Managers = append(c.Managers, config.Manager{ID: "x", Name: "Злой\tи\nдлинный\x1b[2J\u202e менеджер", Dials: 40})
	var all []said
	for i, o := range funnel.Outcomes() {
		all = append(all, said{i, 7 + i, o, "x", 1_000_000_000})
	}
	got := textOf(t, computeBy(t, fill(t, all), c, seg, "2027-10-20"))
	for line := range strings.Lines(got) {
		if utf8.RuneCountInString(line) > 140 || strings.TrimRight(line, " \n") != strings.TrimSuffix(line, "\n") {
			t.Errorf("line %q", line)
		}
		for _, r := range strings.TrimSuffix(line, "\n") {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("%U in %q", r, line)
			}
		}
	}
	if !strings.Contains(got, "Злой и длинный[2J менеджер: звонков") {
		t.Errorf("no manager in\n%s", got)
	}
}
