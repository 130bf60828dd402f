package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"obzvon/config"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
	"obzvon/pipeline/opendata"
	"obzvon/pipeline/store"
)

// sourceStatus is what sources tells of one configured source.
type sourceStatus struct {
	Name     string          `json:"name"`
	Adapter  string          `json:"adapter"`
	Title    string          `json:"title"`
	Enabled  bool            `json:"enabled"`
	Needs    []string        `json:"needs,omitempty"` // what is still missing
	Licence  string          `json:"licence"`
	Rhythm   string          `json:"rhythm"`
	Trust    int             `json:"trust"`
	LastPull *time.Time      `json:"last_pull,omitempty"`
	Complete bool            `json:"complete"`
	Release  string          `json:"release,omitempty"`
	Counts   pipeline.Counts `json:"counts"`
	Error    string          `json:"error,omitempty"`
	Paused   string          `json:"paused,omitempty"` // why the rest is pulled another day: no failure
	Gaps     []string        `json:"gaps,omitempty"`   // parts that could not be read, and why

	Here []opendata.Held `json:"here,omitempty"` // releases of an open data set that are kept

	LastRun      string       `json:"last_run,omitempty"`     // how it fell short in the last run, where the above does not tell
	LastComplete company.Date `json:"last_complete,omitzero"` // release of the last complete pull, when this one is not
	Due          time.Time    `json:"due,omitzero"`           // when its rhythm lets it be pulled again

	advice  []string // what to do about each need
	adapter pipeline.Descriptor

	remote bool // it asks somebody else's server
	broken bool // its section cannot be used at all
}

func (st *sourceStatus) need(what, advice string) {
	st.Needs, st.advice = append(st.Needs, what), append(st.advice, advice)
}

func newSources(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "sources",
		Short: "Every source and enricher: enabled or not, what it still needs, last pull, counts, errors",
		Long:  "sources lists every configured source and enricher with its state.\nsources check NAME reads the first rows of one source and stores nothing;\nsources check website SITE visits one site and prints what is read off it.\nsources rejects NAME prints the rows that were quarantined, with the reason.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.within(cmd.Context(), "sources", gate.Read, func(h *house) error {
				list, err := a.sourceStatuses(cmd.Context(), h)
				if err != nil {
					return err
				}
				enrichers, err := a.enricherStatuses(cmd.Context(), h)
				if err != nil {
					return err
				}
				if asJSON {
					return a.printJSON(map[string]any{"sources": list, "enrichers": enrichers})
				}
				if err := writeSources(a.io.out, list); err != nil {
					return err
				}
				return writeEnrichers(a.io.out, enrichers)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.AddCommand(newSourcesCheck(a), newSourcesRejects(a))
	return c
}

func (a *app) sourceStatuses(ctx context.Context, h *house) ([]sourceStatus, error) {
	var out []sourceStatus
	short, err := h.fellShort(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range h.config.Sections(config.Sources) {
		st := sourceStatus{Name: s.Name, Adapter: s.Adapter, Enabled: s.Enabled, Trust: s.Trust}
		st.LastRun = short[s.Name]
		h.describe(&st, s)
		p, err := h.store.Pull(ctx, s.Name)
		switch {
		case err == nil:
			when := p.Started
			st.LastPull, st.Complete, st.Counts, st.Error, st.Paused = &when, p.Complete, p.Counts, p.Error, p.Paused
			st.Release = releaseText(p.Release)
			st.Due = night.DueAt(night.Paced(s, st.adapter), p)
			if p.Error != "" || !p.Complete {
				st.LastComplete = p.Last.Release.Date
			}
			for _, gap := range p.Gaps {
				st.Gaps = append(st.Gaps, gap.Unit+": "+strings.TrimPrefix(gap.Detail, gap.Unit+": "))
			}
		case !errors.Is(err, store.ErrNotFound):
			return nil, fmt.Errorf("read the state of %s: %w", s.Name, err)
		}
		out = append(out, st)
	}
	return out, nil
}

// releaseText names a release with its day, once.
func releaseText(r pipeline.Release) string {
	day := r.Date.String()
	if strings.Contains(r.ID, day) {
		return r.ID
	}
	return strings.TrimSpace(r.ID + " " + day)
}

// fellShort says of each source what only the last run's report knows: that
// it failed, that what was read is too old, could not be renewed or came too late.
func (h *house) fellShort(ctx context.Context) (map[string]string, error) {
	run, err := h.store.LastCompleted(ctx, company.NewDate(9999, time.December, 31))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the last run: %w", err)
	}
	var report night.Report
	if err := json.Unmarshal(run.Report, &report); err != nil {
		return nil, fmt.Errorf("read the report of %s: %w", run.Day, err)
	}
	out := map[string]string{}
	for _, s := range report.Sources {
		switch s.State {
		case night.StateStale, night.StateQuarantine, night.StateLate, night.StateFailed:
			out[s.Name] = fmt.Sprintf("in the run for %s: %s: %s", run.Day, s.State, s.Note)
		case night.StateDone, night.StateUnchanged, night.StateIncomplete, night.StateOff, night.StateLeftOut, night.StateResting, night.StatePaused:
		}
	}
	return out, nil
}

// describe fills in what the adapter says of itself and what is still missing.
func (h *house) describe(st *sourceStatus, s config.Section) {
	section := "sources." + s.Name
	src, err := h.source(s)
	if err != nil {
		st.need(err.Error(), "mend "+section)
		st.broken = true
		return
	}
	d := src.Describe()
	st.Title, st.Licence, st.Rhythm, st.adapter = d.Title, d.Licence, d.Rhythm, d
	if set, ok := src.(*opendata.Source); ok {
		st.remote = !set.Local()
		if blocked := (*fetch.BlockedError)(nil); errors.As(set.CheckAddress(), &blocked) {
			st.need(section+".from: "+blocked.Error(), "give "+blocked.Advice()+" or mend "+section+".from")
		}
		if st.Here, err = set.Here(); err != nil {
			advice := "see that its folder can be read"
			if set.Local() {
				advice = "put the releases there or mend " + section + ".from"
			}
			st.need(err.Error(), advice)
		}
	}
	if gone, ok := src.(missing); ok {
		st.need(gone.err.Error(), "put the file there or mend "+section+".paths")
	}
	if !d.Open && !h.sample && s.TermsAccepted == "" {
		terms := strings.TrimSpace("the terms " + d.TermsURL)
		st.need("terms_accepted, the date on which somebody read the terms ("+d.Licence+")",
			"read "+terms+" and set "+section+".terms_accepted to the date")
	}
	for _, variable := range d.Secrets {
		if key, err := s.Secret(variable); err != nil || key == "" {
			st.need("its key: "+variable+", or a file in "+section+".key_file", "set it; the vendor gives keys")
		}
	}
	if slices.Contains(d.Needs, "paths") && len(s.Paths) == 0 {
		st.need("paths", "name its files in "+section+".paths")
	}
}

// gapsShown is how many unread parts of a source are listed one by one; JSON
// has them all.
const gapsShown = 5

func writeSources(w io.Writer, list []sourceStatus) error {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "SOURCE\tADAPTER\tSTATE\tLAST PULL\tRELEASE\tREAD\tTAKEN\tNOT WANTED\tQUARANTINED\tUNREAD")
	var notes []string
	for _, s := range list {
		state, last := "ready", "never"
		switch {
		case !s.Enabled:
			state = "off"
		case len(s.Needs) > 0:
			state = "needs"
		case s.LastPull != nil && s.Complete:
			state = "complete"
		case s.Paused != "":
			state = "paused"
		case s.LastPull != nil:
			state = "incomplete"
		}
		if s.LastPull != nil {
			last = s.LastPull.Format("2006-01-02 15:04")
		}
		c := s.Counts
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\n", s.Name, s.Adapter, state, last, s.Release, c.Read, c.Taken, c.NotWanted, c.Quarantined, c.Unread)
		for _, r := range s.Here {
			notes = append(notes, fmt.Sprintf("%s: here: %s", s.Name, heldText(r)))
		}
		for _, need := range s.Needs {
			notes = append(notes, fmt.Sprintf("%s needs: %s", s.Name, need))
		}
		if s.Error != "" && !slices.Contains(s.Needs, s.Error) && !strings.Contains(s.LastRun, s.Error) {
			notes = append(notes, fmt.Sprintf("%s: %s", s.Name, s.Error))
		}
		if s.Paused != "" {
			notes = append(notes, fmt.Sprintf("%s: the next run goes on: %s", s.Name, s.Paused))
		}
		for i, gap := range s.Gaps {
			if i == gapsShown {
				notes = append(notes, fmt.Sprintf("%s: could not be read: and %d more", s.Name, len(s.Gaps)-i))
				break
			}
			notes = append(notes, fmt.Sprintf("%s: could not be read: %s", s.Name, gap))
		}
		if !s.Due.IsZero() {
			notes = append(notes, fmt.Sprintf("%s: due by its rhythm from %s on", s.Name, s.Due.Format("2006-01-02 15:04")))
		}
		if s.LastRun != "" {
			notes = append(notes, s.Name+" "+s.LastRun)
		}
		if s.LastComplete.Known() {
			notes = append(notes, fmt.Sprintf("%s: last complete release is of %s", s.Name, s.LastComplete))
		}
	}
	if err := tw.Flush(); err != nil {
		return fmt.Errorf("print sources: %w", err)
	}
	for _, n := range notes {
		fmt.Fprintln(w, n)
	}
	return nil
}

func newSourcesRejects(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "rejects NAME",
		Short: "Print the quarantined rows of a source's last pull, with the reason",
		Args:  oneArg("the name of a source"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.within(cmd.Context(), "sources rejects", gate.Read, func(h *house) error {
				if _, err := h.store.Pull(cmd.Context(), args[0]); err != nil {
					return usage(fmt.Errorf("source %q has not been pulled: %w", args[0], err))
				}
				return a.printRejects(cmd.Context(), h, args[0], asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	return c
}

func (a *app) printRejects(ctx context.Context, h *house, name string, asJSON bool) error {
	const page = 500
	all := []pipeline.Reject{}
	for after := 0; ; after += page {
		rejects, err := h.store.Rejects(ctx, name, after, page)
		if err != nil {
			return fmt.Errorf("read quarantined rows of %s: %w", name, err)
		}
		if asJSON {
			all = append(all, rejects...)
		} else {
			for _, r := range rejects {
				fmt.Fprintf(a.io.out, "%s row %d: %s: %s\n    %s\n", r.Unit, r.Row, r.Reason, r.Detail, strings.ReplaceAll(r.Raw, "\n", "\n    "))
			}
		}
		if len(rejects) < page {
			break
		}
	}
	if asJSON {
		return a.printJSON(all)
	}
	return nil
}

func oneArg(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage(fmt.Errorf("want exactly one argument: %s", what))
		}
		return nil
	}
}
