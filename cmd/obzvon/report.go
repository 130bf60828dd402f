package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/night"
	"obzvon/pipeline/score"
)

// loudness is how much of a report is printed.
type loudness int

const (
	quiet   loudness = iota // what is missing, and where the list is
	plain                   // all that the night did
	verbose                 // and how long each part of it took
)

func (a *app) loudness() loudness {
	switch {
	case a.quiet:
		return quiet
	case a.verbose:
		return verbose
	}
	return plain
}

// writeReport tells an operator what the night did: what is missing, where the
// list is, how many by priority, what to do next.
func writeReport(w io.Writer, r *night.Report, how loudness) {
	if how >= plain {
		writeSourceTable(w, r)
		writeFigures(w, r)
	}
	if how >= verbose {
		writeStages(w, r)
	}
	for _, why := range r.Short {
		fmt.Fprintf(w, "! %s\n", why)
	}
	if len(r.Artefacts) == 0 {
		return
	}
	writeList(w, r)
	if how >= plain {
		writeNext(w, r)
	}
}

func writeSourceTable(w io.Writer, r *night.Report) {
	if len(r.Sources) == 0 {
		return
	}
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "SOURCE\tSTATE\tDECLARED\tREAD\tTAKEN\tNOT WANTED\tQUARANTINED\tUNREAD\tNEW\tCHANGED\tGONE")
	for _, s := range r.Sources {
		c, d := s.Counts, s.Delta
		fmt.Fprintf(tw, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", s.Name, s.State,
			c.Declared, c.Read, c.Taken, c.NotWanted, c.Quarantined, c.Unread, d.New, d.Changed, d.Gone)
	}
	_ = tw.Flush() // the writer below keeps the error
	for _, s := range r.Sources {
		writeSourceNotes(w, &s)
	}
	fmt.Fprintln(w)
}

// writeSourceNotes says of a source what neither its line in the table says nor
// the reasons below, why the night fell short.
func writeSourceNotes(w io.Writer, s *night.SourceReport) {
	if s.Note != "" && !s.State.Short() && s.State != night.StateOff {
		fmt.Fprintf(w, "%s: %s\n", s.Name, s.Note)
	}
	for _, a := range s.Advice {
		fmt.Fprintf(w, "%s: %s\n", s.Name, a)
	}
	switch n := s.Delta.Dropped; {
	case n == 1:
		fmt.Fprintf(w, "%s: 1 record left: it is wanted no more\n", s.Name)
	case n > 1:
		fmt.Fprintf(w, "%s: %d records left: they are wanted no more\n", s.Name, n)
	}
	gaps := s.Gaps
	if len(gaps) > 0 && strings.Contains(s.Note, gaps[0].Detail) {
		gaps = gaps[1:] // the note names the first
	}
	for _, g := range gaps {
		fmt.Fprintf(w, "%s: unread: %s: %s\n", s.Name, g.Unit, strings.TrimPrefix(g.Detail, g.Unit+": "))
	}
}

// slowest is how many parts of the night are named by their time.
const slowest = 8

// writeStages names the parts that took longest.
func writeStages(w io.Writer, r *night.Report) {
	stages := slices.Clone(r.Stages)
	slices.SortStableFunc(stages, func(a, b night.StageTime) int { return cmp.Compare(b.Seconds, a.Seconds) })
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "SLOWEST PARTS\tTIME")
	for _, s := range stages[:min(slowest, len(stages))] {
		took := time.Duration(s.Seconds * float64(time.Second)).Round(time.Millisecond)
		fmt.Fprintf(tw, "%s\t%s\n", strings.TrimSpace(stageTitles[s.Stage]+" "+s.Source), took)
	}
	_ = tw.Flush() // as below
	fmt.Fprintln(w)
}

func writeFigures(w io.Writer, r *night.Report) {
	if r.Resolve.Listings > 0 {
		fmt.Fprintf(w, "Listings without ИНН: %d, joined to a company: %d%s; for review: %d\n",
			r.Resolve.Listings, r.Resolve.Joined, counted(r.Resolve.ByEvidence, " (by ", ")"), r.ReviewTotal)
	}
	for _, e := range r.Enrich {
		if e.Off != "" {
			fmt.Fprintf(w, "Not enriched by %s: %s\n", e.Name, e.Off)
			continue
		}
		writeEnriched(w, &e)
	}
	if r.ListID == "" {
		return
	}
	fmt.Fprintf(w, "Companies: %d; kept off every list%s; outside the segments: %d\n",
		r.Companies, orNone(counted(named(r.Vetoed, vetoNames), ": ", "")), r.OutsideAny)
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(tw, "PRIORITY\tSEGMENT\tLEADS\tDIALABLE")
	for _, l := range r.Leads {
		fmt.Fprintf(tw, "%d\t%s\t%d\t%d\n", l.Priority, l.Title, l.Leads, l.Dialable)
	}
	_ = tw.Flush() // as above
	fmt.Fprintf(w, "Leads with a number: %s; with a buyer: %s\n", stepsText(r.Reach.Phones), stepsText(r.Reach.Buyers))
	if text := skippedText(r); text != "" {
		fmt.Fprintf(w, "Good leads not on the list: %s\n", text)
	}
	fmt.Fprintln(w)
}

// stepsText tells what each step of the night added to the leads.
func stepsText(s night.StepReport) string {
	return fmt.Sprintf("%d (%d from sources, %d added by matching, %d by enrichment)", s.All(), s.Sources, s.Matching, s.Asking)
}

func skippedText(r *night.Report) string {
	return counted(named(r.Skipped, skipNames), "", "")
}

var skipNames = map[string]string{
	calllist.SkipNoPhone: "no dialable phone", calllist.SkipNoWindow: "no common calling hour",
	calllist.SkipSame: "phone of a company above", calllist.SkipStopped: "stop list", calllist.SkipPhase: "priority not open yet",
	calllist.SkipNoZone: "time there unknown", calllist.SkipOwner: "its manager is full", calllist.SkipNorm: "over the day's norm",
}

var vetoNames = map[string]string{
	score.VetoStop: "stop list", score.VetoClient: "existing client", score.VetoMaker: "bearing maker",
	score.VetoNotOurs: "housing or garden co-operative", score.VetoBankruptcy: "bankruptcy case",
}

// named puts words in place of codes; a code without words stays.
func named(counts map[string]int64, names map[string]string) map[string]int64 {
	out := map[string]int64{}
	for code, n := range counts {
		name := names[code]
		if name == "" {
			name = code
		}
		out[name] += n
	}
	return out
}

func writeList(w io.Writer, r *night.Report) {
	kind := "Call list"
	switch {
	case r.Sample && r.ListFrozen:
		kind = "Sample call list (issued before, written again as it was)"
	case r.Sample:
		kind = "Sample call list (invented companies)"
	case r.ListFrozen:
		kind = "Call list (issued before, written again as it was)"
	}
	byPriority := map[int]int{}
	for _, l := range r.Listed {
		byPriority[l.Priority] += l.Rows
	}
	var parts []string
	for p := 1; p <= 3; p++ {
		parts = append(parts, fmt.Sprintf("priority %d: %d", p, byPriority[p]))
	}
	companies := fmt.Sprintf("%d companies", listed(r))
	if listed(r) == 1 {
		companies = "1 company"
	}
	fmt.Fprintf(w, "%s for %s: %s to call (%s)\n", kind, r.Day.Time().Format("Monday 2 January 2006"), companies, strings.Join(parts, ", "))
	if r.Withdrawn > 0 {
		fmt.Fprintf(w, "Taken out by the stop list since it was issued: %d\n", r.Withdrawn)
	}
	for _, a := range r.Artefacts {
		fmt.Fprintf(w, "  %s\n", a.Path)
	}
}

func writeNext(w io.Writer, r *night.Report) {
	fmt.Fprintf(w, "\nSegments file: %s. Took %s.\nNext:\n", r.ConfigHash, r.Ended.Sub(r.Started).Round(time.Millisecond))
	switch {
	case listed(r) == 0 && r.Idle:
		fmt.Fprintln(w, "  no manager works on that day: see since, through and absences of managers in config")
	case listed(r) == 0:
		fmt.Fprintln(w, "  nobody can be called yet: add a directory export with phones (sources in config);")
		fmt.Fprintln(w, "  the ranked base without phones is in the workbook, sheets «Приоритет 1» to «Приоритет 3»")
	default:
		fmt.Fprintln(w, "  open the workbook; each manager's own file holds only his rows")
		fmt.Fprintln(w, "  obzvon outcomes import FILE…   in the evening: takes the filled workbooks back")
	}
	fmt.Fprintln(w, "  obzvon explain ИНН        why a company is or is not on the list")
	if r.Sample {
		fmt.Fprintln(w, "  copy config/obzvon.yaml, point its sources at your files, and run with --config")
		return
	}
	for _, s := range r.Sources {
		if s.Counts.Quarantined > 0 {
			fmt.Fprintf(w, "  obzvon sources rejects %s   rows that were quarantined\n", s.Name)
		}
	}
}

func listed(r *night.Report) int {
	n := 0
	for _, l := range r.Listed {
		n += l.Rows
	}
	return n
}

// counted gives "name 3, other 1" in the order of the counts.
func counted(m map[string]int64, before, after string) string {
	var names []string
	for k, v := range m {
		if v > 0 {
			names = append(names, k)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b))
	})
	for i, k := range names {
		names[i] = fmt.Sprintf("%s %d", k, m[k])
	}
	if len(names) == 0 {
		return ""
	}
	return before + strings.Join(names, ", ") + after
}

func orNone(s string) string {
	if s == "" {
		return ": none"
	}
	return s
}
