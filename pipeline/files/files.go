// Package files turns the paths of a config into inputs that can be opened:
// single files, folders, globs, and sample data embedded in the binary.
package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// EmbedPrefix marks a path inside the binary's sample data.
const EmbedPrefix = "embed:"

// ErrNoMatch is returned when a path leads to no file.
var ErrNoMatch = errors.New("no such file")

// emptyFolder is the ErrNoMatch of a folder that is there.
type emptyFolder struct{}

func (emptyFolder) Error() string { return "the folder has no files" }

func (emptyFolder) Is(target error) bool { return target == ErrNoMatch }

// File is an open input. Close it.
type File interface {
	io.ReadSeeker
	io.ReaderAt
	io.Closer
	Size() int64
}

// Input is a file that can be opened any number of times.
type Input struct {
	Name string // base name, for reports
	Path string // as given, for errors
	open func() (File, error)
}

// Open opens the input.
func (i Input) Open() (File, error) { return i.open() }

// FromBytes makes an input of a byte slice.
func FromBytes(name string, data []byte) Input {
	return Input{Name: name, Path: name, open: func() (File, error) { return memory{bytes.NewReader(data)}, nil }}
}

// Expander resolves paths. Its zero value knows no embedded data.
type Expander struct {
	Embedded fs.FS
}

// Expand resolves paths to inputs in a fixed order: paths as given, files of
// a folder or glob by name. A folder gives its files, not those of folders in
// it, and leaves out names that begin with a dot or "~$". A path that leads to
// nothing is ErrNoMatch.
func (e Expander) Expand(paths []string) ([]Input, error) {
	var out []Input
	for _, p := range paths {
		found, err := e.expand(p)
		if err != nil {
			return nil, fmt.Errorf("resolve path %q: %w", p, err)
		}
		out = append(out, found...)
	}
	return out, nil
}

func (e Expander) expand(p string) ([]Input, error) {
	if name, ok := strings.CutPrefix(p, EmbedPrefix); ok {
		return e.embedded(p, name)
	}
	info, err := os.Stat(p)
	switch {
	case err == nil && info.IsDir():
		return folder(p)
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("neither a file nor a folder: %w", ErrNoMatch) // a pipe would block for ever
	case err == nil:
		return []Input{onDisk(p)}, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	matches, err := filepath.Glob(p)
	if err != nil {
		return nil, fmt.Errorf("glob: %w", err)
	}
	slices.Sort(matches)
	var out []Input
	for _, m := range matches {
		if readable(m) {
			out = append(out, onDisk(m))
		}
	}
	if len(out) == 0 {
		return nil, ErrNoMatch
	}
	return out, nil
}

func (e Expander) embedded(p, name string) ([]Input, error) {
	if e.Embedded == nil {
		return nil, ErrNoMatch
	}
	data, err := fs.ReadFile(e.Embedded, name)
	if err != nil {
		return nil, fmt.Errorf("sample data: %w", errors.Join(ErrNoMatch, err))
	}
	in := FromBytes(path.Base(name), data)
	in.Path = p
	return []Input{in}, nil
}

func folder(dir string) ([]Input, error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, err
	}
	var out []Input
	for _, entry := range entries {
		if p := filepath.Join(dir, entry.Name()); readable(p) {
			out = append(out, onDisk(p))
		}
	}
	if len(out) == 0 {
		return nil, emptyFolder{}
	}
	return out, nil
}

// readable tells a file, or a link to one, that is not hidden. A link that
// leads nowhere is kept, so that opening it says so.
func readable(p string) bool {
	if hidden(filepath.Base(p)) {
		return false
	}
	info, err := os.Stat(p)
	return err != nil || info.Mode().IsRegular()
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") }

func onDisk(p string) Input {
	return Input{Name: filepath.Base(p), Path: p, open: func() (File, error) {
		f, err := os.Open(p)
		if err != nil {
			return nil, fmt.Errorf("open input: %w", err)
		}
		info, err := f.Stat()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("open input: %w", err), f.Close())
		}
		return disk{f, info.Size()}, nil
	}}
}

type disk struct {
	*os.File
	size int64
}

func (d disk) Size() int64 { return d.size }

type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }
