package service

import (
	"errors"
	"time"
)

// Odd tells one company of which a service answers in an odd form from a service that
// has changed its form for all: else the first of the companies, if it is the odd one,
// would end the asks of every night. The zero value has seen nothing.
type Odd struct {
	row    int
	last   error
	others bool
}

const (
	// oddInRow is how many odd answers on end say that the form has changed.
	oddInRow = 3
	// OddAgain is when a company that was borne may be asked for again: the next night.
	OddAgain = 12 * time.Hour
)

// Bears tells of the error of one company, or nil, whether the asks go on though it is
// ErrLayout.
func (o *Odd) Bears(err error) bool {
	if !errors.Is(err, ErrLayout) {
		o.row, o.others = 0, o.others || err == nil
		return false
	}
	o.row, o.last = o.row+1, err
	return o.row < oddInRow
}

// Left is, when all were asked for, what was borne though nobody was answered well.
func (o *Odd) Left() error {
	if o.others {
		return nil
	}
	return o.last
}
