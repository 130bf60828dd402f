package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"obzvon/pipeline/erasure"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/socket"
	"obzvon/pipeline/store/bolt"
)

func newBackup(a *app) *cobra.Command {
	var full, force bool
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a backup of the state, with --full of the registry too",
		Long: "backup writes a zip with what cannot be pulled again: issued lists, runs, results,\n" +
			"managers of companies, decisions, the stop list, and the journal. --full adds the\n" +
			"registry: sources can be pulled again, but what sites said and when they were\n" +
			"visited is in no other place. The key of what was forgotten (" + erasure.KeyName + ") is\n" +
			"never in it: keep a copy of that elsewhere.\n\n" +
			"The file appears under its name only when it is whole; one that stands there\n" +
			"is not replaced without --force.",
		Args: oneArg("the backup's file name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := a.disk().Lstat(args[0]); err == nil && !force {
				return usage(fmt.Errorf("%s is there already; --force replaces it", args[0]))
			}
			return a.within(cmd.Context(), "backup", gate.Read, func(h *house) error {
				size, err := a.writeBackup(cmd.Context(), h, args[0], full)
				if err != nil {
					return fmt.Errorf("back up to %s: %w", args[0], err)
				}
				fmt.Fprintf(a.io.out, "%s: %s\n", args[0], byteSize(size))
				return nil
			})
		},
	}
	c.Flags().BoolVar(&full, "full", false, "with the registry")
	c.Flags().BoolVar(&force, "force", false, "replace a file that stands there")
	return c
}

// writeBackup leaves nothing half-written under the final name.
func (a *app) writeBackup(ctx context.Context, h *house, name string, full bool) (size int64, err error) {
	disk := a.disk()
	tmp, err := disk.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tmp.Close(), disk.Remove(tmp.Name()))
		}
	}()
	if err := h.backup(ctx, tmp, full); err != nil {
		return 0, err
	}
	info, err := tmp.Stat()
	if err != nil {
		return 0, err
	}
	if err := tmp.Sync(); err != nil {
		return 0, err
	}
	if err := tmp.Close(); err != nil {
		return 0, errors.Join(err, disk.Remove(tmp.Name()))
	}
	return info.Size(), disk.Rename(tmp.Name(), name)
}

// backup writes a backup. Of a store that others use it is first written here: while
// it is written the store cannot grow, and who reads it may be slow.
func (h *house) backup(ctx context.Context, to io.Writer, full bool) (err error) {
	if h.lent == nil {
		return bolt.Backup(ctx, h.store, to, full, journal.Name)
	}
	folder := filepath.Join(h.dir, "scratch")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	whole, err := os.CreateTemp(folder, ".backup-*")
	if err != nil {
		return err
	}
	removed := os.Remove(whole.Name()) // so that a kill leaves nothing; not everywhere can an open file be removed
	defer func() {
		err = errors.Join(err, whole.Close())
		if removed != nil {
			err = errors.Join(err, os.Remove(whole.Name()))
		}
	}()
	if err := bolt.Backup(ctx, h.store, whole, full, journal.Name); err != nil {
		return err
	}
	if _, err := whole.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = io.Copy(to, whole)
	return err
}

func newRestore(a *app) *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in place of the stores",
		Long: "restore checks a backup and puts it in place. Where stores stand already it\n" +
			"refuses, unless --force is given. What the backup does not hold stays, and so does\n" +
			"a journal that goes on where the backup's ends: it names the files to import again.",
		Args: oneArg("the backup's file name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withConfig(func(h *house) error {
				if err := heldElsewhere(cmd.Context(), h, "restore"); err != nil {
					return err
				}
				return a.restore(cmd.Context(), h.dir, args[0], force)
			})
		},
	}
	c.Flags().BoolVar(&force, "force", false, "replace stores that stand there")
	return c
}

func (a *app) restore(ctx context.Context, dir, name string, force bool) error {
	f, err := os.Open(name)
	if err != nil {
		return usage(fmt.Errorf("open the backup: %w", err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	kept, err := bolt.Restore(ctx, dir, f, info.Size(), force, journal.Name)
	if errors.Is(err, bolt.ErrExists) {
		return fmt.Errorf("restore %s: %w; --force puts the backup in its place", name, err)
	}
	if err != nil {
		return fmt.Errorf("restore %s: %w", name, forItself(err))
	}
	for _, file := range kept {
		fmt.Fprintf(a.io.out, "%s goes on after the backup and stays: what it tells of since must be imported or said again\n", file)
	}
	fmt.Fprintf(a.io.out, "restored into %s; run the night to bring the registry up to date\n", dir)
	return nil
}

func newCompact(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "Rewrite the store's two files without the holes that updates left",
		Long: "compact rewrites registry.db and state.db; such a file never shrinks by itself.\n" +
			"Nothing of what was erased is left in them then.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withConfig(func(h *house) error {
				if err := heldElsewhere(cmd.Context(), h, "compact"); err != nil {
					return err
				}
				sizes, err := bolt.Compact(cmd.Context(), h.storeOptions("compact", h.config.Store.LockTimeout))
				if err != nil {
					return fmt.Errorf("compact %s: %w", h.dir, forItself(err))
				}
				fmt.Fprintf(a.io.out, "registry: %s before, %s after\nstate: %s before, %s after\n",
					byteSize(sizes.Before), byteSize(sizes.After), byteSize(sizes.StateBefore), byteSize(sizes.StateAfter))
				return nil
			})
		},
	}
}

// heldElsewhere fails at once where whoever holds the store listens: no command
// beside it can have the files.
func heldElsewhere(ctx context.Context, h *house, command string) error {
	line, err := socket.Dial(h.dir)
	if err != nil {
		return nil //nolint:nilerr // nobody listens, so the lock tells
	}
	err = line.Close()
	s, held := bolt.Open(ctx, h.storeOptions(command, 0))
	if held == nil { // it has just ended
		return errors.Join(err, s.Close())
	}
	return forItself(held)
}

// forItself says what to do about a store that is held by another process.
func forItself(err error) error {
	if !errors.Is(err, bolt.ErrLocked) {
		return err
	}
	return fmt.Errorf("%w; this command needs the files of the store for itself: stop that process (systemctl stop obzvon, if it is the server) and run the command again", err)
}

// byteSize is for people: 1.5 MiB.
func byteSize(n int64) string {
	const step = 1024
	if n < step {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n)/step, 0
	for value >= step && unit < 4 {
		value /= step
		unit++
	}
	return fmt.Sprintf("%.1f %ciB", value, "KMGTP"[unit])
}
