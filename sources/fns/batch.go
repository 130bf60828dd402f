package fns

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// outcome is what reading a unit came to.
type outcome struct {
	batch pipeline.Batch
	err   error // why the unit could not be read; the batch says so as a gap
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

// readUnit reads one unit wholly. A unit that fails on the way yields nothing
// of what it held, only a gap and how many rows it declares.
func (p *pull) readUnit(ctx context.Context, u unit) outcome {
	c := &collector{
		source: p.source.name, set: p.source.set,
		batch: pipeline.Batch{Unit: u.name, Release: p.plan.release}, index: map[company.INN]int{},
	}
	declared, err := c.read(ctx, u)
	if err != nil {
		return outcome{err: err, batch: gap(u.name, p.plan.release, declared, err)}
	}
	c.finish(declared)
	return outcome{batch: c.batch}
}

func gap(unit string, release pipeline.Release, rows int64, err error) pipeline.Batch {
	return pipeline.Batch{
		Unit:    unit,
		Release: release,
		Gaps:    []pipeline.Gap{{Unit: unit, Detail: err.Error(), Unread: rows}},
		Counts:  pipeline.Counts{Declared: rows, Unread: rows},
	}
}

// read returns how many rows the file declares, 0 when it does not come to
// say so.
func (c *collector) read(ctx context.Context, u unit) (declared int64, err error) {
	if u.broken != nil {
		return 0, u.broken
	}
	r, err := u.open()
	if err != nil {
		return 0, fmt.Errorf("open: %w", err)
	}
	defer closeQuietly(r)
	from := stopping{ctx, r}
	d := newDecoder(c.set, from)
	err = d.decode(c.take)
	switch {
	case err != nil && d.tape.err == nil:
		// The XML is wrong. A wrong checksum, which stands at the end, says why.
		if _, rest := io.Copy(io.Discard, from); rest != nil {
			err = fmt.Errorf("%w; %w", err, rest)
		}
	case err == nil && d.rows > 0 && c.shaped == 0:
		err = fmt.Errorf("%w: none of %d documents has СведНП/%s and %s", pipeline.ErrUnknownForm, d.rows, c.set.innAttribute(), c.set.element)
	}
	return d.root.rows, err
}

// stopping is a reader that ends with its context.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
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
