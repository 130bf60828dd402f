package socket

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// raw is text as bytes: names of files need not be UTF-8, and JSON would mend them.
type raw []byte

// greeting is a Request on its way.
type greeting struct {
	Version  string `json:"version"`
	Args     []raw  `json:"args"`
	Environ  []raw  `json:"environ"`
	Dir      raw    `json:"dir"`
	User     raw    `json:"user"`
	Terminal bool   `json:"terminal"`
}

func greet(r Request) greeting {
	return greeting{Version: r.Version, Args: raws(r.Args), Environ: raws(r.Environ), Dir: raw(r.Dir), User: raw(r.User), Terminal: r.Terminal}
}

func (g greeting) request() Request {
	return Request{Version: g.Version, Args: texts(g.Args), Environ: texts(g.Environ), Dir: string(g.Dir), User: string(g.User), Terminal: g.Terminal}
}

func raws(in []string) []raw {
	out := make([]raw, len(in))
	for i, s := range in {
		out[i] = raw(s)
	}
	return out
}

func texts(in []raw) []string {
	out := make([]string, len(in)) // never nil: no arguments are none, too
	for i, b := range in {
		out[i] = string(b)
	}
	return out
}

// op is what the host asks the caller to do.
type op string

const (
	opStdin  op = "stdin"
	opOpen   op = "open"
	opTemp   op = "temp"
	opLstat  op = "lstat"
	opMkdir  op = "mkdir"
	opRename op = "rename"
	opRemove op = "remove"
	opRead   op = "read"
	opReadAt op = "readat"
	opWrite  op = "write"
	opStat   op = "stat"
	opSync   op = "sync"
	opClose  op = "close"
)

// ask is a question of the host; bytes to write stand behind it.
type ask struct {
	Op   op          `json:"op"`
	File int         `json:"file,omitempty"` // of those that are open
	Name raw         `json:"name,omitempty"`
	To   raw         `json:"to,omitempty"` // the new name; the pattern
	Flag int         `json:"flag,omitempty"`
	Perm fs.FileMode `json:"perm,omitempty"`
	Off  int64       `json:"off,omitempty"`
	Size int         `json:"size,omitempty"`
}

// answer is the caller's; bytes that were read stand behind it.
type answer struct {
	File  int       `json:"file,omitempty"`
	Name  raw       `json:"name,omitempty"`
	Size  int       `json:"size,omitempty"` // bytes written
	Info  *info     `json:"info,omitempty"`
	EOF   bool      `json:"eof,omitempty"`
	Error *carriage `json:"error,omitempty"`
}

// info is what is known of a file. It is fs.FileInfo.
type info struct {
	Base    raw         `json:"name"`
	Bytes   int64       `json:"size"`
	Bits    fs.FileMode `json:"mode"`
	Changed time.Time   `json:"modified"`
}

func infoOf(i fs.FileInfo) *info {
	return &info{Base: raw(i.Name()), Bytes: i.Size(), Bits: i.Mode(), Changed: i.ModTime()}
}

func (i *info) Name() string       { return string(i.Base) }
func (i *info) Size() int64        { return i.Bytes }
func (i *info) Mode() fs.FileMode  { return i.Bits }
func (i *info) ModTime() time.Time { return i.Changed.Local() }
func (i *info) IsDir() bool        { return i.Bits.IsDir() }
func (i *info) Sys() any           { return nil }

// carriage is an error of package os on its way.
type carriage struct {
	Text  raw           `json:"text"`
	Op    string        `json:"op,omitempty"`
	Path  raw           `json:"path,omitempty"`
	To    raw           `json:"to,omitempty"` // of a rename
	Errno syscall.Errno `json:"errno,omitempty"`
}

// carry takes an error apart. io.EOF travels in its own way.
func carry(err error) *carriage {
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	c := &carriage{Text: raw(err.Error())}
	var path *fs.PathError
	var link *os.LinkError
	var errno syscall.Errno
	if errors.As(err, &errno) {
		c.Errno = errno
	}
	switch {
	case errors.As(err, &path):
		c.Op, c.Path = path.Op, raw(path.Path)
	case errors.As(err, &link):
		c.Op, c.Path, c.To = link.Op, raw(link.Old), raw(link.New)
	}
	return c
}

// err puts the error together again.
func (c *carriage) err() error {
	switch {
	case c == nil:
		return nil
	case string(c.Text) == ErrCancelled.Error():
		return ErrCancelled
	case c.Errno == 0 || c.Op == "":
		return &strangeError{text: string(c.Text), errno: c.Errno}
	case c.To != nil:
		return &os.LinkError{Op: c.Op, Old: string(c.Path), New: string(c.To), Err: c.Errno}
	}
	return &fs.PathError{Op: c.Op, Path: string(c.Path), Err: c.Errno}
}

// strangeError is an error of another form than most of package os.
type strangeError struct {
	text  string
	errno syscall.Errno // 0 = none
}

func (e *strangeError) Error() string { return e.text }

func (e *strangeError) Unwrap() error {
	if e.errno == 0 {
		return nil
	}
	return e.errno
}
