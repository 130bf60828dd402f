package calibrate

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// WriteText tells it to an analyst, in Russian.
func (r *Report) WriteText(w io.Writer) error {
	out := &errWriter{w: w}
	r.writeHead(out)
	if r.All.Called > 0 {
		r.writeSignals(out)
	}
	if r.Learned == nil {
		r.writeShort(out)
	} else {
		r.writeLearned(out)
	}
	return out.err
}

// errWriter keeps the first error, so that those who write text need not look.
type errWriter struct {
	w   io.Writer
	err error
}

func (e *errWriter) Write(p []byte) (int, error) {
	if e.err == nil {
		_, e.err = e.w.Write(p)
	}
	return len(p), e.err
}

func (r *Report) writeHead(w io.Writer) {
	fmt.Fprintf(w, "Что говорят результаты звонков о весах файла сегментов %s\n\n", r.Segments)
	switch {
	case r.All.Called == 0 && r.Left.Young > 0:
		fmt.Fprintf(w, "Результаты есть, но все слишком свежие: интерес ждём %d дней с первого звонка. Таких компаний: %d.\n", r.Window, r.Left.Young)
	case r.All.Called == 0:
		fmt.Fprintln(w, "Результатов звонков по выданным спискам пока нет.")
	default:
		fmt.Fprintf(w, "Прозвонено компаний: %d (первые звонки с %s по %s), ответили: %d, заинтересовались: %d%s.\n",
			r.All.Called, r.From.Time().Format("02.01.2006"), r.Until.Time().Format("02.01.2006"), r.All.Answered, r.All.Interested, ofAnswered(r.All))
		fmt.Fprintf(w, "Интерес — «Интерес», КП, тестовая партия или договор за %d дней с первого звонка; доля считается от ответивших.\n", r.Window)
		fmt.Fprintf(w, "Из них взяты наугад ниже границы списка: %d, ответили: %d, заинтересовались: %d%s.\n",
			r.Random.Called, r.Random.Answered, r.Random.Interested, ofAnswered(r.Random))
	}
	if r.Left.Young > 0 && r.All.Called > 0 {
		fmt.Fprintf(w, "Не учтены компании, которым впервые позвонили меньше %d дней назад: %d.\n", r.Window, r.Left.Young)
	}
	if r.Left.Unlisted > 0 {
		fmt.Fprintf(w, "Не учтены компании с результатом, но не из наших списков: %d.\n", r.Left.Unlisted)
	}
}

func ofAnswered(c Counts) string {
	if c.Answered == 0 {
		return ""
	}
	return " (" + interval(Wilson(c.Interested, c.Answered)) + ")"
}

func (r *Report) writeSignals(w io.Writer) {
	fmt.Fprintln(w, "\nПо признакам. Если промежутки двух строк признака не пересекаются, признак что-то значит;\nесли пересекаются, по этим данным сказать нельзя.")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ПРИЗНАК\tЗНАЧЕНИЕ\tПРОЗВОНЕНО\tОТВЕТИЛИ\tИНТЕРЕС\tДОЛЯ\t95 %")
	for _, s := range r.Signals {
		title := s.Title
		for _, b := range s.Bands {
			share := "—\t—"
			if b.Answered > 0 {
				share = percent(b.Share.Share) + "\t" + between(b.Share)
			}
			fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%s\n", title, b.Band.Title(), b.Called, b.Answered, b.Interested, share)
			title = ""
		}
	}
	_ = t.Flush() // the writer below keeps the error
}

func (r *Report) writeShort(w io.Writer) {
	fmt.Fprintf(w, "\nВеса не предлагаются: для этого нужно не меньше %d ответивших и %d заинтересованных.\n", r.Threshold.Answered, r.Threshold.Positives)
	fmt.Fprintf(w, "Сейчас ответивших %d, заинтересованных %d. Файл сегментов не меняется.\n", r.All.Answered, r.All.Interested)
}

func (r *Report) writeLearned(w io.Writer) {
	l := r.Learned
	fmt.Fprintf(w, "\nКак считали. Две логистические регрессии: кто из ответивших заинтересуется (от сегодняшних баллов)\nи кто возьмёт трубку с первого звонка (от нуля). Насколько можно отойти от начала, решила проверка на\nкомпаниях, которых веса не видели. Первая считается %d раз, каждый раз со случайным счётом компаний; веса —\nсреднее, так случайность отдельных ответов меньше значит.\n", rounds)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ВОПРОС\tКОМПАНИЙ\t«ДА»\tСВОБОДНЫХ ВЕСОВ\tОШИБКА СЕЙЧАС\tОШИБКА С НОВЫМИ")
	for _, p := range []struct {
		title string
		part  Part
	}{{"заинтересуется", l.Need}, {"возьмёт трубку", l.Answering}} {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\t%s\n", p.title, p.part.Asked, p.part.Yes, number(p.part.Free, 1), number(p.part.LossToday, 4), number(p.part.Loss, 4))
	}
	_ = t.Flush() // as above
	if l.Need.Strength == 0 && l.Answering.Strength == 0 {
		fmt.Fprintln(w, "\nНичто не предсказывает лучше сегодняшних весов: менять нечего.")
		return
	}
	r.writeWeights(w)
	writeLift(w, &l.Lift)
	if !l.Better() {
		fmt.Fprintln(w, "\nНовые веса не лучше сегодняшних: заинтересованных среди компаний, которых они не видели, они вперёд не\nставят. Оставьте сегодняшние; записать новые можно только с --force.")
		return
	}
	fmt.Fprintln(w, "\nЭто предложение, сам файл не меняется. Записать его в новый файл: obzvon calibrate --write ФАЙЛ,\nпосмотреть, кто сдвинется: obzvon preview --with ФАЙЛ.")
}

// Better tells that the suggested weights put the interested among companies that
// they did not see before others more often than today's weights do.
func (l *Learned) Better() bool { return l.Lift.New.Value > l.Lift.Today.Value }

func (r *Report) writeWeights(w io.Writer) {
	l, s := r.Learned, r.config
	fmt.Fprintln(w, "\nБаллы: сейчас и предлагаемые. «Неизв.» — доля баллов, если о признаке ничего не известно.")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ГРУППА\tПРИЗНАК\tБАЛЛЫ\tСТАЛО БЫ\tНЕИЗВ.\tСТАЛО БЫ")
	for g, group := range s.Groups {
		for i, c := range s.Signals {
			if c.Group != group.ID {
				continue
			}
			a, b := l.Today.Signals[i], l.Suggested.Signals[i]
			if r.Signals[i].Mute {
				c.Title += " *"
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", group.Title, c.Title, short(a.Points), short(b.Points), short(a.Unknown), short(b.Unknown))
		}
		fmt.Fprintf(t, "%s\tпотолок группы\t%s\t%s\t\t\n", group.Title, short(l.Today.Caps[g]), short(l.Suggested.Caps[g]))
	}
	_ = t.Flush() // as above
	fmt.Fprintln(w, "Потолки в сумме дают 100; группа без признаков сохраняет свой. * — у всех прозвоненных одинаково:\nрезультаты об этом признаке ничего не говорят, он сохраняет прежнее место среди остальных.")
	r.writeSteps(w)
}

func (r *Report) writeSteps(w io.Writer) {
	l, s := r.Learned, r.config
	fmt.Fprintln(w, "\nЛестницы: доля баллов на каждой ступени.")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ПРИЗНАК\t\tСТУПЕНИ")
	for i, c := range s.Signals {
		a, b := l.Today.Signals[i], l.Suggested.Signals[i]
		if a.Steps == nil {
			continue
		}
		var from []float64
		for _, step := range stepsOf(&s.Ladders, c.ID) {
			from = append(from, step.From)
		}
		fmt.Fprintf(t, "%s\tот\t%s\n\tсейчас\t%s\n\tстало бы\t%s\n", c.Title, tabbed(from), tabbed(a.Steps), tabbed(b.Steps))
	}
	_ = t.Flush() // as above
}

func writeLift(w io.Writer, l *Lift) {
	fmt.Fprintln(w, "\nКого ставят вперёд: прозвоненные по десятым, от лучших. Подъём — во сколько раз интерес чаще, чем в\nсреднем; в скобках промежуток, в котором он лежит в 95 случаях из 100. Новые веса этих компаний не видели.")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ДЕСЯТАЯ\tКОМПАНИЙ\tПОДЪЁМ СЕЙЧАС\tС НОВЫМИ\tНАЙДЕНО СЕЙЧАС\tС НОВЫМИ")
	for i, x := range l.Tenths {
		fmt.Fprintf(t, "%d\t%d\t%s\t%s\t%s\t%s\n", i+1, x.Called, estimate(x.Today), estimate(x.New), percent(x.Gained.Today), percent(x.Gained.New))
	}
	_ = t.Flush() // as above
	fmt.Fprintf(w, "Вероятность, что заинтересованная компания стоит выше прочей: сейчас %s, с новыми %s (0,5 — наугад).\n", estimate(l.Today), estimate(l.New))
	fmt.Fprintln(w, "Прозвонены в основном лучшие по сегодняшним баллам, поэтому здесь различия меньше, чем по всей базе.")
}

func estimate(e Estimate) string {
	return number(e.Value, 2) + " (" + number(e.Low, 2) + "–" + number(e.High, 2) + ")"
}

func interval(s Share) string { return percent(s.Share) + ", от " + between(s) }

func between(s Share) string {
	return number(100*s.Low, 1) + " до " + number(100*s.High, 1) + " %"
}

func percent(v float64) string { return number(100*v, 1) + " %" }

// number writes a decimal comma.
func number(v float64, digits int) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', digits, 64), ".", ",", 1)
}

// short writes no more digits than there are.
func short(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
}

func tabbed(values []float64) string {
	var out []string
	for _, v := range values {
		out = append(out, short(v))
	}
	return strings.Join(out, "\t")
}
