package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/journal"
	"obzvon/pipeline/socket"
	"obzvon/pipeline/store/bolt"
)

// finding is one thing that doctor looked at.
type finding struct {
	What   string `json:"what"`
	OK     bool   `json:"ok"`
	Warn   bool   `json:"warn,omitempty"` // worth mending, but a night can do without
	Detail string `json:"detail"`
	Advice string `json:"advice,omitempty"` // what to do; "" when there is nothing

	err error
}

func newDoctor(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Look at config, folders, stores, sources, enrichers and the last run, and say what to do",
		Long:  "doctor looks at everything a night needs. It ends with 1 if something is wrong.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var findings []finding
			err := a.withConfig(func(h *house) error {
				if err := a.elsewhere(cmd.Context(), h); !errors.Is(err, socket.ErrNoHost) {
					return err
				}
				findings = a.examine(cmd.Context(), h)
				return nil
			})
			if err != nil {
				return err
			}
			if asJSON {
				err = a.printJSON(findings)
			} else {
				a.printFindings(findings)
			}
			if i := slices.IndexFunc(findings, func(f finding) bool { return errors.Is(f.err, bolt.ErrLocked) }); i >= 0 {
				return findings[i].err
			}
			if slices.ContainsFunc(findings, func(f finding) bool { return !f.OK }) {
				return errors.Join(err, errors.New("something needs attention, see above"))
			}
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) printFindings(findings []finding) {
	for _, f := range findings {
		mark := "ok  "
		switch {
		case !f.OK:
			mark = "MEND"
		case f.Warn:
			mark = "warn"
		}
		fmt.Fprintf(a.io.out, "%s  %-18s  %s\n", mark, f.What, f.Detail)
		if f.Advice != "" {
			fmt.Fprintf(a.io.out, "                          -> %s\n", f.Advice)
		}
	}
}

func (a *app) examine(ctx context.Context, h *house) []finding {
	name := a.configPath
	if name == "" {
		name = "built-in, on sample data"
	}
	out := []finding{
		{What: "config", OK: true, Detail: fmt.Sprintf("%s; segments %s", name, h.segments.Hash())},
		folder(h.dir),
		calendarAhead(h.config.Calendar, company.DateOf(time.Now())),
	}
	out = append(out, a.needs(h)...)
	out = append(out, a.sourceFindings(h)...)
	out = append(out, enricherFindings(h)...)
	out = append(out, a.storeFindings(ctx, h)...)
	for i := range out {
		if out[i].OK && !out[i].Warn {
			out[i].Advice = ""
		}
	}
	return out
}

// folder tries to write where the stores and lists will stand.
func folder(dir string) finding {
	f := finding{What: "data folder", Detail: dir, Advice: "make the folder writable for this user, or set data_dir"}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		f.Detail = err.Error()
		return f
	}
	probe, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		f.Detail = err.Error()
		return f
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		f.Detail = err.Error()
		return f
	}
	f.OK = true
	return f
}

// calendarAhead warns before the production calendar runs out: without next
// year's holidays the list would be made for a day off.
func calendarAhead(c config.Calendar, today company.Date) finding {
	const ahead = 30 // days
	var last company.Date
	for _, d := range slices.Concat(c.Holidays, c.Workdays) {
		last = max(last, d.Date())
	}
	covered := company.NewDate(last.Time().Year(), time.December, 31)
	f := finding{What: "calendar", OK: covered >= today+ahead, Detail: fmt.Sprintf("holidays known to the end of %d", last.Time().Year())}
	f.Advice = "add the holidays and transfers of the next year to calendar in config"
	return f
}

func (a *app) sourceFindings(h *house) []finding {
	var out []finding
	asks := false // somebody else's server
	for _, s := range h.config.Sections(config.Sources) {
		if !s.Enabled {
			continue
		}
		st := sourceStatus{Name: s.Name}
		h.describe(&st, s)
		f := finding{What: "source " + s.Name, OK: len(st.Needs) == 0, Detail: "ready"}
		if !f.OK {
			f.Detail = needText(st.Needs, st.broken)
			f.Advice = strings.Join(st.advice, "; ") + "; enabled: false leaves it out"
		}
		asks = asks || st.remote
		out = append(out, f)
	}
	if asks && h.config.Fetch.Contact == "" {
		out = append(out, finding{
			What: "fetch.contact", OK: true, Warn: true, Detail: "empty: servers that are asked cannot tell whose program this is",
			Advice: "set fetch.contact to an e-mail address or the address of a page, so that they write before they block",
		})
	}
	if len(out) == 0 {
		out = append(out, finding{What: "sources", Detail: "none is enabled", Advice: "name your dumps and exports under sources"})
	}
	return out
}

// needText tells what a section lacks, or what is wrong with it.
func needText(needs []string, broken bool) string {
	text := strings.Join(needs, "; ")
	if broken {
		return text
	}
	return "needs " + text
}

// enricherFindings makes every enricher as a run does. One that only lacks
// something is not asked, and the list is made without it.
func enricherFindings(h *house) []finding {
	var out []finding
	for _, s := range h.config.Sections(config.Enrichers) {
		if !s.Enabled {
			continue
		}
		st := enricherStatus{Name: s.Name}
		h.describeEnricher(&st, s)
		f := finding{What: "enricher " + s.Name, OK: !st.broken, Warn: !st.broken && len(st.Needs) > 0, Detail: "ready"}
		if len(st.Needs) > 0 {
			f.Detail = needText(st.Needs, st.broken)
			f.Advice = strings.Join(st.advice, "; ") + "; enabled: false leaves it out"
		}
		out = append(out, f)
	}
	return out
}

func (a *app) storeFindings(ctx context.Context, h *house) []finding {
	if err := a.take(ctx, h, "doctor", h.config.Store.LockTimeout); err != nil {
		advice := "see that the folder can be written by this user and the disk has room"
		switch {
		case errors.Is(err, bolt.ErrLocked):
			advice = "wait for the other process, or stop it"
		case errors.Is(err, bolt.ErrDamaged):
			advice = "restore a backup; a damaged registry.db may also be deleted and pulled again"
		}
		return []finding{{What: "store", Detail: err.Error(), Advice: advice, err: err}}
	}
	out := []finding{storeSize(h.dir), lastRun(ctx, h.store, h)}
	out = append(out, leftOver(h.dir)...)
	out = append(out, forgottenKey(ctx, h.store, h.dir)...)
	if err := h.giveBack(); err != nil {
		out = append(out, finding{What: "store", Detail: err.Error(), Advice: "check the disk"})
	}
	return out
}

func storeSize(dir string) finding {
	parts := []string{"opens"}
	for _, name := range []string{"registry.db", "state.db", journal.Name} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			parts = append(parts, name+" "+byteSize(info.Size()))
		}
	}
	return finding{What: "store", OK: true, Detail: strings.Join(parts, ", ")}
}
