package socket

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

var _ Files = (*Guest)(nil)

// OpenFile implements Files.
func (g *Guest) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	return g.opened(ask{Op: opOpen, Name: raw(name), Flag: flag, Perm: perm})
}

// CreateTemp implements Files.
func (g *Guest) CreateTemp(dir, pattern string) (File, error) {
	return g.opened(ask{Op: opTemp, Name: raw(dir), To: raw(pattern)})
}

func (g *Guest) opened(q ask) (File, error) {
	a, _, err := g.ask(q, nil)
	if err != nil {
		return nil, err
	}
	return &distant{guest: g, id: a.File, name: string(a.Name)}, nil
}

// Lstat implements Files.
func (g *Guest) Lstat(name string) (fs.FileInfo, error) {
	return g.info(ask{Op: opLstat, Name: raw(name)})
}

func (g *Guest) info(q ask) (fs.FileInfo, error) {
	a, _, err := g.ask(q, nil)
	if err == nil && a.Info == nil {
		err = fmt.Errorf("an answer to %s: %w", q.Op, errFrame)
	}
	if err != nil {
		return nil, err
	}
	return a.Info, nil
}

// MkdirAll implements Files.
func (g *Guest) MkdirAll(name string, perm fs.FileMode) error {
	return g.done(ask{Op: opMkdir, Name: raw(name), Perm: perm})
}

// Rename implements Files.
func (g *Guest) Rename(from, to string) error {
	return g.done(ask{Op: opRename, Name: raw(from), To: raw(to)})
}

// Remove implements Files.
func (g *Guest) Remove(name string) error { return g.done(ask{Op: opRemove, Name: raw(name)}) }

func (g *Guest) done(q ask) error {
	_, _, err := g.ask(q, nil)
	return err
}

// distant is an open file of the caller.
type distant struct {
	guest  *Guest
	id     int
	name   string
	closed bool
}

func (d *distant) Name() string { return d.name }

func (d *distant) Read(p []byte) (int, error) {
	return d.read(ask{Op: opRead, File: d.id}, p)
}

// ReadAt fills p, as io.ReaderAt wants it.
func (d *distant) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) && err == nil {
		var some int
		some, err = d.read(ask{Op: opReadAt, File: d.id, Off: off + int64(n)}, p[n:])
		if n += some; some == 0 && err == nil {
			err = io.ErrNoProgress
		}
	}
	if n == len(p) && errors.Is(err, io.EOF) && n > 0 {
		err = nil
	}
	return n, err
}

func (d *distant) read(q ask, p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	q.Size = min(len(p), chunk)
	a, data, err := d.guest.ask(q, nil)
	n := copy(p, data)
	if err == nil && a.EOF {
		err = io.EOF
	}
	return n, err
}

func (d *distant) Write(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		part := p[n : n+min(len(p)-n, chunk)]
		var a answer
		a, _, err = d.guest.ask(ask{Op: opWrite, File: d.id}, part)
		if n += a.Size; err == nil && a.Size < len(part) {
			err = io.ErrShortWrite
		}
	}
	return n, err
}

func (d *distant) Stat() (fs.FileInfo, error) { return d.guest.info(ask{Op: opStat, File: d.id}) }

func (d *distant) Sync() error { return d.guest.done(ask{Op: opSync, File: d.id}) }

// Close says of a second time what package os does.
func (d *distant) Close() error {
	if d.closed {
		return &fs.PathError{Op: "close", Path: d.name, Err: os.ErrClosed}
	}
	d.closed = true
	return d.guest.done(ask{Op: opClose, File: d.id})
}
