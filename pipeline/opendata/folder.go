package opendata

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"obzvon/pipeline/archive"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
)

// release is a file that looks like one.
type release struct {
	name    string
	path    string
	date    company.Date // 0 = not known
	wrong   company.Date // what it says, when that cannot be
	fetched bool         // by us: a sidecar stands beside it
	form    archive.Form // of the first bytes
}

// releases lists the zips of a remote set's folder, oldest first.
func (s *Set) releases(st state) ([]release, error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list the releases: %w", err)
	}
	return list(s.dir, entries, st.Dates, s.until()), nil
}

// found lists the releases that the set can be read from, oldest first.
func (s *Set) found() ([]release, error) {
	if !s.Local() {
		return s.releases(s.loadState())
	}
	from := s.options.path()
	info, err := os.Stat(from)
	if err != nil {
		return nil, fmt.Errorf("look at the releases: %w", err)
	}
	if !info.IsDir() {
		return list(filepath.Dir(from), []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil, s.until()), nil
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return nil, fmt.Errorf("list the releases: %w", err)
	}
	return list(from, entries, nil, s.until()), nil
}

func list(dir string, entries []fs.DirEntry, dates map[string]company.Date, until company.Date) []release {
	var out []release
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		info, err := os.Stat(path) // a link may lead to a file
		if err != nil || !info.Mode().IsRegular() || !isZip(e.Name()) || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		r := release{name: e.Name(), path: path, date: believed(dates[e.Name()], until), form: formOf(path)}
		if told := dateOf(e.Name(), 0); !r.date.Known() {
			if r.date = believed(told, until); r.date != told {
				r.wrong = told
			}
		}
		if _, err := os.Stat(fetch.Sidecar(path)); err == nil {
			r.fetched = true
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b release) int { return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.name, b.name)) })
	return out
}

// readable leaves out what is no zip whatever its name says.
func readable(all []release) []release {
	return slices.DeleteFunc(slices.Clone(all), func(r release) bool { return r.form != archive.FormZip })
}

func formOf(path string) archive.Form {
	f, err := os.Open(path)
	if err != nil {
		return archive.FormUnknown
	}
	defer f.Close()
	head := make([]byte, archive.SniffLen)
	n, _ := io.ReadFull(f, head) // what cannot be read is of no form
	return archive.Sniff(head[:n])
}

// modified is the day of a Last-Modified; 0 = there is none.
func modified(v fetch.Validators) company.Date {
	t, err := http.ParseTime(v.LastModified)
	if err != nil {
		return 0
	}
	return company.DateOf(t.UTC())
}
