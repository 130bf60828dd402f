package pipeline

import (
	"errors"
	"fmt"
)

// Errors that callers tell apart with errors.Is. Adapters wrap them.
var (
	ErrCounts      = errors.New("rows do not add up")
	ErrUnknownForm = errors.New("input of unknown form")     // wrong header, another file type
	ErrDamaged     = errors.New("damaged input")             // truncated, broken checksum, cut XML
	ErrEmpty       = errors.New("empty input")               //
	ErrTooLarge    = errors.New("input larger than allowed") // a bomb or not our file
	ErrNotFound    = errors.New("not found")

	// ErrUnfinished ends a pull, or an enricher's asks, that goes on another day:
	// what may be spent on one day is spent. It is no failure.
	ErrUnfinished = errors.New("more is left for another day")
)

// CountsError shows the equation that does not hold. It is ErrCounts.
type CountsError struct{ Counts Counts }

func (e *CountsError) Error() string {
	c := e.Counts
	return fmt.Sprintf("%v: declared %d, read %d + unread %d; read %d, taken %d + not wanted %d + quarantined %d",
		ErrCounts, c.Declared, c.Read, c.Unread, c.Read, c.Taken, c.NotWanted, c.Quarantined)
}

// Is makes errors.Is(err, ErrCounts) hold.
func (e *CountsError) Is(target error) bool { return target == ErrCounts }
