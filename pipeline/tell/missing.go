package tell

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/night"
)

// lacks is what a night was short of, a line for each thing, and what to do about
// it.
type lacks struct {
	lines, advice []string
	late          int // of the lines: only the deadline's doing
}

func (l *lacks) add(line string, advice ...string) {
	l.lines = append(l.lines, line)
	for _, a := range advice {
		if !slices.Contains(l.advice, a) {
			l.advice = append(l.advice, a)
		}
	}
}

const (
	afterwards  = "Ничего: остальное дойдёт следующей ночью. Если не успевает каждый раз, начинайте раньше (schedule.cron) или сдвиньте срок (run.deadline)."
	seeSources  = "Состояние и причины: obzvon sources"
	asManagers  = "Проверьте в настройках у менеджеров since, through и absences: на этот день нет ни одного работающего."
	writesAgain = "Место и права в папке списков: obzvon doctor, затем запишите файлы снова: obzvon export"
)

// missing reads out of a report what it was short of. Whatever of Report.Short is
// told by no source and no enricher comes first: exporters, or nobody to work.
func missing(r *night.Report) *lacks {
	l := &lacks{}
	for _, why := range r.Short {
		if !ofSource(r, why) {
			l.other(r, why)
		}
	}
	for i := range r.Sources {
		l.source(&r.Sources[i], r)
	}
	for _, e := range r.Enrich {
		switch {
		case e.Error == "":
		case strings.HasPrefix(e.Error, "the deadline came"):
			l.late++
			l.add(fmt.Sprintf("%s: до срока спрошено %d, найдено %d.", called(e.Title, e.Name), e.Asked, e.Found), afterwards)
		default:
			l.add(fmt.Sprintf("%s: работа прервана ошибкой. Причина: %s.", called(e.Title, e.Name), clean(e.Error)), seeSources)
		}
	}
	return l
}

// ofSource tells a reason that the reports of sources and enrichers repeat.
func ofSource(r *night.Report, why string) bool {
	for i := range r.Sources {
		if name := r.Sources[i].Name; strings.HasPrefix(why, "source "+name+":") || strings.HasPrefix(why, "source "+name+" is off:") {
			return true
		}
	}
	return slices.ContainsFunc(r.Enrich, func(e night.EnrichReport) bool { return strings.HasPrefix(why, "enricher "+e.Name+":") })
}

func (l *lacks) other(r *night.Report, why string) {
	switch {
	case r.Idle && strings.HasPrefix(why, "no manager works"):
		l.add("На этот день нет ни одного работающего менеджера, звонить некому.", asManagers)
	case strings.HasPrefix(why, "exporter "):
		l.add("Список готов, но записан не везде. Причина: "+clean(why)+".", writesAgain+dateFlag(r.Day))
	default:
		l.add("Причина: "+clean(why)+".", "Посмотрите, что не так: obzvon doctor")
	}
}

// source says how a source came out of the night.
func (l *lacks) source(s *night.SourceReport, r *night.Report) {
	name := called(s.Title, s.Name)
	again := "Исправив, запустите: " + runCommand(r.Day) + " (прочитано будет только изменившееся)"
	switch s.State {
	case night.StateFailed:
		l.add(fmt.Sprintf("%s: не прочитан из-за ошибки, в силе прежние данные. Причина: %s.", name, clean(s.Note)), seeSources, again)
	case night.StateIncomplete:
		l.add(fmt.Sprintf("%s: прочитан не весь, не прочитано частей: %d.%s", name, len(s.Gaps)+s.GapsMore, firstGap(s)),
			"Получите повреждённые файлы заново и положите на место: "+seeSourcesShort, again)
	case night.StateQuarantine:
		l.add(fmt.Sprintf("%s: забраковано строк больше допустимого: %d из %d.", name, s.Counts.Quarantined, s.Counts.Read),
			"Посмотрите забракованные строки: obzvon sources rejects "+s.Name,
			"Если изменился вид выгрузки, поправьте соответствие столбцов (columns) этого источника в настройках.", again)
	case night.StateStale:
		l.add(fmt.Sprintf("%s: данные устарели%s. Причина: %s.", name, forDay(", последний выпуск от ", s.Release.Date), clean(s.Note)),
			"Принесите новый выпуск или проверьте, отвечает ли сайт: obzvon sources check "+s.Name)
	case night.StateLate:
		l.late++
		l.add(name+": до срока не дочитан, в силе то, что прочитано.", afterwards)
	case night.StateOff:
		l.add(fmt.Sprintf("%s: не читается. Причина: %s.", name, clean(s.Note)),
			fmt.Sprintf("Прочтите условия источника и, если они позволяют, поставьте дату: sources.%s.terms_accepted; иначе выключите его (enabled: false).", s.Name))
	case night.StateDone, night.StateUnchanged, night.StateLeftOut:
	}
}

const seeSourcesShort = "имена показывает obzvon sources"

func firstGap(s *night.SourceReport) string {
	if len(s.Gaps) == 0 {
		return ""
	}
	return fmt.Sprintf(" Первая: %s – %s.", clean(s.Gaps[0].Unit), clean(s.Gaps[0].Detail))
}

// called is how people call a source, and what to type.
func called(title, name string) string {
	if title == "" {
		return name
	}
	return title + " (" + name + ")"
}
