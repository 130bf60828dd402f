package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"obzvon/exports/web/manager"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/store"
)

const (
	byPage   = "web:"             // begins the File of a result that was put down on the page
	pageFile = "страница-обзвона" // the name that stands for a file's
)

// Guide implements manager.Results.
func (d *managerDesk) Guide(day company.Date) manager.Guide {
	h := d.live()
	g := manager.Guide{Leads: map[string]string{}, NextDay: calllist.NewCalendar(h.config.Calendar).Next(day)}
	for i, section := range calllist.Guide(h.config, h.segments, &calllist.List{Day: day}) {
		if i == 0 {
			g.Script = section.Table
		}
		for _, line := range section.Table {
			if _, ok := funnel.RuleOf(line[0]); ok {
				g.Leads[line[0]] = line[1]
			}
		}
	}
	return g
}

// Take implements manager.Results.
func (d *managerDesk) Take(ctx context.Context, who manager.Who, e manager.Entry) (*manager.Taken, error) {
	leave, err := d.enter(ctx, gate.Write, "result", who.Account)
	if err != nil {
		return nil, err
	}
	defer leave()
	d.entries.Lock()
	defer d.entries.Unlock()
	h := d.house(who.Account)
	list, err := h.frozen(ctx, e.Day)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list.Rows, func(r calllist.Entry) bool { return r.Row.INN == e.INN && r.Row.ManagerID == e.Manager })
	if at < 0 {
		return nil, manager.ErrNoRow
	}
	had, err := h.store.Results(ctx, e.INN)
	if err != nil {
		return nil, fmt.Errorf("read results of %s: %w", e.INN, err)
	}
	sheet, again := h.entrySheet(list, at, e, had)
	taken := &manager.Taken{Company: list.Rows[at].Row.Company}
	if !again {
		if err := h.takeEntry(ctx, sheet, taken); err != nil {
			return nil, err
		}
	}
	return taken, h.tellTaken(ctx, list, &sheet, taken)
}

// takeEntry takes a sheet of one row in.
func (h *house) takeEntry(ctx context.Context, sheet pipeline.Returned, taken *manager.Taken) error {
	desk, err := h.desk(ctx, nil)
	if err != nil {
		return err
	}
	desk.Now = h.night.Clock
	report, err := desk.Take(ctx, []pipeline.Returned{sheet})
	if err != nil {
		return err
	}
	f := &report.Files[0]
	for i := range f.Notes {
		if n := &f.Notes[i]; n.Problem {
			taken.Unread = append(taken.Unread, n.Text)
		} else {
			taken.Remarks = append(taken.Remarks, n.Text)
		}
	}
	switch {
	case f.Refused != "":
		return &manager.RefusedError{Texts: []string{f.Refused}}
	case f.Taken+f.Edited == 0 && len(taken.Unread) > 0:
		return &manager.RefusedError{Texts: taken.Unread}
	case f.Taken+f.Edited == 0:
		return &manager.RefusedError{Texts: []string{"Записывать нечего: выберите результат или допишите, что узнали."}}
	}
	for _, s := range f.Stops {
		if s.Kind == store.StopPhone {
			taken.Numbers++
		}
	}
	return nil
}

// tellTaken says what stands now, and what follows.
func (h *house) tellTaken(ctx context.Context, list *calllist.List, sheet *pipeline.Returned, taken *manager.Taken) error {
	inn := company.INN(sheet.Rows[0].Cells[heading.TitleINN])
	results, err := h.store.Results(ctx, inn)
	if err != nil {
		return fmt.Errorf("read results of %s: %w", inn, err)
	}
	stands := standingOn(results, list.ID)
	said := slices.IndexFunc(results, func(r store.Result) bool { return r.List == list.ID && r.File == sheet.Digest })
	if said < 0 || stands == nil {
		// Erased on demand meanwhile.
		return &manager.RefusedError{Texts: []string{"Данные этой компании стёрты по требованию: результат не записан."}}
	}
	taken.Outcome = results[said].Outcome
	if taken.Outcome != "" && stands.File != sheet.Digest {
		taken.Beaten = stands.FileName
	}
	taken.Stopped = taken.Outcome == funnel.DoNotCall || results[said].Consent == store.ConsentRefused
	next, err := h.night.NextCall(ctx, inn, list.Day)
	if err != nil {
		return err
	}
	taken.Next, taken.Day, taken.At = next.Band, next.Day, next.At
	return nil
}

// entrySheet is an entry as a workbook with one row would come back. The same entry
// that came last is told as such: it is not to be taken again.
func (h *house) entrySheet(list *calllist.List, at int, e manager.Entry, had []store.Result) (sheet pipeline.Returned, again bool) {
	issued := issuedCells(&list.Rows[at].Row)
	saved, digest := h.night.Clock(), entryDigest(&e)
	if last := lastByPage(had, list.ID); last != nil {
		again = last.File == digest || strings.HasPrefix(last.File, digest+"-")
		if again {
			digest = last.File
		} else if !saved.After(last.Saved) {
			saved = last.Saved.Add(time.Millisecond) // the clock was set back: a correction is later all the same
		}
		for n := 2; !again && slices.ContainsFunc(had, func(r store.Result) bool { return r.File == digest }); n++ {
			digest = entryDigest(&e) + "-" + strconv.Itoa(n) // said before, then otherwise, and now again
		}
	}
	row := pipeline.ReturnedRow{Row: max(list.Rows[at].Place, 1) + 1, Cells: entryCells(issued, &e, standingOn(had, list.ID))}
	return pipeline.Returned{
		Name: pageFile, Digest: digest, Saved: saved, Rows: []pipeline.ReturnedRow{row},
		List: &pipeline.ListMark{
			ID: list.ID, Version: bookLayout, Day: list.Day, Manager: e.Manager, Sample: h.sample,
			Issued: map[company.INN]map[string]string{e.INN: issued},
		},
	}, again
}

// entryDigest tells entries apart: of two that say the same a form that was sent
// twice has the same token.
func entryDigest(e *manager.Entry) string {
	sum := sha256.New()
	for _, s := range []string{
		e.Day.String(), string(e.INN), e.Manager, e.Token, e.Outcome, e.Next, e.Comment, e.Consent, e.Amount, e.Phone, e.Person, e.Post, e.Email,
		strconv.FormatBool(e.Keep),
	} {
		fmt.Fprintf(sum, "%d:%s,", len(s), s)
	}
	return byPage + hex.EncodeToString(sum.Sum(nil))
}

// lastByPage is the last result of a list that was put down on the page; nil = none.
func lastByPage(results []store.Result, list string) *store.Result {
	var last *store.Result
	for i := range results {
		r := &results[i]
		if r.List == list && strings.HasPrefix(r.File, byPage) && (last == nil || r.Saved.After(last.Saved)) {
			last = r
		}
	}
	return last
}

// issuedCells are those of a row that are read when it comes back, as it was issued.
func issuedCells(r *pipeline.Row) map[string]string {
	cells := map[string]string{}
	for title, value := range map[string]string{
		heading.TitleINN: string(r.INN), heading.TitleCompany: r.Company, heading.TitleCity: r.City, "Регион": r.Region,
		heading.TitlePhone: r.Phone, heading.TitlePhones: r.OtherPhones, heading.TitlePerson: r.Person, heading.TitlePost: r.Post,
		heading.TitleEmail: r.Email, heading.TitleManager: r.Manager,
	} {
		if value != "" {
			cells[title] = value
		}
	}
	return cells
}

// entryCells are the cells of the row as they were filled in. A result that is only
// picked keeps what was written beside the one that stands.
func entryCells(issued map[string]string, e *manager.Entry, stands *store.Result) map[string]string {
	cells := make(map[string]string, len(issued)+5)
	for title, value := range issued {
		cells[title] = value
	}
	if e.Keep && stands != nil {
		e.Comment = cmp.Or(e.Comment, stands.Comment)
		e.Phone, e.Person = cmp.Or(e.Phone, phonesText(stands.Phones)), cmp.Or(e.Person, stands.Person)
		e.Post, e.Email = cmp.Or(e.Post, stands.Post), cmp.Or(e.Email, stands.Email)
		if stands.Consent == store.ConsentGiven {
			e.Consent = cmp.Or(e.Consent, "да")
		}
	}
	for title, value := range map[string]string{
		heading.TitleResult: e.Outcome, heading.TitleNext: e.Next, heading.TitleComment: e.Comment, heading.TitleConsent: e.Consent,
		heading.TitleAmount: e.Amount, heading.TitlePhone: e.Phone, heading.TitlePerson: e.Person, heading.TitlePost: e.Post, heading.TitleEmail: e.Email,
	} {
		if value != "" {
			cells[title] = value
		}
	}
	return cells
}
