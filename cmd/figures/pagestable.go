package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

func newText(s string) io.Reader { return strings.NewReader(s) }

// withoutOurs is an environment without what tunes the program or the runtime.
func withoutOurs(environ []string) []string {
	return slices.DeleteFunc(environ, func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return name == "GOGC" || name == "GOMEMLIMIT" || name == "GODEBUG" || strings.HasPrefix(name, "OBZVON_")
	})
}

// goalsOfPages: no errors, and the bound of run.memory_limit holds with readers too.
func goalsOfPages(phases []phase) []goal {
	if len(phases) == 0 {
		return nil
	}
	failed := 0
	for i := range phases {
		_, n := waitsOf(phases[i].asked, "")
		failed += n
	}
	w, _ := waitsOf(phases[1].asked, "")
	before, _ := waitsOf(phases[0].asked, "")
	return []goal{
		{
			what: fmt.Sprintf("%d readers of the pages while a night writes", readersAtOnce), reach: "no errors",
			figure:  fmt.Sprintf("%s requests, %d failed; p50 %s, p99 %s", count(float64(len(w))), failed, spent(w.share(500)), spent(w.share(990))),
			beside:  fmt.Sprintf("with nothing going on p50 %s, p99 %s", spent(before.share(500)), spent(before.share(990))),
			verdict: judge(failed == 0 && len(w) > 0),
		},
		{
			what: "peak anonymous memory of the server meanwhile", reach: "≤ 256 MB (run.memory_limit)",
			figure:  size(float64(phases[1].memory)),
			beside:  fmt.Sprintf("before %s, afterwards %s", size(float64(phases[0].memory)), size(float64(phases[2].memory))),
			verdict: judge(phases[1].memory > 0 && phases[1].memory <= 256e6),
		},
	}
}

// pageTables is each page in each phase.
func pageTables(phases []phase) []table {
	if len(phases) == 0 {
		return nil
	}
	t := table{
		title: "Pages under load",
		notes: []string{fmt.Sprintf(
			"`obzvon serve` as a process of its own, asked over loopback by %d readers of another process, each with a login of his own and a rest of %s between two pages. "+
				"The night in the middle reads next month's release, resolves, scores, issues the list and writes the workbooks. Memory is the most RssAnon of the server, seen every 20 ms.",
			readersAtOnce, readerRests)},
		head: []string{"phase", "lasted", "page", "requests", "failed", "p50", "p99", "longest", "memory"},
	}
	for i := range phases {
		f := &phases[i]
		for _, name := range append([]string{""}, pageNames(f.asked)...) {
			w, failed := waitsOf(f.asked, name)
			row := []string{"", "", name, count(float64(len(w) + failed)), count(float64(failed)), spent(w.share(500)), spent(w.share(990)), spent(w.share(1000)), ""}
			if name == "" {
				row[0], row[1], row[2], row[8] = f.name, spent(f.took), "all", size(float64(f.memory))
			}
			t.rows = append(t.rows, row)
		}
	}
	return []table{t}
}

func pageNames(all []asked) []string {
	var out []string
	for i := range all {
		out = append(out, all[i].page)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
