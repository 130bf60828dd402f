package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

//go:embed lxml.py
var lxmlScript string

// lxmlVersion is "Python 3.x, lxml y", or "" where either is missing.
func lxmlVersion(ctx context.Context, python string) string {
	const ask = `import platform, lxml.etree as e; print("Python", platform.python_version() + ", lxml", ".".join(map(str, e.LXML_VERSION[:3])))`
	out, err := exec.CommandContext(ctx, python, "-c", ask).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// parsing reads members with lxml, a process for each processor. The time is
// the script's own, without the start of Python.
func parsing(python, path string, members int, wanted []company.OKVED) reader {
	var codes []string
	for _, c := range wanted {
		codes = append(codes, string(c))
	}
	name := fmt.Sprintf("lxml iterparse, %d processes", runtime.NumCPU())
	return reader{name: name, foreign: true, read: func(ctx context.Context) (reading, time.Duration, error) {
		cmd := exec.CommandContext(ctx, python, "-c", lxmlScript, path, strconv.Itoa(members), strconv.Itoa(runtime.NumCPU()), strings.Join(codes, ","))
		var complaint strings.Builder
		cmd.Stderr = &complaint
		out, err := cmd.Output()
		if err != nil {
			return reading{}, 0, fmt.Errorf("%w: %s", err, strings.TrimSpace(complaint.String()))
		}
		var got struct {
			Docs, Wanted int64
			Seconds      float64
		}
		if err := json.Unmarshal(out, &got); err != nil {
			return reading{}, 0, fmt.Errorf("read the answer of the script: %w", err)
		}
		return reading{docs: got.Docs, wanted: got.Wanted}, seconds(got.Seconds), nil
	}}
}
