package main

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"strings"
	"time"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/shift"
)

// operatorNight implements operator.Night.
type operatorNight struct{ *operatorDesk }

// nightStages are the stages for people.
var nightStages = map[night.Stage]string{
	night.StageFetch:   "Скачивание",
	night.StagePull:    "Чтение источника",
	night.StageResolve: "Привязка карточек к компаниям",
	night.StageDerive:  "Сборка компаний",
	night.StageEnrich:  "Дозаполнение",
	night.StageScore:   "Подсчёт баллов",
	night.StageExport:  "Запись списка",
}

func stageWords(s night.Stage) string { return cmp.Or(nightStages[s], string(s)) }

// nightSteps are what follows a night, for people.
var nightSteps = map[string]string{"backup": "Резервная копия", "notice": "Сообщение администратору"}

func (d operatorNight) Now(context.Context) (operator.Status, error) {
	return d.status(d.keeper.Status()), nil
}

func (d operatorNight) Watch(ctx context.Context) iter.Seq[operator.Status] {
	return func(yield func(operator.Status) bool) {
		for s := range d.keeper.Watch(ctx) {
			if !yield(d.status(s)) {
				return
			}
		}
	}
}

func (d operatorNight) status(s shift.Status) operator.Status {
	out := operator.Status{At: s.At, Next: s.Text}
	if s.Other != nil {
		out.Other = d.busyText(*s.Other)
	}
	if s.Night != nil {
		out.Running = d.running(s.Night)
	}
	if o := s.Last; o != nil {
		out.Last = lastNight(o)
	}
	return out
}

func (d operatorNight) running(r *shift.Running) *operator.Running {
	out := &operator.Running{
		Who: whoWords(r.Who), Day: cmp.Or(r.Turn.Day, r.Request.Day), Began: r.Began, Doing: nightStages[r.Stage], Source: d.live().sectionTitle(r.Source),
		Bytes: r.Stage == night.StageFetch || r.Stage == night.StagePull, Done: r.Done, Total: r.Total, Rows: r.Rows,
		Since: r.Since, Left: r.Left, End: r.NightEnd, Stopping: r.Stopping, Options: requestWords(r.Request),
	}
	if r.Stage == night.StageFetch || r.Stage == night.StagePull {
		out.Part = r.Unit
	}
	if r.Step != "" {
		out.Doing = cmp.Or(nightSteps[r.Step], r.Step)
	}
	switch {
	case r.Turn.Try > 1:
		out.Why = "после неудачи"
	case r.Turn.Why == shift.WhyMissed:
		out.Why = "ночь была пропущена"
	case r.Turn.Why == shift.WhyFirst:
		out.Why = "списка ещё не было"
	}
	for _, e := range r.Ended {
		out.Ended = append(out.Ended, operator.Took{Title: d.live().partTitle(e), Time: spent(e)})
	}
	return out
}

func spent(t night.StageTime) time.Duration { return time.Duration(t.Seconds * float64(time.Second)) }

// partTitle names a part of a night.
func (h *house) partTitle(t night.StageTime) string {
	title := stageWords(t.Stage)
	if t.Source != "" {
		title += ": " + h.sectionTitle(t.Source)
	}
	return title
}

// sectionTitle is how people call a source, an enricher or an exporter.
func (h *house) sectionTitle(name string) string {
	for _, s := range h.night.Sources {
		if s.Section.Name == name {
			return cmp.Or(s.Source.Describe().Title, name)
		}
	}
	for _, e := range h.night.Enrichers {
		if e.Section.Name == name {
			return cmp.Or(e.Enricher.Describe().Title, name)
		}
	}
	return name
}

// requestWords says what a night leaves out.
func requestWords(r night.Request) string {
	var out []string
	if len(r.Only) > 0 {
		out = append(out, "Только источники: "+strings.Join(r.Only, ", "))
	}
	if r.SkipEnrich {
		out = append(out, "Без дозаполнения")
	}
	return strings.Join(out, ". ")
}

func (d operatorNight) Sources(context.Context) ([]operator.Source, error) {
	h := d.live()
	var out []operator.Source
	for _, s := range h.night.Sources {
		out = append(out, operator.Source{Name: s.Section.Name, Title: h.sectionTitle(s.Section.Name)})
	}
	return out, nil
}

func (d operatorNight) Start(ctx context.Context, who string, o operator.Order) error {
	h := d.live()
	if o.Day != 0 {
		if text := h.noList(o.Day); text != "" {
			return &operator.RefusedError{Text: text}
		}
	}
	err := d.keeper.Start(ctx, who, night.Request{Day: o.Day, Only: o.Only, SkipEnrich: o.SkipEnrich})
	var busy *gate.BusyError
	if errors.As(err, &busy) {
		return &operator.BusyError{What: d.busyText(busy.Holder), Err: err}
	}
	return err
}

// noList says why no list can be made for a day, "" = one can.
func (h *house) noList(day company.Date) string {
	calendar := calllist.NewCalendar(h.config.Calendar)
	switch {
	case day < company.DateOf(h.night.Clock().In(h.zone())):
		return "Этот день уже прошёл. Выберите сегодняшний или будущий."
	case !calendar.Workday(day):
		return "Это выходной. Ближайший рабочий день — " + calendar.Next(day).Russian() + "."
	}
	return ""
}

func (d operatorNight) Stop(_ context.Context, who string) (bool, error) {
	return d.keeper.Stop(who), nil
}

// lastNight is how the last night came out.
func lastNight(o *shift.Outcome) *operator.Run {
	run := &operator.Run{Day: o.Turn.Day, Started: o.Began, Ended: o.Ended}
	switch {
	case o.Stopped != "":
		run.State, run.Outcome = operator.Warn, "остановил "+o.Stopped
	case o.Err != nil || o.Report == nil:
		run.State, run.Outcome = operator.Bad, "не закончена"
	default:
		run.Rows = listed(o.Report)
		run.State, run.Outcome = came(o.Report.Exit())
	}
	return run
}

func came(exit int) (operator.State, string) {
	if exit != exitDone {
		return operator.Warn, "список готов, не всё удалось"
	}
	return operator.Good, "всё удалось"
}
