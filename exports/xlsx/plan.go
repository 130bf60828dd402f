package xlsx

import (
	"errors"
	"fmt"
	"strings"

	"obzvon/pipeline"
)

// Why a book cannot be exported at all.
var (
	ErrNoDate    = errors.New("book without a date")
	ErrManagerID = errors.New("manager id is no part of a file name: want latin letters, digits, \"-\", \"_\"")
)

// sampleMark stands in the names of files that hold invented companies.
const sampleMark = "ОБРАЗЕЦ"

// plan is one workbook to write.
type plan struct {
	file    string // name in the output folder
	title   string // Russian: for whom
	manager pipeline.Manager
	whole   bool           // every sheet; else one manager's two
	book    *pipeline.Book // with the calls of this workbook
}

// planFiles gives the whole book first, then one workbook per manager. A
// manager who stands on a row but no longer in the book gets a workbook too:
// a frozen list outlives the config that made it.
func planFiles(book *pipeline.Book) ([]plan, error) {
	if !book.Date.Known() {
		return nil, ErrNoDate
	}
	plans := []plan{{
		file: fileName(book, ""), title: "Вся книга: для руководителя и аналитика",
		whole: true, book: book,
	}}
	taken := make(map[string]bool)
	for _, m := range managersOf(book) {
		if !safeID(m.ID) {
			return nil, fmt.Errorf("manager %q: %w", m.ID, ErrManagerID)
		}
		if key := strings.ToLower(m.ID); taken[key] {
			return nil, fmt.Errorf("manager %q: %w: twice", m.ID, ErrManagerID)
		}
		taken[strings.ToLower(m.ID)] = true
		plans = append(plans, plan{
			file: fileName(book, m.ID), title: "Список на день: " + managerName(m),
			manager: m, book: callsOf(book, m.ID),
		})
	}
	return plans, nil
}

func managersOf(book *pipeline.Book) []pipeline.Manager {
	known := make(map[string]bool, len(book.Managers))
	for _, m := range book.Managers {
		known[m.ID] = true
	}
	out := append([]pipeline.Manager(nil), book.Managers...)
	for i := range book.Calls {
		r := &book.Calls[i]
		if r.ManagerID != "" && !known[r.ManagerID] {
			known[r.ManagerID] = true
			out = append(out, pipeline.Manager{ID: r.ManagerID, Name: r.Manager})
		}
	}
	return out
}

// callsOf is the book with the calls of one manager, numbered from 1.
func callsOf(book *pipeline.Book, id string) *pipeline.Book {
	own := *book
	own.Calls = nil
	for _, r := range book.Calls {
		if r.ManagerID == id {
			r.Number = len(own.Calls) + 1
			own.Calls = append(own.Calls, r)
		}
	}
	return &own
}

// fileName gives call-list-YYYY-MM-DD[-manager][-ОБРАЗЕЦ].xlsx.
func fileName(book *pipeline.Book, manager string) string {
	name := "call-list-" + book.Date.String()
	if manager != "" {
		name += "-" + manager
	}
	if book.Sample {
		name += "-" + sampleMark
	}
	return name + ".xlsx"
}

func managerName(m pipeline.Manager) string {
	if m.Name != "" {
		return m.Name
	}
	return m.ID
}

func safeID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for i := range len(id) {
		c := id[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}
