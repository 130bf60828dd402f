package xlsx

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake/heading"
)

// Errors of Read; beside them those of files that are no workbook, and
// heading.ErrNoColumns, pipeline.ErrUnknownForm, ErrDamaged, ErrTooLarge, ErrEmpty.
var (
	// ErrNoCalls is a book of ours without «Обзвон» and without «На проверку».
	ErrNoCalls = fmt.Errorf("no sheet «%s»: %w", SheetCalls, pipeline.ErrUnknownForm)
	// ErrNotOurs is a workbook that this program did not write, and no plain table
	// either.
	ErrNotOurs = fmt.Errorf("no call list, no hidden sheet that names the list: %w", pipeline.ErrUnknownForm)
)

// Returned is what people wrote into a file.
type Returned struct {
	Sheet  pipeline.Returned // the rows of «Обзвон», or of the plain table
	Unread []Problem         // of those rows
	Saved  time.Time         // as Sheet.Saved
	told   bool              // the file itself tells it

	Decisions []Decision
	Blank     int       // rows of «На проверку» without a decision
	Problems  []Problem // of «На проверку»
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
type Problem = heading.Problem

// reviewColumns are where the columns stand that a decision is read from.
type reviewColumns struct{ decision, inn, candidates, key int }

// readReview reads the decisions of «На проверку».
func (t *Returned) readReview(book *filledBook, s filledSheet) error {
	lines, problems, err := book.lines(s)
	if err != nil {
		return err
	}
	t.Problems = append(t.Problems, problems...)
	if len(lines) == 0 {
		return nil // somebody has cleared it
	}
	for at := range lines[:min(len(lines), heading.HeadLines)] {
		if c, missing := findColumns(&lines[at]); missing == "" {
			for i := range lines[at+1:] {
				t.readDecision(&lines[at+1+i], c)
			}
			return nil
		}
	}
	_, missing := findColumns(&lines[0])
	return &heading.Refusal{
		Err:    fmt.Errorf("sheet «%s»: no column «%s»: %w", s.name, missing, heading.ErrNoColumns),
		Advice: "на листе «" + s.name + "» нет столбца «" + missing + "»: верните ему это название и загрузите файл снова",
	}
}

// findColumns finds the columns by their titles, or names one that is missing.
func findColumns(head *heading.Line) (c reviewColumns, missing string) {
	wanted := []struct {
		title string
		to    *int
	}{
		{colTitleDecision, &c.decision}, {colTitleCandidateINN, &c.inn}, {colTitleCandidates, &c.candidates}, {colTitleKey, &c.key},
	}
	for _, w := range wanted {
		i := slices.IndexFunc(head.Cells, func(cell heading.Cell) bool { return heading.SameTitle(cell.Text, w.title) })
		if i < 0 {
			return c, w.title
		}
		*w.to = head.Cells[i].Column
	}
	return c, ""
}

func (t *Returned) readDecision(l *heading.Line, c reviewColumns) {
	n := l.Number
	word := strings.ToLower(strings.TrimSpace(l.Text(c.decision)))
	if word == "" {
		if l.Text(c.key) != "" {
			t.Blank++
		}
		return
	}
	fail := func(text string) { t.Problems = append(t.Problems, Problem{Row: n, Text: text}) }
	d := Decision{Row: n, Same: word == "да"}
	if !d.Same && word != "нет" {
		fail(fmt.Sprintf("«%s» в столбце «%s»: нужно «да» или «нет»", word, colTitleDecision))
		return
	}
	source, key, ok := strings.Cut(strings.TrimSpace(l.Text(c.key)), " ")
	if !ok {
		fail("столбец «" + colTitleKey + "» пуст или изменён: по нему узнаётся запись, скопируйте его из выданного файла")
		return
	}
	d.Source, d.Key = source, key
	var err error
	if d.INNs, err = decidedINNs(l.Text(c.inn), l.Text(c.candidates), d.Same); err != nil {
		fail(err.Error())
		return
	}
	t.Decisions = append(t.Decisions, d)
}

// decidedINNs are those of the candidate, else, for «нет», of all that the row
// names.
func decidedINNs(one, all string, same bool) ([]company.INN, error) {
	if one = strings.TrimSpace(one); one != "" {
		if f, err := strconv.ParseFloat(one, 64); err == nil { // text that was a number once: 5.902000008E9
			one = plainNumber(f)
		}
		inn, err := company.ParseINNCell(one)
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
