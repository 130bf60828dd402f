package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/coreos/go-systemd/v22/daemon"

	"obzvon/pipeline/night"
)

// houses are the house that owns the store, and the one whose config is in force:
// the newest that could be read.
type houses struct {
	own *house

	mu   sync.Mutex
	live *house

	night sync.Mutex // held while a night needs the network of the house in force
}

func newHouses(h *house) *houses { return &houses{own: h, live: h} }

// now is the house whose config is in force. It stays usable after another has
// taken its place, but for the network.
func (s *houses) now() *house {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.live
}

// put lets a house take the place of the one in force. s.night must be held: a night
// would lose its network.
func (s *houses) put(h *house) error {
	s.mu.Lock()
	old := s.live
	s.live = h
	s.mu.Unlock()
	if old == s.own {
		return nil
	}
	return old.Close()
}

func (s *houses) close() error {
	err := s.put(s.own)
	return errors.Join(err, s.own.Close())
}

// night makes one night by the config files as they are now. If they cannot be
// read, the last good ones hold, and that is told.
func (s *server) night(ctx context.Context, req night.Request, progress func(night.Event)) (r *night.Report, err error) {
	s.houses.night.Lock()
	defer s.houses.night.Unlock()
	broken := s.reload(ctx)
	h := *s.houses.now()
	if broken != nil { // which files there are may have changed all the same
		if h.night, err = h.build(); err != nil {
			return nil, err
		}
	}
	if err := knownSources(&h, req.Only); err != nil {
		return nil, err
	}
	s.app.sweepAnswers(ctx, &h)
	n := *h.night
	n.Progress = progress
	r, err = n.Run(ctx, req)
	if broken != nil && r != nil {
		r.Short = append(r.Short, "the config files cannot be read, the last good ones hold: "+broken.Error())
	}
	return r, err
}

// reload reads the config files. An error says why they do not hold; it has been
// logged and told.
func (s *server) reload(ctx context.Context) error {
	h, err := s.guest.open(ctx, "serve")
	if err == nil && h.sample != s.houses.own.sample {
		err = errors.Join(errors.New("sample and real data do not change while the server runs: restart it"), h.Close())
	}
	if err == nil {
		if err := s.houses.put(h); err != nil {
			s.log.Warn("close what an older config had opened", slog.Any("why", err))
		}
		return nil
	}
	if ctx.Err() != nil {
		return nil // it is being stopped: that says nothing about the files
	}
	s.log.Error("the config files cannot be read; the last good ones hold", slog.Any("why", err))
	s.rings.config(err)
	return fmt.Errorf("reload: %w", err)
}

// hangups reads the config anew at each SIGHUP. While a night goes on, the next one
// does that.
func (s *server) hangups(ctx context.Context, above *supervisor) error {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	defer signal.Stop(c)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-c:
		}
		above.tell(daemon.SdNotifyReloading + "\n" + daemon.SdNotifyMonotonicUsec())
		s.hangup(ctx)
		above.tell(daemon.SdNotifyReady)
	}
}

func (s *server) hangup(ctx context.Context) {
	if !s.houses.night.TryLock() {
		s.log.Info("a night goes on: the config is read when the next one begins")
		return
	}
	defer s.houses.night.Unlock()
	if s.reload(ctx) == nil {
		s.log.Info("the config was read; schedule, addresses and inbox change with a restart")
	}
}
