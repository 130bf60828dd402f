package xlsx

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Bounds of a workbook that comes back, in bytes unpacked, of a part that is
// kept in memory, and in rows of a sheet: the whole book of a large day stays
// far below.
const (
	returnedAtMost = 256 << 20
	returnedInRAM  = 16 << 20
	returnedRows   = 200_000
)

// Errors of ReadReturned; beside them pipeline.ErrUnknownForm, ErrDamaged.
var (
	// ErrNoReview is a workbook of ours without «На проверку»: a manager's.
	ErrNoReview = errors.New("no sheet «" + SheetReview + "»")
	// ErrNotOurs is a workbook that this program did not write.
	ErrNotOurs = errors.New("not a call list: no hidden sheet that names the list")
)

// Returned is what people wrote into a workbook.
type Returned struct {
	List      string
	Date      company.Date
	Sample    bool
	Saved     time.Time // when its content was as it is, as far as the file tells
	Decisions []Decision
	Blank     int // rows of «На проверку» without a decision
	Problems  []Problem
}

// Decision is a filled row of «На проверку».
type Decision struct {
	Row    int    // of the sheet, from 1
	Source string // the listing: section and the source's own key
	Key    string
	Same   bool          // «да»
	INNs   []company.INN // whose it is; for «нет» all that it is not
}

// Problem is a row that could not be understood. Text is Russian and says what
// to do.
type Problem struct {
	Row  int
	Text string
}

// ReadReturned reads the decisions of a whole book that came back. Columns are
// found by their titles, so they may have been moved; rows may have been sorted.
func ReadReturned(r io.ReaderAt, size int64) (out *Returned, err error) {
	book, err := excelize.OpenReader(io.NewSectionReader(r, 0, size),
		excelize.Options{UnzipSizeLimit: returnedAtMost, UnzipXMLSizeLimit: returnedInRAM, RawCellValue: true})
	if err != nil {
		return nil, fmt.Errorf("open the workbook: %w: %w", pipeline.ErrUnknownForm, err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	out = &Returned{}
	if err := out.readIssued(book); err != nil {
		return nil, err
	}
	if !slices.Contains(book.GetSheetList(), SheetReview) {
		return nil, ErrNoReview
	}
	if err := out.readReview(book); err != nil {
		return nil, fmt.Errorf("sheet «%s»: %w", SheetReview, err)
	}
	return out, nil
}

// readIssued reads the facts about the list.
func (t *Returned) readIssued(book *excelize.File) error {
	if !slices.Contains(book.GetSheetList(), SheetIssued) {
		return ErrNotOurs
	}
	issued := ""
	err := eachRow(book, SheetIssued, func(n int, cells []string) (bool, error) {
		switch value := cellAt(cells, 1); cellAt(cells, 0) {
		case "list":
			t.List = value
		case "date":
			day, err := company.ParseDate(value)
			if err != nil {
				return false, fmt.Errorf("%w: its day is %q", ErrNotOurs, value)
			}
			t.Date = day
		case "issued":
			issued = value
		case "sample":
			t.Sample = value == "1"
		}
		return n < issuedOutcomesRow, nil
	})
	if err == nil {
		t.Saved = t.savedAt(book, issued)
	}
	return err
}

// reviewColumns are where the columns stand that a decision is read from.
type reviewColumns struct{ decision, inn, candidates, key int }

func (t *Returned) readReview(book *excelize.File) error {
	var c reviewColumns
	return eachRow(book, SheetReview, func(n int, cells []string) (bool, error) {
		if n == 1 {
			var err error
			c, err = findColumns(cells)
			return err == nil, err
		}
		t.readDecision(n, cells, c)
		return n < returnedRows, nil
	})
}

func findColumns(head []string) (c reviewColumns, err error) {
	for title, to := range map[string]*int{
		colTitleDecision: &c.decision, colTitleCandidateINN: &c.inn, colTitleCandidates: &c.candidates, colTitleKey: &c.key,
	} {
		if *to = slices.IndexFunc(head, func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), title) }); *to < 0 {
			return c, fmt.Errorf("no column «%s»: %w", title, pipeline.ErrUnknownForm)
		}
	}
	return c, nil
}

func (t *Returned) readDecision(n int, cells []string, c reviewColumns) {
	word := strings.ToLower(strings.TrimSpace(cellAt(cells, c.decision)))
	if word == "" {
		if cellAt(cells, c.key) != "" {
			t.Blank++
		}
		return
	}
	fail := func(text string) { t.Problems = append(t.Problems, Problem{n, text}) }
	d := Decision{Row: n, Same: word == "да"}
	if !d.Same && word != "нет" {
		fail(fmt.Sprintf("«%s» в столбце «%s»: нужно «да» или «нет»", word, colTitleDecision))
		return
	}
	source, key, ok := strings.Cut(strings.TrimSpace(cellAt(cells, c.key)), " ")
	if !ok {
		fail("столбец «" + colTitleKey + "» пуст или изменён: по нему узнаётся запись, скопируйте его из выданного файла")
		return
	}
	d.Source, d.Key = source, key
	var err error
	if d.INNs, err = decidedINNs(cellAt(cells, c.inn), cellAt(cells, c.candidates), d.Same); err != nil {
		fail(err.Error())
		return
	}
	t.Decisions = append(t.Decisions, d)
}

// decidedINNs are those of the candidate, else, for «нет», of all that the row
// names.
func decidedINNs(one, all string, same bool) ([]company.INN, error) {
	if one = strings.TrimSpace(one); one != "" {
		inn, err := company.ParseINNCell(plainNumber(one))
		if err != nil {
			return nil, fmt.Errorf("ИНН «%s» с ошибкой: проверьте цифры", one)
		}
		return []company.INN{inn}, nil
	}
	found := candidateINNs(all)
	switch {
	case len(found) == 0:
		return nil, errors.New("не сказано, о какой компании решение: впишите её ИНН в столбец «" + colTitleCandidateINN + "»")
	case same && len(found) > 1:
		return nil, errors.New("возможных компаний несколько: впишите ИНН нужной в столбец «" + colTitleCandidateINN + "»")
	}
	return found, nil
}

// candidateINNs reads the ИНН of the companies that the lines of a cell begin
// with. Others behind them are numbers that the listing prints.
func candidateINNs(cell string) (found []company.INN) {
	for line := range strings.Lines(cell) {
		_, rest, _ := strings.Cut(line, ", ИНН ")
		digits := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
		if inn, err := company.ParseINN(digits); err == nil && !slices.Contains(found, inn) {
			found = append(found, inn)
		}
	}
	return found
}

// plainNumber writes out a number that an editor has saved as 5.902000008E9.
func plainNumber(s string) string {
	if !strings.ContainsAny(s, "eE") {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != math.Trunc(f) || f < 0 || f >= 1e15 {
		return s
	}
	return strconv.FormatFloat(f, 'f', 0, 64)
}

// eachRow calls do for the rows of a sheet, numbered from 1, until it returns
// false.
func eachRow(book *excelize.File, sheet string, do func(n int, cells []string) (bool, error)) (err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return fmt.Errorf("read sheet «%s»: %w: %w", sheet, pipeline.ErrDamaged, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("read row %d of sheet «%s»: %w: %w", n, sheet, pipeline.ErrDamaged, err)
		}
		if more, err := do(n, cells); err != nil || !more {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return fmt.Errorf("read sheet «%s»: %w: %w", sheet, pipeline.ErrDamaged, err)
	}
	return nil
}

func cellAt(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cells[i]
}
