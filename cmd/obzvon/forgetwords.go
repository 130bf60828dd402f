package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"obzvon/pipeline/erasure"
	"obzvon/pipeline/store/bolt"
)

// writeSubject says what is forgotten, in Russian, as all that follows: it is put
// into the act of destruction (приказ Роскомнадзора от 28.10.2022 № 179).
func (w *forgetting) writeSubject(out io.Writer) {
	s := w.subject
	switch s.Kind {
	case erasure.SubjectSole:
		fmt.Fprintf(out, "ИНН %s — предприниматель: стирается всё, что о нём есть\n", s.Value)
	case erasure.SubjectFirm:
		fmt.Fprintf(out, "ИНН %s — юридическое лицо: стираются его люди, сведения о компании остаются\n", s.Value)
	case erasure.SubjectPhone:
		fmt.Fprintf(out, "Телефон %s\n", s.Value)
	case erasure.SubjectEmail:
		fmt.Fprintf(out, "E-mail %s\n", s.Value)
	}
	if !w.plan.Known && !w.known {
		fmt.Fprintln(out, "В хранилище такого ИНН нет; и принят он больше не будет.")
	}
	for _, part := range []struct {
		values []string
		text   string
	}{
		{w.plan.With, "Вместе с этим, потому что ни у кого другого этого нет: %s\n"},
		{w.plan.Shared, "Остаётся, потому что есть и у других: %s\n"},
		{w.plan.Public, "Остаётся, хотя менеджер записал это рядом с именем: источники называют это как общее для компании: %s\n"},
		{w.plan.Unnamed, "Остаётся, потому что менеджер записал это без имени: %s\n"},
	} {
		if len(part.values) > 0 {
			fmt.Fprintf(out, part.text, strings.Join(part.values, ", "))
		}
	}
	if len(w.plan.Shared)+len(w.plan.Public)+len(w.plan.Unnamed) > 0 {
		fmt.Fprintln(out, "Если что-то из оставшегося — чей-то личный номер или адрес, сотрите отдельно: obzvon forget НОМЕР (или E-MAIL)")
	}
}

// rehearse says what would be erased.
func (w *forgetting) rehearse(ctx context.Context, out io.Writer) error {
	for _, f := range w.found {
		fmt.Fprintf(out, "%s: %s\n", w.relative(f.Path), fate(f, true))
	}
	count, err := w.sweep(true).Run(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Будет стёрто: %s\n", countWords(count))
	w.writeInputs(ctx, out)
	fmt.Fprintln(out, "Это проба: ничего не изменено.")
	return nil
}

// erase does it, all but the free pages of the store.
func (w *forgetting) erase(ctx context.Context, out io.Writer) error {
	if err := w.remember(ctx); err != nil {
		return fmt.Errorf("remember what is forgotten: %w", err)
	}
	for _, f := range w.found {
		if err := w.files.Erase(f); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %s\n", w.relative(f.Path), fate(f, false))
	}
	count, err := w.sweep(false).Run(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Стёрто: %s\n", countWords(count))
	w.writeInputs(ctx, out)
	return nil
}

func (w *forgetting) writeInputs(ctx context.Context, out io.Writer) {
	for _, path := range w.inputs(ctx) {
		fmt.Fprintf(out, "%s: файл источника вне папки данных, в нём это есть: он остаётся, но из него это больше не берётся\n", path)
	}
}

func (w *forgetting) writeEnd(out io.Writer, sizes bolt.Sizes) {
	fmt.Fprintf(out, "Хранилище переписано без свободных страниц: registry.db было %s, стало %s; state.db было %s, стало %s\n",
		byteSize(sizes.Before), byteSize(sizes.After), byteSize(sizes.StateBefore), byteSize(sizes.StateAfter))
	w.writeAfter(out)
}

// writeAfter says what is left to do, and who did it.
func (w *forgetting) writeAfter(out io.Writer) {
	fmt.Fprintf(out, "Чтобы это не собралось снова, сохранены отпечатки: %d. Их ключ — %s, в резервные копии он не входит: держите его копию отдельно.\n", len(w.digests), erasure.KeyName)
	fmt.Fprintln(out, "В резервных копиях, сделанных раньше, это осталось, где бы они ни лежали: удалите их, а после восстановления из них повторите команду.")
	fmt.Fprintln(out, "Может остаться и в файлах у менеджеров на их компьютерах, и в выгрузках, из которых читают источники: их стирают руками.")
	fmt.Fprintf(out, "Выполнено %s, команду запустил %s. Напечатанное повторяет стёртое: в акт перенесите, что и где стёрто, без самих значений.\n",
		time.Now().In(w.house.zone()).Format("02.01.2006 15:04"), w.house.by)
}

// countWords says what was erased: «строки выпущенных списков — 3; результаты
// звонков — 1».
func countWords(c erasure.Count) string {
	var out []string
	for _, part := range []struct {
		n    int
		what string
	}{
		{c.Observations, "записи источников целиком"},
		{c.Changed, "записи источников в части"},
		{c.Joins, "доводы привязки карточек"},
		{c.Entries, "записи индекса"},
		{c.Events, "события"},
		{c.Visits, "память о чтении сайтов"},
		{c.Rejects, "отбракованные строки"},
		{c.Pulls, "состояния загрузок"},
		{c.Rows, "строки выпущенных списков"},
		{c.Runs, "отчёты ночей"},
		{c.Results, "результаты звонков"},
		{c.Marks, "отметки руководителя"},
		{c.Stops, "записи стоп-листа (запреты действуют по отпечаткам)"},
		{c.Lines, "строки журнала"},
	} {
		if part.n > 0 {
			out = append(out, fmt.Sprintf("%s — %d", part.what, part.n))
		}
	}
	if len(out) == 0 {
		return "в хранилище этого нет"
	}
	return strings.Join(out, "; ")
}

// declareLost gives up the digests of a key that is gone.
func (a *app) declareLost(ctx context.Context, h *house) error {
	key, err := erasure.ReadKey(h.dir)
	if err != nil {
		return err
	}
	digests, err := h.store.Forgotten(ctx)
	if err != nil {
		return fmt.Errorf("read what was forgotten: %w", err)
	}
	lost, n := erasure.Lost(key, digests)
	if n == 0 {
		fmt.Fprintln(a.io.out, "Все отпечатки — под тем ключом, который есть.")
		return nil
	}
	if err := h.store.AddForgotten(ctx, lost); err != nil {
		return err
	}
	fmt.Fprintf(a.io.out, "Отпечатков, которые больше не действуют: %d. Сотрите заново всех, кого называют ваши акты.\n", n)
	return nil
}
