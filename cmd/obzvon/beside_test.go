package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline/gate"
)

// parkedNight is an installation whose run stands still amid its visits, until it is
// let go: every site waits.
type parkedNight struct {
	dir    string
	parked chan struct{} // closed when it stands
	letGo  func()
}

// newParkedNight writes the installation and the sites; the run is yet to be started.
func newParkedNight(t *testing.T) *parkedNight {
	t.Helper()
	n := &parkedNight{dir: t.TempDir(), parked: make(chan struct{})}
	gone := make(chan struct{})
	n.letGo = sync.OnceFunc(func() { close(gone) })
	stands := sync.OnceFunc(func() { close(n.parked) })
	net := &internet{homes: map[string]int{}, at: map[string]int{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stands()
		select {
		case <-gone:
			net.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(n.letGo)
	writeSited(t, n.dir, server.URL)
	n.write(t, "clients.csv", "ИНН;Результат;Дата;Менеджер\n"+string(siteINN(t, 3))+";Контракт;14.05.2026;менеджер 1\n"+string(siteINN(t, 4))+";Интерес;20.11.2026;менеджер 1\n")
	n.write(t, "stops.txt", "7728168971 # a line\n+7 907 000-00-01\n")
	n.write(t, "segments.yaml", strings.Replace(builtInSegments(t), "points: 8", "points: 7", 1))
	return n
}

func builtInSegments(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../config/segments.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func (n *parkedNight) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(n.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// started runs the night in this process and returns how it came out, at its end.
func (n *parkedNight) started(t *testing.T) <-chan ended {
	t.Helper()
	out := make(chan ended, 1)
	go func() { out <- n.do(t, n.dir, "", "run", "--date", "2026-11-23", "--quiet") }()
	select {
	case <-n.parked:
	case e := <-out:
		t.Fatalf("the night ended with %d: %s%s", e.code, e.out, e.err)
	}
	return out
}

// do runs a command in this process as another one would. In the arguments DIR
// stands for the folder of the installation.
func (n *parkedNight) do(t *testing.T, dir, in string, args ...string) ended {
	t.Helper()
	var out, errs bytes.Buffer
	all := []string{"--config", filepath.Join(dir, "obzvon.yaml")}
	for _, arg := range args {
		all = append(all, strings.ReplaceAll(arg, "DIR", dir))
	}
	code := execute(t.Context(), all, streams{in: strings.NewReader(in), out: &out, err: &errs}, []string{"OBZVON_STORE_LOCK_TIMEOUT=50ms"})
	return ended{out.String(), errs.String(), code}
}

// alike is what a command prints in one folder, as it would in the other, without
// what a night in hand changes: how many asks it has made.
func alike(text, dir, other string) string {
	text = strings.ReplaceAll(text, other, dir)
	return regexp.MustCompile(`("spent": |\t| {2,})\d+`).ReplaceAllString(text, "${1}N")
}

// TestBesideANight: what other commands print beside a night is what they print
// without it, on the same state, and what they write is the same.
func TestBesideANight(t *testing.T) {
	running := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, running) })
	n := newParkedNight(t)
	night := n.started(t)
	beside := n.do(t, n.dir, "", "backup", "--full", "DIR/whole.zip")
	if beside.code != exitDone || !regexp.MustCompile(`whole\.zip: [0-9.]+ [KM]iB\n$`).MatchString(beside.out) {
		t.Fatalf("exit %d: %s%s", beside.code, beside.out, beside.err)
	}
	alone := t.TempDir()
	for _, name := range []string{"obzvon.yaml", "list.csv", "clients.csv", "stops.txt", "segments.yaml"} {
		copyFile(t, filepath.Join(n.dir, name), filepath.Join(alone, name))
	}
	if e := n.do(t, alone, "", "restore", filepath.Join(n.dir, "whole.zip")); e.code != exitDone {
		t.Fatalf("exit %d: %s", e.code, e.err)
	}
	inn, known := string(siteINN(t, 5)), string(siteINN(t, 4))
	for _, c := range []struct {
		args string
		in   string
		code int
	}{
		{"explain " + inn, "", exitDone},
		{"explain --json " + inn, "", exitDone},
		{"explain 7707083893", "", exitFailed},
		{"sources --json", "", exitDone},
		{"sources", "", exitDone},
		{"sources rejects list", "", exitDone},
		{"joins", "", exitDone},
		{"preview --with DIR/segments.yaml --date 2026-11-23", "", exitDone},
		{"preview --with DIR/nosuch.yaml", "", exitUsage},
		{"outcomes import DIR/clients.csv DIR/nosuch.csv", "", exitUsage},
		{"outcomes import --json DIR/clients.csv", "", exitDone},
		{"outcomes show " + known, "", exitDone},
		{"outcomes export DIR/results.csv", "", exitDone},
		{"outcomes export DIR/results.csv", "", exitUsage},
		{"outcomes export -", "", exitDone},
		{"stop add 7707083893 --reason client", "", exitDone},
		{"stop import DIR/stops.txt", "", exitDone},
		{"stop import -", "8 907 000-00-02\nнет такого\n", exitUsage},
		{"stop import -", "8 907 000-00-02\n", exitDone},
		{"stop list", "", exitDone},
		{"assign --pin manager-1 " + inn, "", exitDone},
		{"assign list", "", exitDone},
		{"targets add " + inn, "", exitDone},
		{"report --date 2026-11-23 --svg DIR/charts", "", exitDone},
		{"calibrate --write DIR/new.yaml", "", exitFailed},
		{"backup DIR/whole.zip", "", exitUsage},
		{"explain " + inn + " --date 1", "", exitUsage},
	} {
		args := strings.Fields(c.args)
		copyFile(t, filepath.Join(n.dir, "whole.zip"), filepath.Join(alone, "whole.zip"))
		got, want := n.do(t, n.dir, c.in, args...), n.do(t, alone, c.in, args...)
		if got.code != c.code || want.code != c.code {
			t.Errorf("%s: exit %d, without a night %d, want %d\n%s%s", c.args, got.code, want.code, c.code, got.err, want.err)
		}
		if a, b := alike(got.out, n.dir, alone), alike(want.out, n.dir, alone); a != b {
			t.Errorf("%s printed\n%s\nwithout a night\n%s", c.args, a, b)
		}
		if a, b := alike(got.err, n.dir, alone), alike(want.err, n.dir, alone); a != b {
			t.Errorf("%s said\n%s\nwithout a night\n%s", c.args, a, b)
		}
	}
	if e := n.do(t, n.dir, "", "doctor", "--json"); e.code != exitDone || !strings.Contains(e.out, "opens, registry.db") {
		t.Errorf("doctor: exit %d\n%s%s", e.code, e.out, e.err)
	}
	n.sameFiles(t, alone, "results.csv", "charts/*")
	n.letGo()
	if e := <-night; e.code != exitDone {
		t.Errorf("the night ended with %d: %s%s", e.code, e.out, e.err)
	}
	if e := n.do(t, n.dir, "", "stop", "list"); strings.Count(e.out, "\n") != 4 || !strings.Contains(e.out, "7707083893") {
		t.Errorf("after the night the stop list is\n%s", e.out)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(to, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
}

// sameFiles holds files of the two folders to each other.
func (n *parkedNight) sameFiles(t *testing.T, alone string, patterns ...string) {
	t.Helper()
	for _, p := range patterns {
		names, err := filepath.Glob(filepath.Join(n.dir, p))
		if err != nil || len(names) == 0 {
			t.Errorf("%s: %q, %v", p, names, err)
		}
		for _, name := range names {
			here, err := os.ReadFile(name)
			if err != nil {
				t.Error(err)
			}
			there, err := os.ReadFile(strings.Replace(name, n.dir, alone, 1))
			if err != nil || !bytes.Equal(here, there) {
				t.Errorf("%s is another beside a night: %v", name, err)
			}
		}
	}
	hidden, err := filepath.Glob(filepath.Join(n.dir, ".*"))
	if err != nil || len(hidden) > 0 {
		t.Errorf("left: %q, %v", hidden, err)
	}
}

// TestNotBesideANight: what cannot be done beside a night says at once who is at work.
func TestNotBesideANight(t *testing.T) {
	n := newParkedNight(t)
	night := n.started(t)
	n.do(t, n.dir, "", "backup", "DIR/safe.zip")
	for args, words := range map[string][]string{
		"run":                           {"is held by process ", "(run)", "run, begun by " + whoami() + " at "},
		"run --rebuild":                 {"run, begun by " + whoami() + " at "},
		"pull":                          {"run, begun by "},
		"enrich":                        {"run, begun by "},
		"export":                        {"run, begun by "},
		"forget 7707083893":             {"run, begun by "},
		"compact":                       {"is held by process ", "(run)", "needs the files of the store for itself", "systemctl stop obzvon"},
		"restore --force DIR/safe.zip":  {"is held by process ", "needs the files of the store for itself"},
		"restore --force DIR/other.zip": {"is held by process "},
	} {
		began := time.Now()
		e := n.do(t, n.dir, "", strings.Fields(args)...)
		if e.code != exitLocked || e.out != "" {
			t.Errorf("%s: exit %d, %s%s", args, e.code, e.out, e.err)
		}
		said(t, e.err, words...)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: %v", args, took)
		}
	}
	// A config that names another store leads elsewhere.
	if e := n.do(t, t.TempDir(), "", "explain", "7707083893"); e.code != exitUsage {
		t.Errorf("exit %d, %s", e.code, e.err)
	}
	n.letGo()
	if e := <-night; e.code != exitDone {
		t.Errorf("the night ended with %d: %s%s", e.code, e.out, e.err)
	}
}

// TestManyBesideANight: dozens of commands at once, readers and writers.
func TestManyBesideANight(t *testing.T) {
	n := newParkedNight(t)
	night := n.started(t)
	var all sync.WaitGroup
	inn := string(siteINN(t, 5))
	for i := range 24 {
		all.Go(func() {
			args := [][]string{{"explain", inn}, {"sources", "--json"}, {"stop", "add", string(siteINN(t, 100+i))}, {"doctor"}}[i%4]
			if e := n.do(t, n.dir, "", args...); e.code != exitDone || e.out == "" {
				t.Errorf("%q: exit %d, %s", args, e.code, e.err)
			}
		})
	}
	all.Wait()
	n.letGo()
	<-night
	if e := n.do(t, n.dir, "", "stop", "list"); strings.Count(e.out, "\n") != 6 {
		t.Errorf("the stop list is\n%s", e.out)
	}
}

// TestBesideAnIdleHost: where no night goes on, others may begin one, and may erase.
func TestBesideAnIdleHost(t *testing.T) {
	n := newParkedNight(t)
	n.letGo()
	a := &app{io: streams{out: io.Discard, err: io.Discard}, configPath: filepath.Join(n.dir, "obzvon.yaml")}
	h, err := a.open(t.Context(), "serve")
	if err != nil {
		t.Fatal(err)
	}
	stop, err := a.host(t.Context(), h, gate.New(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	if e := n.do(t, n.dir, "", "run", "--date", "2026-11-23"); e.code != exitDone || !strings.Contains(e.out, "call-list-2026-11-23.xlsx") {
		t.Errorf("run: exit %d, %s%s", e.code, e.out, e.err)
	}
	e := n.do(t, n.dir, "", "forget", "+7 907 341-25-18")
	if e.code != exitDone {
		t.Errorf("forget: exit %d, %s%s", e.code, e.out, e.err)
	}
	said(t, e.out, "Стёрто", "Хранилище переписано без свободных страниц")
	if e := n.do(t, n.dir, "", "explain", "+7 907 341-25-18"); e.code != exitFailed {
		t.Errorf("explain: exit %d, %s%s", e.code, e.out, e.err)
	}
	if err := errors.Join(stop(), h.Close()); err != nil {
		t.Error(err)
	}
	if e := n.do(t, n.dir, "", "forget", "+7 907 341-25-18"); e.code != exitDone {
		t.Errorf("forget without it: exit %d, %s%s", e.code, e.out, e.err)
	}
}

// TestOnlyWhatConfigures: nothing of the environment but the program's own variables
// goes to whoever does the command.
func TestOnlyWhatConfigures(t *testing.T) {
	environ := []string{"PATH=/bin", "OBZVON_DATA_DIR=d", "AWS_SECRET_ACCESS_KEY=x", "GOMEMLIMIT=1GiB", "OBZVON_SEGMENTS_FILE="}
	if got := own(environ); !slices.Equal(got, []string{"OBZVON_DATA_DIR=d", "OBZVON_SEGMENTS_FILE="}) {
		t.Errorf("%q", got)
	}
	if got := others(environ); !slices.Equal(got, []string{"PATH=/bin", "AWS_SECRET_ACCESS_KEY=x", "GOMEMLIMIT=1GiB"}) {
		t.Errorf("%q", got)
	}
	c := caller{dir: "/home/anna"}
	o := c.options("obzvon.yaml", environ)
	if o.Path != "/home/anna/obzvon.yaml" || !slices.Contains(o.Environ, "OBZVON_DATA_DIR=/home/anna/d") || !slices.Contains(o.Environ, "OBZVON_SEGMENTS_FILE=") {
		t.Errorf("%+v", o)
	}
	if o = c.options("", nil); o.Path != "" {
		t.Errorf("%+v", o)
	}
}

// TestBrokenOff: a command that panics does not take along whoever does it.
func TestBrokenOff(t *testing.T) {
	var log, theirs bytes.Buffer
	a := &app{io: streams{err: &log}}
	if code := a.unbroken(&theirs, func() int { panic("oh") }); code != exitFailed {
		t.Errorf("exit %d", code)
	}
	said(t, theirs.String(), "obzvon: broke off: oh")
	said(t, log.String(), "broke off", "why=oh", "TestBrokenOff")
}
