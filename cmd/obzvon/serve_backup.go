package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"obzvon/pipeline/shift"
)

// stepBackup is the step after a night.
const stepBackup = "backup"

// ourBackup are the names that the server gives; nothing else is ever removed. A
// name with a dot and a number is left of one that was killed.
var (
	ourBackup  = regexp.MustCompile(`^obzvon-\d{8}-\d{6}\.zip$`)
	halfBackup = regexp.MustCompile(`^\.obzvon-\d{8}-\d{6}\.zip\.\d+$`)
)

// backup writes a backup after a night, and removes the oldest beyond what is kept.
// What was forgotten stays in the older ones until they go, which takes as many
// nights as are kept.
func (s *server) backup(ctx context.Context, _ shift.Outcome) error {
	h := s.houses.now()
	keep := h.config.Backups.Keep
	if keep == 0 {
		return nil
	}
	dir := inFolder(h.dir, h.config.Backups.Dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder of backups: %w", err)
	}
	name := filepath.Join(dir, "obzvon-"+time.Now().In(h.zone()).Format("20060102-150405")+".zip")
	size, err := s.app.writeBackup(ctx, h, name, h.config.Backups.Full)
	s.gauge.Backup(err)
	if err != nil {
		return fmt.Errorf("back up to %s: %w", name, err)
	}
	s.gauge.BackupThere(time.Now(), size)
	s.log.Info("backup", slog.String("file", name), slog.String("size", byteSize(size)))
	return thinOut(dir, keep, time.Now())
}

// thinOut keeps the newest backups, by name, and removes halves of an earlier day.
func thinOut(dir string, keep int, now time.Time) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("list the backups: %w", err)
	}
	var all []string
	var failed []error
	for _, e := range entries {
		switch {
		case !e.Type().IsRegular():
		case ourBackup.MatchString(e.Name()):
			all = append(all, e.Name())
		case halfBackup.MatchString(e.Name()):
			if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
				failed = append(failed, os.Remove(filepath.Join(dir, e.Name())))
			}
		}
	}
	slices.Sort(all)
	for _, name := range all[:max(0, len(all)-keep)] {
		failed = append(failed, os.Remove(filepath.Join(dir, name)))
	}
	if err := errors.Join(failed...); err != nil {
		return fmt.Errorf("remove old backups: %w", err)
	}
	return nil
}

// inFolder is a path of the config that counts from a folder.
func inFolder(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
