package tell

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
)

// Night tells what came of a night, if it is worth telling: one that failed, that
// fell short of something, or, when asked for, one without fault. A night that was
// stopped on purpose is not. The report may be nil.
func (t Teller) Night(r *night.Report, err error) (pipeline.Notice, bool) {
	switch {
	case errors.Is(err, context.Canceled):
		return pipeline.Notice{}, false
	case err != nil:
		return t.failed(r, err), true
	case r == nil:
		return pipeline.Notice{}, false
	case r.Exit() != 0:
		return t.short(r), true
	case t.Good:
		return t.good(r), true
	}
	return pipeline.Notice{}, false
}

func (t Teller) failed(r *night.Report, err error) pipeline.Notice {
	day := company.Date(0)
	if r != nil {
		day = r.Day
	}
	n := t.notice(pipeline.NoticeFailed, day, "Ночь не закончена"+forDay(", нет списка на ", day))
	if r != nil && r.ListFrozen {
		n.Title = "Ночь не закончена, список на " + day.Russian() + " прежний"
	}
	n.Lines = []string{"Причина: " + cleanError(err) + "."}
	if r != nil {
		n.Lines = append(n.Lines, reached(r))
		n.Lines = append(n.Lines, listed(r)...)
	}
	n.Advice = failedAdvice(err, day)
	return n
}

// reached says how far the night came.
func reached(r *night.Report) string {
	if len(r.Stages) == 0 {
		return "Ночь остановилась в самом начале."
	}
	last := r.Stages[len(r.Stages)-1]
	text := "Последнее, что делалось: " + stageTitle(last.Stage)
	if last.Source != "" {
		text += " (" + last.Source + ")"
	}
	return text + ". Сделанное сохранено: следующий запуск продолжит."
}

func failedAdvice(err error, day company.Date) []string {
	again := "Запустите ещё раз: " + runCommand(day)
	switch {
	case errors.Is(err, night.ErrNoCalendar):
		return []string{"Допишите в настройки (calendar.holidays, calendar.workdays) выходные и рабочие дни этого года по постановлению правительства.", again}
	case errors.Is(err, night.ErrNotWorkday):
		return []string{"Список делается только на рабочий день; переносы стоят в настройках (calendar)."}
	case errors.Is(err, syscall.ENOSPC):
		return []string{"На диске кончилось место: освободите его или сожмите хранилище командой obzvon compact", again}
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM), errors.Is(err, syscall.EROFS):
		return []string{"Нет прав на названный файл или папку: дайте их пользователю, от которого работает программа.", again}
	}
	return []string{"Посмотрите, что не так: obzvon doctor", again}
}

func (t Teller) short(r *night.Report) pipeline.Notice {
	what := missing(r)
	kind, title := pipeline.NoticeShort, "Список"+forDay(" на ", r.Day)+" готов, но не всё удалось"
	switch {
	case r.Idle:
		title = "Список" + forDay(" на ", r.Day) + " пуст: никто не работает"
	case rows(r) == 0:
		title = "Список" + forDay(" на ", r.Day) + " пуст, и не всё удалось"
	case what.late > 0 && what.late == len(what.lines):
		kind, title = pipeline.NoticeLate, "Список"+forDay(" на ", r.Day)+" готов, но до срока успели не всё"
	}
	n := t.notice(kind, r.Day, title)
	n.Lines = append(what.lines, listed(r)...)
	n.Advice = what.advice
	return n
}

func (t Teller) good(r *night.Report) pipeline.Notice {
	n := t.notice(pipeline.NoticeGood, r.Day, "Список"+forDay(" на ", r.Day)+" готов")
	n.Lines = append(listed(r), "Ночь заняла "+span(r.Ended.Sub(r.Started))+".")
	return n
}

// listed says what list there is.
func listed(r *night.Report) []string {
	if r.ListID == "" {
		return nil
	}
	priority := [3]int{}
	for _, l := range r.Listed {
		if l.Priority >= 1 && l.Priority <= len(priority) {
			priority[l.Priority-1] += l.Rows
		}
	}
	text := fmt.Sprintf("Компаний в списке: %d (приоритет 1: %d, 2: %d, 3: %d).", rows(r), priority[0], priority[1], priority[2])
	if r.ListFrozen {
		text += " Он был выдан раньше и не изменился."
	}
	if len(r.Artefacts) == 0 {
		text += " Файлы не записаны."
	}
	return []string{text}
}

func rows(r *night.Report) (n int) {
	for _, l := range r.Listed {
		n += l.Rows
	}
	return n
}

func forDay(lead string, day company.Date) string {
	if !day.Known() {
		return ""
	}
	return lead + day.Russian()
}

// runCommand makes the list of a day.
func runCommand(day company.Date) string {
	return strings.TrimSpace("obzvon run" + dateFlag(day))
}

func dateFlag(day company.Date) string {
	if !day.Known() {
		return ""
	}
	return " --date " + day.String()
}

func stageTitle(s night.Stage) string {
	switch s {
	case night.StageFetch:
		return "скачивание"
	case night.StagePull:
		return "чтение источников"
	case night.StageResolve:
		return "привязка записей к компаниям"
	case night.StageDerive:
		return "сборка компаний"
	case night.StageEnrich:
		return "дозаполнение"
	case night.StageScore:
		return "подсчёт баллов"
	case night.StageExport:
		return "запись списка"
	}
	return string(s)
}

// span is a length of time as people say it.
func span(d time.Duration) string {
	d = d.Round(time.Second)
	switch hours, minutes := int(d/time.Hour), int(d/time.Minute)%60; {
	case hours > 0:
		return fmt.Sprintf("%d ч %d мин", hours, minutes)
	case minutes > 0:
		return fmt.Sprintf("%d мин", minutes)
	}
	return fmt.Sprintf("%d с", int(d/time.Second))
}
