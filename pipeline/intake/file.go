package intake

import (
	"context"
	"slices"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake/heading"
)

// file is one file being taken in.
type file struct {
	File
	src  *pipeline.Returned
	list *issuedList // nil = a plain table
	rows []*reading
	by   string
	at   time.Time

	copied bool // a plain table that has the columns of a call list
}

func (t *taking) take(ctx context.Context, src *pipeline.Returned) (*File, error) {
	f := &file{
		File: File{Name: src.Name, Digest: src.Digest, Saved: src.Saved.UTC(), Rows: len(src.Rows)},
		src:  src, by: t.By, at: t.now.UTC(),
	}
	refused, why, err := t.open(ctx, f)
	if err != nil {
		return nil, err
	}
	if refused != "" {
		f.Refused, f.Err = refused, why
		return &f.File, nil
	}
	t.digests[f.Digest] = true
	if f.Saved.After(t.now.Add(24 * time.Hour)) {
		f.Notes = append(f.Notes, Note{Text: "файл сохранён " + f.Saved.In(t.Zone).Format("02.01.2006 15:04") +
			", а это впереди: проверьте часы на том компьютере, иначе файл перевесит и те, что сохранят позже него"})
	}
	for i := range src.Rows {
		r, err := t.read(ctx, f, &src.Rows[i])
		if err != nil {
			return nil, err
		}
		f.rows = append(f.rows, r)
	}
	f.chooseRows()
	f.sumUp()
	if err := t.keep(ctx, f); err != nil {
		return nil, err
	}
	f.count()
	return &f.File, nil
}

// open finds out what kind of file it is, and why it cannot be taken.
func (t *taking) open(ctx context.Context, f *file) (refused string, why, err error) {
	mark := f.src.List
	if mark == nil {
		if len(f.src.Rows) > 0 && !slices.ContainsFunc(f.src.Rows, namesSomebody) {
			return "в таблице нет ни ИНН, ни телефонов: назовите столбцы «" + heading.TitleINN + "» и «" + heading.TitlePhone + "»", ErrTable, nil
		}
		if f.copied = slices.ContainsFunc(f.src.Rows, ofCallList); f.copied {
			f.Notes = append(f.Notes, Note{Text: "похоже на лист обзвона без скрытого листа: днём звонков считается день сохранения, " +
				company.DateOf(f.Saved.In(t.Zone)).Russian() + ", а правки телефонов и имён не читаются; лучше загрузить файл, который был выдан"})
		}
		return "", nil, nil
	}
	f.List, f.Day, f.Manager = mark.ID, mark.Day, mark.Manager
	f.list, refused, why, err = t.listOf(ctx, mark)
	return refused, why, err
}

// ofCallList tells a row that was issued, though its book does not say so: a sheet
// that was copied into another book.
func ofCallList(row pipeline.ReturnedRow) bool {
	return tidy(row.Cells["Зацепка"]) != "" && tidy(row.Cells["Почему в списке"]) != ""
}

func namesSomebody(row pipeline.ReturnedRow) bool {
	return tidy(row.Cells[heading.TitleINN]) != "" || tidy(row.Cells[heading.TitlePhone]) != "" || tidy(row.Cells[heading.TitlePhones]) != ""
}

// read understands one row.
func (t *taking) read(ctx context.Context, f *file, row *pipeline.ReturnedRow) (*reading, error) {
	if f.list == nil {
		return t.readTableRow(ctx, f, row)
	}
	r := newReading(row, f.Day)
	if t.emptyRow(r) {
		return r, nil
	}
	if err := t.identify(ctx, f, r); err != nil {
		return r, err
	}
	if r.class == problem {
		r.readRefusal()
		return r, nil
	}
	t.readCells(r)
	t.readManager(f, r)
	t.checkHour(r)
	r.settle()
	if r.class == edited && (r.next.day != 0 || r.comment != "" || r.amount != 0) {
		r.remark("результат не выбран: звонок не засчитан")
	}
	return r, nil
}

// emptyRow tells a row without any cell that is read: a remark in a column of the
// caller's own.
func (t *taking) emptyRow(r *reading) bool {
	for _, title := range heading.Titles() {
		if tidy(r.cells[title]) != "" {
			return false
		}
	}
	return true
}

// chooseRows settles which of several rows of one company counts: the lowest of
// those with a result, else of those that say anything.
func (f *file) chooseRows() {
	type key struct {
		inn company.INN
		day company.Date
	}
	best := map[key]*reading{}
	for _, r := range f.rows {
		k := key{r.inn, r.day}
		if b := best[k]; r.inn != "" && !r.stranger && (b == nil || b.weight() <= r.weight()) {
			best[k] = r
		}
	}
	for _, r := range f.rows {
		b := best[key{r.inn, r.day}]
		if b == nil || b == r || r.stranger {
			continue
		}
		r.superseded = true
		if r.says() && r.class != problem {
			r.fail("та же компания есть и в строке " + decimal(b.row) + ": взята она")
		}
	}
}

// weight orders rows of one company by what they say.
func (r *reading) weight() int {
	switch {
	case !r.says():
		return 0
	case r.class == taken:
		return 3
	case r.class == edited:
		return 2
	}
	return 1
}

func (f *file) count() {
	for _, r := range f.rows {
		switch r.class {
		case taken:
			f.Taken++
		case edited:
			f.Edited++
		case problem:
			f.Problems++
		case untouched:
			f.Untouched++
		}
		f.Notes = append(f.Notes, r.notes...)
	}
	f.Partial = f.Unclear() - f.Problems
}
