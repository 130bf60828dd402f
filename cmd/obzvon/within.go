package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"obzvon/pipeline/gate"
)

// within opens the house for one piece of work and closes it afterwards. The kind
// says what may be done beside it.
func (a *app) within(ctx context.Context, command string, kind gate.Kind, work func(*house) error) (err error) {
	h, err := a.open(ctx, command)
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
		stop, err := a.host(ctx, h, g)
		if err != nil {
			a.log().Warn("other commands must wait for this one", slog.Any("why", err))
		} else {
			defer func() { err = errors.Join(err, stop()) }()
		}
	}
	if err := h.readBefore(ctx, command); err != nil {
		return err
	}
	return work(h)
}

// enter goes through the gate.
func (a *app) enter(ctx context.Context, h *house, g *gate.Gate, p gate.Pass) (leave func(), err error) {
	if held, is := g.Holder(); is && p.Kind == gate.Write && held.Kind == gate.Alone {
		a.log().Info("waiting", slog.String("for", held.String()))
	}
	leave, err = g.Enter(ctx, p)
	if errors.Is(err, gate.ErrBusy) && h.lent != nil {
		return nil, h.lent.busy(err)
	}
	return leave, err
}
