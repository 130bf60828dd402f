package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
)

// The sheets by name: a contract.
const (
	SheetCalls    = "Обзвон"
	SheetTargets  = "ТОП-20"
	SheetFresh    = "Новые"
	SheetSummary  = "Сводка"
	SheetReview   = "На проверку"
	SheetGuide    = "Как заполнять"
	SheetIssued   = "_obzvon" // veryHidden, see the package comment
	sheetPriority = "Приоритет %d"
)

// workbook is one file in the making.
type workbook struct {
	plan   plan
	book   *pipeline.Book
	file   *excelize.File
	styles map[look]int
	sheets int
	bulks  map[string]*bulk // rows to come, by the sheet's part
}

func newWorkbook(p plan) *workbook {
	return &workbook{
		plan: p, book: p.book, styles: make(map[look]int), bulks: make(map[string]*bulk),
		file: excelize.NewFile(),
	}
}

// writeBook lays out one workbook and writes it to out.
func writeBook(ctx context.Context, out io.Writer, p plan) (err error) {
	w := newWorkbook(p)
	defer func() { err = errors.Join(err, w.file.Close()) }()
	if err := w.layOut(ctx); err != nil {
		return err
	}
	if err := w.properties(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// The packer writes straight to out: excelize's own buffer stays empty.
	w.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &packer{out: out, bulks: w.bulks} })
	if _, err := w.file.WriteToBuffer(); err != nil {
		return fmt.Errorf("pack workbook: %w", err)
	}
	return nil
}

func (w *workbook) layOut(ctx context.Context) error {
	if err := w.reserveFormats(); err != nil {
		return err
	}
	steps := []func(context.Context) error{w.writeCalls}
	if w.plan.whole {
		steps = append(steps, w.writeTiers, w.writeTargets, w.writeFresh, w.writeSummary, w.writeReview)
	}
	steps = append(steps, w.writeGuide, w.writeIssued)
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := step(ctx); err != nil {
			return err
		}
	}
	w.file.SetActiveSheet(0)
	return nil
}

// properties replaces what excelize would tell of the file: its own author
// and a date of 2006.
func (w *workbook) properties() error {
	when := w.issued().UTC().Format(time.RFC3339)
	err := w.file.SetDocProps(&excelize.DocProperties{
		Creator: "obzvon", LastModifiedBy: "obzvon", Created: when, Modified: when, Language: "ru-RU",
		Title: clean(w.title()), Subject: clean(w.plan.title), Identifier: clean(w.book.ListID),
	})
	if err != nil {
		return fmt.Errorf("set document properties: %w", err)
	}
	err = w.file.SetAppProps(&excelize.AppProperties{Application: "obzvon", Company: clean(w.book.Seller)})
	if err != nil {
		return fmt.Errorf("set document properties: %w", err)
	}
	return nil
}

// issued is the moment of issue, from the book alone.
func (w *workbook) issued() time.Time {
	if t, ok := issuedAt(w.book.Issued); ok {
		return t
	}
	return w.book.Date.Time()
}

// title is the list's name on page headers and in the properties.
func (w *workbook) title() string {
	days := [...]string{"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"}
	return "Обзвон на " + w.book.Date.Russian() + ", " + days[w.book.Date.Time().Weekday()]
}

// banner is what every reader of invented data must see; "" for real data.
func (w *workbook) banner() string {
	if !w.book.Sample {
		return ""
	}
	return sampleMark + ": компании вымышлены, звонить по этому списку нельзя"
}
