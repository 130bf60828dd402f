package main

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
)

// A night stopped by Ctrl-C amid its visits and run again visits every site,
// none twice, but those that were under way: what was claimed and not begun is
// given back.
func TestStoppedVisitsLoseOnlyThoseUnderWay(t *testing.T) {
	net := &internet{homes: map[string]int{}, at: map[string]int{}}
	var running atomic.Pointer[os.Process]
	var homes atomic.Int64
	var stopAt atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" && homes.Add(1) == stopAt.Load() {
			if err := running.Load().Signal(os.Interrupt); err != nil {
				t.Errorf("interrupt the program: %v", err)
			}
		}
		net.ServeHTTP(w, r)
	}))
	defer server.Close()
	dir := t.TempDir()
	writeSited(t, dir, server.URL)
	stops := []int64{1, 90, 200}
	for _, n := range stops {
		stopAt.Store(n)
		cmd := child(t, dir, "--config", "obzvon.yaml")
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running.Store(cmd.Process)
		var exit *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitFailed || !strings.Contains(said.String(), "Nothing is lost") {
			t.Fatalf("stopped at the visit %d: %v\n%s", n, err, said.String())
		}
	}
	stopAt.Store(0)
	if out, err := child(t, dir, "--config", "obzvon.yaml").CombinedOutput(); err != nil {
		t.Fatalf("run after %d stops: %v\n%s", len(stops), err, out)
	}
	for host, n := range net.homes {
		if n > 1 {
			t.Errorf("%s was visited %d times", host, n)
		}
	}
	const underWay = 8 // at_once
	t.Logf("%d stops, %d of %d sites visited", len(stops), len(net.homes), killedSites)
	if len(net.homes) < killedSites-len(stops)*underWay {
		t.Errorf("%d of %d sites were visited: %d stops may lose %d each", len(net.homes), killedSites, len(stops), underWay)
	}
}
