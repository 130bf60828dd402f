package xlsx

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/archive"
	"obzvon/pipeline/intake/heading"
)

// Input is a file that somebody brought.
type Input struct {
	Name     string // for people
	Content  io.ReaderAt
	Size     int64     // bytes
	Modified time.Time // as its folder tells; zero = not known
	Password string    // of an encrypted workbook; "" = there is none
	Now      time.Time // a file saved later than a day from it is not believed; zero = believe
}

// Read reads a workbook that came back, or a plain table of clients, contacts or
// referrals: .xlsx, or text (CSV). Columns are found by their titles, wherever
// they stand; rows may have been sorted, filtered, hidden, removed and added.
//
// A file that cannot be taken is a *heading.Refusal, which says in Russian what to
// do; under it stand the errors of this package, heading.ErrNoColumns,
// pipeline.ErrUnknownForm, ErrDamaged, ErrTooLarge and ErrEmpty.
func Read(in Input) (*Returned, error) {
	out := &Returned{}
	out.Sheet.Name = in.Name
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(in.Content, 0, in.Size)); err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	out.Sheet.Digest = hex.EncodeToString(sum.Sum(nil))
	form, err := formOf(in)
	if err == nil && form == archive.FormOLE {
		if in, err = in.unlocked(); err == nil {
			form, err = formOf(in)
		}
	}
	if err != nil {
		return nil, err
	}
	if form == archive.FormText {
		err = out.readText(in)
	} else {
		err = out.readWorkbook(in)
	}
	if err != nil {
		return nil, err
	}
	out.Saved = out.Sheet.Saved
	return out, nil
}

// readText reads a table saved as text.
func (t *Returned) readText(in Input) error {
	data := make([]byte, min(in.Size, heading.TextBytes+1))
	if n, err := in.Content.ReadAt(data, 0); n < len(data) {
		return fmt.Errorf("read the file: %w", err)
	}
	lines, problems, err := heading.Text(data)
	if err != nil {
		return fmt.Errorf("read as text: %w", err)
	}
	head, err := heading.Plain(lines)
	if err != nil {
		return fmt.Errorf("read as text: %w", err)
	}
	t.takeRows(head, lines, problems)
	t.Sheet.Saved = in.Modified
	return nil
}

// takeRows takes the rows under a header.
func (t *Returned) takeRows(head *heading.Head, lines []heading.Line, problems []Problem) {
	t.Sheet.Rows = head.Rows(lines)
	t.Unread = append(append(t.Unread, head.Problems...), problems...)
}

// readWorkbook reads a call list that came back, else a plain table.
func (t *Returned) readWorkbook(in Input) error {
	book, err := openFilled(in.Content, in.Size)
	if err != nil {
		return refused(err)
	}
	issued := ""
	if _, ours := book.sheet(SheetIssued); ours {
		issued, err = t.readList(book)
	} else {
		err = t.readPlain(book)
	}
	if err != nil {
		return refused(err)
	}
	t.Sheet.Saved, t.told = t.savedAt(book, issued, in)
	return nil
}

// refused adds what to do to an error of the file's form.
func refused(err error) error {
	advice := "файл повреждён: откройте его в редакторе таблиц, сохраните как .xlsx и загрузите снова"
	var known *heading.Refusal
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, pipeline.ErrTooLarge):
		advice = "файл слишком велик для таблицы, которую заполняли люди: проверьте, тот ли это файл"
	case !errors.Is(err, pipeline.ErrDamaged) && !errors.Is(err, pipeline.ErrUnknownForm) && !errors.Is(err, pipeline.ErrEmpty):
		return err // not of the file
	}
	return &heading.Refusal{Err: err, Advice: advice}
}
