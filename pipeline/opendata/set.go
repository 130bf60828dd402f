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

// ahead is how many days after today a release may be dated: the next one is
// sometimes announced, a year too many is a mistake.
const ahead = 60

// until is the last day that the date of a release is believed for. A wrong
// one must not stand before all true ones for years.
func (s *Set) until() company.Date { return company.DateOf(s.client.Now()) + ahead }

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
		newest.Date = believed(modified(got.Validators), s.until())
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
	st.Newest = st.Newest.believed(s.until())
	if strings.EqualFold(path.Ext(u.Path), ".zip") {
		r, ok := releaseAt(from, u, 0)
		if !ok {
			return fmt.Errorf("%w: from: the name of the zip must be of latin letters, digits and . - _", ErrOptions)
		}
		st.Page, st.Newest = fetch.Validators{}, r.believed(s.until())
		return nil
	}
	page, err := s.client.Get(ctx, from, fetch.PageOptions{Since: st.Page})
	if err != nil || page.NotModified {
		return err
	}
	r, err := Newest(page.Body, page.URL, s.until())
	if err != nil {
		return fmt.Errorf("%s: %w", fetch.Show(page.URL), err)
	}
	st.Page, st.Newest = page.Validators, r
	return nil
}

// withoutPath is what is wrong with a file, without where it lies.
func withoutPath(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}
