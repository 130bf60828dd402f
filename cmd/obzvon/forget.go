package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/erasure"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/store/bolt"
)

type forgetFlags struct {
	dryRun, force, keyLost bool
}

func newForget(a *app) *cobra.Command {
	var f forgetFlags
	c := &cobra.Command{
		Use:   "forget ИНН|phone|e-mail",
		Short: "Erase personal data for good; it is never collected again",
		Long: "forget erases every trace of a number or an address: from what sources said, joins,\n" +
			"events, issued lists, results, the journal, reports, rejected rows, what sites\n" +
			"were remembered by, and the files of the data folder, workbooks among them. At\n" +
			"last both store files are rewritten, so that no free page holds it.\n\n" +
			"Of the ИНН of a sole proprietor everything goes, with the numbers and addresses\n" +
			"that nobody else has. Of a legal entity its people go: names, their mobile numbers\n" +
			"and mailboxes, what a manager wrote beside a name, comments of managers; what is\n" +
			"known of the company stays. The answer, for the act of destruction, is in Russian.\n\n" +
			"What was forgotten is kept as a digest (HMAC-SHA256) under a key in " + erasure.KeyName + "\n" +
			"beside the stores, which is in no backup: keep a copy of it elsewhere. By the\n" +
			"digest nothing of it is taken in again, and an entry of the stop list that named\n" +
			"it stays in force.\n\n" +
			"It may be stopped at any moment and run again. A filled workbook that was not\n" +
			"imported is not removed without --force. \"inn:\" or \"tel:\" before ten digits says\n" +
			"which they are. Backups are not touched.",
		Args: func(_ *cobra.Command, args []string) error {
			if f.keyLost && len(args) == 0 || len(args) == 1 && !f.keyLost {
				return nil
			}
			return usage(errors.New("want an ИНН, a phone or an e-mail"))
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.keyLost {
				return a.within(cmd.Context(), "forget", gate.Alone, func(h *house) error { return a.declareLost(cmd.Context(), h) })
			}
			subject, err := erasure.ParseSubject(args[0])
			if err != nil {
				return usage(err)
			}
			return a.forget(cmd.Context(), subject, f)
		},
	}
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "only say what would be erased")
	c.Flags().BoolVar(&f.force, "force", false, "remove filled workbooks that were not imported, and files that cannot be searched")
	c.Flags().BoolVar(&f.keyLost, "key-lost", false, "declare the key lost: what was forgotten under it may come in again, until it is forgotten anew")
	return c
}

// forget erases, then closes the store and rewrites its files.
func (a *app) forget(ctx context.Context, subject erasure.Subject, f forgetFlags) error {
	var w forgetting
	dir, lock, sizes := "", time.Duration(0), bolt.Sizes{}
	err := a.within(ctx, "forget", gate.Alone, func(h *house) (err error) {
		dir, lock = h.dir, h.config.Store.LockTimeout
		if w, err = a.prepareForget(ctx, h, subject, f); err != nil {
			return err
		}
		w.writeSubject(a.io.out)
		if f.dryRun {
			return w.rehearse(ctx, a.io.out)
		}
		if err := w.erase(ctx, a.io.out); err != nil || a.lent == nil {
			return err
		}
		if sizes, err = h.store.Compact(ctx); err != nil { // others read it meanwhile
			return freePages(err)
		}
		return nil
	})
	if err != nil || f.dryRun {
		return err
	}
	if a.lent == nil {
		sizes, err = bolt.Compact(ctx, bolt.Options{Dir: dir, LockTimeout: lock, Command: "forget", Now: time.Now})
	}
	if err != nil {
		return freePages(err)
	}
	w.writeEnd(a.io.out, sizes)
	return nil
}

// prepareForget finds out what is to be erased, and changes nothing.
func (a *app) prepareForget(ctx context.Context, h *house, subject erasure.Subject, f forgetFlags) (forgetting, error) {
	w := forgetting{house: h, subject: subject, force: f.force, day: company.DateOf(time.Now().In(h.zone()))}
	var err error
	if w.plan, err = erasure.MakePlan(ctx, h.store, subject); err != nil {
		return w, err
	}
	known, err := h.store.Forgotten(ctx)
	if err != nil {
		return w, fmt.Errorf("read what was forgotten: %w", err)
	}
	if w.key, err = erasure.ReadKey(h.dir); err != nil {
		return w, err
	}
	if w.key == nil {
		if _, err := erasure.New(nil, known); err != nil {
			return w, err
		}
		w.key = erasure.RandomKey()
		if !f.dryRun {
			if w.key, err = erasure.MakeKey(h.dir); err != nil {
				return w, err
			}
		}
	}
	last, err := lastListed(ctx, h)
	if err != nil {
		return w, err
	}
	w.digests = w.plan.Digests(w.key, max(w.day, last))
	if w.forgotten, err = erasure.New(w.key, append(known, w.digests...)); err != nil {
		return w, err
	}
	now, err := erasure.New(w.key, w.digests)
	if err != nil {
		return w, err
	}
	w.known = len(w.digests) == countIn(known, w.digests)
	w.files = erasure.Files{
		Dir: h.dir, Forgotten: w.forgotten, Now: now, Releases: "inbox", Handed: h.config.Inbox.Dir,
		Apart: []string{"registry.db", "state.db", "holder.json"},
	}
	if !h.sample {
		w.files.Apart = append(w.files.Apart, "sample") // a house of its own
	}
	if w.found, err = w.files.Find(ctx); err != nil {
		return w, err
	}
	return w, w.allowed(ctx)
}

// lastListed is the day of the newest issued list: what it shows was known before.
func lastListed(ctx context.Context, h *house) (company.Date, error) {
	days, err := h.store.ListDays(ctx)
	if err != nil || len(days) == 0 {
		return 0, err
	}
	return days[len(days)-1], nil
}

// freePages is an erasure whose last step failed.
func freePages(err error) error {
	return fmt.Errorf("everything is erased, but free pages of the store may still hold it; run the same command again: %w", err)
}

func countIn(all, some []string) int {
	known := make(map[string]bool, len(all))
	for _, d := range all {
		known[d] = true
	}
	n := 0
	for _, d := range some {
		if known[d] {
			n++
		}
	}
	return n
}

// forgetting is one subject on its way out.
type forgetting struct {
	house     *house
	subject   erasure.Subject
	force     bool
	day       company.Date
	plan      *erasure.Plan
	key       *erasure.Key
	digests   []string
	known     bool // it was forgotten before
	forgotten *erasure.Forgotten
	files     erasure.Files
	found     []erasure.File
}

func (w *forgetting) sweep(dry bool) *erasure.Sweep {
	s := &erasure.Sweep{
		Store: w.house.store, Journal: w.house.journal(), Forgotten: w.forgotten, Day: w.day, Dry: dry, Sources: w.house.sections(),
	}
	if w.subject.Kind == erasure.SubjectSole {
		s.Soles = []company.INN{company.INN(w.subject.Value)}
	}
	return s
}

// sections are the names under which the store may hold something.
func (h *house) sections() []string {
	out := []string{config.ManagerSource}
	for _, part := range [][]config.Section{h.config.Sections(config.Sources), h.config.Sections(config.Enrichers)} {
		for _, s := range part {
			out = append(out, s.Name)
		}
	}
	return out
}

// remember writes down that it is forgotten before anything is erased: so nothing of
// it comes back, and a run that is killed is done again by the next.
func (w *forgetting) remember(ctx context.Context) error {
	if err := w.house.store.AddForgotten(ctx, w.digests); err != nil {
		return err
	}
	if w.known {
		return nil
	}
	return w.house.journal().Append(ctx, journal.Entry{At: time.Now(), By: w.house.by, Kind: journal.KindForgot, Note: string(w.subject.Kind)})
}

// relative is a path as it is named to people.
func (w *forgetting) relative(path string) string {
	if name, err := filepath.Rel(w.house.dir, path); err == nil {
		return name
	}
	return path
}
