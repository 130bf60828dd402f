package xlsx

import (
	"errors"
	"fmt"

	"obzvon/pipeline/intake/heading"
)

// readPlain reads the first sheet that is a table of clients, contacts or
// referrals, and tells of others.
func (t *Returned) readPlain(book *filledBook) error {
	var refusal error
	read := ""
	for _, s := range book.sheets {
		if s.hidden {
			continue
		}
		lines, problems, err := book.lines(s)
		if err != nil {
			return err
		}
		head, err := heading.Plain(lines)
		switch {
		case err != nil && (refusal == nil || errors.Is(refusal, heading.ErrNoColumns) && len(lines) > 0):
			refusal = err
		case err != nil:
		case read == "":
			read = s.name
			t.takeRows(head, lines, problems)
		default:
			t.Unread = append(t.Unread, Problem{Text: fmt.Sprintf(
				"лист «%s» не прочитан: из файла берётся один лист, «%s»; сохраните «%s» отдельным файлом", s.name, read, s.name)})
		}
	}
	if read != "" {
		return nil
	}
	advice := "в книге нет ни одного листа с таблицей"
	var known *heading.Refusal
	if errors.As(refusal, &known) {
		advice = known.Advice
	}
	return &heading.Refusal{Err: errors.Join(ErrNotOurs, refusal), Advice: advice}
}
