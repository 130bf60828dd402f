package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/intake/heading"
)

// readList reads a book of ours: what was issued, the rows of «Обзвон», the
// decisions of «На проверку». It gives the moment of issue as the book says it.
func (t *Returned) readList(book *filledBook) (issued string, err error) {
	hidden, _ := book.sheet(SheetIssued)
	if issued, err = t.readIssued(book, hidden); err != nil {
		return "", err
	}
	calls, hasCalls := book.sheet(SheetCalls)
	review, hasReview := book.sheet(SheetReview)
	if !hasCalls && !hasReview {
		return "", &heading.Refusal{Err: ErrNoCalls, Advice: "в книге нет листа «" + SheetCalls + "»: верните листу это название и загрузите файл снова"}
	}
	if hasCalls {
		if err := t.readCalls(book, calls); err != nil {
			return "", err
		}
	}
	if hasReview {
		if err := t.readReview(book, review); err != nil {
			return "", err
		}
	}
	return issued, nil
}

// readCalls reads the rows of «Обзвон».
func (t *Returned) readCalls(book *filledBook, s filledSheet) error {
	lines, problems, err := book.lines(s)
	if err != nil {
		return err
	}
	head := heading.FindHead(lines, callTitles())
	for _, title := range []string{heading.TitleINN, colTitleResult} {
		if len(lines) > 0 && !head.Has(title) {
			return &heading.Refusal{
				Err:    fmt.Errorf("sheet «%s»: no column «%s»: %w", s.name, title, heading.ErrNoColumns),
				Advice: "на листе «" + s.name + "» нет столбца «" + title + "»: верните ему это название и загрузите файл снова",
			}
		}
	}
	t.takeRows(head, lines, problems)
	for _, other := range book.sheets {
		if other != s && strings.HasPrefix(strings.ToLower(other.name), strings.ToLower(SheetCalls)) {
			t.Unread = append(t.Unread, Problem{Text: "лист «" + other.name + "» не прочитан: результаты читаются только с листа «" + SheetCalls + "»"})
		}
	}
	return nil
}

// callTitles are the titles of «Обзвон».
func callTitles() []string {
	columns := callColumns()
	titles := make([]string, len(columns))
	for i := range columns {
		titles[i] = columns[i].title
	}
	return titles
}

// readIssued reads the hidden sheet; its form stands in the package comment.
func (t *Returned) readIssued(book *filledBook, s filledSheet) (issued string, err error) {
	lines, problems, err := book.lines(s)
	if err != nil {
		return "", err
	}
	if len(problems) > 0 {
		return "", fmt.Errorf("sheet «%s», row %d: %w", s.name, problems[0].Row, pipeline.ErrDamaged)
	}
	facts, at := make(map[string]string), 0
	for ; at < len(lines) && lines[at].Text(0) != heading.TitleINN; at++ {
		facts[lines[at].Text(0)] = strings.TrimSpace(lines[at].Text(1))
	}
	mark := &pipeline.ListMark{ID: facts["list"], Manager: facts["manager"], Sample: facts["sample"] == "1"}
	if mark.Version, err = strconv.Atoi(facts["layout"]); err != nil {
		return "", notOurs(fmt.Errorf("its layout is %q", facts["layout"]))
	}
	if mark.Day, err = company.ParseDate(facts["date"]); err != nil || !mark.Day.Known() {
		return "", notOurs(fmt.Errorf("its day is %q", facts["date"]))
	}
	mark.Issued = issuedCells(lines[min(at, len(lines)):])
	t.Sheet.List = mark
	return facts["issued"], nil
}

// issuedCells gives what was issued to each company, from the header on.
func issuedCells(lines []heading.Line) map[company.INN]map[string]string {
	out := make(map[company.INN]map[string]string, len(lines))
	for i := 1; i < len(lines); i++ {
		cells := make(map[string]string, len(lines[i].Cells))
		for _, c := range lines[i].Cells {
			if c.Column > 0 {
				cells[lines[0].Text(c.Column)] = c.Text
			}
		}
		out[company.INN(lines[i].Text(0))] = cells
	}
	return out
}

func notOurs(why error) error {
	return &heading.Refusal{
		Err:    fmt.Errorf("%w: %w", ErrNotOurs, why),
		Advice: "скрытый лист книги изменён: заполните файл, который был выдан, не копируя листы в новую книгу",
	}
}
