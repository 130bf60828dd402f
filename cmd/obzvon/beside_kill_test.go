package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"obzvon/pipeline/socket"
)

// besides is a command of another process, in a folder below the installation's.
func (n *parkedNight) besides(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := child(t, filepath.Join(n.dir, "elsewhere"))
	cmd.Args = append(cmd.Args[:1], append([]string{"--config", "../obzvon.yaml"}, args...)...)
	cmd.Env = append(os.Environ(), "OBZVON_STORE_LOCK_TIMEOUT=100ms")
	return cmd
}

// out runs it and wants an exit code.
func out(t *testing.T, cmd *exec.Cmd, want int) string {
	t.Helper()
	said, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || cmd.ProcessState.ExitCode() != want {
		t.Errorf("%q: %v, want %d\n%s", cmd.Args, err, want, said)
	}
	return string(said)
}

// TestBesideAnotherProcess does as people do: commands from another folder beside a
// night, its SIGKILL, and the commands after it.
func TestBesideAnotherProcess(t *testing.T) {
	n := newParkedNight(t)
	if err := os.Mkdir(filepath.Join(n.dir, "elsewhere"), 0o700); err != nil {
		t.Fatal(err)
	}
	host := child(t, n.dir, "--config", "obzvon.yaml", "--quiet")
	if err := host.Start(); err != nil {
		t.Fatal(err)
	}
	<-n.parked
	inn := string(siteINN(t, 5))
	said(t, out(t, n.besides(t, "explain", inn), exitDone), "Пример 5")
	said(t, out(t, n.besides(t, "outcomes", "import", "../clients.csv"), exitDone), "clients.csv: таблица", "строк 2: с результатом 2")
	said(t, out(t, n.besides(t, "outcomes", "export", "results.csv"), exitDone), "results.csv: 2 results")
	if _, err := os.Stat(filepath.Join(n.dir, "elsewhere", "results.csv")); err != nil {
		t.Error(err)
	}
	piped := n.besides(t, "stop", "import", "-")
	piped.Stdin = strings.NewReader("7707083893\n")
	said(t, out(t, piped, exitDone), "1 added")
	said(t, out(t, n.besides(t, "run"), exitLocked), "is held by process", "run, begun by "+whoami())

	killed, _ := n.inside(t)
	if err := killed.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = killed.Wait() // tells that it was killed
	stopped, words := n.inside(t)
	if err := stopped.Process.Signal(syscall.SIGINT); err != nil {
		t.Error(err)
	}
	_ = stopped.Wait()
	if code := stopped.ProcessState.ExitCode(); code != exitFailed {
		t.Errorf("stopped with Ctrl-C it ended with %d", code)
	}
	said(t, words.String(), "stopped. Nothing is lost")
	waiting, words := n.inside(t)
	if err := host.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = host.Wait()
	_ = waiting.Wait()
	if code := waiting.ProcessState.ExitCode(); code != exitFailed {
		t.Errorf("beside a night that was killed it ended with %d", code)
	}
	said(t, words.String(), "the process that did this command is gone", "run it again")

	if _, err := os.Stat(filepath.Join(n.dir, "data", socket.Name)); err != nil {
		t.Errorf("nothing is left of the killed one: %v", err)
	}
	if list := out(t, n.besides(t, "stop", "list"), exitDone); strings.Count(list, "\n") != 1 {
		t.Errorf("the stop list is\n%s", list)
	}
	n.letGo()
	out(t, n.besides(t, "run", "--date", "2026-11-23"), exitDone)
	if _, err := os.Stat(filepath.Join(n.dir, "data", socket.Name)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
}

// inside is a command that waits within the process that holds the store, for more of
// its standard input, and what it says.
func (n *parkedNight) inside(t *testing.T) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := n.besides(t, "stop", "import", "-")
	var words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &words, &words
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// More than a pipe holds: when it is written most of it was read over there.
	if _, err := io.WriteString(in, strings.Repeat("# a remark\n", 100_000)); err != nil {
		t.Fatal(err)
	}
	return cmd, &words
}
