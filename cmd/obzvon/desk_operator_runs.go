package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
	"obzvon/pipeline/tell"
)

const (
	nightsShown = 30  // nights
	nightsBack  = 120 // days that are looked through for them
)

func (d operatorNight) Runs(ctx context.Context) ([]operator.Run, error) {
	h := d.live()
	day, err := night.NextDay(h.config, h.night.Clock())
	if err != nil {
		return nil, err
	}
	// A list may have been asked for a later day.
	last, err := h.store.LastCompleted(ctx, company.NewDate(9999, time.December, 31))
	if err == nil {
		day = max(day, last.Day)
	} else if !errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	var out []operator.Run
	for back := range company.Date(nightsBack) {
		run, err := h.store.Run(ctx, day-back)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the ledger: %w", err)
		}
		one, _ := runLine(&run)
		if out = append(out, one); len(out) == nightsShown {
			break
		}
	}
	return out, nil
}

// runLine is a night in one line, with its report; nil if that cannot be read.
func runLine(run *store.Run) (operator.Run, *night.Report) {
	out := operator.Run{Day: run.Day, Started: run.Started, Ended: run.Ended}
	var report *night.Report
	if r := (night.Report{}); json.Unmarshal(run.Report, &r) == nil { // of another version, or none
		report = &r
		out.Rows = listed(report)
	}
	switch _, cut := cutBy(run.Error); {
	case run.Error != "" && cut && run.Completed:
		out.State, out.Outcome = operator.Warn, "повтор остановлен, прежний список в силе"
	case run.Error != "" && cut:
		out.State, out.Outcome = operator.Warn, "остановлена"
	case run.Error != "" && run.Completed:
		out.State, out.Outcome = operator.Warn, "повтор не удался, прежний список в силе"
	case run.Error != "":
		out.State, out.Outcome = operator.Bad, "не закончена"
	case !run.Completed:
		out.State, out.Outcome = operator.Warn, "не закончена или идёт сейчас"
	default:
		out.State, out.Outcome = came(run.Exit)
	}
	return out, report
}

func (d operatorNight) Run(ctx context.Context, day company.Date) (operator.Report, error) {
	h := d.live()
	run, err := h.store.Run(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		return operator.Report{}, operator.ErrNoRun
	}
	if err != nil {
		return operator.Report{}, err
	}
	line, r := runLine(&run)
	out := operator.Report{Run: line}
	var failed error
	if run.Error != "" {
		failed = errors.New(run.Error)
	}
	if _, cut := cutBy(run.Error); cut {
		out.Why, out.Advice = []string{"Ночь остановили. Сделанное сохранено."}, []string{"Запустите её снова: она продолжит с того же места."}
	} else if notice, worth := (tell.Teller{Clock: h.night.Clock}).Night(r, failed); worth {
		out.Why, out.Advice = notice.Lines, notice.Advice
	}
	if r != nil {
		out.Facts = h.runFacts(r)
		out.Tables = h.runTables(r)
	}
	return out, nil
}

// runFacts are the figures of a night.
func (h *house) runFacts(r *night.Report) []operator.Fact {
	var out []operator.Fact
	add := func(name, value string) { out = append(out, operator.Fact{Name: name, Value: value}) }
	if r.ListID != "" {
		text := strconv.Itoa(listed(r))
		if r.ListFrozen {
			text += " (выдан раньше и не изменился)"
		}
		if r.Withdrawn > 0 {
			text += fmt.Sprintf("; убрано стоп-листом: %d", r.Withdrawn)
		}
		add("Компаний в списке", text)
	}
	if r.Companies > 0 {
		add("Компаний в базе", countText(r.Companies))
		add("Вне сегментов", countText(r.OutsideAny))
	}
	if r.Resolve.Listings > 0 {
		add("Карточек без ИНН", fmt.Sprintf("%s, привязано к компаниям %s, на проверку %d", countText(r.Resolve.Listings), countText(r.Resolve.Joined), r.ReviewTotal))
	}
	if r.Purged > 0 {
		add("Стёрто контактов по сроку хранения", countText(int64(r.Purged)))
	}
	add("Файл сегментов", cmp.Or(r.ConfigHash, "—"))
	return out
}
