package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// machine is what figures depend on.
type machine struct {
	cores            int
	processor        string
	memory           string
	system           string
	commit           string
	klauspost, bbolt string
	lxml             string
	day              string
}

func describe(ctx context.Context, python string, now time.Time) machine {
	m := machine{
		cores: runtime.NumCPU(), processor: procValue("/proc/cpuinfo", "model name"),
		memory: procValue("/proc/meminfo", "MemTotal"), day: now.Format(time.DateOnly),
		system: runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH,
		commit: commit(ctx), lxml: lxmlVersion(ctx, python),
	}
	info, _ := debug.ReadBuildInfo()
	for _, d := range info.Deps {
		switch d.Path {
		case "github.com/klauspost/compress":
			m.klauspost = d.Version
		case "go.etcd.io/bbolt":
			m.bbolt = d.Version
		}
	}
	return m
}

// procValue is the first value of a name in one of the kernel's lists.
func procValue(path, name string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// commit is the checkout's, marked when files differ from it.
func commit(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty", "--exclude", "*").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

func (m machine) String() string {
	parts := []string{fmt.Sprintf("%d cores", m.cores)}
	for _, p := range []string{m.processor, m.memory} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	lxml := m.lxml
	if lxml == "" {
		lxml = "lxml not installed: not measured"
	}
	return fmt.Sprintf("%s; %s; klauspost/compress %s; bbolt %s; %s; commit %s; measured %s",
		strings.Join(parts, ", "), m.system, m.klauspost, m.bbolt, lxml, m.commit, m.day)
}
