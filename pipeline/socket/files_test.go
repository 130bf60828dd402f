package socket

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/iotest"
	"time"
)

// asGuest does something with the files of a caller.
func asGuest(t *testing.T, files Files, do func(Files)) {
	t.Helper()
	_, dir := listening(t, func(_ context.Context, g *Guest) int {
		do(g)
		return 0
	})
	if c := call1(t.Context(), dir, Request{}, nil, files); c.failed != nil {
		t.Fatal(c.failed)
	}
}

// TestFilesBehaveTheSame holds distant files to those of this machine, errors and all.
func TestFilesBehaveTheSame(t *testing.T) {
	for name, do := range map[string]func(Files, string) (any, error){
		"a file that is not there": func(f Files, dir string) (any, error) { return Open(f, filepath.Join(dir, "no")) },
		"a file that is there": func(f Files, dir string) (any, error) {
			return f.OpenFile(filepath.Join(dir, "one"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		},
		"a folder": func(f Files, dir string) (any, error) {
			d, err := Open(f, dir)
			if err != nil {
				return nil, err
			}
			defer d.Close()
			i, err := d.Stat()
			if err != nil || !i.IsDir() {
				t.Errorf("%v, %v", i, err)
			}
			_, err = d.Read(make([]byte, 10))
			return i.IsDir(), err
		},
		"what is known of it": func(f Files, dir string) (any, error) {
			i, err := f.Lstat(filepath.Join(dir, "one"))
			if err != nil {
				return nil, err
			}
			return []any{i.Name(), i.Size(), i.Mode(), i.ModTime(), i.IsDir()}, nil
		},
		"what is not there is not known": func(f Files, dir string) (any, error) { return f.Lstat(filepath.Join(dir, "no")) },
		"a folder in a file":             func(f Files, dir string) (any, error) { return nil, f.MkdirAll(filepath.Join(dir, "one", "x"), 0o700) },
		"rename": func(f Files, dir string) (any, error) {
			return nil, f.Rename(filepath.Join(dir, "no"), filepath.Join(dir, "two"))
		},
		"remove": func(f Files, dir string) (any, error) { return nil, f.Remove(filepath.Join(dir, "no")) },
		"closed twice": func(f Files, dir string) (any, error) {
			one, err := Open(f, filepath.Join(dir, "one"))
			if err != nil {
				return nil, err
			}
			return nil, errors.Join(one.Close(), one.Close())
		},
		"written though open to read": func(f Files, dir string) (any, error) {
			one, err := Open(f, filepath.Join(dir, "one"))
			if err != nil {
				return nil, err
			}
			defer one.Close()
			return one.Write([]byte("x"))
		},
		"a name that is not UTF-8": func(f Files, dir string) (any, error) {
			name := filepath.Join(dir, "\xcf\xf0")
			if err := WriteFile(f, name, []byte("x"), 0o600); err != nil {
				return nil, err
			}
			i, err := f.Lstat(name)
			if err != nil {
				return nil, err
			}
			return i.Name(), f.Remove(name)
		},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "one"), []byte("content"), 0o640); err != nil {
			t.Fatal(err)
		}
		here, want := do(Disk{}, dir)
		asGuest(t, Disk{}, func(f Files) {
			there, got := do(f, dir)
			if text(got) != text(want) || !sameAny(here, there) {
				t.Errorf("%s: %v, %v; here %v, %v", name, there, got, here, want)
			}
			for _, is := range []error{fs.ErrNotExist, fs.ErrExist, fs.ErrPermission, fs.ErrClosed, io.EOF, syscall.EISDIR, syscall.ENOTDIR, syscall.EBADF} {
				if errors.Is(got, is) != errors.Is(want, is) {
					t.Errorf("%s: %v is not %v as here", name, got, is)
				}
			}
		})
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func sameAny(a, b any) bool {
	x, many := a.([]any)
	y, too := b.([]any)
	if !many || !too {
		return a == b
	}
	for i := range x {
		if at, is := x[i].(time.Time); is {
			if !at.Equal(y[i].(time.Time)) {
				return false
			}
		} else if x[i] != y[i] {
			return false
		}
	}
	return len(x) == len(y)
}

// TestLargeFile writes and reads twenty megabytes there.
func TestLargeFile(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	want := make([]byte, large+17)
	for i := range want {
		want[i] = byte(random.Uint32())
	}
	name := filepath.Join(t.TempDir(), "large")
	asGuest(t, Disk{}, func(f Files) {
		tmp, err := f.CreateTemp(filepath.Dir(name), ".large.*")
		if err != nil {
			t.Error(err)
			return
		}
		n, err := tmp.Write(want)
		if err := errors.Join(err, tmp.Sync(), tmp.Close(), f.Rename(tmp.Name(), name)); err != nil || n != len(want) {
			t.Errorf("%d bytes, %v", n, err)
		}
		in, err := Open(f, name)
		if err != nil {
			t.Error(err)
			return
		}
		defer in.Close()
		got, err := io.ReadAll(in)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("read %d bytes, %v", len(got), err)
		}
		for range 200 {
			off, size := random.IntN(len(want)), random.IntN(3*chunk)
			part := make([]byte, size)
			n, err := in.ReadAt(part, int64(off))
			left := len(want) - off
			if n != min(size, left) || (size > left) != errors.Is(err, io.EOF) || err != nil && size <= left || !bytes.Equal(part[:n], want[off:off+n]) {
				t.Fatalf("%d bytes at %d: %d, %v", size, off, n, err)
			}
		}
	})
	if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestStandardInput(t *testing.T) {
	text := bytes.Repeat([]byte("строка\n"), 100_000)
	_, dir := listening(t, func(_ context.Context, g *Guest) int {
		got, err := io.ReadAll(g.Stdin())
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		if n, err := g.Stdin().Read(make([]byte, 5)); n != 0 || !errors.Is(err, io.EOF) {
			t.Errorf("after its end: %d, %v", n, err)
		}
		return 0
	})
	c := call1(t.Context(), dir, Request{}, iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(text))), Disk{})
	if c.failed != nil {
		t.Error(c.failed)
	}
}

// TestOnly: a host may touch what the command line names, and nothing else.
func TestOnly(t *testing.T) {
	dir := t.TempDir()
	at := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	f := Only(Disk{}, []string{"--config=" + at("c.yaml"), "backup", at("b.zip"), "--svg", at("charts"), "-q", ""})
	for _, name := range []string{at("b.zip"), at("c.yaml"), at("charts"), at("charts", "a.svg"), at(".b.zip.123")} {
		if _, err := f.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{
		at("other"), at("charts", "in", "a.svg"), at("charts", "..", "other"), at("b.zipper"), at(".b.zip"), dir, "/etc/passwd", "", ".", "-q", "c.yaml",
	} {
		_, open := Open(f, name)
		_, lstat := f.Lstat(name)
		for what, err := range map[string]error{
			"open": open, "lstat": lstat, "remove": f.Remove(name), "mkdir": f.MkdirAll(name, 0o700),
			"rename from": f.Rename(name, at("b.zip")), "rename to": f.Rename(at("b.zip"), name),
		} {
			if !errors.Is(err, fs.ErrPermission) {
				t.Errorf("%s %q: %v", what, name, err)
			}
		}
	}
	if _, err := f.CreateTemp(dir, "x*"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a temporary file of another name: %v", err)
	}
	tmp, err := f.CreateTemp(dir, ".b.zip.*")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(tmp.Close(), f.Rename(tmp.Name(), at("b.zip"))); err != nil {
		t.Error(err)
	}
}

// TestNotTooManyFiles: a host cannot use up the caller's descriptors.
func TestNotTooManyFiles(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	asGuest(t, Disk{}, func(f Files) {
		for range maxOpen {
			if _, err := Open(f, name); err != nil {
				t.Error(err)
			}
		}
		if _, err := Open(f, name); err == nil {
			t.Error("one more was opened")
		}
	})
}
