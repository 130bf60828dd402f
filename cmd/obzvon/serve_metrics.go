package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/gauge"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/night"
	"obzvon/pipeline/shift"
	"obzvon/pipeline/store"
)

// measureEvery is how often the sizes of files are looked at.
const measureEvery = time.Minute

// ended counts a night and tells of it.
func (s *server) ended(ctx context.Context, o shift.Outcome) error {
	if ctx.Err() != nil {
		return nil // the server is being stopped: that is no news of the night
	}
	s.gauge.Run(o.Report, o.Err)
	if o.Report != nil {
		if err := s.countList(ctx, o.Report.Day); err != nil {
			s.log.Warn("count the rows of the list", slog.Any("why", err))
		}
	}
	return s.rings.night(ctx, o)
}

// countList tells the metrics what the day's list is made of.
func (s *server) countList(ctx context.Context, day company.Date) error {
	data, err := s.houses.own.store.List(ctx, day)
	if errors.Is(err, store.ErrNotFound) {
		return nil // no list was issued
	}
	if err != nil {
		return err
	}
	list, err := calllist.Decode(data)
	if err != nil {
		return err
	}
	rows := map[calllist.Pool]int{}
	for i := range list.Rows {
		rows[list.Rows[i].Pool]++
	}
	s.gauge.List(rows)
	return nil
}

// recall tells the metrics of the last run before this process.
func (s *server) recall(ctx context.Context) error {
	run, err := s.houses.own.store.LastCompleted(ctx, company.NewDate(9999, time.December, 31))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the last run: %w", err)
	}
	var report night.Report
	if err := json.Unmarshal(run.Report, &report); err != nil {
		return fmt.Errorf("read the report of %s: %w", run.Day, err)
	}
	s.gauge.Recall(&report, nil)
	return s.countList(ctx, run.Day)
}

// measure keeps the metrics up to date and, where config says so, serves them at an
// address of their own: nobody is asked for a password there.
func (s *server) measure(ctx context.Context, h *house) error {
	if h.config.Web.MetricsListen == "" {
		return nil
	}
	listener, err := net.Listen("tcp", h.config.Web.MetricsListen)
	if err != nil {
		return fmt.Errorf("web.metrics_listen %s: %w", h.config.Web.MetricsListen, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.gauge.Handler())
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: headTime, ReadTimeout: headTime, WriteTimeout: time.Minute, IdleTimeout: idleTime,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	if err := s.recall(ctx); err != nil {
		s.log.Warn("metrics begin without the last run", slog.Any("why", err))
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	s.log.Info("metrics", slog.String("address", "http://"+listener.Addr().String()+"/metrics"))
	timer := time.NewTicker(measureEvery)
	defer timer.Stop()
	for {
		s.sizes(h)
		_, busy := s.gate.Holder()
		s.gauge.Running(busy)
		select {
		case <-timer.C:
		case err := <-ended:
			return fmt.Errorf("serve the metrics: %w", err)
		case <-ctx.Done():
			err := server.Close() // a scrape that is cut is made again
			if why := <-ended; !errors.Is(why, http.ErrServerClosed) {
				err = errors.Join(err, why)
			}
			return err
		}
	}
}

// sizes looks at the files of the store.
func (s *server) sizes(h *house) {
	for file, name := range map[gauge.StoreFile]string{
		gauge.FileRegistry: "registry.db", gauge.FileState: "state.db", gauge.FileJournal: journal.Name,
	} {
		info, err := os.Stat(filepath.Join(h.dir, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			s.log.Warn("look at a file of the store", slog.Any("why", err))
			continue
		}
		s.gauge.StoreSize(file, info.Size())
	}
}
