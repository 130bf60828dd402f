package zakupki

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// separator stands between the parts of a cursor.
const separator = "|"

// A cursor names the list's day on which the round began, so that it goes on with the
// same days, and the question answered last:
//
//	rss    2026-11-23|44|подшипник|2026-11-20
//	pages  2026-11-23|44|подшипник|2|5         page 2 of 5
//	docs   2026-11-23|2026-11-22|PRIZ/epNotificationEF2020|77
//	files  1|0|17|true                         see place

// begin is the round's day and what of the cursor stands behind it.
func (p *pull) begin() (day company.Date, rest string, err error) {
	if p.req.Cursor == "" {
		if p.req.Now.IsZero() {
			return 0, "", fmt.Errorf("%w: a pull needs a day", ErrCursor)
		}
		return company.DateOf(p.req.Now), "", nil
	}
	first, rest, ok := strings.Cut(p.req.Cursor, separator)
	day, err = company.ParseDate(first)
	if err != nil || !ok || !day.Known() || rest == "" {
		return 0, "", fmt.Errorf("%q: %w", p.req.Cursor, ErrCursor)
	}
	return day, rest, nil
}

// after is the place behind a step in the list of them; "" begins.
func after(steps []string, last string) (int, error) {
	if last == "" {
		return 0, nil
	}
	i := slices.Index(steps, last)
	if i < 0 {
		return 0, fmt.Errorf("%q: %w", last, ErrCursor)
	}
	return i + 1, nil
}

func releaseOf(day company.Date) pipeline.Release {
	return pipeline.Release{ID: day.String(), Date: day}
}

// question is a law and a word to search for.
type question struct{ law, word string }

func (q question) String() string { return q.law + separator + q.word }

func (s *Source) questions() []question {
	var out []question
	for _, law := range plain(s.options.Laws) {
		for _, word := range s.options.questions() {
			out = append(out, question{law, word})
		}
	}
	return out
}

// cutPage takes «|2|5» off the end of a cursor of pages.
func cutPage(rest string) (q string, page, of int, err error) {
	parts := strings.Split(rest, separator)
	if len(parts) == 4 {
		page, _ = strconv.Atoi(parts[2])
		of, _ = strconv.Atoi(parts[3])
	}
	if page < 1 || of < page || of > pagesMost {
		return "", 0, 0, fmt.Errorf("%q: %w", rest, ErrCursor)
	}
	return parts[0] + separator + parts[1], page, of, nil
}
