package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"obzvon/config"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store/bolt"
)

// lent is what the process that holds the store lends to the commands of others,
// which it does for them.
type lent struct {
	dir     string
	command string // that holds the store: "serve"
	version string // of this process, though its file may be a newer one by now
	store   *bolt.Store
	written *journal.Journal
	audit   *audit.Folder
	gate    *gate.Gate
}

// lend is what a house has to lend.
func (h *house) lend(command string, g *gate.Gate) *lent {
	return &lent{dir: h.dir, command: command, version: h.night.Version, store: h.store, written: h.written, audit: h.audit, gate: g}
}

// borrow takes the store that is lent, if it is the one that the config names.
func (h *house) borrow(l *lent) error {
	if same, err := sameFolder(h.dir, l.dir); err != nil || !same {
		return errors.Join(usage(fmt.Errorf("the store that is open here is %s, the config names %s", l.dir, h.dir)), err)
	}
	h.store, h.written, h.audit, h.lent = l.store, l.written, l.audit, l
	return nil
}

func sameFolder(one, other string) (bool, error) {
	if filepath.Clean(one) == filepath.Clean(other) {
		return true, nil
	}
	a, err := os.Stat(one)
	if err != nil {
		return false, err
	}
	b, err := os.Stat(other)
	if err != nil {
		return false, err
	}
	return os.SameFile(a, b), nil
}

// busy says who has the store, and what goes on in it.
func (l *lent) busy(err error) error {
	return fmt.Errorf("store %s is held by process %d (%s): %w", l.dir, os.Getpid(), l.command, err)
}

// pathVariables are those that name a file or folder.
var pathVariables = []string{
	"OBZVON_DATA_DIR", "OBZVON_SEGMENTS_FILE", "OBZVON_WEB_TLS_CERT", "OBZVON_WEB_TLS_KEY", "OBZVON_NOTICES_MAIL_PASSWORD_FILE",
	"OBZVON_FETCH_CA_FILE",
}

// options are those by which the caller would load its config: what is relative
// counts from the caller's working directory.
func (c caller) options(path string, environ []string) config.Options {
	if c.dir == "" {
		return config.Options{Path: path, Environ: environ, KnownEnv: secretVariables()}
	}
	o := config.Options{Path: c.from(path), Environ: make([]string, len(environ)), KnownEnv: secretVariables()}
	for i, pair := range environ {
		o.Environ[i] = pair
		for _, name := range pathVariables {
			if value, ok := strings.CutPrefix(pair, name+"="); ok {
				o.Environ[i] = name + "=" + c.from(value)
			}
		}
	}
	return o
}

func (c caller) from(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.dir, path)
}
