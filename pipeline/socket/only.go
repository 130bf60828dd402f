package socket

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// Only lets a host touch nothing but what a command line names, an argument or the
// value of a flag: such a file, files in such a folder, and temporary ones beside
// such a file that are named after it. A host may run with fewer rights than a
// caller, who must not lend it more than the command needs.
func Only(f Files, args []string) Files { return named{f, namesIn(args)} }

// namesIn are the arguments that may be names of files.
func namesIn(args []string) []string {
	var out []string
	for _, arg := range args {
		if strings.HasPrefix(arg, "-") {
			_, arg, _ = strings.Cut(arg, "=")
		}
		if arg != "" {
			out = append(out, filepath.Clean(arg))
		}
	}
	return out
}

type named struct {
	files Files
	names []string
}

func (n named) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	if err := n.check("open", name); err != nil {
		return nil, err
	}
	return n.files.OpenFile(name, flag, perm)
}

func (n named) CreateTemp(dir, pattern string) (File, error) {
	if err := n.check("createtemp", filepath.Join(dir, pattern)); err != nil {
		return nil, err
	}
	return n.files.CreateTemp(dir, pattern)
}

func (n named) Lstat(name string) (fs.FileInfo, error) {
	if err := n.check("lstat", name); err != nil {
		return nil, err
	}
	return n.files.Lstat(name)
}

func (n named) MkdirAll(name string, perm fs.FileMode) error {
	if err := n.check("mkdir", name); err != nil {
		return err
	}
	return n.files.MkdirAll(name, perm)
}

func (n named) Rename(from, to string) error {
	for _, name := range []string{from, to} {
		if err := n.check("rename", name); err != nil {
			return err
		}
	}
	return n.files.Rename(from, to)
}

func (n named) Remove(name string) error {
	if err := n.check("remove", name); err != nil {
		return err
	}
	return n.files.Remove(name)
}

func (n named) check(op, name string) error {
	if slices.ContainsFunc(n.names, func(given string) bool { return covers(given, name) }) {
		return nil
	}
	return &fs.PathError{Op: op, Path: name, Err: fmt.Errorf("%w: the command line does not name it", fs.ErrPermission)}
}

// covers tells whether a name given on the command line is for a file.
func covers(given, name string) bool {
	name = filepath.Clean(name)
	dir, base := filepath.Dir(name), filepath.Base(name)
	beside := dir == filepath.Dir(given) && strings.HasPrefix(base, "."+filepath.Base(given)+".")
	return name == given || dir == given || beside
}
