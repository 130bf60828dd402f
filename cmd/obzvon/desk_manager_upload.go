package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"obzvon/exports/web/manager"
	"obzvon/exports/xlsx"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/intake"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/store"
)

// errNotHis is a file that is not for whoever brings it.
var errNotHis = errors.New("only the head may bring the file in")

// notOurs tells a manager what he may bring in.
const notOurs = "это не выданный список: простые таблицы загружает руководитель. Если вы заполняли список, загрузите тот файл, который скачали, не копируя лист в новую книгу"

// Bring implements manager.Uploads.
func (d *managerDesk) Bring(ctx context.Context, who manager.Who, files []manager.Upload, password string) (*manager.Answer, error) {
	h := d.house(who.Account)
	began := time.Now() // the import's clock
	out, books, err := h.readUploads(files, password, who.Head)
	if err != nil {
		return nil, err
	}
	leave, err := d.enter(ctx, gate.Write, "outcomes", who.Account)
	if err != nil {
		return nil, err
	}
	defer leave()
	dropped := make([][]intake.Note, len(books))
	for i, book := range books {
		if book == nil || who.Head {
			continue
		}
		if why := notHis(who, &book.Sheet); why != "" {
			out.Files[i].Refused, out.Files[i].err, books[i] = why, errNotHis, nil
			continue
		}
		if dropped[i], err = h.dropOthers(ctx, who, &book.Sheet); err != nil {
			return nil, err
		}
	}
	if out.Unread, err = h.nothingRead(ctx); err != nil {
		return nil, err
	}
	if err := d.app.takeFiles(ctx, h, out, books); err != nil {
		return nil, fmt.Errorf("take in an upload: %w", err)
	}
	if out.Others, err = h.stoppedToo(ctx, out); err != nil {
		return nil, err
	}
	for i := range dropped {
		out.Files[i].Notes = append(dropped[i], out.Files[i].Notes...)
		out.Files[i].Problems += len(dropped[i])
		out.Files[i].Rows += len(dropped[i])
	}
	return h.answerUpload(ctx, out, books, began)
}

// readUploads reads what the files hold, before anybody has to wait for it.
func (h *house) readUploads(files []manager.Upload, password string, head bool) (*importing, []*xlsx.Returned, error) {
	out, books, now := &importing{}, make([]*xlsx.Returned, len(files)), h.night.Clock()
	most := int64(h.config.Web.UploadMiB) << 20
	for i, f := range files {
		file := imported{File: intake.File{Name: f.Name}}
		if f.Size > most {
			file.Refused, file.err = "файл слишком велик для таблицы, которую заполняли люди: проверьте, тот ли это файл", pipeline.ErrTooLarge
			out.Files = append(out.Files, file)
			continue
		}
		book, err := xlsx.Read(xlsx.Input{Name: f.Name, Content: f.Content, Size: f.Size, Password: password, Now: now, Modified: now})
		var why *heading.Refusal
		switch {
		case errors.As(err, &why) && errors.Is(why.Err, heading.ErrNoColumns) && !head:
			file.Refused, file.err = notOurs, why.Err
		case errors.As(err, &why):
			file.Refused, file.err = why.Advice, why.Err
		case err != nil:
			return nil, nil, fmt.Errorf("read an upload: %w", err)
		}
		out.Files, books[i] = append(out.Files, file), book
	}
	return out, books, nil
}

// notHis says why a manager may not bring a file; "" = he may.
func notHis(who manager.Who, sheet *pipeline.Returned) string {
	switch {
	case sheet.List == nil:
		return notOurs
	case sheet.List.Manager == "":
		return "это общая книга: её загружает руководитель"
	case sheet.List.Manager != who.Manager:
		return "это список другого менеджера: его загружает он сам или руководитель"
	}
	return ""
}

// dropOthers takes those rows out of a manager's file that are another one's: what is
// his own is told by the frozen list, not by the file, and of what somebody added to it
// by whose the company is now.
func (h *house) dropOthers(ctx context.Context, who manager.Who, sheet *pipeline.Returned) ([]intake.Note, error) {
	list, err := h.listOf(ctx, sheet.List.Day)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil // the import refuses the file
	}
	if err != nil {
		return nil, err
	}
	keepers, err := h.keepersNow(ctx)
	if err != nil {
		return nil, err
	}
	var notes []intake.Note
	sheet.Rows = slices.DeleteFunc(sheet.Rows, func(row pipeline.ReturnedRow) bool {
		text := "эта компания в списке другого менеджера: строка не взята"
		if e := entryOf(list, &row); e != nil {
			if e.Row.ManagerID == who.Manager {
				return false
			}
		} else {
			text = "эту компанию ведёт другой менеджер: строка не взята"
			inn, ok := intake.ReadINN(row.Cells[heading.TitleINN])
			if own := keepers.of(inn).manager; !ok || own == "" || own == who.Manager {
				return false
			}
		}
		if strings.TrimSpace(row.Cells[heading.TitleResult]) != "" {
			notes = append(notes, intake.Note{
				Row: row.Row, Company: row.Cells[heading.TitleCompany], Problem: true,
				Text: text,
			})
		}
		return true
	})
	return notes, nil
}

// entryOf is the entry of a list that a row is about: by its ИНН, else by a number
// of its; nil = none.
func entryOf(list *calllist.List, row *pipeline.ReturnedRow) *calllist.Entry {
	inn, known := intake.ReadINN(row.Cells[heading.TitleINN])
	numbers, _ := company.ParsePhones(row.Cells[heading.TitlePhone]+", "+row.Cells[heading.TitlePhones], "", "")
	for i := range list.Rows {
		e := &list.Rows[i]
		if known && e.Row.INN == inn {
			return e
		}
		if !known && slices.ContainsFunc(numbers, func(p company.Phone) bool { return slices.Contains(e.Phones, p.E164) }) {
			return e
		}
	}
	return nil
}
