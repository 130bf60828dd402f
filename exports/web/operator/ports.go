package operator

import "fmt"

// Ports are what the pages ask for. Reads change nothing; every change is whole or
// not done at all, and is written down under the name of who made it.
type Ports struct {
	Night  Night
	Health Health
	People People
	Stops  Stops
	Forget Forget
	Audit  Audit
}

// RefusedError is that something cannot be done, in words for the reader.
type RefusedError struct {
	Text string // Russian: why, and what to do
	Err  error  // for the log; may be nil
}

func (e *RefusedError) Error() string {
	if e.Err == nil {
		return "refused: " + e.Text
	}
	return fmt.Sprintf("refused: %v", e.Err)
}

// Unwrap gives the cause.
func (e *RefusedError) Unwrap() error { return e.Err }

// BusyError is that something else goes on.
type BusyError struct {
	What string // Russian: what goes on, who began it and when
	Err  error
}

func (e *BusyError) Error() string { return fmt.Sprintf("busy: %v", e.Err) }

// Unwrap gives the cause.
func (e *BusyError) Unwrap() error { return e.Err }
