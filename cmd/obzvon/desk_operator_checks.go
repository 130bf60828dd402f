package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"obzvon/exports/web/operator"
	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

// checks are those of doctor. What it says in English is put into words by what it
// was found from, so that the two cannot say different things.
func (d operatorHealth) checks(ctx context.Context, h *house) ([]operator.Check, error) {
	name := d.app.configPath
	if name == "" {
		name = "встроенные, на выдуманных данных"
	}
	out := []operator.Check{
		{Title: "Настройки", Text: name + "; сегменты " + h.segments.Hash()},
		h.folderCheck(), h.calendarCheck(),
	}
	m, l := readMachine(os.DirFS("/"), h.dir), h.fullLoad()
	limit := h.config.Run.MemoryLimit.Bytes()
	for _, f := range judgeNeeds(m, l, limit, d.app.environ) {
		out = append(out, needCheck(f, m, l, limit))
	}
	if h.asksOthers() && h.config.Fetch.Contact == "" {
		out = append(out, operator.Check{
			Title: "Кто мы для чужих сайтов", State: operator.Warn, Text: "не сказано: владельцы сайтов не знают, кому написать, и могут нас закрыть",
			Advice: "впишите в fetch.contact e-mail или адрес страницы",
		})
	}
	last, err := h.lastCheck(ctx)
	if err != nil {
		return nil, err
	}
	out = append(out, last)
	for _, f := range leftOver(h.dir) {
		out = append(out, operator.Check{
			Title: "Остатки прерванной работы", State: stateOf(f), Text: "восстановление или сжатие прервали, и в папке данных лежат старые копии: " + pathsIn(f.Detail),
			Advice: "убедитесь, что восстановление сейчас не идёт, и удалите их целиком",
		})
	}
	for _, f := range forgottenKey(ctx, h.store, h.dir) {
		out = append(out, keyCheck(f))
	}
	return out, nil
}

// pathsIn is what a finding names, behind its words.
func pathsIn(detail string) string {
	if _, paths, ok := strings.Cut(detail, ": "); ok {
		return paths
	}
	return detail
}

func stateOf(f finding) operator.State {
	switch {
	case !f.OK:
		return operator.Bad
	case f.Warn:
		return operator.Warn
	}
	return operator.Good
}

// advise gives a check its advice where there is something to do.
func advise(c operator.Check, advice string) operator.Check {
	if c.State != operator.Good {
		c.Advice = advice
	}
	return c
}

func (h *house) folderCheck() operator.Check {
	f := folder(h.dir)
	c := operator.Check{Title: "Папка данных", State: stateOf(f), Text: h.dir}
	if !f.OK {
		c.Text = "в неё нельзя писать: " + f.Detail
	}
	return advise(c, "дайте пользователю программы право писать в неё или укажите другую в data_dir")
}

func (h *house) calendarCheck() operator.Check {
	f := calendarAhead(h.config.Calendar, company.DateOf(h.night.Clock()))
	year := f.Detail[strings.LastIndexByte(f.Detail, ' ')+1:]
	return advise(operator.Check{Title: "Праздники", State: stateOf(f), Text: "известны до конца " + year + " года"},
		"допишите в calendar праздники и переносы следующего года, иначе список сделается на выходной")
}

// needCheck puts what the machine lacks into words.
func needCheck(f finding, m machine, l load, limit int64) operator.Check {
	c := operator.Check{State: stateOf(f)}
	switch f.What {
	case "memory":
		c.Title, c.Text = "Память", "программе дано "+page.Bytes(limit)
		if limit == 0 {
			c.Text = "предел не поставлен"
		}
		if room := m.room(); room > 0 {
			c.Text += "; свободно " + page.Bytes(room)
		}
		return advise(c, "уменьшите run.memory_limit (не меньше 96MiB) или добавьте машине памяти")
	case "disk":
		c.Title, c.Text = "Место на диске", "полной загрузке источников нужно около "+page.Bytes(l.total())
		if m.free > 0 {
			c.Text += "; свободно " + page.Bytes(m.free)
		}
		if l.guessed {
			c.Text += "; размер выпусков, которых ещё не видели, взят по опыту"
		}
		return advise(c, "освободите место, храните меньше выпусков (keep) или укажите в data_dir диск побольше")
	case "open files":
		c.Title, c.Text = "Открытые файлы", fmt.Sprintf("системой позволено %d, ночи может понадобиться %d", m.files, enoughFiles)
		return advise(c, "поднимите предел: LimitNOFILE= в файле службы")
	}
	c.Title, c.Text = "Адресное пространство", "его меньше, чем нужно хранилищу"
	return advise(c, "снимите предел (LimitAS= в файле службы) или возьмите 64-разрядную программу")
}

// lastCheck is how the last night came out.
func (h *house) lastCheck(ctx context.Context) (operator.Check, error) {
	c := operator.Check{Title: "Последняя ночь"}
	f := lastRun(ctx, h.store, h)
	c.State = stateOf(f)
	day, run, err := h.newestRun(ctx)
	if err != nil {
		return c, err
	}
	if run == nil {
		c.Text = "ещё не было: первый список сделает ближайшая ночь"
		return c, nil
	}
	line, _ := runLine(run)
	c.Text = "список на " + day.Russian() + ": " + line.Outcome
	return advise(c, "посмотрите на странице «Ночь», чего не хватило и что сделать"), nil
}

func keyCheck(f finding) operator.Check {
	c := operator.Check{Title: "Забытые", State: stateOf(f), Text: "стёртое больше не принимается; ключ отпечатков в резервные копии не входит, держите его копию отдельно"}
	if !f.OK {
		c.Text = "ключ отпечатков не подходит или не читается, стёртое может прийти снова: " + f.Detail
	}
	return advise(c, "верните свою копию ключа; если её нет, остановите сервер, выполните obzvon forget --key-lost и сотрите всех по актам заново")
}
