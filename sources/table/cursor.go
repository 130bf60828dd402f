package table

import (
	"fmt"
	"strconv"
	"strings"
)

// cursor stands after a row of an input: "<input>:<row>", both from 0; row 0
// is before the first.
type cursor struct {
	input int
	row   int64
}

func (c cursor) String() string { return strconv.Itoa(c.input) + ":" + strconv.FormatInt(c.row, 10) }

func parseCursor(s string) (cursor, error) {
	if s == "" {
		return cursor{}, nil
	}
	in, row, ok := strings.Cut(s, ":")
	i, err1 := strconv.Atoi(in)
	r, err2 := strconv.ParseInt(row, 10, 64)
	if !ok || err1 != nil || err2 != nil || i < 0 || r < 0 {
		return cursor{}, fmt.Errorf("cursor %q: want INPUT:ROW", s)
	}
	return cursor{input: i, row: r}, nil
}
