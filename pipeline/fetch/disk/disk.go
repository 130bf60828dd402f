// Package disk changes files so that a kill at any moment leaves either what
// was there or what was to be. All that fetching does to a disk goes through
// it, change by change, so that tests can stop before each of them.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Disk changes files. Its zero value is the real thing.
type Disk struct {
	// Before is called ahead of each change with its name, such as
	// "rename x.zip"; an error keeps the change from happening. nil = none.
	Before func(change string) error
	// Space tells how many bytes a folder has left for this program; known is
	// false where the system does not tell. nil = ask the system.
	Space func(dir string) (free int64, known bool, err error)
}

func (d Disk) before(change, path string) error {
	if d.Before == nil {
		return nil
	}
	if err := d.Before(change + " " + filepath.Base(path)); err != nil {
		return fmt.Errorf("%s: %w", change, err)
	}
	return nil
}

// Free tells how many bytes are left in a folder.
func (d Disk) Free(dir string) (free int64, known bool, err error) {
	if d.Space != nil {
		return d.Space(dir)
	}
	return space(dir)
}

// MakeDir makes a folder and those above it.
func (d Disk) MakeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if err := d.before("make folder", dir); err != nil {
		return err
	}
	return os.MkdirAll(dir, 0o700)
}

// Temporary ends the names of files that WriteFile has not finished. A kill
// leaves them behind; they are nothing.
const Temporary = ".tmp"

// WriteFile writes a small file whole: it has its old content or the new one,
// and the new one is on the disk.
func (d Disk) WriteFile(path string, data []byte) error {
	if err := d.before("write", path); err != nil {
		return err
	}
	temporary := path + Temporary
	if err := writeSynced(temporary, data); err != nil {
		return err
	}
	return d.Rename(temporary, path)
}

func writeSynced(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// Rename puts a file in the place of another, for good.
func (d Disk) Rename(from, to string) error {
	if err := d.before("rename", to); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

// Remove removes a file; one that is not there is no error.
func (d Disk) Remove(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := d.before("remove", path); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncDir makes a rename last. Windows has no such thing.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// File is an open file that is read and written at any place.
type File struct {
	*os.File
	disk Disk
}

// Open opens a file for reading and writing, and makes it if it is not there.
func (d Disk) Open(path string) (*File, error) {
	if err := d.before("open", path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return &File{File: f, disk: d}, nil
}

// WriteAt writes at an offset.
func (f *File) WriteAt(b []byte, off int64) (int, error) {
	if err := f.disk.before("write to", f.Name()); err != nil {
		return 0, err
	}
	return f.File.WriteAt(b, off)
}

// Truncate cuts the file.
func (f *File) Truncate(size int64) error {
	if err := f.disk.before("truncate", f.Name()); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

// Size is the file's length in bytes.
func (f *File) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
