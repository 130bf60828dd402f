package erasure

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"obzvon/pipeline/fetch"
	"obzvon/pipeline/fetch/disk"
	"obzvon/pipeline/journal"
)

// Files are those of the data folder beside the stores and the journal: workbooks,
// releases, what somebody put there.
type Files struct {
	Dir       string
	Forgotten *Forgotten
	// Now is what is forgotten now. Where the people of a legal entity are, a file
	// that names its ИНН is taken for one that names them.
	Now *Forgotten
	// Apart are files and folders, by name within Dir, that are not its business.
	Apart []string
	// Releases is the folder, within Dir, of files that others have published for
	// everybody.
	Releases string
	// Handed is the folder, perhaps within Releases, of what people handed in. It is
	// published by nobody.
	Handed string

	disk disk.Disk
}

// File is one that is to go, or to be written anew.
type File struct {
	Path     string
	Left     bool // by a write that was killed: nothing
	Release  bool // published by others: the next night may fetch it again
	Backup   bool // of the stores: it stays
	Rewrite  bool // text, of which single places go
	Unopened bool // it cannot be searched
}

// Find searches every file, also within zips, workbooks and gzip.
func (f *Files) Find(ctx context.Context) ([]File, error) {
	var out []File
	err := filepath.WalkDir(f.Dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		name, err := filepath.Rel(f.Dir, path)
		switch {
		case err != nil:
			return err
		case name != "." && left(d.Name()):
			out = append(out, File{Path: path, Left: true})
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case f.apart(name) && d.IsDir():
			return fs.SkipDir
		case !d.Type().IsRegular() || f.apart(name):
			return nil
		}
		found, err := f.look(ctx, path, name)
		if found.Path != "" {
			out = append(out, found)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search the files of %s: %w", f.Dir, err)
	}
	return out, nil
}

// apart tells a file that is not searched here.
func (f *Files) apart(name string) bool {
	return name == KeyName || name == journal.Name || slices.Contains(f.Apart, name)
}

// left tells by its name what a kill has left of a write.
func left(name string) bool {
	return strings.HasPrefix(name, ".xlsx-partial-") || strings.HasPrefix(name, ".restore-") ||
		strings.HasSuffix(name, ".compact") || strings.HasSuffix(name, disk.Temporary)
}

// below tells a file within a folder; both are names within Dir.
func below(name, folder string) bool {
	return folder != "" && strings.HasPrefix(name, filepath.Clean(folder)+string(filepath.Separator))
}

func (f *Files) look(ctx context.Context, path, name string) (File, error) {
	release := below(name, f.Releases) && !below(name, f.Handed)
	s := searched{now: f.Now, all: f.Forgotten}
	if release {
		s.now = nil // it names companies, not their people
	}
	got, err := s.file(ctx, path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, context.Canceled) {
		return File{}, ctx.Err()
	}
	found := File{Path: path, Release: release, Backup: got.backup, Rewrite: got.text, Unopened: err != nil}
	if err == nil && !got.hit && !f.Forgotten.Has(name) {
		return File{}, nil
	}
	found.Rewrite = found.Rewrite && !f.Forgotten.Has(name)
	return found, nil
}

// Erase removes a file with what a download left beside it, or writes it anew
// without what was forgotten. A backup stays.
func (f *Files) Erase(file File) error {
	var err error
	switch {
	case file.Backup:
		return nil
	case file.Rewrite:
		err = f.rewrite(file.Path)
	case file.Left:
		err = os.RemoveAll(file.Path)
	default:
		err = f.disk.Remove(file.Path)
		for _, ending := range fetch.Leftovers() {
			if err == nil && file.Release {
				err = f.disk.Remove(file.Path + ending)
			}
		}
	}
	if err != nil {
		return fmt.Errorf("erase from %s: %w", file.Path, err)
	}
	return nil
}

// rewrite leaves nothing in the place of what goes, since the encoding of the rest
// is not known.
func (f *Files) rewrite(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for has(f.Forgotten, data, 0) { // what stood apart may have come together
		out := make([]byte, 0, len(data))
		last := 0
		search(f.Forgotten, data, 0, func(s span) bool {
			out = append(out, data[last:max(last, s.from)]...)
			last = s.to
			return true
		})
		data = append(out, data[last:]...)
	}
	return f.disk.WriteFile(path, data)
}
