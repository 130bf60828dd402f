package exhibitors

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrCursor is a cursor that this source did not give out.
var ErrCursor = errors.New("not a cursor of a list of exhibitors")

const separator = "|"

// place is where the list has come to: page 0, 50 rows of it done, and by whom the first
// page and the one before were told: "0|50|1f0a…|77e2…".
type place struct {
	page, row   int
	first, last string
}

func (p place) String() string {
	return strings.Join([]string{strconv.Itoa(p.page), strconv.Itoa(p.row), p.first, p.last}, separator)
}

func begin(cursor string) (place, error) {
	if cursor == "" {
		return place{}, nil
	}
	parts := strings.Split(cursor, separator)
	if len(parts) == 4 {
		page, _ := strconv.Atoi(parts[0])
		row, _ := strconv.Atoi(parts[1])
		p := place{page, row, parts[2], parts[3]}
		if p.String() == cursor && page >= 0 && row >= 0 {
			return p, nil
		}
	}
	return place{}, fmt.Errorf("%q: %w", cursor, ErrCursor)
}
