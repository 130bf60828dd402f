package halfyear

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/night"
)

// Report is what was seen of the half-year.
type Report struct {
	Options  Options
	Nights   int
	Empty    int // days without anybody to call
	Listed   int // rows of all lists
	Pools    map[calllist.Pool]int
	Outcomes map[string]int // what came of calls, in truth
	Never    int            // calls whose file was never brought
	Told     int            // calls that files told of
	Found    int            // of these, results in the store
	Files    int
	Rows     int // of the files
	Unclear  int // of these, not understood
	Conflicts,
	Promised, Kept, Excused int // agreed calls, day by day
	Failures []string
	Digest   string // of all lists: equal half-years, equal digests

	lists []byte
}

// fail notes a rule that was broken.
func (r *Report) fail(day company.Date, format string, args ...any) {
	r.Failures = append(r.Failures, day.String()+" "+fmt.Sprintf(format, args...))
}

func (r *Report) night(n *night.Report) {
	r.Nights++
	if n.Exit() != 0 {
		r.fail(n.Day, "ночь закончилась с кодом %d: %v", n.Exit(), n.Short)
	}
}

func (r *Report) issue(list []byte) {
	sum := sha256.Sum256(append(r.lists, list...))
	r.lists = sum[:]
	r.Digest = hex.EncodeToString(sum[:8])
}

func (r *Report) talk(t talk) {
	if r.Outcomes == nil {
		r.Outcomes = map[string]int{}
	}
	r.Outcomes[t.outcome]++
}

func (r *Report) rows(l *calllist.List) {
	if r.Pools == nil {
		r.Pools = map[calllist.Pool]int{}
	}
	r.Listed += len(l.Rows)
	for i := range l.Rows {
		r.Pools[l.Rows[i].Pool]++
	}
}

// finish looks for every result that a file has brought.
func (w *world) finish(ctx context.Context) error {
	for _, inn := range slices.Sorted(maps.Keys(w.checker.calls)) {
		results, err := w.store.Results(ctx, inn)
		if err != nil {
			return fmt.Errorf("read the calls to %s: %w", inn, err)
		}
		stand, _ := funnel.Standing(results)
		for _, d := range w.checker.calls[inn] {
			found := false
			for _, r := range stand {
				found = found || r.Day == d.day && r.Outcome == d.talk.outcome && r.Manager == d.manager &&
					(d.next == 0 || r.Next == d.next) && r.Amount == d.talk.amount
			}
			if found {
				w.report.Found++
			} else {
				w.report.fail(d.day, "%s: результат «%s» потерян", inn, d.talk.outcome)
			}
		}
	}
	return nil
}

// shownFailures is how many broken rules are printed.
const shownFailures = 20

// WriteText prints the report.
func (r *Report) WriteText(w io.Writer) error {
	lines := []string{
		fmt.Sprintf("seed %d, %d companies, %d working days", r.Options.Seed, r.Options.Firms, r.Options.Days),
		fmt.Sprintf("lists            %d, %d rows (due %d, new %d, random %d, held %d), digest %s", r.Nights-r.Empty, r.Listed,
			r.Pools[calllist.PoolDue], r.Pools[calllist.PoolNew], r.Pools[calllist.PoolRandom], r.Pools[calllist.PoolHeld], r.Digest),
		fmt.Sprintf("files            %d with %d rows; not understood %d, put right later; contradictions settled %d", r.Files, r.Rows, r.Unclear, r.Conflicts),
		fmt.Sprintf("calls            told %d, found in the store %d; in files that were never brought %d", r.Told, r.Found, r.Never),
		fmt.Sprintf("agreed calls     due %d, on the list %d, excused by a shared or stopped number %d", r.Promised, r.Kept, r.Excused),
	}
	for _, o := range funnel.Outcomes() {
		lines = append(lines, fmt.Sprintf("  %-18s %d", o, r.Outcomes[o]))
	}
	lines = append(lines, fmt.Sprintf("rules broken     %d", len(r.Failures)))
	lines = append(lines, r.Failures[:min(len(r.Failures), shownFailures)]...)
	for _, l := range lines {
		if _, err := fmt.Fprintln(w, l); err != nil {
			return err
		}
	}
	return nil
}
