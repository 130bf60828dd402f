package fns

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// worker reads members.
type worker struct {
	source  *Source
	release pipeline.Release
}

// Read implements members.Worker.
func (w *worker) Read(u members.Unit, r io.Reader) (pipeline.Batch, int64, error) {
	c := &collector{
		source: w.source.name, set: w.source.set,
		batch: pipeline.Batch{Unit: u.Name, Release: w.release}, index: map[company.INN]int{},
	}
	declared, err := c.read(r)
	if err == nil {
		c.finish(declared)
	}
	return c.batch, declared, err
}

// collector makes the batch of one unit.
type collector struct {
	source string
	set    *set
	batch  pipeline.Batch
	stamp  stamp
	shaped int64 // documents that have what the set is about
	firms  []firm
	index  map[company.INN]int
}

// read returns how many rows the file declares, 0 when it does not come to
// say so.
func (c *collector) read(r io.Reader) (declared int64, err error) {
	d := newDecoder(c.set, r)
	err = d.decode(c.take)
	if err == nil && d.rows > 0 && c.shaped == 0 {
		err = fmt.Errorf("%w: none of %d documents has СведНП/%s and %s", pipeline.ErrUnknownForm, d.rows, c.set.innAttribute(), c.set.element)
	}
	return d.root.rows, err
}

// take counts a document once and keeps its figures.
func (c *collector) take(number int64, doc *document, raw []byte) {
	if doc.shaped() {
		c.shaped++
	}
	told, err := c.keep(doc)
	switch {
	case err != nil:
		c.reject(number, err, raw)
	case told:
		c.batch.Counts.Taken++
	default:
		c.batch.Counts.NotWanted++
	}
}

// keep merges a document into its firm; told is false when it says nothing.
func (c *collector) keep(doc *document) (told bool, err error) {
	inn, err := doc.subject(c.set)
	if err != nil {
		return false, err
	}
	if err := c.stamp.of(doc.composed); err != nil {
		return false, err
	}
	figures, err := c.set.figures(doc, &c.stamp)
	if err != nil || len(figures) == 0 {
		return false, err
	}
	if i, seen := c.index[inn]; seen {
		return true, c.firms[i].merge(figures)
	}
	c.index[inn] = len(c.firms)
	c.firms = append(c.firms, firm{inn: inn, date: c.stamp.date, figures: figures})
	return true, nil
}

func (c *collector) reject(number int64, err error, raw []byte) {
	reason := pipeline.ReasonINN
	switch {
	case errors.Is(err, errMissing):
		reason = pipeline.ReasonMissing
	case errors.Is(err, errForm):
		reason = pipeline.ReasonFormat
	}
	c.batch.Counts.Quarantined++
	c.batch.Rejects = append(c.batch.Rejects, pipeline.Reject{
		Unit: c.batch.Unit, Row: number, Reason: reason, Detail: err.Error(), Raw: strings.ToValidUTF8(string(raw), ""),
	})
}

func (c *collector) finish(rows int64) {
	n := &c.batch.Counts
	n.Declared, n.Read = rows, n.Taken+n.NotWanted+n.Quarantined
	n.Unread = n.Declared - n.Read
	slices.SortFunc(c.firms, func(a, b firm) int { return cmp.Compare(a.inn, b.inn) })
	c.batch.Observations = make([]company.Observation, len(c.firms))
	for i := range c.firms {
		c.batch.Observations[i] = c.firms[i].observation(c.source, c.set)
	}
}
