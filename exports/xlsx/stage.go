package xlsx

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// partialPrefix names the folders that hold unfinished workbooks. They lie in
// the output folder, so that renaming out of them is atomic.
const partialPrefix = ".xlsx-partial-"

// stage collects finished files out of sight and then publishes them.
type stage struct {
	dir     string
	root    *os.Root
	partial string // name of our folder within dir
}

// openStage makes the folder when missing and clears what a killed export
// left: unfinished lists are personal data too.
func openStage(dir string) (*stage, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	st := &stage{dir: dir, root: root}
	if err := st.prepare(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return st, nil
}

func (s *stage) prepare() error {
	entries, err := fs.ReadDir(s.root.FS(), ".")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.IsDir() && strings.HasPrefix(entry.Name(), partialPrefix) {
			if err := s.root.RemoveAll(entry.Name()); err != nil {
				return fmt.Errorf("clear unfinished export: %w", err)
			}
		}
	}
	path, err := os.MkdirTemp(s.dir, partialPrefix) // 0700
	if err != nil {
		return err
	}
	s.partial = filepath.Base(path)
	return nil
}

// final is the path under which a file is published.
func (s *stage) final(name string) string { return filepath.Join(s.dir, name) }

// write makes one file out of sight and forces it to disk.
func (s *stage) write(name string, fill func(io.Writer) error) error {
	f, err := s.root.OpenFile(filepath.Join(s.partial, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// publish renames finished files to their names and makes that last.
func (s *stage) publish(names []string) error {
	for _, name := range names {
		if err := s.root.Rename(filepath.Join(s.partial, name), name); err != nil {
			return err
		}
	}
	if runtime.GOOS == "windows" { // a folder cannot be synced there
		return nil
	}
	d, err := s.root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// close removes what was not published.
func (s *stage) close() error {
	return errors.Join(s.root.RemoveAll(s.partial), s.root.Close())
}
