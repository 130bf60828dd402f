package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"obzvon/config"
	"obzvon/pipeline/night"
	"obzvon/pipeline/socket"
	"obzvon/pipeline/store"
)

// enricherStatus is what sources tells of one configured enricher.
type enricherStatus struct {
	Name      string     `json:"name"`
	Adapter   string     `json:"adapter"`
	Title     string     `json:"title"`
	Enabled   bool       `json:"enabled"`
	State     string     `json:"state"`           // off, needs, ready, cut, paused, failed
	Needs     []string   `json:"needs,omitempty"` // what is still missing
	Licence   string     `json:"licence"`
	Trust     int        `json:"trust"`
	LastAsked *time.Time `json:"last_asked,omitempty"`
	Complete  bool       `json:"complete"`
	Asked     int64      `json:"asked"` // in the last night
	Found     int64      `json:"found"`
	Budget    int        `json:"budget,omitempty"` // asks a night
	Spent     int64      `json:"spent,omitempty"`  // of the coming list's night
	Error     string     `json:"error,omitempty"`

	advice []string // what to do about each need
	broken bool     // its section cannot be used at all
	paused bool     // what may be spent on one day is spent
}

func (a *app) enricherStatuses(ctx context.Context, h *house) ([]enricherStatus, error) {
	day, err := night.NextDay(h.config, time.Now())
	if err != nil {
		return nil, err
	}
	var out []enricherStatus
	for _, s := range h.config.Sections(config.Enrichers) {
		st := enricherStatus{Name: s.Name, Adapter: s.Adapter, Enabled: s.Enabled, Trust: s.Trust}
		metered := h.describeEnricher(&st, s)
		if metered {
			st.Budget = s.Budget
			if st.Spent, err = h.store.Claimed(ctx, s.Name, day); err != nil {
				return nil, fmt.Errorf("read what %s has spent: %w", s.Name, err)
			}
		}
		p, err := h.store.Pull(ctx, s.Name)
		switch {
		case err == nil:
			when := p.Started
			st.LastAsked, st.Complete, st.Error = &when, p.Complete, p.Error
			st.Asked, st.Found, st.paused = p.Counts.Read, p.Counts.Taken, p.Paused != ""
			if p.Error == "" && p.Ended.IsZero() {
				st.Error = endedEarly
			}
		case !errors.Is(err, store.ErrNotFound):
			return nil, fmt.Errorf("read the state of %s: %w", s.Name, err)
		}
		st.judge()
		out = append(out, st)
	}
	return out, nil
}

// describeEnricher fills in what the adapter says of itself and what is still
// missing, and tells whether its asks are metered.
func (h *house) describeEnricher(st *enricherStatus, s config.Section) (metered bool) {
	made, err := make1("enrich", enricherAdapters(h), s)
	if err != nil {
		st.Needs, st.advice = append(st.Needs, err.Error()), append(st.advice, "mend enrich."+s.Name)
		st.broken = true
		return false
	}
	d := made.Describe()
	st.Title, st.Licence = d.Title, d.Licence
	if off := h.off(made, s); off != "" {
		st.Needs, st.advice = append(st.Needs, off), append(st.advice, "give what is named; `obzvon sources check "+s.Name+"` tries it")
	}
	return d.Metered
}

// endedEarly stands for the error of an asking that was killed.
const endedEarly = "the run ended before it did"

// judge names the state of an enricher, and puts a cut in words: it is no
// failure, what was found by then is kept and the rest comes another night.
func (st *enricherStatus) judge() {
	why, cut := cutBy(st.Error)
	switch {
	case !st.Enabled:
		st.State = "off"
	case len(st.Needs) > 0:
		st.State = "needs"
	case cut:
		st.State = "cut"
	case st.paused:
		st.State = "paused"
	case st.Error != "":
		st.State = "failed"
	default:
		st.State = "ready"
	}
	if cut {
		st.Error = fmt.Sprintf("%s after %d were asked for; what was found is kept, the next run asks for others", why, st.Asked)
	}
}

// cutBy tells whether an error of the store or of a report only says that work
// was cut, and by whom. What cut it stands there as the context had it.
func cutBy(text string) (why string, cut bool) {
	switch {
	case strings.HasSuffix(text, " signal received"), strings.HasSuffix(text, context.Canceled.Error()),
		strings.HasSuffix(text, socket.ErrCancelled.Error()), strings.HasSuffix(text, socket.ErrCallerGone.Error()):
		return "stopped (Ctrl-C, or by the system)", true
	case strings.HasSuffix(text, context.DeadlineExceeded.Error()), strings.HasPrefix(text, "the deadline came"):
		return "cut by the deadline (run.deadline)", true
	case text == endedEarly:
		return "cut: " + text, true
	}
	return "", false
}

func writeEnrichers(w io.Writer, list []enricherStatus) error {
	if len(list) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "ENRICHER\tADAPTER\tSTATE\tLAST ASKED\tASKED\tFOUND\tBUDGET\tSPENT")
	for _, s := range list {
		last, budget := "never", "none"
		if s.LastAsked != nil {
			last = s.LastAsked.Format("2006-01-02 15:04")
		}
		if s.Budget > 0 {
			budget = strconv.Itoa(s.Budget)
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%d\n", s.Name, s.Adapter, s.State, last, s.Asked, s.Found, budget, s.Spent)
	}
	if err := tw.Flush(); err != nil {
		return fmt.Errorf("print enrichers: %w", err)
	}
	for _, s := range list {
		for _, need := range s.Needs {
			fmt.Fprintf(w, "%s needs: %s\n", s.Name, need)
		}
		if s.Error != "" {
			fmt.Fprintf(w, "%s: %s\n", s.Name, s.Error)
		}
	}
	return nil
}
