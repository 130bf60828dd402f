package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os/user"
	"time"

	"obzvon/cmd/obzvon/sample"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/files"
	"obzvon/pipeline/socket"
)

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader // nil = nothing
	out, err io.Writer
	live     bool // err is a terminal
}

// app is one command line: flags that all commands share, and what they open.
type app struct {
	io         streams
	files      socket.Files // those that the command line names; nil = of this machine
	environ    []string
	args       []string // as they were given
	configPath string
	quiet      bool
	verbose    bool
	jsonLog    bool                                              // a log for programs, a JSON document a line, with the time
	clock      fetch.Clock                                       // of the network client; nil = the wall's
	watching   *watcher                                          // shows the progress of the work in hand; nil = none does
	lent       *lent                                             // a store that is open already; nil = the command opens its own
	told       func(service, outcome string, took time.Duration) // of each call of a service; nil = nobody counts
	caller     caller                                            // who gave the command, if that is another process
}

// caller is the process on whose behalf a command is done in this one. The zero
// value is this process itself.
type caller struct {
	user  string
	dir   string // the working directory, "" = that of this process
	hurry func() // called when others may have to wait for the command
}

// by is who gave the command, for people and for the journal.
func (a *app) by() string {
	if a.caller.user != "" {
		return a.caller.user
	}
	return whoami()
}

// whoami is the user of this process.
func whoami() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "?"
}

// disk are the files that the command line names.
func (a *app) disk() socket.Files {
	if a.files == nil {
		return socket.Disk{}
	}
	return a.files
}

func (a *app) log() *slog.Logger {
	level := slog.LevelInfo
	switch {
	case a.quiet:
		level = slog.LevelError
	case a.verbose:
		level = slog.LevelDebug
	}
	if a.jsonLog {
		return slog.New(slog.NewJSONHandler(a.io.err, &slog.HandlerOptions{Level: level}))
	}
	return slog.New(slog.NewTextHandler(a.io.err, &slog.HandlerOptions{Level: level, ReplaceAttr: dropTime}))
}

// dropTime leaves the time to whoever collects the lines.
func dropTime(groups []string, attr slog.Attr) slog.Attr {
	if len(groups) == 0 && attr.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return attr
}

func expander() files.Expander { return files.Expander{Embedded: sample.FS()} }

// printJSON writes one document and nothing else to standard output.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.io.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	return nil
}
