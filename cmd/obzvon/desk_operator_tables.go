package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/night"
	"obzvon/pipeline/score"
)

// sourceStates are how a source came out of a night, for people.
var sourceStates = map[night.State]string{
	night.StateDone: "прочитан", night.StateUnchanged: "не изменился", night.StateIncomplete: "прочитан не весь",
	night.StateFailed: "ошибка", night.StateQuarantine: "много брака", night.StateStale: "устарел", night.StateLate: "не успели",
	night.StateOff: "не читается", night.StateLeftOut: "не просили читать", night.StateResting: "ещё не срок", night.StatePaused: "читается по частям",
}

func textCell(s string) pipeline.Value { return pipeline.Value{Kind: pipeline.ValueText, Text: s} }

func countCell[N int | int64](n N) pipeline.Value {
	return pipeline.Value{Kind: pipeline.ValueCount, Number: float64(n)}
}

// count is a figure for people.
func countText(n int64) string { return countCell(n).String() }

// runTables are what a night did, less what it did not do at all.
func (h *house) runTables(r *night.Report) []pipeline.Table {
	all := []pipeline.Table{
		sourceTable(r), enrichTable(r), h.listTable(r), leadsTable(r),
		reasonTable("Подходящие компании не в списке", r.Skipped, calllist.ReasonText),
		reasonTable("Не звоним", r.Vetoed, score.VetoText), h.timeTable(r),
	}
	return slices.DeleteFunc(all, func(t pipeline.Table) bool { return len(t.Rows) == 0 })
}

func sourceTable(r *night.Report) pipeline.Table {
	t := pipeline.Table{
		Title: "Источники",
		Note:  "Заявлено = прочитано + не прочитано. Прочитано = взято + не нужно + забраковано.",
		Head:  []string{"Источник", "Состояние", "Выпуск", "Заявлено", "Прочитано", "Взято", "Не нужно", "Забраковано", "Не прочитано", "Новых", "Изменилось", "Исчезло"},
	}
	for i := range r.Sources {
		s := &r.Sources[i]
		state := textCell(cmp.Or(sourceStates[s.State], string(s.State)))
		if s.State.Short() || s.State == night.StateOff {
			state.Tone = pipeline.ToneShort
		}
		c, release := s.Counts, "—"
		if s.Release.Date.Known() {
			release = s.Release.Date.Russian()
		}
		t.Rows = append(t.Rows, []pipeline.Value{
			textCell(cmp.Or(s.Title, s.Name)), state, textCell(release), countCell(c.Declared), countCell(c.Read), countCell(c.Taken), countCell(c.NotWanted),
			countCell(c.Quarantined), countCell(c.Unread), countCell(s.Delta.New), countCell(s.Delta.Changed), countCell(s.Delta.Gone),
		})
	}
	return t
}

func enrichTable(r *night.Report) pipeline.Table {
	t := pipeline.Table{Title: "Дозаполнение", Head: []string{"Кто", "Спрошено", "Найдено", "Новое", "Чужие ответы", "Стоило, не дороже", "Осталось", "Замечание"}}
	for _, e := range r.Enrich {
		note := textCell("")
		switch {
		case e.Off != "":
			note = textCell("не спрашивали: " + e.Off)
		case strings.HasPrefix(e.Error, "the deadline came"):
			note = textCell("до срока успели не всё")
		case e.Paused != "":
			note = textCell("лимит исчерпан, продолжим в следующий раз")
		case e.Error != "":
			note = textCell("прервано ошибкой: " + e.Error)
			note.Tone = pipeline.ToneShort
		}
		poison := countCell(e.Poison)
		if e.Poison > 0 {
			poison.Tone = pipeline.ToneShort
		}
		t.Rows = append(t.Rows, []pipeline.Value{
			textCell(cmp.Or(e.Title, e.Name)), countCell(e.Asked), countCell(e.Found), textCell(cmp.Or(e.Fields(), "—")), poison,
			costCell(e.Cost), leftCell(&e), note,
		})
	}
	return t
}

// costCell is a sum in kopecks as roubles; a dash for nothing.
func costCell(kopecks int64) pipeline.Value {
	if kopecks == 0 {
		return pipeline.Value{Kind: pipeline.ValueNone}
	}
	return pipeline.Value{Kind: pipeline.ValueMoney, Number: float64(kopecks) / 100}
}

// leftCell is what may still be asked: of the service's budget, else of the night's.
func leftCell(e *night.EnrichReport) pipeline.Value {
	switch {
	case e.CallLeft != nil:
		return countCell(*e.CallLeft)
	case e.AsksLeft != nil:
		return countCell(*e.AsksLeft)
	}
	return pipeline.Value{Kind: pipeline.ValueNone}
}

// listTable is the list by manager and priority.
func (h *house) listTable(r *night.Report) pipeline.Table {
	t := pipeline.Table{Title: "Список", Head: []string{"Менеджер", "Приоритет 1", "Приоритет 2", "Приоритет 3", "Всего"}}
	const priorities = 3
	rows := map[string]*[priorities + 1]int{}
	var order []string
	for _, l := range r.Listed {
		if l.Priority < 1 || l.Priority > priorities {
			continue
		}
		if rows[l.Manager] == nil {
			rows[l.Manager] = &[priorities + 1]int{}
			order = append(order, l.Manager)
		}
		rows[l.Manager][l.Priority-1] += l.Rows
		rows[l.Manager][priorities] += l.Rows
	}
	for _, id := range order {
		row := []pipeline.Value{textCell(h.managerName(id))}
		for _, n := range rows[id] {
			row = append(row, countCell(n))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func leadsTable(r *night.Report) pipeline.Table {
	t := pipeline.Table{Title: "Подходящие компании", Head: []string{"Сегмент", "Приоритет", "Компаний", "С телефоном"}}
	for _, l := range r.Leads {
		t.Rows = append(t.Rows, []pipeline.Value{textCell(l.Title), countCell(l.Priority), countCell(l.Leads), countCell(l.Dialable)})
	}
	return t
}

// reasonTable counts by reason, the most first.
func reasonTable(title string, counts map[string]int64, words func(string) string) pipeline.Table {
	t := pipeline.Table{Title: title, Head: []string{"Причина", "Компаний"}}
	var codes []string
	for code, n := range counts {
		if n > 0 {
			codes = append(codes, code)
		}
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	for _, code := range codes {
		t.Rows = append(t.Rows, []pipeline.Value{textCell(words(code)), countCell(counts[code])})
	}
	return t
}

func (h *house) timeTable(r *night.Report) pipeline.Table {
	t := pipeline.Table{Title: "Сколько что заняло", Head: []string{"Часть ночи", "Время"}}
	stages := slices.Clone(r.Stages)
	slices.SortStableFunc(stages, func(a, b night.StageTime) int { return cmp.Compare(b.Seconds, a.Seconds) })
	for _, s := range stages {
		t.Rows = append(t.Rows, []pipeline.Value{textCell(h.partTitle(s)), textCell(secondsText(s.Seconds))})
	}
	return t
}

// secondsText is a short time for people.
func secondsText(s float64) string {
	switch {
	case s < 10:
		return strings.Replace(fmt.Sprintf("%.1f\u00a0с", s), ".", ",", 1)
	case s < 60:
		return fmt.Sprintf("%.0f\u00a0с", s)
	case s < 3600:
		return fmt.Sprintf("%d\u00a0мин %d\u00a0с", int(s)/60, int(s)%60)
	}
	return fmt.Sprintf("%d\u00a0ч %d\u00a0мин", int(s)/3600, int(s)/60%60)
}
