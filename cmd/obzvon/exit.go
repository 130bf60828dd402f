package main

import (
	"context"
	"errors"
	"fmt"

	"obzvon/config"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/socket"
	"obzvon/pipeline/store/bolt"
)

// Exit codes, as promised in the README.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitShort  = 3
	exitLocked = 4
)

const exitCodes = `Exit codes:
  0  done; expected quarantine is a line in the report
  1  failed
  2  wrong usage or config
  3  done, but a source failed, is stale, incomplete or off, or quarantined
     more than its limit, or the deadline came first; or done, but some rows
     that people wrote were not understood
  4  another process holds the store`

// usageError is a command line or a config that cannot be used.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usage(err error) error { return usageError{err} }

// exitError ends a command that another process has done: all has been said.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d of another process", int(e)) }

// errShort ends a run whose result is there but not whole. The reasons have
// been printed with the report.
var errShort = errors.New("the result is there, but something is missing: see the report")

// finish prints an error and picks the exit code.
func (a *app) finish(ctx context.Context, err error) int {
	var wrong usageError
	var there exitError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &there):
		return int(there)
	case errors.Is(err, errShort):
		return exitShort
	case ctx.Err() != nil && errors.Is(err, night.ErrUnkept):
		fmt.Fprintf(a.io.err, "obzvon: stopped: %v. Run the same command again: it goes on.\n", err)
		return exitFailed
	case ctx.Err() != nil:
		fmt.Fprintln(a.io.err, "obzvon: stopped. Nothing is lost: run the same command again and it goes on.")
		return exitFailed
	}
	fmt.Fprintf(a.io.err, "obzvon: %v\n", err)
	switch {
	case errors.Is(err, bolt.ErrLocked), errors.Is(err, gate.ErrBusy), errors.Is(err, socket.ErrVersion):
		return exitLocked
	case errors.As(err, &wrong), errors.Is(err, config.ErrConfig), errors.Is(err, night.ErrNotWorkday), errors.Is(err, night.ErrNoCalendar), errors.Is(err, night.ErrQuery):
		return exitUsage
	}
	return exitFailed
}
