package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"obzvon/pipeline/company"
	"obzvon/pipeline/shift"
	"obzvon/pipeline/store"
)

// supervisor is systemd, as sd_notify(3) reaches it. Without one nothing is sent.
type supervisor struct {
	keeper *shift.Keeper
	store  store.Runs
	log    *slog.Logger
}

func (s *supervisor) tell(state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		s.log.Warn("tell systemd", slog.Any("why", err))
	}
}

// watch feeds the watchdog as long as nights would begin and the store answers.
func (s *supervisor) watch(ctx context.Context) error {
	every, err := daemon.SdWatchdogEnabled(false)
	if err != nil {
		s.log.Warn("read what the watchdog of systemd wants", slog.Any("why", err))
	}
	if err != nil || every == 0 {
		return nil
	}
	for {
		timer := time.NewTimer(every / 2)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
		if err := s.well(ctx, every/4); err == nil {
			s.tell(daemon.SdNotifyWatchdog)
		} else if ctx.Err() == nil {
			s.log.Error("not well: the watchdog is not fed", slog.Any("why", err))
		}
	}
}

// well says why the server does not do its work, nil if it does.
func (s *supervisor) well(ctx context.Context, most time.Duration) error {
	if err := s.keeper.Alive(); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, most)
	defer stop()
	answered := make(chan error, 1)
	go func() { // a store that hangs does not heed its context; the watchdog ends us then
		_, err := s.store.LastCompleted(ctx, company.NewDate(9999, time.December, 31))
		answered <- err
	}()
	select {
	case err := <-answered:
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("ask the store: %w", err)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("the store does not answer: %w", context.Cause(ctx))
	}
}

// show says in `systemctl status` what goes on.
func (s *supervisor) show(ctx context.Context) error {
	said := ""
	for st := range s.keeper.Watch(ctx) {
		if text := statusLine(st); text != said {
			said = text
			s.tell("STATUS=" + text)
		}
	}
	return nil
}

func statusLine(s shift.Status) string {
	switch {
	case s.Night != nil && s.Night.Step != "":
		return "after the night: " + s.Night.Step
	case s.Night != nil && s.Night.Stage == "":
		return "night: beginning"
	case s.Night != nil:
		line := "night: " + stageTitles[s.Night.Stage]
		if s.Night.Source != "" {
			line += " " + s.Night.Source
		}
		return line
	case s.Next == nil:
		return "waiting; the schedule is off"
	}
	return fmt.Sprintf("waiting; the next night begins %s for %s", s.Next.At.In(s.Zone).Format("2006-01-02 15:04 MST"), s.Next.Day)
}
