package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
)

// readTableRow understands a row of a plain table: an existing client, a contact
// of a fair, a referral.
func (t *taking) readTableRow(ctx context.Context, f *file, row *pipeline.ReturnedRow) (*reading, error) {
	r := newReading(row, company.DateOf(f.Saved.In(t.Zone)))
	if t.emptyRow(r) {
		return r, nil
	}
	t.locate(r)
	r.shown = r.numbersInCells()
	dated := t.readDay(f, r)
	r.undated = !dated
	var inns []company.INN
	if r.class != problem {
		var err error
		if inns, err = t.identifyTableRow(ctx, r); err != nil {
			return nil, err
		}
	}
	if r.class == problem {
		r.readRefusal()
		return r, nil
	}
	if f.copied {
		r.issued = r.cells // which cannot be told from what the caller wrote
	}
	t.readCells(r)
	if r.amount != 0 && !dated {
		r.complain("сумма без даты: впишите её в «" + heading.TitleDay + "», иначе не ясно, к какому месяцу она относится")
		r.amount = 0
	}
	r.origin = changed("", r.cells[heading.TitleOrigin])
	if tidy(r.cells[heading.TitleResult]) == "" && !f.copied && saysClient(r.origin) {
		r.outcome, r.byOrigin = funnel.Contract, true
	}
	if written := tidy(r.cells[heading.TitleManager]); written != "" {
		if r.manager, _ = t.managerOf(nil, written); r.manager == "" {
			r.nobody = oneLine(written)
		}
	}
	t.checkHour(r)
	r.settle()
	if r.inn == "" {
		r.unresolved(inns)
	} else if r.class == untouched && !f.copied {
		// A company that is only named is a client's, a fair's or a friend's all the same.
		r.class = edited
	}
	return r, nil
}

// readDay finds the day that the row tells of; dated tells that the row says it.
func (t *taking) readDay(f *file, r *reading) (dated bool) {
	text := tidy(r.cells[heading.TitleDay])
	if text == "" {
		return false
	}
	const reach = 1 // clocks and zones differ
	day, ok := pastDay(text)
	switch {
	case !ok:
		r.fail("«" + heading.TitleDay + "» " + quoted(text) + " не понята: напишите, например, " + r.day.Russian())
	case day > company.DateOf(f.Saved.In(t.Zone))+reach:
		r.fail("«" + heading.TitleDay + "» " + day.Russian() + ": такой день для прошедшего звонка или заказа невозможен")
	default:
		r.day = day
		return true
	}
	return false
}

// identifyTableRow finds out whose row it is: by its ИНН, else by its phone. A
// phone of several companies, or of none, leaves the ИНН empty and gives those.
func (t *taking) identifyTableRow(ctx context.Context, r *reading) ([]company.INN, error) {
	text := tidy(r.cells[heading.TitleINN])
	if text == "" {
		return t.resolvePhones(ctx, r)
	}
	inn, ok := ReadINN(text)
	switch {
	case !ok:
		r.fail("ИНН " + quoted(text) + " с ошибкой: проверьте цифры")
		return nil, nil
	case t.forgotten(string(inn)):
		r.forget()
		return nil, nil
	}
	r.inn = inn
	known, err := t.known(ctx, inn)
	r.unknown = err == nil && !known
	return nil, err
}

func (t *taking) resolvePhones(ctx context.Context, r *reading) ([]company.INN, error) {
	if len(r.shown) == 0 {
		r.fail("в строке нет ни ИНН, ни телефона: впишите ИНН")
		return nil, nil
	}
	var found []company.INN
	for _, n := range r.shown {
		if t.ByPhone == nil {
			break
		}
		inns, err := t.ByPhone(ctx, n)
		if err != nil {
			return nil, fmt.Errorf("look for %s: %w", n, err)
		}
		for _, inn := range inns {
			if !slices.Contains(found, inn) {
				found = append(found, inn)
			}
		}
	}
	if len(found) == 1 {
		r.inn = found[0]
		r.remark("ИНН не указан: по телефону это ИНН " + string(r.inn))
	}
	return found, nil
}

// sumUp says once what many rows of a table have in common.
func (f *file) sumUp() {
	var unknown, contacts, undated, byOrigin []int
	nobodies := map[string][]int{}
	for _, r := range f.rows {
		switch {
		case f.list != nil || f.copied || r.superseded || r.inn == "":
		case r.byOrigin && r.class == taken:
			byOrigin = append(byOrigin, r.row)
		case r.undated && r.isClient() && r.class == taken:
			undated = append(undated, r.row)
		case r.class == edited && r.outcome == "":
			contacts = append(contacts, r.row)
		}
		if r.unknown && r.class != problem && r.class != untouched {
			unknown = append(unknown, r.row)
		}
		if r.nobody != "" {
			nobodies[r.nobody] = append(nobodies[r.nobody], r.row)
		}
	}
	for _, n := range []struct {
		text string
		rows []int
	}{
		{"«" + funnel.Contract + "» или «" + funnel.RepeatOrder + "» без даты: считаем давними клиентами, как новым не звоним; если договор новый, впишите «" + heading.TitleDay + "»", undated},
		{"результата нет, но «" + heading.TitleOrigin + "» говорит, что это клиенты: считаем давними клиентами", byOrigin},
		{"без результата: известны только как контакты, им могут позвонить; если это клиенты, впишите «" + funnel.Contract + "» в «" + heading.TitleResult + "»", contacts},
		{"этих компаний пока нет в базе, запомнено до их появления", unknown},
	} {
		if len(n.rows) > 0 {
			f.Notes = append(f.Notes, Note{Text: n.text + ": " + rowsText(n.rows)})
		}
	}
	for _, who := range slices.Sorted(maps.Keys(nobodies)) {
		f.Notes = append(f.Notes, Note{Text: "менеджера " + quoted(who) + " нет в настройках, записано без менеджера: " + rowsText(nobodies[who])})
	}
}

// rowsText names rows, the first of many.
func rowsText(rows []int) string {
	const most = 10
	var names []string
	for _, n := range rows[:min(len(rows), most)] {
		names = append(names, decimal(n))
	}
	text := "строки " + strings.Join(names, ", ")
	if len(rows) == 1 {
		text = "строка " + names[0]
	}
	if len(rows) > most {
		text += " и ещё " + decimal(len(rows)-most)
	}
	return text
}

// unresolved settles a row whose company is not known. A client, or one that asked
// not to be called, must not be called all the same: its numbers are stopped.
func (r *reading) unresolved(found []company.INN) {
	why := "по телефону " + strings.Join(r.shown, ", ") + " компания не найдена"
	if len(found) > 1 {
		why = "телефон " + strings.Join(r.shown, ", ") + " у нескольких компаний (" + joinINNs(found) + ")"
	}
	if r.class == taken && (r.stopReason() != "" || r.isClient()) {
		r.remark(why + ": по этому номеру звонить не будем; чтобы узнать компанию, впишите ИНН")
		return
	}
	r.fail(why + ": впишите ИНН")
}

// isClient tells a result that only a client has.
func (r *reading) isClient() bool {
	return r.outcome == funnel.Contract || r.outcome == funnel.RepeatOrder
}

// Phones names the numbers that ByPhone is asked for: of rows of plain tables
// without ИНН, E.164.
func Phones(files []pipeline.Returned) []string {
	var out []string
	for i := range files {
		if files[i].List != nil {
			continue
		}
		for n := range files[i].Rows {
			r := newReading(&files[i].Rows[n], 0)
			if tidy(r.cells[heading.TitleINN]) != "" {
				continue
			}
			(&taking{}).locate(r)
			for _, p := range r.numbersInCells() {
				if !slices.Contains(out, p) {
					out = append(out, p)
				}
			}
		}
	}
	return out
}
