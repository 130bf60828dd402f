package socket

import (
	"io"
	"io/fs"
	"os"
)

// Files are the files that the user of a command names, under that user's rights
// and relative to that user's working directory. Of a guest they lie with the
// caller and their bytes travel; of everybody else they are Disk. Errors are those
// of package os: errors.Is tells fs.ErrNotExist and its like, and texts are the same.
type Files interface {
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)
	CreateTemp(dir, pattern string) (File, error) // one that is never renamed is removed when its caller or host dies
	Lstat(name string) (fs.FileInfo, error)
	MkdirAll(name string, perm fs.FileMode) error
	Rename(from, to string) error
	Remove(name string) error
}

// File is an open file. It is not for use by several goroutines at a time, but for
// ReadAt. Close it.
type File interface {
	io.Reader
	io.ReaderAt
	io.Writer
	io.Closer
	Name() string
	Stat() (fs.FileInfo, error)
	Sync() error
}

// Disk are the files of this process.
type Disk struct{}

// OpenFile implements Files.
func (Disk) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// CreateTemp implements Files.
func (Disk) CreateTemp(dir, pattern string) (File, error) {
	f, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Lstat implements Files.
func (Disk) Lstat(name string) (fs.FileInfo, error) { return os.Lstat(name) }

// MkdirAll implements Files.
func (Disk) MkdirAll(name string, perm fs.FileMode) error { return os.MkdirAll(name, perm) }

// Rename implements Files.
func (Disk) Rename(from, to string) error { return os.Rename(from, to) }

// Remove implements Files.
func (Disk) Remove(name string) error { return os.Remove(name) }

// Open opens a file to read.
func Open(f Files, name string) (File, error) { return f.OpenFile(name, os.O_RDONLY, 0) }

// WriteFile writes a file that is made or replaced.
func WriteFile(f Files, name string, data []byte, perm fs.FileMode) error {
	out, err := f.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	if closed := out.Close(); err == nil {
		err = closed
	}
	return err
}
