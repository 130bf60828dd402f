// Command figures measures the program beside its limits and peers and writes
// docs/figures.md. It is run in the root of the repository, on a quiet machine:
//
//	make figures                        all at full size, some 20 minutes, 12 GB of scratch
//	FIGURES_DOCS=200000 make figures    a rehearsal
//
// FIGURES_DIR is the folder for scratch, FIGURES_PYTHON the Python that has
// lxml, FIGURES_ROUNDS the interleaved rounds, FIGURES_SLICE how many documents
// slow peers read, FIGURES_PAGE another file to write, FIGURES_PARTS what is
// measured, of scan,peers,nights,store,million,matching,pages,owners.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// gcPercent is that of a night under a memory limit (cmd/obzvon/memory.go), and
// here of all that is measured.
const gcPercent = 400

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := figures(ctx, os.Getenv)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

// program is one sitting.
type program struct {
	set         settings
	log         *slog.Logger
	scratch     string
	binary      string
	machine     machine
	wanted      []company.OKVED
	first, next company.Date // of the releases
	day, later  company.Date // of the lists

	scans    []scanned
	nights   []nights
	stored   stored
	top      *night
	matched  []matched
	phases   []phase
	measures []*measure
	page     page
}

func figures(ctx context.Context, getenv func(string) string) (err error) {
	set, err := readSettings(getenv)
	if err != nil {
		return err
	}
	debug.SetGCPercent(gcPercent)
	p, remove, err := prepare(ctx, set)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	if err := p.measure(ctx); err != nil {
		return err
	}
	p.layOut()
	if err := create(set.page+".new", func(w *bufio.Writer) error { return p.page.write(w) }); err != nil {
		return fmt.Errorf("write %s: %w", set.page, err)
	}
	return os.Rename(set.page+".new", set.page)
}

func (p *program) measure(ctx context.Context) error {
	if slices.ContainsFunc(ofReleases(), p.set.does) {
		if err := p.releases(ctx); err != nil {
			return err
		}
	}
	if p.set.does(partMillion) {
		if err := p.million(ctx); err != nil {
			return err
		}
	}
	if p.set.does(partMatching) {
		var err error
		if p.matched, err = p.matching(ctx); err != nil {
			return err
		}
	}
	if p.set.does(partPages) {
		var err error
		if p.phases, err = p.served(ctx); err != nil {
			return fmt.Errorf("read pages: %w", err)
		}
	}
	if p.set.does(partOwners) {
		return p.benchmarks(ctx)
	}
	return nil
}

// ofReleases are the parts that read a release.
func ofReleases() []string { return []string{partScan, partPeers, partNights, partStore} }

// prepare reads the built-in config, so that what is wanted is what the
// program wants, and builds the program.
func prepare(ctx context.Context, set settings) (*program, func() error, error) {
	cfg, segments, err := config.Load(config.Options{})
	if err != nil {
		return nil, nil, err
	}
	p := &program{set: set, log: slog.New(slog.NewTextHandler(os.Stderr, nil)), wanted: segments.WantedCodes()}
	now := time.Now()
	today := company.DateOf(now)
	p.first, p.next = dates(today)
	calendar := calllist.NewCalendar(cfg.Calendar)
	p.day = calendar.Next(today + 1)
	p.later = calendar.Next(p.day)
	p.machine = describe(ctx, set.python, now)
	p.page.machine = p.machine
	p.page.command = set.command
	var remove func() error
	if p.scratch, remove, err = set.scratch(); err != nil {
		return nil, nil, err
	}
	if set.does(partNights) || set.does(partMillion) || set.does(partPages) {
		err = p.build(ctx)
	}
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	return p, remove, nil
}

// releases measures everything that reads a release, at three shares. A
// release is removed when it has been measured.
func (p *program) releases(ctx context.Context) error {
	for _, share := range []float64{0.12, 0.30, 0.70} {
		if err := p.one(ctx, share); err != nil {
			return fmt.Errorf("%.0f %% wanted: %w", share*100, err)
		}
	}
	return nil
}

func (p *program) one(ctx context.Context, share float64) error {
	in, err := p.release(ctx, p.set.docs, share, false)
	if err != nil {
		return err
	}
	defer discard(filepath.Dir(in.path))
	p.page.inputs = append(p.page.inputs, in.String())
	var scan time.Duration
	if p.set.does(partScan) {
		readers, err := p.scan(ctx, in)
		if err != nil {
			return err
		}
		p.scans = append(p.scans, scanned{share, readers})
		scan = readers[1].took
	}
	switch share {
	case 0.12:
		if err := p.others(ctx, in); err != nil {
			return err
		}
	case 0.70: // has records enough for the store
		if p.set.does(partStore) {
			p.stored, err = p.storing(ctx, in)
		}
		return err
	}
	if !p.set.does(partNights) {
		return nil
	}
	n, err := p.whole(ctx, in, scan)
	if err == nil {
		p.nights = append(p.nights, n)
		p.page.inputs = append(p.page.inputs, n.listings, "a month later: "+n.nextInput.String())
	}
	return err
}

// others measures what one would pick today.
func (p *program) others(ctx context.Context, in input) error {
	if !p.set.does(partPeers) {
		return nil
	}
	readers, err := p.peers(ctx, in)
	if err == nil {
		p.scans = append(p.scans, scanned{in.share, readers})
	}
	return err
}
