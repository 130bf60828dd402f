package opendata

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"obzvon/pipeline/archive"
	"obzvon/pipeline/fetch"
)

// advice tells, one matter a line, what is odd about the folder.
func (s *Set) advice() ([]string, error) {
	all, err := s.found()
	if err != nil {
		return nil, fmt.Errorf("set %s: %w", s.name, err)
	}
	var lines []string
	newest := release{}
	for _, r := range all {
		if r.form != archive.FormZip {
			lines = append(lines, fmt.Sprintf("%s is left unread: it looks like %s", r.name, r.form))
			continue
		}
		if r.wrong.Known() {
			lines = append(lines, fmt.Sprintf("%s is dated %s, more than %d days ahead: it counts as of no date and is taken for the oldest", r.name, r.wrong, ahead))
		}
		newest = r
	}
	if s.Local() {
		return lines, nil
	}
	if page := s.loadState().Newest; page.Date.Known() && page.Date < newest.date {
		lines = append(lines, fmt.Sprintf("the page names %s of %s as the newest, but %s of %s is here and is read",
			page.Name, page.Date, newest.name, newest.date))
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("set %s: %w", s.name, err)
	}
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), fetch.DamagedSuffix); ok {
			lines = append(lines, s.asideText(name))
		}
	}
	return lines, nil
}

// asideText says what becomes of a damaged release.
func (s *Set) asideText(name string) string {
	if since, waits, _ := fetch.Aside(filepath.Join(s.dir, name)); waits {
		return fmt.Sprintf("%s came damaged and is kept aside, since %s: it is fetched again when it changes there; %s may be deleted",
			name, since.Format(time.DateOnly), name+fetch.DamagedSuffix)
	}
	return name + " came damaged and is kept aside: the next run fetches its wrong parts again"
}
