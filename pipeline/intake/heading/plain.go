package heading

import (
	"fmt"
	"strings"

	"obzvon/pipeline"
)

// ErrNoColumns is a table by which no company could be told. It is
// pipeline.ErrUnknownForm.
var ErrNoColumns = fmt.Errorf("no column that tells a company: %w", pipeline.ErrUnknownForm)

// ErrEmpty is a table without a row below its header. It is pipeline.ErrEmpty.
var ErrEmpty = fmt.Errorf("no rows below the header: %w", pipeline.ErrEmpty)

// Plain checks that the rows are a table of clients, contacts or referrals, and
// gives its header.
func Plain(lines []Line) (*Head, error) {
	h := FindHead(lines, nil)
	if !h.Has(TitleINN) && !h.Has(TitlePhone) {
		return nil, &Refusal{ErrNoColumns, noColumns(h)}
	}
	if len(h.Rows(lines)) == 0 {
		return nil, &Refusal{ErrEmpty, "под заголовком таблицы нет ни одной строки"}
	}
	return h, nil
}

func noColumns(h *Head) string {
	const shown = 12
	text := "в первых строках нет заголовка со столбцом «" + TitleINN + "» или «" + TitlePhone +
		"»: назовите так столбец, по которому узнать компанию. Читаются также: «" +
		strings.Join(Titles()[3:], "», «") + "»"
	if found := h.Titles(); len(found) > 0 {
		more := ""
		if len(found) > shown {
			found, more = found[:shown], " и другие"
		}
		text += ". Найдены: «" + strings.Join(found, "», «") + "»" + more
	}
	return text
}
