package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"obzvon/pipeline/gate"
	"obzvon/pipeline/socket"
	"obzvon/pipeline/store/bolt"
)

// within does one piece of work in an opened house and closes it afterwards. The
// kind says what may be done beside it. If another process holds the store and
// listens, the whole command is done there, and the error is its exitError. A night
// lends its house to the commands of others meanwhile.
func (a *app) within(ctx context.Context, command string, kind gate.Kind, work func(*house) error) (err error) {
	h, err := a.reach(ctx, command)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	g := gate.New(time.Now)
	if h.lent != nil {
		g = h.lent.gate
	}
	leave, err := a.enter(ctx, h, g, gate.Pass{Kind: kind, What: command, Who: h.by})
	if err != nil {
		return err
	}
	defer leave()
	if kind == gate.Night && h.lent == nil {
		stop, alone := a.host(ctx, h, g)
		if alone != nil {
			a.log().Warn("other commands must wait for this one", slog.Any("why", alone))
		} else {
			defer func() { err = errors.Join(err, stop()) }()
		}
	}
	if err := h.readBefore(ctx, command); err != nil {
		return err
	}
	return work(h)
}

// lockSlice is how long a command waits for the lock before it asks again whether
// somebody listens: whoever has just opened the store does not yet.
const lockSlice = 200 * time.Millisecond

// reach opens the house, or has the command done by whoever holds the store.
func (a *app) reach(ctx context.Context, command string) (*house, error) {
	h, err := a.load()
	if err != nil {
		return nil, err
	}
	if a.lent != nil {
		err = a.settle(ctx, h, command, 0)
	} else {
		err = a.waitFor(ctx, h, command)
	}
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// waitFor asks for a host and for the lock in turn, until store.lock_timeout.
func (a *app) waitFor(ctx context.Context, h *house, command string) error {
	for until := time.Now().Add(h.config.Store.LockTimeout); ; {
		if err := a.elsewhere(ctx, h); !errors.Is(err, socket.ErrNoHost) {
			return err
		}
		left := max(0, time.Until(until))
		if err := a.settle(ctx, h, command, min(left, lockSlice)); !errors.Is(err, bolt.ErrLocked) || left == 0 {
			return err
		}
	}
}

// enter goes through the gate.
func (a *app) enter(ctx context.Context, h *house, g *gate.Gate, p gate.Pass) (leave func(), err error) {
	if p.Kind != gate.Read && a.caller.hurry != nil {
		a.caller.hurry()
	}
	if held, is := g.Holder(); is && p.Kind == gate.Write && held.Kind == gate.Alone {
		a.log().Info("waiting", slog.String("for", held.String()))
	}
	leave, err = g.Enter(ctx, p)
	if errors.Is(err, gate.ErrBusy) && h.lent != nil {
		return nil, h.lent.busy(err)
	}
	return leave, err
}
