package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/score"
	"obzvon/pipeline/socket"
	"obzvon/pipeline/store"
)

// bookLayout is the newest version of the book that is understood.
const bookLayout = 1

// imported is what came of one file.
type imported struct {
	intake.File
	Decisions *decided `json:"decisions,omitempty"` // of «На проверку», nil when the file has no such sheet

	err error // why it was refused
}

// decided is what came of the rows of «На проверку».
type decided struct {
	Remembered int            `json:"remembered"`
	Known      int            `json:"known"`
	Open       int            `json:"open"`
	Older      []xlsx.Problem `json:"older,omitempty"`
	Problems   []xlsx.Problem `json:"problems,omitempty"`
}

// importing is what an import came to.
type importing struct {
	Files     []imported        `json:"files"`
	Conflicts []intake.Conflict `json:"conflicts,omitempty"`
	Others    []stoppedToo      `json:"others_stopped,omitempty"`
	Unread    bool              `json:"nothing_read,omitempty"` // no source was read here yet
}

// stoppedToo is a company that a new stop of somebody else's number stops.
type stoppedToo struct {
	INN  company.INN `json:"inn"`
	Name string      `json:"name"`
}

func (a *app) importOutcomes(ctx context.Context, h *house, paths []string, asJSON bool) error {
	out, books, err := readFiles(a.disk(), paths)
	if err != nil {
		return err
	}
	if out.Unread, err = h.nothingRead(ctx); err != nil {
		return err
	}
	if err := a.takeFiles(ctx, h, out, books); err != nil {
		return err
	}
	if out.Others, err = h.stoppedToo(ctx, out); err != nil {
		return err
	}
	if refused := out.allRefused(); refused != nil {
		return refused
	}
	if asJSON {
		err = a.printJSON(out)
	} else {
		a.writeImport(out, h)
	}
	if err == nil && !out.whole() {
		return errShort
	}
	return err
}

// readFiles reads what the files hold; one that cannot be read is refused, one
// that is not there is an error of usage.
func readFiles(disk socket.Files, paths []string) (*importing, []*xlsx.Returned, error) {
	out, books := &importing{}, make([]*xlsx.Returned, len(paths))
	for i, path := range paths {
		book, err := readFile(disk, path)
		file := imported{File: intake.File{Name: filepath.Base(path)}}
		var why *heading.Refusal
		switch {
		case errors.As(err, &why):
			file.Refused, file.err = why.Advice, why.Err
		case err != nil:
			return nil, nil, err
		}
		out.Files, books[i] = append(out.Files, file), book
	}
	return out, books, nil
}

func readFile(disk socket.Files, path string) (*xlsx.Returned, error) {
	f, err := socket.Open(disk, path)
	if err != nil {
		return nil, usage(fmt.Errorf("read a file of results: %w", err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read a file of results: %w", err)
	}
	if info.IsDir() {
		return nil, usage(fmt.Errorf("%s is a folder: name the files", path))
	}
	book, err := xlsx.Read(xlsx.Input{Name: filepath.Base(path), Content: f, Size: info.Size(), Modified: info.ModTime(), Now: time.Now()})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return book, nil
}

// takeFiles takes over rows first, then decisions.
func (a *app) takeFiles(ctx context.Context, h *house, out *importing, books []*xlsx.Returned) error {
	var sheets []pipeline.Returned
	var of []int
	for i, b := range books {
		if b != nil {
			sheets, of = append(sheets, b.Sheet), append(of, i)
		}
	}
	desk, err := h.desk(ctx, sheets)
	if err != nil {
		return err
	}
	report, err := desk.Take(ctx, sheets)
	if err != nil {
		return err
	}
	out.Conflicts = report.Conflicts
	t, err := h.deciding(ctx)
	if err != nil {
		return err
	}
	for n, i := range of {
		f := &out.Files[i]
		f.File = report.Files[n]
		f.err = f.Err
		if books[i].Undated() && f.Refused == "" {
			f.Notes = append(f.Notes, intake.Note{Text: "в файле не записано, когда его сохранили: считаем, что " + clockOf(f.Saved, h.zone()) +
				"; если есть и другой файл этого списка, проверьте, какой новее"})
		}
		for _, p := range books[i].Unread {
			f.Notes = append(f.Notes, intake.Note{Row: p.Row, Problem: true, Text: p.Text})
		}
		f.Partial = f.Unclear() - f.Problems
		slices.SortStableFunc(f.Notes, func(x, y intake.Note) int { return cmp.Compare(x.Row, y.Row) })
		if errors.Is(f.Err, intake.ErrSample) || errors.Is(f.Err, intake.ErrVersion) {
			continue
		}
		if f.Decisions, err = t.decisions(ctx, books[i]); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

// desk is where files are taken in.
func (h *house) desk(ctx context.Context, sheets []pipeline.Returned) (*intake.Desk, error) {
	byPhone, err := h.byPhone(ctx, intake.Phones(sheets))
	if err != nil {
		return nil, err
	}
	guard := h.guard()
	forgotten, err := guard.Known(ctx)
	if err != nil {
		return nil, err
	}
	return &intake.Desk{
		Store: guard, Journal: guard.History(h.journal()), Forgotten: forgotten.Value, Managers: h.config.Managers, Days: calllist.NewCalendar(h.config.Calendar),
		Zone: h.zone(), Firm: calllist.Hours{From: h.config.CallList.LocalFrom.Minutes(), Until: h.config.CallList.LocalUntil.Minutes()}, Sample: h.sample, Layout: bookLayout, By: h.by, Now: time.Now,
		ByPhone: func(_ context.Context, e164 string) ([]company.INN, error) { return byPhone[e164], nil },
	}, nil
}

func clockOf(at time.Time, zone *time.Location) string { return at.In(zone).Format("02.01.2006 15:04") }

// zone is the seller's; config has checked it.
func (h *house) zone() *time.Location {
	zone, err := time.LoadLocation(h.config.Seller.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// byPhone finds the companies that have one of the numbers.
func (h *house) byPhone(ctx context.Context, numbers []string) (map[string][]company.INN, error) {
	out := map[string][]company.INN{}
	if len(numbers) == 0 {
		return out, nil
	}
	stops := make([]store.Stop, len(numbers))
	for i, n := range numbers {
		stops[i] = store.Stop{Kind: store.StopPhone, Value: n}
	}
	hit, err := h.night.Stopped(ctx, stops)
	if err != nil {
		return nil, fmt.Errorf("look for companies by phone: %w", err)
	}
	for i := range hit {
		for _, n := range score.ContactsOf(&hit[i]).Phones {
			if slices.Contains(numbers, n) {
				out[n] = append(out[n], hit[i].INN)
			}
		}
	}
	for _, inns := range out {
		slices.Sort(inns)
	}
	return out, nil
}
