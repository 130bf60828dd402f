package members

import (
	"errors"
	"fmt"
)

// ErrCursor is returned for a cursor that no pull of this package gave out.
var ErrCursor = errors.New("not a cursor of this kind of source")

// cursor is the unit whose batch was yielded last, and whether any unit up to
// it could be read.
type cursor struct {
	input, member int
	read          bool
}

func (c cursor) String() string { return fmt.Sprintf("1:%d:%d:%t", c.input, c.member, c.read) }

// parseCursor returns a position before the first unit for "".
func parseCursor(s string) (cursor, error) {
	if s == "" {
		return cursor{member: -1}, nil
	}
	var c cursor
	n, err := fmt.Sscanf(s, "1:%d:%d:%t", &c.input, &c.member, &c.read)
	if err != nil || n != 3 || c.String() != s || c.input < 0 || c.member < 0 {
		return cursor{}, fmt.Errorf("%q: %w", s, ErrCursor)
	}
	return c, nil
}
