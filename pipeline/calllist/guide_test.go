package calllist_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

func guideOf(t *testing.T, change func(*config.Config, *config.Segments)) []pipeline.GuideSection {
	t.Helper()
	c, s, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	change(c, s)
	l := &calllist.List{Day: company.NewDate(2026, time.November, 20), Rows: []calllist.Entry{
		{Row: pipeline.Row{Segment: "Мелкие дилеры"}}, {Row: pipeline.Row{Segment: "Автосервисные сети"}},
	}}
	return calllist.Guide(c, s, l)
}

func all(sections []pipeline.GuideSection) string {
	var out strings.Builder
	for _, s := range sections {
		out.WriteString(s.Title + "\n" + strings.Join(s.Lines, "\n") + "\n")
		for _, row := range s.Table {
			out.WriteString(row[0] + ": " + row[1] + "\n")
		}
	}
	return out.String()
}

// The numbers that people read are those that the program follows.
func TestGuideFollowsTheConfig(t *testing.T) {
	plain := all(guideOf(t, func(*config.Config, *config.Segments) {}))
	changed := all(guideOf(t, func(c *config.Config, s *config.Segments) {
		s.Cadence = config.Cadence{
			RetryAfter: []int{4}, RetryAttempts: 3, RetryRest: 31, CallBackMoves: 1, RefusalRest: 92,
			InterestAfter: []int{2}, OfferAfter: []int{6, 9}, TrialAfter: []int{11, 21}, Onboarding: []int{5},
		}
		c.CallList.HoldDays, c.CallList.CallsAWeek, c.CallList.LocalFrom = 1, 5, "10:15"
	}))
	for _, c := range [][2]string{
		{"через 1, 2, 3, 5 и 7 рабочих дней", "через 4 рабочих дня"},
		{"После 6 попыток — пауза 60 дней", "После 3 попыток — пауза 31 день"},
		{"После 3 переносов", "После 1 переноса"},
		{"через 180 дней", "через 92 дня"},
		{"через 1 и 3 рабочих дня, дальше каждые 3", "через 2 рабочих дня, дальше так же"},
		{"через 3, 5 и 5 рабочих дней, дальше решает", "через 6 и 9 рабочих дней, дальше решает"},
		{"через 10 рабочих дней, дальше так же", "через 11 и 21 рабочий день, дальше каждые 21"},
		{"на 1, 7, 14, 30, 45 и 60-й день", "на 5-й день"},
		{"за вами 3 рабочих дня", "за вами 1 рабочий день"},
		{"чаще 2 раз за неделю", "чаще 5 раз за неделю"},
		{"раньше 09:00", "раньше 10:15"},
	} {
		if !strings.Contains(plain, c[0]) {
			t.Errorf("by default no %q", c[0])
		}
		if !strings.Contains(changed, c[1]) || strings.Contains(changed, c[0]) {
			t.Errorf("with other numbers no %q", c[1])
		}
	}
	// A Friday's list: the example is a day on which people work.
	if !strings.Contains(plain, "23.11.2026 15:00") {
		t.Error("no example of a day with an hour")
	}
}

func TestGuideTellsOfEveryResult(t *testing.T) {
	sections := guideOf(t, func(*config.Config, *config.Segments) {})
	var told []string
	for _, s := range sections {
		for _, row := range s.Table {
			if slices.Contains(funnel.Outcomes(), row[0]) {
				told = append(told, row[0])
			}
		}
	}
	if !slices.Equal(told, funnel.Outcomes()) {
		t.Errorf("results told: %q", told)
	}
}

func TestGuideHasAnalogsOfTheList(t *testing.T) {
	sections := guideOf(t, func(*config.Config, *config.Segments) {})
	var titles []string
	for _, s := range sections {
		if strings.HasPrefix(s.Title, "Аналоги") {
			titles = append(titles, s.Title)
		}
	}
	if want := []string{"Аналоги: автосервисные сети", "Аналоги: мелкие дилеры"}; !slices.Equal(titles, want) {
		t.Errorf("%q, want %q", titles, want)
	}
	const line = "6306-2RS (180306): SKF 6306-2RS1 · FAG 6306-2RSR · NSK 6306DDU · NTN 6306LLU · HRB, C&U, ZWZ 6306-2RS · ГОСТ 180306 · 30×72×19 мм\n"
	if !strings.Contains(all(sections), line) {
		t.Errorf("no line %q", line)
	}
	if text := all(sections); !strings.Contains(text, "SKF, FAG, NSK, NTN, HRB, C&U, ZWZ 30307") {
		t.Error("makers that write alike are not put together")
	}
}
