package contact

import (
	"slices"
	"strings"
)

// label is what the page says of the value at [from:to] of the line that is
// read: words beside it in the line, else a short line above that ends with a
// colon, is a heading, or stands in the same box.
func (r *reader) label(i, from, to int) string {
	if l := r.row.label(from, to); l != "" {
		return l
	}
	return r.labelAbove(i)
}

// row is a line with the numbers and addresses in it, in their order.
type row struct {
	text   string
	values []span
	behind bool // what speaks of a value stands behind it
	each   bool // something stands behind each
	// heads and ends are the first and the last value of the list that a value
	// stands in, with no more than commas between.
	heads, ends []int
	front       bool // brackets stand before their values: «(опт) +7 …, (розница) +7 …»
}

type span struct{ from, to int }

func spans(phones []number, emails []mail) []span {
	out := make([]span, 0, len(phones)+len(emails))
	for _, n := range phones {
		out = append(out, span{n.from, n.to})
	}
	for _, e := range emails {
		out = append(out, span{e.from, e.to})
	}
	return out
}

// newRow puts the values of a line in order; what overlaps is one.
func newRow(text string, values []span) row {
	slices.SortFunc(values, func(a, b span) int { return a.from - b.from })
	kept := values[:0]
	for _, v := range values {
		switch n := len(kept); {
		case v.from < 0 || v.from > v.to || v.to > len(text):
		case n > 0 && v.from < kept[n-1].to:
			kept[n-1].to = max(kept[n-1].to, v.to)
		default:
			kept = append(kept, v)
		}
	}
	r := row{text: text, values: kept}
	r.front = r.bracketsFirst()
	r.lists()
	r.behind, r.each = r.order()
	return r
}

func (r *row) lists() {
	r.heads, r.ends = make([]int, len(r.values)), make([]int, len(r.values))
	for k := range r.values {
		r.heads[k] = k
		if k > 0 {
			if _, rest := r.remark(r.gap(k)); listed(rest) {
				r.heads[k] = r.heads[k-1]
			}
		}
	}
	for k := len(r.values) - 1; k >= 0; k-- {
		r.ends[k] = k
		if k+1 < len(r.values) && r.heads[k+1] == r.heads[k] {
			r.ends[k] = r.ends[k+1]
		}
	}
}

// gap is the text before the k-th value, from the one before it on; for
// k = len(values) the rest of the line.
func (r *row) gap(k int) string {
	from, to := 0, len(r.text)
	if k > 0 {
		from = r.values[k-1].to
	}
	if k < len(r.values) {
		to = r.values[k].from
	}
	return r.text[from:to]
}

// label reads what the line says of [from:to]: a value, or a link that leads
// to one and shows other words.
func (r *row) label(from, to int) string {
	if from < 0 || from > to || to > len(r.text) {
		return ""
	}
	k, known := slices.BinarySearchFunc(r.values, from, func(v span, at int) int {
		if v.to <= at && v.from < at {
			return -1
		}
		return max(0, v.from-at)
	})
	before, after := r.text[:from], r.text[to:]
	if k > 0 {
		before = r.text[min(r.values[k-1].to, from):from]
	}
	next := k
	if known {
		next++
	}
	if next < len(r.values) {
		after = r.text[to:max(to, r.values[next].from)]
	}
	if r.behind {
		if l := r.saidBehind(next, after); l != "" || k > 0 {
			return l
		}
		return lastPhrase(before)
	}
	if l := r.saidBefore(k, before); l != "" {
		return l
	}
	return r.remarkBehind(after, next < len(r.values))
}

// saidBefore reads the words before a value; those before the first of a list
// speak of all of it.
func (r *row) saidBefore(k int, gap string) string {
	if k > 0 {
		if _, rest := r.remark(gap); listed(rest) {
			k = r.heads[k-1]
			gap = r.gap(k)
		}
	}
	if k == 0 {
		return lastPhrase(gap)
	}
	_, rest := r.remark(gap)
	return lastPhrase(withoutDash(rest))
}

// saidBehind reads what stands behind a value and before the next, or behind
// the last of its list.
func (r *row) saidBehind(next int, gap string) string {
	in, rest := r.remark(gap)
	if l := firstPhrase(in); l != "" {
		return l
	}
	if next < len(r.values) && listed(rest) {
		next = r.ends[next]
		in, rest = r.remark(r.gap(next + 1))
		if l := firstPhrase(in); l != "" {
			return ""
		}
	}
	if leads(rest) || r.each && len(r.values) > 1 {
		return firstPhrase(rest)
	}
	return ""
}

// remarkBehind reads what stands in brackets or after a dash behind a value,
// where labels stand before. What also leads to the next value is that one's.
func (r *row) remarkBehind(gap string, more bool) string {
	in, rest := r.remark(gap)
	if l := firstPhrase(in); l != "" {
		return l
	}
	if !dashed(rest) || more && withoutDash(rest) == rest {
		return ""
	}
	return firstPhrase(rest)
}

// labelAbove looks at the lines above that may speak of this one.
func (r *reader) labelAbove(i int) string {
	lines := r.page.Lines
	l := &lines[i]
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		above := &lines[k]
		if above.Text == "" || above.Part != l.Part {
			continue
		}
		if !labelLine(above.Text) || mayHoldEmail(above.Text) && len(lineEmails(above.Text, r.host)) > 0 {
			if (strings.ContainsAny(above.Text, "@0123456789") || mayHoldEmail(above.Text)) && above.Box == l.Box && above.Table == l.Table {
				continue // another number or address under the same label
			}
			return ""
		}
		near := above.Heading > 0 || strings.HasSuffix(above.Text, ":") || above.Box == l.Box && l.Box > 0 ||
			l.Table > 0 && above.Table == l.Table && above.Row == l.Row
		if !near {
			return ""
		}
		if label := lastPhrase(above.Text); label != "" {
			return label
		}
	}
	return ""
}

// labelLine tells a line that may be the label of the next: short, without
// values of its own.
func labelLine(s string) bool {
	return s != "" && len(s) <= maxLabel && !strings.ContainsAny(s, "@0123456789")
}
