package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"

	"obzvon/pipeline"
)

// ErrNoWorkbook is a manager for whom Export would write nothing.
var ErrNoWorkbook = errors.New("the book has no workbook of that manager")

// Workbook is one of the files that Export makes of a book, to be written
// elsewhere than into a folder.
type Workbook struct{ plan plan }

// Handout is the workbook of a manager of the book, "" = the whole book. Of the
// book only his calls need to be there.
func Handout(book *pipeline.Book, manager string) (*Workbook, error) {
	plans, err := planFiles(book)
	if err != nil {
		return nil, fmt.Errorf("plan workbooks: %w", err)
	}
	for _, p := range plans {
		if p.manager.ID == manager && p.whole == (manager == "") {
			return &Workbook{p}, nil
		}
	}
	return nil, fmt.Errorf("manager %q: %w", manager, ErrNoWorkbook)
}

// File is its name: a contract, as Export's are.
func (w *Workbook) File() string { return w.plan.file }

// Rows is how many calls stand in it.
func (w *Workbook) Rows() int { return len(w.plan.book.Calls) }

// Write writes it, byte for byte as Export does.
func (w *Workbook) Write(ctx context.Context, out io.Writer) error {
	if err := writeBook(ctx, out, w.plan); err != nil {
		return fmt.Errorf("write %s: %w", w.plan.file, err)
	}
	return nil
}
