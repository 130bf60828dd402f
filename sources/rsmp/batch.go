package rsmp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
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
	source  string
	unit    string
	request pipeline.Request
	file    company.Date // of the file, for documents without a date
	latest  company.Date // newest ДатаСост

	batch pipeline.Batch
	index map[company.INN]int
}

// readUnit reads one unit wholly. A unit that fails on the way yields nothing
// of what it held, only a gap and how many rows it declares.
func (p *pull) readUnit(ctx context.Context, u unit) outcome {
	release := p.release(u)
	c := &collector{
		source: p.source.name, unit: u.name, request: p.request, file: dateInName(path.Base(u.name)),
		batch: pipeline.Batch{Unit: u.name, Release: release}, index: map[company.INN]int{},
	}
	declared, err := c.read(ctx, u)
	if err != nil {
		return outcome{err: err, batch: gap(u.name, release, declared, err)}
	}
	c.finish(declared)
	if p.plan.one && p.plan.newest >= 0 {
		c.batch.Release = release // one and the same for all batches
	}
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
	d := newDecoder(from)
	err = d.decode(func(row int64, doc *document, raw []byte) {
		if c.file == 0 {
			c.file = dateInName(d.root.id)
		}
		c.take(row, doc, raw)
	})
	if err != nil && d.tape.err == nil {
		// The XML is wrong. A wrong checksum, which stands at the end, says why.
		if _, rest := io.Copy(io.Discard, from); rest != nil {
			err = fmt.Errorf("%w; %w", err, rest)
		}
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

// take decides on one document and counts it once.
func (c *collector) take(row int64, doc *document, raw []byte) {
	c.latest = max(c.latest, dateOf(doc.composed))
	inn, err := doc.inn()
	if err != nil {
		c.reject(row, err, raw)
		return
	}
	a := doc.activity()
	if !c.wanted(inn, a) {
		c.batch.Counts.NotWanted++
		return
	}
	c.batch.Counts.Taken++
	o := doc.observe(c.source, inn, a, c.file)
	o.Origin = c.unit + "#" + clip(strings.TrimSpace(doc.id), 80)
	i, seen := c.index[inn]
	if !seen {
		c.index[inn] = len(c.batch.Observations)
		c.batch.Observations = append(c.batch.Observations, o)
		return
	}
	if newer(&o, &c.batch.Observations[i]) {
		c.batch.Observations[i] = o
	}
}

func (c *collector) wanted(inn company.INN, a activity) bool {
	w := c.request.Wanted
	switch {
	case w.Any(a.main...) || w.Any(a.reported...):
		return true
	case w.Additional && (w.Any(a.extra...) || w.Any(a.reportedExtra...)):
		return true
	default:
		return c.request.Held.Has(inn)
	}
}

func (c *collector) reject(row int64, err error, raw []byte) {
	reason := pipeline.ReasonINN
	if errors.Is(err, errNoSubject) {
		reason = pipeline.ReasonMissing
	}
	c.batch.Counts.Quarantined++
	c.batch.Rejects = append(c.batch.Rejects, pipeline.Reject{
		Unit: c.unit, Row: row, Reason: reason, Detail: err.Error(), Raw: strings.ToValidUTF8(string(raw), ""),
	})
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

func (c *collector) finish(rows int64) {
	n := &c.batch.Counts
	n.Declared, n.Read = rows, n.Taken+n.NotWanted+n.Quarantined
	n.Unread = n.Declared - n.Read
	if c.batch.Release.Date = c.latest; c.latest == 0 {
		c.batch.Release.Date = c.file
	}
	slices.SortFunc(c.batch.Observations, func(a, b company.Observation) int { return cmp.Compare(a.Key, b.Key) })
}
