package checko

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"obzvon/sources/checko/api"
)

// ErrCursor is a cursor that this source has not written.
var ErrCursor = errors.New("not a cursor of this source")

// place is the page read last.
type place struct {
	question    int // in the list of them
	page, pages int
}

func (p place) cursor(questions []api.Query) string {
	q := questions[p.question]
	return strings.Join([]string{q.Code, q.Region, q.Object, strconv.Itoa(p.page), strconv.Itoa(p.pages)}, "|")
}

// after is the page behind a cursor; the first one behind "". Behind the last page of
// all the question is that behind the last.
func after(cursor string, questions []api.Query) (place, error) {
	if cursor == "" {
		return place{page: 1}, nil
	}
	parts := strings.Split(cursor, "|")
	if len(parts) != 5 {
		return place{}, fmt.Errorf("%q: %w", cursor, ErrCursor)
	}
	page, err := strconv.Atoi(parts[3])
	pages, err2 := strconv.Atoi(parts[4])
	if err != nil || err2 != nil || page < 1 || pages < page {
		return place{}, fmt.Errorf("%q: %w", cursor, ErrCursor)
	}
	for i, q := range questions {
		if q.Code == parts[0] && q.Region == parts[1] && q.Object == parts[2] {
			return place{i, page, pages}.next(), nil
		}
	}
	return place{}, fmt.Errorf("%q: %w", cursor, ErrCursor)
}

func (p place) next() place {
	if p.page < p.pages {
		return place{p.question, p.page + 1, p.pages}
	}
	return place{p.question + 1, 1, 0}
}
