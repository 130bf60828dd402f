package contact

import (
	"strings"
	"unicode/utf8"
)

// glue is what joins the groups of a short number.
type glue uint8

const (
	none   glue = iota // «52077»
	dashes             // «5-20-77»
	blank              // «5 20 77»
)

// shortRun reads a number of five to seven digits that begins at i, grouped as
// they are.
func shortRun(s string, i int) (run, glue, bool) {
	if !opens(s, i) || i > 0 && s[i-1] == '+' {
		return run{}, none, false
	}
	r := scanRun(s, i)
	for n := min(7, len(r.digits)); n >= 5; n-- {
		c, ok := r.cut(n)
		if !ok || !shortGroups[groupsKey(c.groups)] || !closes(s, c) || other(s, c) {
			continue
		}
		g, ok := glueOf(s, c)
		if !ok {
			continue
		}
		if len(c.groups) < len(r.groups) && (g == blank || s[c.to] != ' ') {
			continue // the number goes on
		}
		return c, g, true
	}
	return run{}, none, false
}

// shortGroups are the ways to group the digits of a number without its code.
var shortGroups = map[int]bool{
	5: true, 122: true, 23: true, 32: true, 6: true, 222: true, 33: true, 24: true, 42: true, 7: true, 322: true, 34: true, 223: true, 43: true,
}

func groupsKey(groups []int) int {
	n := 0
	for _, g := range groups {
		n = 10*n + g
	}
	return n
}

// glueOf tells what joins the groups; all must be joined alike.
func glueOf(s string, r run) (glue, bool) {
	g := none
	for k := 1; k < len(r.groups); k++ {
		gap := s[r.ends[k-1] : r.ends[k]-r.groups[k]]
		now := dashes
		if gap == " " {
			now = blank
		} else if c, n := utf8.DecodeRuneInString(strings.Trim(gap, " ")); !dash(c) || n != len(strings.Trim(gap, " ")) {
			return none, false
		}
		if g != none && g != now {
			return none, false
		}
		g = now
	}
	return g, true
}
