package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// serving is a server in a process of its own.
type serving struct {
	t     *testing.T
	cmd   *exec.Cmd
	open  string // the address that it says to open
	lines chan map[string]any
	log   *bytes.Buffer // what was read of it
	ended chan error
}

// serveIn starts a server in a folder, with "NAME=value" beside the environment.
func serveIn(t *testing.T, dir string, environ ...string) *serving {
	t.Helper()
	args := []string{"serve", "--log", "json"}
	if _, err := os.Stat(filepath.Join(dir, "obzvon.yaml")); err == nil {
		args = append(args, "--config", "obzvon.yaml")
	}
	program, err := exec.LookPath("obzvon") // put into PATH by testscript.Main
	if err != nil {
		t.Fatal(err)
	}
	s := &serving{t: t, cmd: exec.Command(program, args...), lines: make(chan map[string]any, 1000), log: &bytes.Buffer{}, ended: make(chan error, 1)}
	s.cmd.Dir = dir
	s.cmd.Env = append(os.Environ(), append([]string{"OBZVON_STORE_LOCK_TIMEOUT=5s", "OBZVON_WEB_LISTEN=127.0.0.1:0"}, environ...)...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	said, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() }) // one that has ended needs none
	var pipes sync.WaitGroup
	pipes.Go(func() { s.read(said) })
	opens := make(chan string, 1)
	pipes.Go(func() {
		defer close(opens)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if address, ok := strings.CutPrefix(lines.Text(), "open "); ok {
				opens <- address
			}
		}
	})
	go func() {
		pipes.Wait()
		s.ended <- s.cmd.Wait()
	}()
	s.open, _, _ = strings.Cut(<-opens, " ")
	if s.open == "" {
		t.Fatalf("no address was printed; it ended with %v\n%s", s.stop(syscall.SIGKILL), s.log)
	}
	return s
}

// read parses what is logged, a JSON document a line.
func (s *serving) read(from io.Reader) {
	defer close(s.lines)
	for lines := bufio.NewScanner(from); lines.Scan(); {
		var line map[string]any
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			line = map[string]any{"msg": "no JSON: " + lines.Text()}
		}
		s.lines <- line
	}
}

// until waits for a line of the log with this message and attributes.
func (s *serving) until(msg string, attrs ...string) {
	s.t.Helper()
	late := time.NewTimer(time.Minute)
	defer late.Stop()
	for {
		select {
		case line, ok := <-s.lines:
			if !ok {
				s.t.Fatalf("it ended before it said %q %v\n%s", msg, attrs, s.log)
			}
			fmt.Fprintln(s.log, line)
			same := line["msg"] == msg
			for i := 0; i < len(attrs); i += 2 {
				same = same && line[attrs[i]] == attrs[i+1]
			}
			if same {
				return
			}
		case <-late.C:
			s.t.Fatalf("it never said %q %v\n%s", msg, attrs, s.log)
		}
	}
}

// stop sends a signal and waits for the end.
func (s *serving) stop(signal os.Signal) error {
	s.t.Helper()
	if err := s.cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.t.Fatal(err)
	}
	for line := range s.lines {
		fmt.Fprintln(s.log, line)
	}
	return <-s.ended
}

// end is the end that a server should have.
func (s *serving) end() {
	s.t.Helper()
	if err := s.stop(syscall.SIGTERM); err != nil {
		s.t.Errorf("ended with %v, want 0\n%s", err, s.log)
	}
}

// A server killed with SIGKILL in each part of its first night and started again
// gives the very workbook of one that nobody killed, and nobody has to ask for it.
func TestKilledServerGoesOn(t *testing.T) {
	const noVisits = "OBZVON_ENRICH_WEBSITE_ENABLED=false" // those under way are lost to the night
	whole, dir := t.TempDir(), t.TempDir()
	undisturbed := func() {
		s := serveIn(t, whole, noVisits)
		s.until("night ended")
		s.end()
	}
	undisturbed()
	for _, at := range [][]string{{"name", "gis"}, {"name", "rsmp"}, {"stage", "resolve"}, {"stage", "derive"}, {"stage", "score"}, {"stage", "export"}} {
		s := serveIn(t, dir, noVisits)
		s.until("working", at...)
		var exit *exec.ExitError
		if err := s.stop(syscall.SIGKILL); !errors.As(err, &exit) || exit.ExitCode() != -1 {
			t.Fatalf("killed at %v it ended with %v", at, err)
		}
	}
	s := serveIn(t, dir, noVisits)
	s.until("night begins", "why", "first")
	s.until("night ended")
	s.end()
	want, got := issuedBook(t, whole), issuedBook(t, dir)
	if filepath.Base(want) != filepath.Base(got) { // the day changed between the two
		if err := os.RemoveAll(filepath.Join(whole, "data")); err != nil {
			t.Fatal(err)
		}
		undisturbed()
		want = issuedBook(t, whole)
	}
	if a, b := cells(t, want), cells(t, got); len(strings.Split(a, "\n")) < 100 || issueTimeless(a) != issueTimeless(b) {
		t.Errorf("after the kills another workbook came out")
	}
	again := serveIn(t, dir, noVisits)
	again.until("schedule", "why", "clock") // there is nothing to make up for
	again.end()
}

// SIGTERM in the middle of a night ends the server with 0 and leaves the store free;
// the next one goes on by itself.
func TestStoppedServerGoesOn(t *testing.T) {
	asked, free := make(chan struct{}, killedSites), make(chan struct{})
	net := &internet{homes: map[string]int{}, at: map[string]int{}}
	dir, above := t.TempDir(), newSystemd(t)
	writeSited(t, dir, webOf(t, func(w http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		select {
		case <-free:
			net.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	}))
	writeWorkday(t, dir)
	s := serveIn(t, dir, above.value)
	above.until("READY=1")
	s.until("night begins", "why", "catch-up")
	<-asked // the night hangs in its visits
	above.until("STATUS=night: ")
	above.until("WATCHDOG=1")
	began := time.Now()
	s.end()
	above.until("STOPPING=1")
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("it ended after %v", took)
	}
	stops := exec.Command(s.cmd.Path, "--config", "obzvon.yaml", "stop", "list")
	stops.Dir, stops.Env = dir, append(os.Environ(), "OBZVON_STORE_LOCK_TIMEOUT=1s")
	if out, err := stops.CombinedOutput(); err != nil {
		t.Fatalf("the store is not free: %v\n%s", err, out)
	}
	close(free)
	s = serveIn(t, dir, "OBZVON_ENRICH_WEBSITE_BUDGET=50")
	s.until("night begins", "why", "catch-up")
	s.until("night ended")
	s.end()
	if books, err := filepath.Glob(filepath.Join(dir, "data", "lists", "call-list-*.xlsx")); err != nil || len(books) == 0 {
		t.Errorf("lists %v, %v", books, err)
	}
}

// webOf is a server that stands for all sites, as the program's proxy.
func webOf(t *testing.T, handle http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: handle, ReadHeaderTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

// writeWorkday makes the present moment noon of a working day whose night has been
// missed.
func writeWorkday(t *testing.T, dir string) {
	t.Helper()
	now := time.Now().UTC()
	zone := fmt.Sprintf("Etc/GMT%+d", now.Hour()-12) // the sign of these is the other way round
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	day := now.In(loc)
	workdays := ""
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		workdays = `"` + day.Format(time.DateOnly) + `"`
	}
	name := filepath.Join(dir, "obzvon.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	more := fmt.Sprintf("seller: {time_zone: %q}\ncalendar: {holidays: [], workdays: [%s]}\n", zone, workdays)
	text = bytes.Replace(text, []byte("2026-11-01"), []byte(day.AddDate(0, 0, -20).Format(time.DateOnly)), 1)
	if err := os.WriteFile(name, append(text, more...), 0o600); err != nil {
		t.Fatal(err)
	}
}

// systemd hears what a service tells it.
type systemd struct {
	t     *testing.T
	value string // of the environment
	words chan string
	said  []string
}

func newSystemd(t *testing.T) *systemd {
	t.Helper()
	name := filepath.Join(t.TempDir(), "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("WATCHDOG_USEC", "200000")
	s := &systemd{t: t, value: "NOTIFY_SOCKET=" + name, words: make(chan string, 1000)}
	go func() {
		defer close(s.words)
		for b := make([]byte, 4096); ; {
			n, err := l.Read(b)
			if err != nil {
				return
			}
			s.words <- string(b[:n])
		}
	}()
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		for range s.words { // until the reader has gone
		}
	})
	return s
}

// until waits for a word that begins so.
func (s *systemd) until(word string) {
	s.t.Helper()
	late := time.NewTimer(time.Minute)
	defer late.Stop()
	for {
		select {
		case w := <-s.words:
			if s.said = append(s.said, w); strings.HasPrefix(w, word) {
				return
			}
		case <-late.C:
			s.t.Fatalf("systemd heard %q, never %q", s.said, word)
		}
	}
}
