package egrul

import (
	"errors"
	"fmt"
)

// errCursor is returned for a cursor that this package did not make.
var errCursor = errors.New("not a cursor of the egrul adapter")

// cursor is the file whose batch was yielded last, and whether any up to it
// could be read.
type cursor struct {
	input, member int
	read          bool
}

func (c cursor) String() string { return fmt.Sprintf("1:%d:%d:%t", c.input, c.member, c.read) }

// parseCursor returns a position before the first file for "".
func parseCursor(s string) (cursor, error) {
	if s == "" {
		return cursor{member: -1}, nil
	}
	var c cursor
	n, err := fmt.Sscanf(s, "1:%d:%d:%t", &c.input, &c.member, &c.read)
	if err != nil || n != 3 || c.String() != s || c.input < 0 || c.member < 0 {
		return cursor{}, fmt.Errorf("%q: %w", s, errCursor)
	}
	return c, nil
}
