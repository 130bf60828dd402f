// Package pagestest walks through the pages of a real server with a real browser,
// as people do. It needs Chromium and skips where there is none, unless
// OBZVON_CHROMIUM=required.
package pagestest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience bounds each thing that a test waits for: a stuck server must not hold up a
// test run. A night on the sample takes some seconds, under load a minute.
const patience = 90 * time.Second

// binary is the program, built once.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "obzvon-pages-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "obzvon")
	out, err := exec.Command("go", "build", "-o", path, "obzvon/cmd/obzvon").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w: %s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path)) // of the system's folder for such things
	}
	os.Exit(code)
}

// server is an installation on the sample data, in a folder of its own.
type server struct {
	dir, address, password string // password of admin
	bin                    string
	environ                []string // beside the test's own
	cmd                    *exec.Cmd
}

var opened = regexp.MustCompile(`open (http://\S+)/`)

// start runs the server with some variables and gives admin his own password.
func start(t *testing.T, environ ...string) *server {
	t.Helper()
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{dir: t.TempDir(), bin: bin, environ: environ, password: "сборка-подшипников-22"}
	s.run(t)
	first, err := os.ReadFile(filepath.Join(s.dir, "data", "sample", "first-password.txt"))
	if err != nil {
		t.Fatal(err)
	}
	once := regexp.MustCompile(`(?m)^Одноразовый пароль: (\S+)$`).FindSubmatch(first)
	if once == nil {
		t.Fatalf("no password in %q", first)
	}
	s.changeFirst(t, string(once[1]))
	return s
}

func (s *server) run(t *testing.T) {
	t.Helper()
	s.cmd = exec.Command(s.bin, "serve")
	s.cmd.Dir = s.dir
	s.cmd.Env = append(append(plain(os.Environ()), "OBZVON_WEB_LISTEN=127.0.0.1:0"), s.environ...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	logged := &strings.Builder{}
	s.cmd.Stderr = logged
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Signal(os.Interrupt) // it may have ended
		_ = s.cmd.Wait()
		if t.Failed() {
			t.Logf("log of the server:\n%s", logged)
		}
	})
	lines := bufio.NewScanner(out)
	for s.address == "" && lines.Scan() {
		if m := opened.FindStringSubmatch(lines.Text()); m != nil {
			s.address = m[1]
		}
	}
	if s.address == "" {
		t.Fatalf("the server says no address: %s", logged)
	}
	go func() { // until the pipe is closed
		for lines.Scan() {
		}
	}()
}

// command does a command beside the server.
func (s *server) command(t *testing.T, in string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, s.bin, args...)
	c.Dir, c.Env, c.Stdin = s.dir, plain(os.Environ()), strings.NewReader(in)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("obzvon %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// changeFirst gives admin a password of his own, as the pages demand.
func (s *server) changeFirst(t *testing.T, once string) {
	t.Helper()
	c := s.login(t, "admin", once)
	post(t, c, s.address+"/password", url.Values{"old": {once}, "fresh": {s.password}, "again": {s.password}})
}

// login is a client without a browser that is logged in.
func (s *server) login(t *testing.T, name, password string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Timeout: time.Minute}
	post(t, c, s.address+"/login", url.Values{"name": {name}, "password": {password}, "to": {"/password"}})
	return c
}

func post(t *testing.T, c *http.Client, to string, form url.Values) {
	t.Helper()
	resp, err := c.PostForm(to, form)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", to, resp.Status)
	}
}

// plain is an environment without variables of ours: those of the tests are unknown
// to the program, and nobody's settings belong here.
func plain(environ []string) []string {
	return slices.DeleteFunc(environ, func(pair string) bool { return strings.HasPrefix(pair, "OBZVON_") })
}

// waitForList waits until the night of a first start has made its list.
func (s *server) waitForList(t *testing.T) {
	t.Helper()
	c := s.login(t, "admin", s.password)
	for until := time.Now().Add(patience); ; {
		resp, err := c.Get(s.address + "/night")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		if err = errors.Join(err, resp.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "Сейчас ночь не идёт") && strings.Contains(string(text), "/night/runs/2") {
			return
		}
		if time.Now().After(until) {
			t.Fatalf("no list is made:\n%.2000s", text)
		}
		<-time.After(200 * time.Millisecond) // another process: there is nothing to wait on
	}
}
