package xlsx

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// aside is a file in the way of a new workbook that must not be lost.
type aside struct {
	plan plan
	mark string // what its new name says of it
	rows int
}

// toSetAside tells which files in the way hold what people wrote, or cannot be
// read.
func (s *stage) toSetAside(plans []plan) (out []aside, err error) {
	for _, p := range plans {
		info, err := s.root.Stat(p.file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("look at %s: %w", p.file, err)
		}
		if !info.Mode().IsRegular() {
			continue // a folder in the way: publishing will say so
		}
		if a := s.asideOf(p, info); a != nil {
			out = append(out, *a)
		}
	}
	return out, nil
}

// asideOf is nil when nobody has written into the file.
func (s *stage) asideOf(p plan, info fs.FileInfo) *aside {
	zone := time.FixedZone("МСК", 3*60*60)
	if at, ok := issuedAt(p.book.Issued); ok {
		zone = at.Location()
	}
	when := func(at time.Time) string { return at.In(zone).Format("02.01 15-04") }
	found, err := readFile(s.root, p.file, info)
	switch {
	case err != nil:
		return &aside{plan: p, mark: "не прочитан, изменён " + when(info.ModTime())}
	case !found.edited():
		return nil
	case found.told:
		return &aside{p, "заполнен, сохранён " + when(found.Saved), len(found.Sheet.Rows)}
	default:
		return &aside{p, "заполнен, изменён " + when(info.ModTime()), len(found.Sheet.Rows)}
	}
}

func readFile(root *os.Root, name string, info fs.FileInfo) (*Returned, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(Input{Name: name, Content: f, Size: info.Size(), Modified: info.ModTime()})
}

// setAside gives such files names of their own and tells of them.
func (s *stage) setAside(files []aside) (made []pipeline.Artefact, err error) {
	for _, a := range files {
		name, err := s.free(strings.TrimSuffix(a.plan.file, ".xlsx"), a.mark)
		if err == nil {
			err = s.root.Rename(a.plan.file, name)
		}
		if err != nil {
			return made, fmt.Errorf("set %s aside: %w", a.plan.file, err)
		}
		made = append(made, pipeline.Artefact{
			Path:    s.final(name),
			Title:   "Прежний файл, отложен (" + a.mark + "): загрузите его, если ещё не загружали",
			Manager: a.plan.manager.ID, Rows: a.rows,
		})
	}
	return made, nil
}

// free is a name that no file has.
func (s *stage) free(base, mark string) (string, error) {
	name := base + " (" + mark + ").xlsx"
	for n := 2; ; n++ {
		_, err := s.root.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			return name, nil
		}
		if err != nil {
			return "", err
		}
		name = base + " (" + mark + ", " + strconv.Itoa(n) + ").xlsx"
	}
}

// edited tells whether people wrote anything into a book: a cell that is theirs
// to fill, another value in the place of an issued one, a row, a decision. What
// is no book of ours, or cannot be read in full, counts as theirs.
func (t *Returned) edited() bool {
	if t.Sheet.List == nil || len(t.Unread)+len(t.Problems)+len(t.Decisions) > 0 {
		return true
	}
	for _, r := range t.Sheet.Rows {
		issued, ok := t.Sheet.List.Issued[company.INN(strings.TrimSpace(r.Cells[colINN().title]))]
		if !ok {
			return true
		}
		for title, text := range r.Cells {
			if strings.TrimSpace(text) != strings.TrimSpace(issued[title]) {
				return true
			}
		}
		for title := range issued {
			if _, ok := r.Cells[title]; !ok {
				return true
			}
		}
	}
	return false
}
