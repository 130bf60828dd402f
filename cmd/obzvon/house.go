package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"obzvon/config"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/files"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store/bolt"
)

// house is an opened installation. Close it.
type house struct {
	config   *config.Config
	segments *config.Segments
	sample   bool
	dir      string // where the stores stand
	by       string // whose command it is opened for
	command  string // for which the store was opened
	memory   memoryBound
	client   *fetch.Client
	sites    *fetch.Client // of the sample's sites; nil = client visits sites too
	guest    *fetch.Guest
	store    *bolt.Store
	lent     *lent // whose the store is; nil = this house's own
	night    *night.Night
	written  *journal.Journal
	audit    *audit.Folder
	told     func(service, outcome string, took time.Duration)
	fresh    map[string]time.Duration // for how long answers are used again, by service
	opened   *[]service.Options       // takes those of the services that an adapter opens; nil = nobody asks: pages make adapters at any time
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
	return h.giveBack()
}

// giveBack closes the store, if it is this house's own.
func (h *house) giveBack() error {
	if h.store == nil || h.lent != nil {
		return nil
	}
	return h.store.Close()
}

// load reads the config and decides between sample and real data.
func (a *app) load() (*house, error) {
	cfg, seg, err := config.Load(a.caller.options(a.configPath, a.environ))
	if err != nil {
		return nil, err
	}
	roots, err := authorities(cfg.Fetch.CAFile)
	if err != nil {
		return nil, err
	}
	h := &house{config: cfg, segments: seg, by: a.by(), told: a.told, client: a.newClient(cfg.Fetch, roots)}
	if a.lent == nil { // whoever lends a store has bounded this process
		h.memory = boundMemory(cfg.Run.MemoryLimit.Bytes(), a.environ)
		a.log().Debug("memory", slog.String("bound", h.memory.words))
	}
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
	h.written, h.audit = journal.In(h.dir), audit.In(h.dir)
	return h, nil
}

// open loads the config, opens the stores, or borrows them, and sets up the night.
func (a *app) open(ctx context.Context, command string) (*house, error) {
	h, err := a.load()
	if err != nil {
		return nil, err
	}
	if err := a.settle(ctx, h, command, h.config.Store.LockTimeout); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// settle opens the store and sets up the night.
func (a *app) settle(ctx context.Context, h *house, command string, wait time.Duration) error {
	err := a.take(ctx, h, command, wait)
	if err == nil {
		h.night, err = h.build()
	}
	return err
}

// take opens the store of a house, waiting so long for its lock, or borrows the one
// that is lent.
func (a *app) take(ctx context.Context, h *house, command string, wait time.Duration) (err error) {
	h.command = command
	if a.lent != nil {
		return h.borrow(a.lent)
	}
	h.store, err = bolt.Open(ctx, h.storeOptions(command, wait))
	return err
}

func (h *house) storeOptions(command string, wait time.Duration) bolt.Options {
	return bolt.Options{Dir: h.dir, LockTimeout: wait, Command: command, Now: time.Now}
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
