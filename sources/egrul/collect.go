package egrul

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
	options Options
	request pipeline.Request
	issued  company.Date // of the file, for documents without a date

	latest company.Date // newest ДатаВып
	batch  pipeline.Batch
	found  map[registration]*finding
}

// readUnit reads one unit wholly. A unit that fails on the way yields nothing
// of what it held, only a gap and how many rows it declares.
func (p *pull) readUnit(ctx context.Context, u unit) outcome {
	input := p.source.inputs[u.input].Name
	c := &collector{
		source: p.source.name, unit: u.name, options: p.source.options, request: p.request,
		batch: pipeline.Batch{
			Unit:    u.name,
			Release: pipeline.Release{ID: input, Date: cmp.Or(dateInName(path.Base(u.name)), dateInName(input))},
		},
		found: map[registration]*finding{},
	}
	root, err := c.read(ctx, u)
	if err != nil {
		return outcome{err: err, batch: gap(u.name, c.batch.Release, root.declared, err)}
	}
	c.finish(root)
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

// read returns the root element as far as the file comes to it.
func (c *collector) read(ctx context.Context, u unit) (envelope, error) {
	if u.broken != nil {
		return envelope{}, u.broken
	}
	r, err := u.open()
	if err != nil {
		return envelope{}, fmt.Errorf("open: %w", err)
	}
	defer closeQuietly(r)
	d, err := newDecoder(stopping{ctx, r}, usual())
	if err != nil {
		return envelope{}, err
	}
	err = d.decode(func(doc *document) {
		if c.issued == 0 {
			c.issued = cmp.Or(d.root.issued, dateInName(d.root.id), c.batch.Release.Date)
		}
		c.take(doc)
	})
	return d.root, err
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

// take decides on one document.
func (c *collector) take(doc *document) {
	switch {
	case doc.of == nil:
		c.reject(doc, pipeline.ReasonMissing, "neither СвЮЛ nor СвИП in it")
		return
	case doc.more:
		c.reject(doc, pipeline.ReasonFormat, "more than one СвЮЛ or СвИП in it")
		return
	}
	date := dateOf(doc.of.shared().Extracted)
	c.latest = max(c.latest, date)
	inn, err := doc.of.number()
	ended, _ := doc.of.end()
	switch {
	case err == nil:
		c.note(registration{inn, clip(strings.TrimSpace(doc.of.registration()), 40)}, doc, cmp.Or(date, c.issued))
	case !errors.Is(err, errNoINN):
		c.reject(doc, pipeline.ReasonINN, err.Error())
	case ended:
		c.batch.Counts.NotWanted++ // it ended before it was given one: nobody to call
	default:
		c.reject(doc, pipeline.ReasonMissing, err.Error())
	}
}

// reject quarantines a document with what names its subject.
func (c *collector) reject(doc *document, reason pipeline.Reason, detail string) {
	raw := ""
	if doc.of != nil {
		raw = clip(doc.of.tag(), pipeline.RawLimit-len("…"))
	}
	c.batch.Counts.Quarantined++
	c.batch.Rejects = append(c.batch.Rejects, pipeline.Reject{Unit: c.unit, Row: doc.row, Reason: reason, Detail: detail, Raw: raw})
}

// finish counts the rows of each ИНН alike and puts the observations in order.
func (c *collector) finish(root envelope) {
	n := &c.batch.Counts
	for _, f := range c.present() {
		if !f.wanted {
			n.NotWanted += f.rows
			continue
		}
		n.Taken += f.rows
		c.batch.Observations = append(c.batch.Observations, f.says)
	}
	n.Read = n.Taken + n.NotWanted + n.Quarantined
	n.Declared = n.Read
	slices.SortFunc(c.batch.Observations, func(a, b company.Observation) int { return cmp.Compare(a.Key, b.Key) })
	c.batch.Release.Date = cmp.Or(root.issued, c.latest, dateInName(root.id), c.batch.Release.Date)
}
