package intake

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// issuedList is a frozen list, arranged for reading what came back of it.
type issuedList struct {
	id      string
	entries map[company.INN]*calllist.Entry
	halves  map[company.INN]store.Half
	byPhone map[string][]company.INN // E.164
	names   map[string]string        // of managers, in the form of plain, to their ids
}

// listOf returns the list that a file was made from, or says in Russian why the
// file cannot be taken.
func (t *taking) listOf(ctx context.Context, mark *pipeline.ListMark) (list *issuedList, refused string, why, err error) {
	switch {
	case mark.Sample != t.Sample && t.Sample:
		return nil, "здесь данные образца, а файл настоящий: загрузите его там, где настоящая база", ErrSample, nil
	case mark.Sample != t.Sample:
		return nil, "это файл образца с выдуманными компаниями: в настоящую базу он не загружается", ErrSample, nil
	case mark.Version > t.Layout || mark.Version < 1:
		return nil, fmt.Sprintf("файл выпущен другой версией программы (вид книги %d, эта понимает по %d): обновите программу или загрузите его там, где он выпущен",
			mark.Version, t.Layout), ErrVersion, nil
	}
	list, known := t.lists[mark.Day]
	if !known {
		if list, err = t.readList(ctx, mark.Day); err != nil {
			return nil, "", nil, err
		}
		t.lists[mark.Day] = list
	}
	switch {
	case list == nil:
		return nil, "списка на " + mark.Day.Russian() + " здесь не выпускали: файл из другой базы, или она восстановлена из старой копии", ErrList, nil
	case list.id != mark.ID || !list.holds(mark):
		return nil, "на " + mark.Day.Russian() + " здесь выпущен другой список (" + list.id + ", а в файле " + oneLine(mark.ID) + "): файл из другой базы", ErrList, nil
	}
	return list, "", nil, nil
}

// holds tells whether most of what a file says it was issued is on the list: lists
// of two installations may bear the same id. Rows that were forgotten since are
// missing from a list.
func (l *issuedList) holds(mark *pipeline.ListMark) bool {
	ours := 0
	for inn := range mark.Issued {
		if l.entries[inn] != nil {
			ours++
		}
	}
	return 2*ours >= len(mark.Issued)
}

// readList returns nil for a day without a list.
func (t *taking) readList(ctx context.Context, day company.Date) (*issuedList, error) {
	data, err := t.Store.List(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of %v: %w", day, err)
	}
	frozen, err := calllist.Decode(data)
	if err != nil {
		return nil, err
	}
	return arrange(frozen), nil
}

func arrange(frozen *calllist.List) *issuedList {
	l := &issuedList{
		id: frozen.ID, entries: map[company.INN]*calllist.Entry{}, halves: map[company.INN]store.Half{},
		byPhone: map[string][]company.INN{}, names: map[string]string{},
	}
	rows := map[string]int{} // of each manager
	for i := range frozen.Rows {
		rows[frozen.Rows[i].Row.ManagerID]++
	}
	place := map[string]int{}
	for i := range frozen.Rows {
		e := &frozen.Rows[i]
		manager := e.Row.ManagerID
		place[manager]++
		l.entries[e.Row.INN] = e
		l.halves[e.Row.INN] = halfOf(e, place[manager], rows[manager])
		for _, p := range e.Phones {
			l.byPhone[p] = append(l.byPhone[p], e.Row.INN)
		}
	}
	for _, m := range frozen.Managers {
		l.names[plain(m.Name)] = m.ID
	}
	return l
}

// halfOf is the half of the day in which a row's turn came: a list is called from
// the top, so the upper half of a manager's rows is the morning's.
func halfOf(e *calllist.Entry, place, rows int) store.Half {
	if e.Half != store.HalfAny {
		return e.Half
	}
	if e.Place > 0 {
		place = e.Place
	}
	if 2*place <= rows+1 {
		return store.HalfMorning
	}
	return store.HalfEvening
}
