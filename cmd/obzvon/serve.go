package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"obzvon/pipeline/account"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/gauge"
	"obzvon/pipeline/shift"
)

func newServe(a *app) *cobra.Command {
	var form string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Make the list by the clock and give each person their page",
		Long: "serve holds the store and runs until it is stopped. By schedule in the config it\n" +
			"makes the night's list, makes up for a night that was missed, backs up after each,\n" +
			"takes in the files of inbox, and serves the pages at web.listen. Other commands\n" +
			"that are started beside it are done by it.\n\n" +
			"SIGTERM and Ctrl-C end it with 0: requests are answered, a night in hand keeps\n" +
			"what it has and goes on when the server runs again. SIGHUP reads the config files\n" +
			"anew, which each night does by itself; schedule, addresses and inbox change with a\n" +
			"restart, which takes seconds and loses nothing. Files of TLS are read again when\n" +
			"they change.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if form != "text" && form != "json" {
				return usage(fmt.Errorf("--log %q: want text or json", form))
			}
			a.jsonLog = form == "json"
			return a.serve(cmd.Context())
		},
	}
	c.Flags().StringVar(&form, "log", "text", "form of the log on standard error: `text` or json")
	return c
}

// server is an open house that works by the clock.
type server struct {
	app    *app
	guest  *app // as which each night and file is worked on: it borrows the store
	log    *slog.Logger
	gate   *gate.Gate
	houses *houses
	keeper *shift.Keeper
	rings  *bells
	users  *account.Users
	door   *account.Door
	gauge  *gauge.Gauge

	refused atomic.Int64 // logins
}

func (a *app) serve(ctx context.Context) (err error) {
	h, err := a.open(ctx, "serve")
	if err != nil {
		return err
	}
	s := &server{app: a, log: a.log(), gate: gate.New(time.Now), houses: newHouses(h)}
	guest := *a
	guest.lent = h.lend("serve", s.gate)
	s.guest = &guest
	defer func() { err = errors.Join(err, s.houses.close()) }()
	if err := s.readyPeople(ctx, h); err != nil {
		return err
	}
	if s.gauge, err = gauge.New(versionText()); err != nil {
		return err
	}
	s.guest.told = s.gauge.Call
	if s.rings, err = newBells(h.config, s.log, s.gauge); err != nil {
		return err
	}
	if s.keeper, err = s.newKeeper(h); err != nil {
		return err
	}
	handler, err := a.layPages(s)
	if err != nil {
		return fmt.Errorf("lay out the pages: %w", err)
	}
	return s.run(ctx, h, handler)
}

// run keeps everything going until ctx ends or something fails.
func (s *server) run(ctx context.Context, h *house, handler http.Handler) (err error) {
	door, err := newDoor(h.config.Web, handler, s.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, door.close()) }()
	stop, err := s.app.host(ctx, h, s.gate)
	if err != nil {
		s.log.Warn("commands beside the server must wait for its end", slog.Any("why", err))
	} else {
		defer func() { err = errors.Join(err, stop()) }()
	}
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return s.keeper.Run(ctx) })
	work.Go(func() error { return door.serve(ctx) })
	work.Go(func() error { return s.rings.run(ctx) })
	work.Go(func() error { return s.sweepLogins(ctx) })
	work.Go(func() error { return (&lookout{server: s, house: h}).watch(ctx) })
	work.Go(func() error { return s.measure(ctx, h) })
	if box := s.newBox(h); box != nil {
		work.Go(func() error { return box.Run(ctx) })
	}
	above := &supervisor{keeper: s.keeper, store: h.store, log: s.log}
	work.Go(func() error { return above.watch(ctx) })
	work.Go(func() error { return above.show(ctx) })
	work.Go(func() error { return s.hangups(ctx, above) })
	fmt.Fprintln(s.app.io.out, door.welcome())
	above.tell(daemon.SdNotifyReady)
	stopping := context.AfterFunc(ctx, func() { above.tell(daemon.SdNotifyStopping) })
	defer stopping()
	return work.Wait()
}

// newKeeper sets up who works the nights.
func (s *server) newKeeper(h *house) (*shift.Keeper, error) {
	rota, err := shift.NewRota(h.config, h.sample)
	if err != nil {
		return nil, usage(err)
	}
	return shift.NewKeeper(shift.Options{
		Rota: rota, Gate: s.gate, Runs: h.store, Work: s.night, Notify: s.ended,
		Steps: []shift.Step{{Name: stepBackup, Do: s.backup}}, Log: s.log,
	}), nil
}
