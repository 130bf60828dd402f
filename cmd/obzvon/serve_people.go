package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"obzvon/pipeline/account"
)

// readyPeople sets up who may come in. Where there is nobody it makes an
// administrator, and says where his password is.
func (s *server) readyPeople(ctx context.Context, h *house) (err error) {
	if s.users, err = account.NewUsers(account.Options{Store: h.store, Dir: h.dir}); err != nil {
		return fmt.Errorf("set up accounts: %w", err)
	}
	s.door = account.NewDoor(s.users, h.config.Web.SessionIdle, h.config.Web.SessionMost)
	path, err := account.First(ctx, h.store, h.dir, time.Now(), nil)
	if err != nil {
		return fmt.Errorf("make the first account: %w", err)
	}
	if path != "" {
		fmt.Fprintf(s.app.io.out, "log in as %s with the one-time password in %s\n", account.FirstName, path)
	}
	return nil
}

// sweepEvery is how often logins that are over are removed. Until then they are
// refused all the same.
const sweepEvery = time.Hour

// sweepLogins removes logins that are over, until ctx ends.
func (s *server) sweepLogins(ctx context.Context) error {
	timer := time.NewTicker(sweepEvery)
	defer timer.Stop()
	for {
		if n, err := s.door.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("remove logins that are over", slog.Any("why", err))
		} else if n > 0 {
			s.log.Debug("logins that were over", slog.Int("removed", n))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
	}
}
