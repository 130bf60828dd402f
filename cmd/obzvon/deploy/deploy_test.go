// Package deploy holds the systemd units to the program that they start.
package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"obzvon/config"
)

const (
	installed = "/usr/local/bin/obzvon"
	configAt  = "/etc/obzvon/obzvon.yaml"
)

var units = []string{"obzvon.service", "obzvon-run.service", "obzvon-run.timer"}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// unit is the settings of a unit, by section and key.
func unit(t *testing.T, name string) map[string][]string {
	t.Helper()
	out, section := map[string][]string{}, ""
	for line := range strings.Lines(read(t, name)) {
		line = strings.TrimSpace(line)
		key, value, ok := strings.Cut(line, "=")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			section = strings.Trim(line, "[]")
		case !ok || section == "" || key != strings.TrimSpace(key):
			t.Errorf("%s: what is %q?", name, line)
		default:
			out[section+"."+key] = append(out[section+"."+key], value)
		}
	}
	return out
}

// program is obzvon, built.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "obzvon")
	if out, err := exec.Command("go", "build", "-o", path, "obzvon/cmd/obzvon").CombinedOutput(); err != nil {
		t.Fatalf("build: %v: %s", err, out)
	}
	return path
}

// TestUnits: systemd knows every setting by its name, and the program the commands
// and flags that they start.
func TestUnits(t *testing.T) {
	bin := program(t)
	t.Run("systemd", func(t *testing.T) { verified(t, bin) })
	t.Run("program", func(t *testing.T) { starts(t, bin) })
}

func verified(t *testing.T, bin string) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not installed: apt-get install systemd")
	}
	dir := t.TempDir()
	args := []string{"verify"}
	for _, name := range units {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(read(t, name), installed, bin)), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	out, err := exec.Command("systemd-analyze", args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "obzvon") {
		t.Errorf("%v: %s", err, out)
	}
}

func starts(t *testing.T, bin string) {
	for name, command := range map[string]string{"obzvon.service": "serve", "obzvon-run.service": "run"} {
		start := unit(t, name)["Service.ExecStart"]
		if len(start) != 1 {
			t.Fatalf("%s: starts %q", name, start)
		}
		words := strings.Fields(start[0])
		if words[0] != installed || words[len(words)-1] != command || !slices.Contains(words, configAt) {
			t.Errorf("%s: starts %q", name, start)
		}
		out, err := exec.Command(bin, append(words[1:], "--help")...).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "obzvon "+command) {
			t.Errorf("%s: %v: %s", name, err, out)
		}
	}
}

// TestPromises: what the units must not lose.
func TestPromises(t *testing.T) {
	server, night, timer := unit(t, "obzvon.service"), unit(t, "obzvon-run.service"), unit(t, "obzvon-run.timer")
	want := func(u map[string][]string, key string, value ...string) {
		t.Helper()
		if !slices.Equal(u[key], value) {
			t.Errorf("%s is %q, want %q", key, u[key], value)
		}
	}
	want(server, "Service.Type", "notify")
	want(server, "Service.Restart", "on-failure")
	want(server, "Service.WatchdogSec", "2min")
	want(night, "Service.Type", "oneshot")
	want(night, "Service.SuccessExitStatus", "3")
	want(timer, "Timer.OnCalendar", "*-*-* 01:30:00 Europe/Moscow")
	want(timer, "Timer.Persistent", "true")
	want(timer, "Timer.Unit", "obzvon-run.service")
	for key, value := range server {
		if key == "Service.User" || fences.MatchString(key) {
			want(night, key, value...) // both are fenced in alike
		}
	}
	for key := range night {
		if fences.MatchString(key) {
			want(server, key, night[key]...)
		}
	}
	want(server, "Service.NoNewPrivileges", "yes")
	want(server, "Service.ProtectSystem", "strict")
	want(server, "Service.CapabilityBoundingSet", "")
	want(server, "Service.UMask", "0077")
	want(server, "Service.StateDirectory", "obzvon")
}

// fences are the settings that keep a service in its place.
var fences = regexp.MustCompile(`^Service\.(Protect|Private|Restrict|SystemCall|Capability|Ambient|NoNew|Memory|Lock|UMask|State|Keyring|Remove|Device|EnvironmentFile)`)

// TestConfig: the example is a config that the program takes, and keeps its data
// where the units let it.
func TestConfig(t *testing.T) {
	c, _, err := config.Load(config.Options{Path: "obzvon.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	dir := "/var/lib/" + unit(t, "obzvon.service")["Service.StateDirectory"][0]
	if c.DataDir != dir {
		t.Errorf("data_dir is %s, the units have %s", c.DataDir, dir)
	}
	if c.Notices.Mail.Password != "" || c.Notices.Hook != "" || !strings.HasPrefix(c.Web.Listen, "127.0.0.1:") {
		t.Error("a secret, or a page that is open to all, stands in an example")
	}
}

// TestReadme: what the page names is there.
func TestReadme(t *testing.T) {
	text := read(t, "README.md")
	for _, name := range append(slices.Clone(units), "obzvon.yaml", configAt, installed) {
		if !strings.Contains(text, name) {
			t.Errorf("%s is not named", name)
		}
	}
}
