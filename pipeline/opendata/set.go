package opendata

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
)

// Set is one data set and the folder that holds its newest releases.
type Set struct {
	name    string
	dir     string
	options Options
	client  *fetch.Client
	disk    disk.Disk
}

// NewSet makes a set. name is that of the source, for messages; dir is the
// folder of its releases, which nothing else should write to.
func NewSet(name, dir string, o Options, client *fetch.Client) (*Set, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	return &Set{name: name, dir: dir, options: o, client: client, disk: client.Disk()}, nil
}

// Local tells that the releases lie on this machine and are not fetched.
func (s *Set) Local() bool { return !remote(s.options.From) }

// Prepare brings the newest release into the folder, unless it is there, and
// removes what is older than the newest few. It may be stopped at any moment
// and called again. After an error all releases that were there are there.
func (s *Set) Prepare(ctx context.Context, progress func(pipeline.Progress)) error {
	if s.Local() {
		if _, err := os.Stat(s.options.path()); err != nil {
			return fmt.Errorf("set %s: %w: %w", s.name, pipeline.ErrNotFound, withoutPath(err))
		}
		return nil
	}
	if err := s.prepare(ctx, progress); err != nil {
		return fmt.Errorf("set %s: %w", s.name, err)
	}
	return nil
}

func (s *Set) prepare(ctx context.Context, progress func(pipeline.Progress)) error {
	st := s.loadState()
	if err := s.look(ctx, &st); err != nil {
		return err
	}
	newest := st.Newest
	here, err := s.releases(st)
	if err != nil {
		return err
	}
	here = readable(here)
	if n := len(here); n > 0 && newest.Date.Known() && newest.Date < here[n-1].date {
		return s.clean(st) // the page is behind; Advice says so
	}
	got, err := s.client.Download(ctx, newest.URL, filepath.Join(s.dir, newest.Name), fetch.DownloadOptions{Progress: progress})
	if err != nil {
		return err
	}
	if !newest.Date.Known() {
		newest.Date = modified(got.Validators)
	}
	if newest.Date != dateOf(newest.Name, 0) {
		st.Dates[newest.Name] = newest.Date
	}
	return s.clean(st)
}

// look asks what the newest release is. A page that has not changed since is
// not sent again.
func (s *Set) look(ctx context.Context, st *state) error {
	from := s.options.From
	u, err := url.Parse(from)
	if err != nil {
		return fmt.Errorf("%w: from", ErrOptions) // Validate has seen it
	}
	if from := digest(from); st.From != from {
		st.From, st.Page, st.Newest = from, fetch.Validators{}, Release{}
	}
	if strings.EqualFold(path.Ext(u.Path), ".zip") {
		r, ok := releaseAt(from, u, 0)
		if !ok {
			return fmt.Errorf("%w: from: the name of the zip must be of latin letters, digits and . - _", ErrOptions)
		}
		st.Page, st.Newest = fetch.Validators{}, r
		return nil
	}
	page, err := s.client.Get(ctx, from, fetch.PageOptions{Since: st.Page})
	if err != nil || page.NotModified {
		return err
	}
	r, err := Newest(page.Body, page.URL)
	if err != nil {
		return fmt.Errorf("%s: %w", fetch.Show(page.URL), err)
	}
	st.Page, st.Newest = page.Validators, r
	return nil
}

// clean writes down what is known and removes what is not kept. It runs when
// the newest release stands.
func (s *Set) clean(st state) error {
	here, err := s.releases(st)
	if err != nil {
		return err
	}
	kept := s.kept(here, st.Newest.Name)
	known := st.Dates
	st.Dates = map[string]company.Date{}
	for name, date := range known {
		if slices.Contains(kept, name) {
			st.Dates[name] = date
		}
	}
	if secretive(st.Newest.URL) || secretive(s.options.From) {
		st.Page, st.Newest = fetch.Validators{}, Release{} // ask anew each time
	}
	if err := s.saveState(st); err != nil {
		return err
	}
	return s.sweep(here, kept)
}

// kept names the releases that stay: the newest few, the one just fetched
// among them, and those that somebody else has put here.
func (s *Set) kept(here []release, newest string) []string {
	var names []string
	left := s.options.keep()
	if slices.ContainsFunc(here, func(r release) bool { return r.name == newest }) {
		names = append(names, newest)
		left--
	}
	for _, r := range slices.Backward(here) {
		switch {
		case r.name == newest:
		case !r.fetched:
			names = append(names, r.name)
		case left > 0:
			names = append(names, r.name)
			left--
		}
	}
	return names
}

// sweep removes fetched releases that are not kept, then what has nothing to
// stand beside.
func (s *Set) sweep(here []release, kept []string) error {
	for _, r := range here {
		if slices.Contains(kept, r.name) {
			continue
		}
		if err := s.disk.Remove(filepath.Join(s.dir, r.name)); err != nil {
			return fmt.Errorf("remove an old release: %w", err)
		}
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return fmt.Errorf("list the folder: %w", withoutPath(err))
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !leftover(e.Name(), kept) {
			continue
		}
		if err := s.disk.Remove(filepath.Join(s.dir, e.Name())); err != nil {
			return fmt.Errorf("remove what a download left: %w", err)
		}
	}
	return nil
}

// leftover tells what a download has left of a release that is not kept.
func leftover(name string, kept []string) bool {
	if strings.HasSuffix(name, disk.Temporary) {
		return true
	}
	for _, suffix := range fetch.Leftovers() {
		if of, ok := strings.CutSuffix(name, suffix); ok && isZip(of) {
			return !slices.Contains(kept, of)
		}
	}
	return false
}

func isZip(name string) bool { return strings.EqualFold(filepath.Ext(name), ".zip") }

// withoutPath is what is wrong with a file, without where it lies.
func withoutPath(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}
