package socket

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// desk is where a caller does for the host what it wants with files.
type desk struct {
	files Files
	open  map[int]File
	last  int
	temps map[string]bool // made for a while, under their final names by none yet
}

// maxOpen bounds the files that a host may have open.
const maxOpen = 64

func newDesk(f Files) *desk { return &desk{files: f, open: map[int]File{}, temps: map[string]bool{}} }

// close gives back what the host has not: nothing, unless it was gone too soon.
func (d *desk) close() {
	for _, f := range d.open {
		f.Close()
	}
	for name := range d.temps {
		_ = d.files.Remove(name) // as a command that is killed leaves it
	}
}

func (d *desk) answer(q ask, data []byte) reply {
	r, err := d.do(q, data)
	r.EOF = errors.Is(err, io.EOF)
	r.Error = carry(err)
	return r
}

func (d *desk) do(q ask, data []byte) (reply, error) {
	name := string(q.Name)
	switch q.Op {
	case opOpen:
		return d.opened(func() (File, error) { return d.files.OpenFile(name, q.Flag, q.Perm) })
	case opTemp:
		r, err := d.opened(func() (File, error) { return d.files.CreateTemp(name, string(q.To)) })
		if err == nil {
			d.temps[string(r.Name)] = true
		}
		return r, err
	case opLstat:
		i, err := d.files.Lstat(name)
		if err != nil {
			return reply{}, err
		}
		return reply{answer: answer{Info: infoOf(i)}}, nil
	case opMkdir:
		return reply{}, d.files.MkdirAll(name, q.Perm)
	case opRename:
		delete(d.temps, name)
		return reply{}, d.files.Rename(name, string(q.To))
	case opRemove:
		delete(d.temps, name)
		return reply{}, d.files.Remove(name)
	case opRead, opReadAt, opWrite, opStat, opSync, opClose:
		return d.with(q, data)
	case opStdin: // not of files
	}
	return reply{}, fmt.Errorf("%w: asks for %q", errFrame, q.Op)
}

func (d *desk) opened(open func() (File, error)) (reply, error) {
	if len(d.open) >= maxOpen {
		return reply{}, fmt.Errorf("more than %d files open", maxOpen)
	}
	f, err := open()
	if err != nil {
		return reply{}, err
	}
	d.last++
	d.open[d.last] = f
	return reply{answer: answer{File: d.last, Name: raw(f.Name())}}, nil
}

// with does something with an open file.
func (d *desk) with(q ask, data []byte) (reply, error) {
	f, ok := d.open[q.File]
	if !ok {
		return reply{}, os.ErrClosed
	}
	switch q.Op {
	case opRead:
		return readInto(q.Size, f.Read)
	case opReadAt:
		return readInto(q.Size, func(p []byte) (int, error) { return f.ReadAt(p, q.Off) })
	case opWrite:
		n, err := f.Write(data)
		return reply{answer: answer{Size: n}}, err
	case opStat:
		i, err := f.Stat()
		if err != nil {
			return reply{}, err
		}
		return reply{answer: answer{Info: infoOf(i)}}, nil
	case opSync:
		return reply{}, f.Sync()
	default:
		delete(d.open, q.File)
		return reply{}, f.Close()
	}
}

func readInto(size int, read func([]byte) (int, error)) (reply, error) {
	buf := make([]byte, max(0, min(size, chunk)))
	n, err := read(buf)
	return reply{data: buf[:n]}, err
}

// readSome reads from standard input.
func readSome(in io.Reader, size int) reply {
	if in == nil {
		return reply{answer: answer{EOF: true}}
	}
	r, err := readInto(size, in.Read)
	r.EOF, r.Error = errors.Is(err, io.EOF), carry(err)
	return r
}
