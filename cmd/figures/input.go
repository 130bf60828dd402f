package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"obzvon/cmd/figures/dump"
	"obzvon/pipeline/company"
)

// input is a generated release on disk.
type input struct {
	share float64
	path  string
	stats dump.Stats
	took  time.Duration
	date  company.Date
}

// seed of everything generated; another one would give other bytes.
const seed = 3

// dates of two releases in a row, both young enough not to be stale today.
func dates(today company.Date) (first, next company.Date) {
	t := today.Time()
	next = company.NewDate(t.Year(), t.Month(), 10)
	if next > today {
		next = company.NewDate(t.Year(), t.Month()-1, 10)
	}
	n := next.Time()
	return company.NewDate(n.Year(), n.Month()-1, 10), next
}

// release generates one.
func (p *program) release(ctx context.Context, docs int, share float64, next bool) (in input, err error) {
	in = input{share: share, date: p.first}
	if next {
		in.date = p.next
	}
	g, err := dump.New(dump.Options{Seed: seed, Docs: docs, Share: share, Wanted: p.wanted, Date: in.date, Next: next})
	if err != nil {
		return in, fmt.Errorf("generate a release: %w", err)
	}
	// The published name says that it is a whole release.
	in.path = filepath.Join(p.scratch, fmt.Sprintf("%d-%02.0f", docs, share*100), "data-"+in.date.Time().Format("02012006")+"-structure-10062025.zip")
	p.log.Info("generating", "share", share, "documents", docs, "next", next)
	start := time.Now()
	err = create(in.path, func(w *bufio.Writer) error {
		in.stats, err = g.Write(ctx, w)
		return err
	})
	in.took = time.Since(start)
	if err != nil {
		return in, fmt.Errorf("generate a release: %w", err)
	}
	return in, nil
}

// listings generates the directory's export that goes with a release.
func (p *program) listings(in input) (path string, stats dump.Listings, err error) {
	g, err := dump.New(dump.Options{Seed: seed, Docs: int(in.stats.Docs), Share: in.share, Wanted: p.wanted, Date: in.date})
	if err != nil {
		return "", stats, fmt.Errorf("generate listings: %w", err)
	}
	path = filepath.Join(filepath.Dir(in.path), "listings.csv")
	err = create(path, func(w *bufio.Writer) error {
		stats, err = g.WriteListings(w, min(listingRows, int(in.stats.Docs/20)))
		return err
	})
	return path, stats, err
}

const listingRows = 20_000

func create(path string, fill func(*bufio.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(fill(w), w.Flush())
}

func (in input) String() string {
	s := in.stats
	return fmt.Sprintf("%s documents, %.1f %% wanted (%s), %d members, %s of XML, zip %s: %.0f B of XML and %.0f B of zip a document, deflate ratio %.1f; dated %s, seed %d, generated in %s",
		count(float64(s.Docs)), 100*float64(s.Wanted)/float64(s.Docs), count(float64(s.Wanted)), s.Members, size(float64(s.XML)), size(float64(s.Zip)),
		float64(s.XML)/float64(s.Docs), float64(s.Zip)/float64(s.Docs), float64(s.XML)/float64(s.Zip), in.date, seed, spent(in.took))
}
