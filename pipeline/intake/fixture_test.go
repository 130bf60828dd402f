package intake

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/memory"
)

// innOf makes a number with a valid checksum.
func innOf(n int) company.INN {
	for digit := range 10 {
		if inn, err := company.ParseINN(fmt.Sprintf("770%06d%d", n, digit)); err == nil {
			return inn
		}
	}
	panic("no digit fits")
}

func phoneOf(n int) string { return fmt.Sprintf("+7907%07d", n) }

func pretty(n int) string {
	p, _ := company.PhoneFromValue(phoneOf(n))
	return p.Pretty()
}

const (
	listDay = "2026-11-23" // a Monday
	listID  = "2026-11-23-abcd"
	rowsOf  = 4 // of each manager
)

// notes is a journal in memory.
type notes struct{ lines []journal.Entry }

func (n *notes) Append(_ context.Context, e ...journal.Entry) error {
	n.lines = append(n.lines, e...)
	return nil
}

// office is a store with one issued list: companies 1 to 4 are manager-1's, 5 to
// 8 manager-2's; company 20 is known and not on the list, 21 and 22 share a phone.
type office struct {
	*Desk
	store *memory.Store
	notes *notes
}

func newOffice(t testing.TB) *office {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	s := memory.New()
	t.Cleanup(func() { _ = s.Close() })
	o := &office{store: s, notes: &notes{}}
	o.Desk = &Desk{
		Store: s, Journal: o.notes, Days: calendar(), Zone: zone, Firm: calllist.Hours{From: 9 * 60, Until: 18 * 60}, Layout: 1, By: "head",
		Now:      func() time.Time { return time.Date(2026, 11, 23, 18, 0, 0, 0, zone) },
		Managers: []config.Manager{{ID: "manager-1", Name: "Первый Менеджер", From: "09:00", Until: "17:00"}, {ID: "manager-2", Name: "Второй Менеджер"}, {ID: "manager-3", Name: "Третий"}},
		ByPhone: func(_ context.Context, e164 string) ([]company.INN, error) {
			switch e164 {
			case phoneOf(20):
				return []company.INN{innOf(20)}, nil
			case phoneOf(21):
				return []company.INN{innOf(21), innOf(22)}, nil
			}
			return nil, nil
		},
	}
	o.issue(t)
	return o
}

func (o *office) issue(t testing.TB) {
	list := calllist.List{Format: calllist.Format, ID: listID, Day: day(t, listDay), Managers: []pipeline.Manager{
		{ID: "manager-1", Name: "Первый Менеджер"}, {ID: "manager-2", Name: "Второй Менеджер"},
	}}
	for n := 1; n <= 2*rowsOf; n++ {
		m := list.Managers[(n-1)/rowsOf]
		list.Rows = append(list.Rows, calllist.Entry{
			Row:    pipeline.Row{Number: n, Company: name(n), City: "Москва", Phone: pretty(n), PhoneLink: phoneOf(n), INN: innOf(n), ManagerID: m.ID, Manager: m.Name},
			Phones: []string{phoneOf(n), phoneOf(100 + n)},
		})
	}
	data, err := list.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.Issue(t.Context(), store.Issue{Day: list.Day, Data: data}); err != nil {
		t.Fatal(err)
	}
	o.read(t, "gis", 20, phoneOf(20)+";ext=7")
}

// read lets a source tell of a company's number.
func (o *office) read(t testing.TB, source string, n int, phone string) {
	t.Helper()
	known := company.Observation{Source: source, Key: strconv.Itoa(n), INN: innOf(n), Facts: []company.Fact{
		{Field: company.FieldPhone, Value: phone}, {Field: company.FieldNameShort, Value: name(n)},
	}}
	known.Sort()
	commit := store.Commit{Source: source, Day: day(t, listDay), Batch: pipeline.Batch{Observations: []company.Observation{known}}}
	if err := o.store.BeginPull(t.Context(), store.Pull{Source: source}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.store.Commit(t.Context(), commit); err != nil {
		t.Fatal(err)
	}
}

func name(n int) string { return fmt.Sprintf("ООО «Пример %d»", n) }

// issuedCells are those of a row as it was issued.
func issuedCells(n int) map[string]string {
	m := "Первый Менеджер"
	if n > rowsOf {
		m = "Второй Менеджер"
	}
	return map[string]string{
		"№": strconv.Itoa(n), heading.TitleCompany: name(n), heading.TitleCity: "Москва", heading.TitlePhone: pretty(n),
		heading.TitlePhones: pretty(100 + n), heading.TitleINN: string(innOf(n)), heading.TitleManager: m, heading.TitleEmail: fmt.Sprintf("info@firm%d.example", n),
	}
}

// book is a manager's file, or with "" the whole book, saved at an hour of the
// list's day, with some rows filled in.
func book(t testing.TB, manager string, hour int, fill map[int]map[string]string) pipeline.Returned {
	t.Helper()
	zone := time.FixedZone("MSK", 3*60*60)
	b := pipeline.Returned{
		Name: "call-list-" + manager + strconv.Itoa(hour) + ".xlsx", Digest: fmt.Sprintf("%s-%d-%v", manager, hour, len(fill)),
		Saved: time.Date(2026, 11, 23, hour, 0, 0, 0, zone),
		List:  &pipeline.ListMark{ID: listID, Version: 1, Day: day(t, listDay), Manager: manager, Issued: map[company.INN]map[string]string{}},
	}
	for n := 1; n <= 2*rowsOf; n++ {
		if manager == "manager-1" && n > rowsOf || manager == "manager-2" && n <= rowsOf {
			continue
		}
		b.List.Issued[innOf(n)] = issuedCells(n)
		b.Rows = append(b.Rows, filled(len(b.Rows)+2, issuedCells(n), fill[n]))
	}
	return b
}

func filled(row int, cells, with map[string]string) pipeline.ReturnedRow {
	cells = maps.Clone(cells)
	maps.Copy(cells, with)
	return pipeline.ReturnedRow{Row: row, Cells: cells}
}

// take takes files and wants each row counted once.
func (o *office) take(t testing.TB, files ...pipeline.Returned) *Report {
	t.Helper()
	r, err := o.Take(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Files {
		if f.Refused == "" && f.Rows != f.Taken+f.Untouched+f.Edited+f.Problems {
			t.Fatalf("%s: %d rows, but %d taken, %d untouched, %d edited, %d problems", f.Name, f.Rows, f.Taken, f.Untouched, f.Edited, f.Problems)
		}
	}
	return r
}

func (o *office) results(t testing.TB, n int) []store.Result {
	t.Helper()
	all, err := o.store.Results(t.Context(), innOf(n))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// stopped lists the stop list in short.
func (o *office) stopped(t testing.TB) string {
	t.Helper()
	all, err := o.store.StopList(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range all {
		out = append(out, s.Value+" "+s.Reason)
	}
	return strings.Join(out, ", ")
}

// said are the notes of a file in one text.
func said(f File) string {
	var out []string
	for _, n := range f.Notes {
		mark := "remark"
		if n.Problem {
			mark = "problem"
		}
		out = append(out, fmt.Sprintf("%d %s: %s", n.Row, mark, n.Text))
	}
	return strings.Join(out, "\n")
}
