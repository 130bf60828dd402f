package main

import (
	"fmt"
	"strconv"
	"time"

	"obzvon/pipeline/resolve"
	"obzvon/pipeline/resolve/census"
)

// Figures that joins are to reach at the largest size (issue 4).
const (
	leastPrecision = 0.995
	leastRecall    = 0.90
	mostGrowth     = 1.5 // of the cost of a listing, from the smallest registry to the largest
)

func goalsOfMatching(all []matched) []goal {
	if len(all) == 0 {
		return nil
	}
	last := &all[len(all)-1]
	t := &last.measure.All
	size := fmt.Sprintf("%s listings against %s companies", count(float64(last.spec.Listings)), count(float64(last.spec.Companies)))
	goals := []goal{
		{
			what: "precision of automatic joins, " + size, figure: fmt.Sprintf("%.4f, %d wrong of %d", t.Precision(), t.Joined-t.Right, t.Joined),
			reach: fmt.Sprintf("≥ %.3f", leastPrecision), verdict: judge(t.Precision() >= leastPrecision),
		},
		{
			what: "recall of automatic joins, " + size, figure: fmt.Sprintf("%.4f of the decidable", t.Recall()),
			beside: fmt.Sprintf("of all that something links %.4f, of all whose firm is in the registry %.4f", t.RecallLinked(), t.RecallAll()),
			reach:  fmt.Sprintf("≥ %.2f", leastRecall), verdict: judge(t.Recall() >= leastRecall),
		},
	}
	if len(all) < 3 {
		return goals
	}
	small, large := &all[0], &all[2]
	growth := float64(large.perListing()) / float64(max(1, small.perListing()))
	return append(goals, goal{
		what:   "cost of a listing, " + companies(small) + " to " + companies(large) + " companies",
		figure: times(growth), beside: spent(small.perListing()) + " to " + spent(large.perListing()),
		reach: fmt.Sprintf("≤ %.1f ×", mostGrowth), verdict: judge(growth <= mostGrowth),
	})
}

func companies(m *matched) string { return count(float64(m.spec.Companies)) }

// matchTables are the times and what came of them, and how the largest world's
// troubles were borne.
func matchTables(all []matched) []table {
	if len(all) == 0 {
		return nil
	}
	times := table{
		title: "Joining listings",
		notes: []string{
			"Worlds of `pipeline/resolve/census`, whose truth is known, in bbolt, joined by `resolve.Run` as a night does it. Listings are those of directories; the sites that they show are joined too and counted apart. Index = reading all companies and listings and making the index of an empty store; first night = the matching of all listings after that, joins written; µs a listing = first night by listings and sites. The next night finds a hundredth of the listings and of the second directory's records changed; an idle night finds nothing changed. Peak = the most anonymous memory of the process that measures.",
			"Recall is counted over the decidable listings: those of which something agrees with what is known of the firm, and no other firm of the world agrees in all that. The package's comment says it exactly.",
		},
		head: []string{"companies", "listings", "sites", "index", "owners/s", "first night", "a listing", "weighed a listing", "next night, changed", "compared", "idle night", "peak", "precision", "wrong", "recall: decidable", "linked", "all", "for review", "sites: precision", "recall"},
	}
	for i := range all {
		m := &all[i]
		t, s := &m.measure.All, &m.measure.Sites
		times.rows = append(times.rows, []string{
			companies(m), count(float64(t.Listings)), count(float64(s.Listings)),
			spent(m.index), rate(m.owners, m.index), spent(m.first), spent(m.perListing()), perOne(m.report.Weighed, m.report.Listings),
			fmt.Sprintf("%s, %d", spent(m.next), m.changed), count(float64(m.compared)), spent(m.idle), size(float64(m.peak)),
			fmt.Sprintf("%.4f", t.Precision()), fmt.Sprintf("%d of %d", t.Joined-t.Right, t.Joined),
			fmt.Sprintf("%.4f", t.Recall()), fmt.Sprintf("%.4f", t.RecallLinked()), fmt.Sprintf("%.4f", t.RecallAll()),
			fmt.Sprintf("%.1f %%", 100*float64(m.report.Reasons[resolve.ReasonClose])/float64(max(1, m.report.Listings))),
			fmt.Sprintf("%.4f", s.Precision()), fmt.Sprintf("%.4f", s.Recall()),
		})
	}
	last := &all[len(all)-1]
	return []table{times, troubleTable(last.measure, fmt.Sprintf("Joining listings, trouble by trouble: %s against %s companies", count(float64(last.spec.Listings)), companies(last)))}
}

func troubleTable(m *census.Measure, title string) table {
	t := table{
		title: title,
		notes: []string{"A listing counts in each class of which it is. Classes in brackets tell what there is to tell by; those of strangers have no firm to find, so every join is wrong. Those with most wrong joins first."},
		head:  []string{"class", "listings", "decidable", "joined", "wrong", "precision", "recall of the decidable"},
	}
	for _, c := range m.Classes() {
		recall, precision := "", ""
		if c.Decidable > 0 {
			recall = fmt.Sprintf("%.4f", c.Recall())
		}
		if c.Joined > 0 {
			precision = fmt.Sprintf("%.4f", c.Precision())
		}
		t.rows = append(t.rows, []string{c.Name, strconv.Itoa(c.Listings), strconv.Itoa(c.Decidable), strconv.Itoa(c.Joined), strconv.Itoa(c.Joined - c.Right), precision, recall})
	}
	return t
}

func rate(n int64, in time.Duration) string {
	if in <= 0 {
		return ""
	}
	return count(float64(n) / in.Seconds())
}

func perOne(n, of int64) string { return fmt.Sprintf("%.1f", float64(n)/float64(max(1, of))) }
