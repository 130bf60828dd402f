package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"obzvon/cmd/obzvon/sample"
	"obzvon/config"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/files"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store/bolt"
)

// streams are where a command writes.
type streams struct{ out, err io.Writer }

// app is one command line: flags that all commands share, and what they open.
type app struct {
	io         streams
	environ    []string
	configPath string
	quiet      bool
	verbose    bool
	clock      fetch.Clock // of the network client; nil = the wall's
	watching   *watcher    // shows the progress of the work in hand; nil = none does
}

func (a *app) log() *slog.Logger {
	level := slog.LevelInfo
	switch {
	case a.quiet:
		level = slog.LevelError
	case a.verbose:
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(a.io.err, &slog.HandlerOptions{Level: level, ReplaceAttr: dropTime}))
}

// dropTime leaves the time to whoever collects the lines.
func dropTime(groups []string, attr slog.Attr) slog.Attr {
	if len(groups) == 0 && attr.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return attr
}

// house is an opened installation. Close it.
type house struct {
	config   *config.Config
	segments *config.Segments
	sample   bool
	dir      string // where the stores stand
	memory   memoryBound
	client   *fetch.Client
	sites    *fetch.Client // of the sample's sites; nil = client visits sites too
	guest    *fetch.Guest
	store    *bolt.Store
	night    *night.Night
}

func (h *house) Close() error {
	h.memory.release()
	if h.guest != nil {
		h.guest.Close()
	}
	if h.sites != nil {
		h.sites.Close()
	}
	h.client.Close()
	if h.store == nil {
		return nil
	}
	return h.store.Close()
}

// load reads the config and decides between sample and real data.
func (a *app) load() (*house, error) {
	cfg, seg, err := config.Load(config.Options{Path: a.configPath, Environ: a.environ})
	if err != nil {
		return nil, err
	}
	h := &house{config: cfg, segments: seg, client: a.newClient(cfg.Fetch)}
	h.memory = boundMemory(cfg.Run.MemoryLimit.Bytes(), a.environ)
	a.log().Debug("memory", slog.String("bound", h.memory.words))
	if h.sample, err = onlySample(cfg); err != nil {
		return nil, errors.Join(usage(err), h.Close())
	}
	if err := h.newGuest(); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	h.dir = cfg.DataDir
	if h.sample {
		h.dir = filepath.Join(cfg.DataDir, "sample")
	}
	return h, nil
}

// open loads the config, opens the stores and sets up the night.
func (a *app) open(ctx context.Context, command string) (*house, error) {
	h, err := a.load()
	if err != nil {
		return nil, err
	}
	h.store, err = bolt.Open(ctx, bolt.Options{
		Dir: h.dir, LockTimeout: h.config.Store.LockTimeout, Command: command, Now: time.Now,
	})
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	if h.night, err = h.build(); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// withConfig loads the config for a piece of work that needs no open stores.
func (a *app) withConfig(work func(*house) error) (err error) {
	h, err := a.load()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	return work(h)
}

// within opens the house for one piece of work and closes it afterwards.
func (a *app) within(ctx context.Context, command string, work func(*house) error) (err error) {
	h, err := a.open(ctx, command)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := h.readBefore(ctx, command); err != nil {
		return err
	}
	return work(h)
}

// onlySample tells whether the sources are sample data. Invented companies
// beside real ones would be called, so a mix is refused.
func onlySample(cfg *config.Config) (bool, error) {
	var invented, real []string
	for _, s := range cfg.Sections(config.Sources) {
		if !s.Enabled {
			continue
		}
		for _, p := range s.Paths {
			if strings.HasPrefix(p, files.EmbedPrefix) {
				invented = append(invented, s.Name)
			} else {
				real = append(real, s.Name)
			}
		}
		if len(s.Paths) == 0 {
			real = append(real, s.Name)
		}
	}
	if len(invented) > 0 && len(real) > 0 {
		return false, fmt.Errorf("sources %s read sample data beside real sources %s: "+
			"invented companies must not come into a real list; remove the paths that begin with %q",
			strings.Join(invented, ", "), strings.Join(real, ", "), files.EmbedPrefix)
	}
	return len(invented) > 0, nil
}

func expander() files.Expander { return files.Expander{Embedded: sample.FS()} }

// printJSON writes one document and nothing else to standard output.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.io.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	return nil
}
