package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
)

// keep writes what a file says: first into the journal, then stops and marks, at
// last the results. A result that is there says that all before it is, so a file
// that comes again changes nothing, not even what a person has since undone.
func (t *taking) keep(ctx context.Context, f *file) error {
	var results []store.Result
	var asked []store.Stop
	var marks []store.Mark
	for _, r := range f.rows {
		stops := stopsOf(f, r)
		if r.inn == "" || r.stranger {
			asked = append(asked, stops...)
			continue
		}
		if !r.says() && r.class != edited {
			continue
		}
		t.touched[r.inn] = cmp.Or(t.touched[r.inn], r.name())
		result := r.result(f)
		have, err := t.Store.Results(ctx, r.inn)
		if err != nil {
			return fmt.Errorf("read results of %s: %w", r.inn, err)
		}
		if keeps(have, &result, r.undated) {
			if !r.superseded {
				f.Same++
			}
			continue
		}
		asked = append(asked, stops...)
		if !r.superseded {
			f.countNews(have, &result)
			results = append(results, result)
			marks = t.addMark(marks, f, r)
		}
	}
	f.Stops, f.Marks = t.stopChanges(asked), marks
	if err := t.Journal.Append(ctx, t.lines(f, results, f.Stops, marks)...); err != nil {
		return err
	}
	if len(f.Stops) > 0 {
		if _, err := t.Store.AddStops(ctx, f.Stops); err != nil {
			return fmt.Errorf("write the stop list: %w", err)
		}
	}
	if len(marks) > 0 {
		if err := t.Store.PutMarks(ctx, marks); err != nil {
			return fmt.Errorf("write who calls whom: %w", err)
		}
	}
	if _, err := t.Store.PutResults(ctx, results); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// keeps tells whether the store has the result. A table without days gives each
// row the day when it was saved, which a copy of the file may not tell.
func keeps(have []store.Result, result *store.Result, undated bool) bool {
	return slices.ContainsFunc(have, func(r store.Result) bool {
		return r.Key() == result.Key() || undated && r.List == "" && r.File == result.File
	})
}

// addMark notes that the head gave a row to somebody. Of two books the one saved
// later settles it, and what was settled since the book was saved stands.
func (t *taking) addMark(marks []store.Mark, f *file, r *reading) []store.Mark {
	if r.give == "" {
		return marks
	}
	m := store.Mark{
		INN: r.inn, Kind: store.MarkManager, Value: r.give, By: f.by, At: f.Saved,
		Note: "общая книга на " + f.Day.Russian(),
	}
	if pin, pinned := t.marks[markKey{r.inn, store.MarkPin}]; pinned && pin.Value != r.give {
		r.remark("компания закреплена за " + pin.Value + ": новый менеджер, " + r.give + ", будет звонить, когда закрепление снимут (obzvon assign clear " + string(r.inn) + ")")
	}
	before, there := t.marks[markKey{r.inn, store.MarkManager}]
	if there && cmp.Or(m.At.Compare(before.At), cmp.Compare(m.Value, before.Value)) <= 0 {
		if m.Value != before.Value {
			r.remark("менеджер уже назначен позже, чем сохранён файл: остаётся " + before.Value)
		}
		return marks
	}
	t.marks[markKey{r.inn, store.MarkManager}] = m
	return append(marks, m)
}

// lines are what the journal is told.
func (t *taking) lines(f *file, results []store.Result, stops []store.Stop, marks []store.Mark) []journal.Entry {
	line := func(kind journal.Kind) journal.Entry {
		return journal.Entry{At: f.at, By: f.by, Kind: kind, File: f.Digest, FileName: f.Name}
	}
	var out []journal.Entry
	for i := range results {
		e := line(journal.KindResult)
		e.Row, e.Result = results[i].Row, &results[i]
		out = append(out, e)
	}
	for i := range stops {
		e := line(journal.KindStop)
		e.Stop = &stops[i]
		out = append(out, e)
	}
	for i := range marks {
		e := line(journal.KindMark)
		e.Mark = &marks[i]
		out = append(out, e)
	}
	return out
}
