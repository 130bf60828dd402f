package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline/gate"
	"obzvon/pipeline/socket"
)

// patience is how long somebody else's command may keep the others waiting.
const patience = 10 * time.Second

// host lets other commands work on the store of a house through the socket in its
// folder, until stop is called: that waits for those inside, so call it before the
// house is closed. When the context ends they are cancelled. The gate is the one
// through which everything else of this process goes to the store. Without a socket
// commands beside this one wait for the lock and then say who holds the store; so an
// error need not end the process.
func (a *app) host(ctx context.Context, h *house, g *gate.Gate) (stop func() error, err error) {
	l := h.lend(h.command, g)
	s, err := socket.Listen(ctx, socket.Options{
		Dir: h.dir, Version: l.version, Patience: patience,
		Handle: func(ctx context.Context, guest *socket.Guest) int { return a.doFor(ctx, l, guest) },
	})
	if err != nil {
		return nil, err
	}
	return s.Close, nil
}

// doFor does the command of another process on the store of this one.
func (a *app) doFor(ctx context.Context, l *lent, guest *socket.Guest) int {
	theirs := &app{
		io:      streams{in: guest.Stdin(), out: guest.Stdout(), err: guest.Stderr(), live: guest.Terminal},
		files:   guest,
		environ: slices.Concat(others(a.environ), guest.Environ),
		clock:   a.clock,
		lent:    l,
		caller:  caller{user: guest.Who, hurry: guest.Hurry},
	}
	if here, err := os.Getwd(); err != nil || here != guest.Dir {
		theirs.caller.dir = guest.Dir
	}
	return a.unbroken(theirs.io.err, func() int { return theirs.execute(ctx, guest.Args) })
}

// unbroken keeps a command of another process that panics from taking this one along.
func (a *app) unbroken(theirs io.Writer, do func() int) (code int) {
	defer func() {
		if broken := recover(); broken != nil {
			a.log().Error("a command beside this one broke off", slog.Any("why", broken), slog.String("stack", string(debug.Stack())))
			fmt.Fprintf(theirs, "obzvon: broke off: %v; the log of the process that holds the store tells where\n", broken)
			code = exitFailed
		}
	}()
	return do()
}

const variables = "OBZVON_"

// own are the variables that configure, others all but them.
func own(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(v string) bool { return !strings.HasPrefix(v, variables) })
}

func others(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(v string) bool { return strings.HasPrefix(v, variables) })
}

// elsewhere has the command done by whoever holds the store and listens. The error
// is socket.ErrNoHost if nobody does, exitError when it was done.
func (a *app) elsewhere(ctx context.Context, h *house) error {
	if a.lent != nil {
		return socket.ErrNoHost // this is whoever holds it
	}
	line, err := socket.Dial(h.dir)
	if err != nil {
		return err
	}
	r := socket.Request{Version: buildText(), Args: a.args, Environ: own(a.environ), User: whoami(), Terminal: a.io.live}
	if r.Dir, err = os.Getwd(); err != nil {
		return fmt.Errorf("name the working directory: %w", err)
	}
	code, err := line.Call(ctx, r, socket.Local{
		Stdin: a.io.in, Stdout: a.io.out, Stderr: a.io.err, Files: socket.Only(a.disk(), a.args),
	})
	switch {
	case errors.Is(err, socket.ErrVersion):
		return fmt.Errorf("store %s is held by another process: %w", h.dir, err)
	case errors.Is(err, socket.ErrHostGone):
		return fmt.Errorf("%w: run it again (what it was to change may be changed already)", err)
	case err != nil:
		return err
	}
	return exitError(code)
}
