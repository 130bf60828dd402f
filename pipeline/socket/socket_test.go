package socket

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

type handler func(context.Context, *Guest) int

const version = "1.2.3"

// listening starts a host in a new folder; nothing of it may be left at the end.
func listening(t *testing.T, do handler) (*Host, string) {
	t.Helper()
	return listeningIn(t, t.TempDir(), do)
}

func listeningIn(t *testing.T, dir string, do handler) (*Host, string) {
	t.Helper()
	running := goleak.IgnoreCurrent()
	h, err := Listen(t.Context(), Options{Dir: dir, Version: version, Patience: 300 * time.Millisecond, Handle: do})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
		goleak.VerifyNone(t, running)
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Error(err)
		}
		for _, e := range entries {
			if strings.Contains(e.Name(), Name) {
				t.Errorf("%s is left", e.Name())
			}
		}
	})
	return h, dir
}

// called is what a caller got.
type called struct {
	out, err bytes.Buffer
	exit     int
	failed   error
}

func call1(ctx context.Context, dir string, r Request, in io.Reader, f Files) *called {
	var c called
	line, err := Dial(dir)
	if err != nil {
		c.failed = err
		return &c
	}
	r.Version = version
	c.exit, c.failed = line.Call(ctx, r, Local{Stdin: in, Stdout: &c.out, Stderr: &c.err, Files: f})
	return &c
}

func TestCall(t *testing.T) {
	var got Request
	who := ""
	_, dir := listening(t, func(_ context.Context, g *Guest) int {
		got, who = g.Request, g.Who
		in, err := io.ReadAll(g.Stdin())
		if err != nil {
			t.Errorf("read standard input: %v", err)
		}
		fmt.Fprintf(g.Stdout(), "out %s", in)
		fmt.Fprint(g.Stderr(), "err")
		return 3
	})
	info, err := os.Stat(filepath.Join(dir, Name))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	want := Request{
		Version: version, Args: []string{"explain", "\xcf\xf0.csv", ""}, Environ: []string{"OBZVON_A=b\xff"},
		Dir: "/some/\xfe", User: "anna", Terminal: true,
	}
	c := call1(t.Context(), dir, want, strings.NewReader("привет"), Disk{})
	if c.failed != nil || c.exit != 3 || c.out.String() != "out привет" || c.err.String() != "err" {
		t.Errorf("%v, exit %d, %q, %q", c.failed, c.exit, c.out.String(), c.err.String())
	}
	if !slices.Equal(got.Args, want.Args) || !slices.Equal(got.Environ, want.Environ) || got.Dir != want.Dir || got.User != want.User || !got.Terminal {
		t.Errorf("the host heard %+v", got)
	}
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "linux" && who != me.Username || runtime.GOOS != "linux" && who != "anna" {
		t.Errorf("the caller is taken for %q", who)
	}
	if c = call1(t.Context(), dir, Request{}, nil, Disk{}); c.failed != nil || c.out.String() != "out " || got.Args == nil {
		t.Errorf("nothing given: %v, %q, %v", c.failed, c.out.String(), got.Args)
	}
}

// TestNobodyListens: each of these is told from a command that was begun.
func TestNobodyListens(t *testing.T) {
	if _, err := Dial(t.TempDir()); !errors.Is(err, ErrNoHost) {
		t.Errorf("no socket: %v", err)
	}
	dir := t.TempDir()
	l, err := listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil { // as a kill leaves it
		t.Fatal(err)
	}
	if _, err := Dial(dir); !errors.Is(err, ErrNoHost) {
		t.Errorf("a dead one: %v", err)
	}
	h, _ := listeningIn(t, dir, func(context.Context, *Guest) int { return 0 })
	if c := call1(t.Context(), dir, Request{}, nil, Disk{}); c.failed != nil {
		t.Errorf("beside a dead one: %v", c.failed)
	}
	line, err := Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := line.Call(t.Context(), Request{Version: version}, Local{}); !errors.Is(err, ErrNoHost) {
		t.Errorf("one that ends: %v", err)
	}
}

func TestOtherVersion(t *testing.T) {
	_, dir := listening(t, func(context.Context, *Guest) int {
		t.Error("the command of another version was begun")
		return 0
	})
	line, err := Dial(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = line.Call(t.Context(), Request{Version: "2.0"}, Local{})
	if !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), "the server runs version 1.2.3, this is 2.0: restart it") {
		t.Error(err)
	}
}

// TestStranger: whoever does not know the protocol has nothing done, and hinders nobody.
func TestStranger(t *testing.T) {
	_, dir := listening(t, func(context.Context, *Guest) int { return 5 })
	for _, words := range [][]byte{
		[]byte("GET / HTTP/1.1\r\n\r\n"), appendFrame(nil, kindBegin), appendFrame(nil, kindHello, []byte("{")),
		{byte(kindHello), 0xff, 0xff, 0xff, 0xff},
		nil,
	} {
		line, err := Dial(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := line.conn.Write(words); err != nil {
			t.Fatal(err)
		}
		if len(words) > 0 { // else it stays and says nothing
			if said, err := io.ReadAll(line.conn); len(said) > 0 {
				t.Errorf("%q: answered %q, %v", words, said, err)
			}
		}
		t.Cleanup(func() { hangUp(line.conn) })
	}
	if c := call1(t.Context(), dir, Request{}, nil, Disk{}); c.failed != nil || c.exit != 5 {
		t.Errorf("%v, exit %d", c.failed, c.exit)
	}
}

func TestManyAtOnce(t *testing.T) {
	var mu sync.Mutex
	inside, peak := 0, 0
	_, dir := listening(t, func(_ context.Context, g *Guest) int {
		mu.Lock()
		inside++
		peak = max(peak, inside)
		mu.Unlock()
		defer func() {
			mu.Lock()
			inside--
			mu.Unlock()
		}()
		f, err := Open(g, g.Args[0])
		if err != nil {
			t.Error(err)
			return 1
		}
		defer f.Close()
		if _, err := io.Copy(g.Stdout(), f); err != nil {
			t.Error(err)
		}
		return 0
	})
	folder := t.TempDir()
	var all sync.WaitGroup
	for i := range 3 * most {
		all.Go(func() {
			text := strings.Repeat(fmt.Sprintf("file %d\n", i), 1000)
			name := filepath.Join(folder, strconv.Itoa(i))
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Error(err)
				return
			}
			c := call1(t.Context(), dir, Request{Args: []string{name}}, nil, Disk{})
			if c.failed != nil || c.out.String() != text {
				t.Errorf("%d: %v, %d bytes", i, c.failed, c.out.Len())
			}
		})
	}
	all.Wait()
	if peak > most || peak < 2 {
		t.Errorf("%d inside at once", peak)
	}
}

// TestLongPath: a folder whose path is longer than any socket's may be.
func TestLongPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("д", 60), strings.Repeat("е", 60))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "linux" {
		if _, err := Listen(t.Context(), Options{Dir: dir}); !errors.Is(err, ErrTooLong) {
			t.Error(err)
		}
		return
	}
	_, _ = listeningIn(t, dir, func(context.Context, *Guest) int { return 9 })
	if c := call1(t.Context(), dir, Request{}, nil, Disk{}); c.failed != nil || c.exit != 9 {
		t.Errorf("%v, exit %d", c.failed, c.exit)
	}
}

func TestNoFolder(t *testing.T) {
	if _, err := Listen(t.Context(), Options{Dir: filepath.Join(t.TempDir(), "no")}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
