package rsmp

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// collector makes the batch of one unit. Its memory serves one unit after the
// other; the batch shares none of it.
type collector struct {
	filter   *filter
	observer observer

	unit    string
	file    company.Date // of the file, for documents without a date
	latest  company.Date // newest ДатаСост
	counts  pipeline.Counts
	rejects []pipeline.Reject
	found   []company.Observation
	order   []sortable
}

// reset begins another unit.
func (c *collector) reset(unit string, file company.Date) {
	c.unit, c.file, c.latest = unit, file, 0
	c.counts, c.rejects = pipeline.Counts{}, nil
	clear(c.found) // else they would keep the strings of the last unit
	c.found, c.order = c.found[:0], c.order[:0]
}

// begin implements taker.
func (c *collector) begin(root *envelope) {
	if c.file == 0 {
		c.file = members.DateIn(root.id)
	}
}

// dismiss implements taker.
func (c *collector) dismiss(composed []byte) {
	c.latest = max(c.latest, c.observer.days.of(composed).date)
	c.counts.NotWanted++
}

// document implements taker: it decides on one document and counts it once.
func (c *collector) document(row int64, doc *document, raw []byte) bool {
	c.latest = max(c.latest, c.observer.days.of(doc.composed).date)
	inn, err := doc.inn()
	if err != nil {
		c.reject(row, err, raw)
		return true
	}
	c.observer.codes.read(doc)
	if !c.filter.takes(inn, &c.observer.codes) {
		c.counts.NotWanted++
		return true
	}
	c.counts.Taken++
	c.order = append(c.order, sortable{key: sortKey(inn), index: len(c.found)})
	c.found = append(c.found, c.observer.observe(doc, inn, c.file, path.Base(c.unit), row))
	return true
}

func (c *collector) reject(row int64, err error, raw []byte) {
	reason := pipeline.ReasonINN
	if errors.Is(err, errNoSubject) {
		reason = pipeline.ReasonMissing
	}
	c.counts.Quarantined++
	c.rejects = append(c.rejects, pipeline.Reject{
		Unit: c.unit, Row: row, Reason: reason, Detail: err.Error(),
		Raw: strings.ToValidUTF8(string(raw[:min(len(raw), pipeline.RawLimit)]), ""),
	})
}

// batch hands out what was collected of a file that declares so many rows.
func (c *collector) batch(release pipeline.Release, rows int64) pipeline.Batch {
	n := c.counts
	n.Declared, n.Read = rows, n.Taken+n.NotWanted+n.Quarantined
	n.Unread = n.Declared - n.Read
	if release.Date = c.latest; c.latest == 0 {
		release.Date = c.file
	}
	return pipeline.Batch{Unit: c.unit, Release: release, Observations: c.sorted(), Rejects: c.rejects, Counts: n}
}

// sorted gives the observations in the order of their keys, one for each ИНН.
func (c *collector) sorted() []company.Observation {
	if len(c.found) == 0 {
		return nil
	}
	slices.SortFunc(c.order, func(a, b sortable) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.index, b.index)) })
	out := make([]company.Observation, 0, len(c.order))
	for i, at := range c.order {
		o := &c.found[at.index]
		switch last := len(out) - 1; {
		case i == 0 || at.key != c.order[i-1].key:
			out = append(out, *o)
		case newer(o, &out[last]):
			out[last] = *o
		}
	}
	return out
}

// sortable is an observation by its ИНН.
type sortable struct {
	key   uint64
	index int
}

// sortKey has four bits for each digit, so that numbers of either length are
// in the order of their texts.
func sortKey(inn []byte) uint64 {
	key := uint64(0)
	for i, c := range inn {
		key |= uint64(c-'0'+1) << (60 - 4*i)
	}
	return key
}

// newer decides between two rows of one ИНН: the later date, then the greater
// content, so that the order of rows does not matter.
func newer(a, b *company.Observation) bool {
	if a.Date != b.Date {
		return a.Date > b.Date
	}
	return slices.CompareFunc(a.Facts, b.Facts, func(f, g company.Fact) int {
		return cmp.Or(cmp.Compare(f.Field, g.Field), cmp.Compare(f.Key, g.Key), cmp.Compare(f.Value, g.Value),
			cmp.Compare(f.Note, g.Note))
	}) > 0
}
