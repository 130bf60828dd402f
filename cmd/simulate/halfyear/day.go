package halfyear

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// upload is a filled file on its way.
type upload struct {
	path  string
	on    company.Date // the evening on which it is brought
	dials []dial       // what stands in it
	slips []dial       // of which the result is misspelt
}

// live is one working day: the night before it, the calls, the evening.
func (w *world) live(ctx context.Context, day company.Date) error {
	w.now = day.Time().Add(-2 * time.Hour)
	r, err := w.night.Run(ctx, night.Request{Day: day})
	if err != nil {
		return fmt.Errorf("run the night: %w", err)
	}
	w.report.night(r)
	list, err := w.list(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		w.report.Empty++
		return w.deliver(ctx, day)
	}
	if err != nil {
		return err
	}
	w.checker.list(list)
	for _, made := range r.Artefacts {
		if made.Manager == "" {
			continue
		}
		if err := w.work(day, list, made); err != nil {
			return fmt.Errorf("work on the list of %s: %w", made.Manager, err)
		}
	}
	return w.deliver(ctx, day)
}

func (w *world) list(ctx context.Context, day company.Date) (*calllist.List, error) {
	data, err := w.store.List(ctx, day)
	if err != nil {
		return nil, err
	}
	w.report.issue(data)
	return calllist.Decode(data)
}

// work is a manager's day with his file.
func (w *world) work(day company.Date, list *calllist.List, made pipeline.Artefact) error {
	draw := func(what string) float64 { return w.of("day", int(day), made.Manager, what) }
	b, err := openBook(made.Path)
	if err != nil {
		return err
	}
	var dials []dial
	stop := 0.75 + 0.5*draw("stop") // some days end before the list does
	for i, row := range b.rows {
		if float64(i) >= stop*float64(len(b.rows)) {
			break
		}
		entry := entryOf(list, row.inn)
		morning := i < (len(b.rows)+1)/2
		switch entry.Half {
		case store.HalfMorning:
			morning = true
		case store.HalfEvening:
			morning = false
		}
		f := w.firms[row.inn]
		d := dial{day: day, inn: row.inn, manager: made.Manager, phone: entry.Row.PhoneLink}
		d.talk = w.call(f, w.memories[row.inn], d.phone, morning)
		if d.talk.in > 0 {
			d.next = day
			for range d.talk.in {
				d.next = w.calendar.Next(d.next)
			}
		}
		w.report.talk(d.talk)
		dials = append(dials, d)
	}
	return w.hand(day, made.Manager, b, dials, draw)
}

func entryOf(list *calllist.List, inn company.INN) *calllist.Entry {
	for i := range list.Rows {
		if list.Rows[i].Row.INN == inn {
			return &list.Rows[i]
		}
	}
	return &calllist.Entry{}
}

// hand fills the file in and decides when it is brought: in the evening, a day
// late, twice, or never.
func (w *world) hand(day company.Date, manager string, b *book, dials []dial, draw func(string) float64) error {
	on, again := day, false
	switch late := draw("late"); {
	case late < 0.03:
		w.report.Never += len(dials)
		return nil
	case late < 0.12:
		on = w.calendar.Next(day)
	case late < 0.2:
		again = true
	}
	saved := day.Time().Add(14*time.Hour + 30*time.Minute)
	path := filepath.Join(w.options.Dir, "filled", fmt.Sprintf("%s-%s.xlsx", day, manager))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder of filled lists: %w", err)
	}
	slip := func(d dial) bool { return w.of("slip", int(d.day), d.inn) < 0.02 }
	if err := b.fill(path, dials, w.habits(manager), slip, saved); err != nil {
		return err
	}
	kept, slips := split(dials, slip)
	w.queue = append(w.queue, upload{path, on, kept, slips})
	if again || len(slips) > 0 { // put right the next day, in the same file
		right := filepath.Join(filepath.Dir(path), fmt.Sprintf("%s-%s-2.xlsx", day, manager))
		next := w.calendar.Next(day)
		if err := b.fill(right, dials, w.habits(manager), func(dial) bool { return false }, next.Time().Add(6*time.Hour)); err != nil {
			return err
		}
		w.queue = append(w.queue, upload{right, next, dials, nil})
	}
	return nil
}

func split(dials []dial, slip func(dial) bool) (kept, slips []dial) {
	for _, d := range dials {
		if slip(d) {
			slips = append(slips, d)
		} else {
			kept = append(kept, d)
		}
	}
	return kept, slips
}

// deliver brings in what is due on the evening of a day, the newest first: order
// must not matter.
func (w *world) deliver(ctx context.Context, day company.Date) error {
	w.now = day.Time().Add(15 * time.Hour)
	var files []pipeline.Returned
	var dials, slips []dial
	var left []upload
	for i := len(w.queue) - 1; i >= 0; i-- {
		u := w.queue[i]
		if u.on > day {
			left = append([]upload{u}, left...)
			continue
		}
		sheet, err := w.read(u.path)
		if err != nil {
			return err
		}
		files, dials, slips = append(files, sheet), append(dials, u.dials...), append(slips, u.slips...)
	}
	w.queue = left
	if len(files) == 0 {
		return nil
	}
	report, err := w.desk().Take(ctx, files)
	if err != nil {
		return fmt.Errorf("take filled lists: %w", err)
	}
	w.brought(report)
	w.checker.misspelt(slips)
	w.checker.told(dials)
	return nil
}

func (w *world) read(path string) (pipeline.Returned, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return pipeline.Returned{}, fmt.Errorf("read a filled list: %w", err)
	}
	got, err := xlsx.Read(xlsx.Input{Name: filepath.Base(path), Content: bytes.NewReader(data), Size: int64(len(data)), Now: w.now})
	if err != nil {
		return pipeline.Returned{}, fmt.Errorf("read %s: %w", path, err)
	}
	return got.Sheet, nil
}

// brought counts what the import said, and holds it to its own sum.
func (w *world) brought(r *intake.Report) {
	w.report.Conflicts += len(r.Conflicts)
	for i := range r.Files {
		f := &r.Files[i]
		w.report.Files++
		w.report.Rows += f.Rows
		w.report.Unclear += f.Problems
		if f.Refused != "" {
			w.report.fail(f.Day, "файл %s не принят: %s", f.Name, f.Refused)
		}
		if f.Rows != f.Taken+f.Untouched+f.Edited+f.Problems {
			w.report.fail(f.Day, "файл %s: строки не сходятся: %d ≠ %d + %d + %d + %d", f.Name, f.Rows, f.Taken, f.Untouched, f.Edited, f.Problems)
		}
	}
}
