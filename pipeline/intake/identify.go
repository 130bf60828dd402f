package intake

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/store"
)

func decimal(n int) string { return strconv.Itoa(n) }

// identify finds out whose row of a list it is.
func (t *taking) identify(ctx context.Context, f *file, r *reading) error {
	text := tidy(r.cells[heading.TitleINN])
	switch inn, ok := ReadINN(text); {
	case text == "":
		t.identifyByPhone(f, r)
	case !ok:
		r.fail("ИНН " + quoted(text) + " с ошибкой: проверьте цифры")
	default:
		r.inn = inn
	}
	if r.class == problem {
		return nil
	}
	r.entry, r.issued = f.list.entries[r.inn], f.src.List.Issued[r.inn]
	if r.issued == nil && r.entry == nil {
		if err := t.identifyAdded(ctx, r); err != nil {
			return err
		}
	}
	t.locate(r)
	return nil
}

// identifyAdded looks for a company that somebody added to a list.
func (t *taking) identifyAdded(ctx context.Context, r *reading) error {
	if t.forgotten(string(r.inn)) {
		r.forget()
		return nil
	}
	known, err := t.known(ctx, r.inn)
	switch {
	case err != nil:
		return err
	case !known:
		r.stranger = true
		r.fail("компании с ИНН " + string(r.inn) + " нет ни в этом списке, ни в базе: проверьте ИНН")
	default:
		r.remark("компании не было в этом списке: взята как добавленная")
	}
	return nil
}

// forget leaves a row of a company that was erased on demand.
func (r *reading) forget() {
	r.inn, r.cells = "", nil
	r.fail("данные этой компании стёрты по требованию: строка не взята")
}

func (t *taking) known(ctx context.Context, inn company.INN) (bool, error) {
	_, err := t.Store.Dossier(ctx, inn)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look for company %s: %w", inn, err)
	}
	return true, nil
}

// identifyByPhone looks for a row without ИНН on the list.
func (t *taking) identifyByPhone(f *file, r *reading) {
	numbers := r.numbersInCells()
	if len(numbers) == 0 {
		r.fail("в строке нет ни ИНН, ни телефона: чья она, не узнать; впишите ИНН")
		return
	}
	var found []company.INN
	for _, n := range numbers {
		for _, inn := range f.list.byPhone[n] {
			if !slices.Contains(found, inn) {
				found = append(found, inn)
			}
		}
	}
	switch len(found) {
	case 0:
		r.fail("ИНН не указан, а телефона " + strings.Join(numbers, ", ") + " в этом списке нет: впишите ИНН")
	case 1:
		r.inn, r.entry = found[0], f.list.entries[found[0]]
		r.remark("ИНН не указан: по телефону это " + r.name() + ", ИНН " + string(r.inn))
	default:
		r.fail("ИНН не указан, а телефон в этом списке у нескольких компаний (" + joinINNs(found) + "): впишите ИНН")
	}
}

// locate tells where the company is, for numbers without a code.
func (t *taking) locate(r *reading) {
	region, city := r.cells["Регион"], r.cells[heading.TitleCity]
	if r.entry != nil {
		region, city = r.entry.Row.Region, r.entry.Row.City
	}
	if found, ok := company.FindRegion(region); ok {
		r.place.region = found.Code
	}
	r.place.city = strings.TrimSpace(city)
}

// numbersInCells are the phones that the row shows now, E.164.
func (r *reading) numbersInCells() []string {
	var out []string
	for _, title := range []string{heading.TitlePhone, heading.TitlePhones} {
		out = r.addNumbers(out, r.cells[title])
	}
	return out
}

func (r *reading) addNumbers(to []string, cell string) []string {
	phones, _ := r.place.phonesIn(cell)
	for _, p := range phones {
		if !slices.Contains(to, p.E164) {
			to = append(to, p.E164)
		}
	}
	return to
}

// ReadINN understands a cell with an ИНН, also one that an editor has made a
// number.
func ReadINN(text string) (company.INN, bool) {
	if v, err := strconv.ParseFloat(text, 64); err == nil && strings.ContainsAny(text, "eE.") && v == math.Trunc(v) && v > 0 && v < 1e13 {
		text = strconv.FormatFloat(v, 'f', 0, 64)
	}
	inn, err := company.ParseINNCell(text)
	return inn, err == nil
}

func joinINNs(inns []company.INN) string {
	const most = 5
	var out []string
	for _, inn := range inns[:min(len(inns), most)] {
		out = append(out, string(inn))
	}
	if len(inns) > most {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}
