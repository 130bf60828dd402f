package egrul

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
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
	found  map[company.INN]*finding
}

// finding is the newest that a file says of one ИНН.
type finding struct {
	rows   int64
	date   company.Date
	ended  bool
	wanted bool
	says   company.Observation // only if wanted
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
		found: map[company.INN]*finding{},
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
	d, err := newDecoder(stopping{ctx, r})
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
	switch {
	case err == nil:
		c.note(inn, doc, cmp.Or(date, c.issued))
	case !errors.Is(err, errNoINN):
		c.reject(doc, pipeline.ReasonINN, err.Error())
	case doc.of.ended():
		c.batch.Counts.NotWanted++ // it ended before it was given one: nobody to call
	default:
		c.reject(doc, pipeline.ReasonMissing, err.Error())
	}
}

// note keeps what a document says if it is the newest on its ИНН.
func (c *collector) note(inn company.INN, doc *document, date company.Date) {
	f := c.found[inn]
	if f == nil {
		f = &finding{}
		c.found[inn] = f
	}
	f.rows++
	next := finding{rows: f.rows, date: date, ended: doc.of.ended()}
	if f.rows > 1 && !next.mayReplace(f) {
		return
	}
	a := doc.of.shared().activity()
	held := c.request.Held.Has(inn)
	if next.wanted = held || !next.ended && a.wanted(c.request.Wanted); next.wanted {
		b := builder{persons: c.request.Persons, branches: c.options.branches()}
		b.Source, b.Key, b.INN, b.Date = c.source, string(inn), inn, date
		b.Origin = c.unit + "#" + cmp.Or(clip(strings.TrimSpace(doc.id), 80), strconv.FormatInt(doc.row, 10))
		next.says = b.observe(doc.of, a)
	}
	if f.rows == 1 || next.newer(f) {
		*f = next
	}
}

// mayReplace compares what is known before anything is built.
func (f *finding) mayReplace(g *finding) bool {
	return f.date > g.date || f.date == g.date && (f.ended || !g.ended)
}

// newer decides between two rows of one ИНН: the later date, then the end,
// then what is wanted, then the greater content, so that the order of rows
// does not matter.
func (f *finding) newer(g *finding) bool {
	switch {
	case f.date != g.date:
		return f.date > g.date
	case f.ended != g.ended:
		return f.ended
	case f.wanted != g.wanted:
		return f.wanted
	default:
		return slices.CompareFunc(f.says.Facts, g.says.Facts, compareFacts) > 0
	}
}

func compareFacts(f, g company.Fact) int {
	return cmp.Or(cmp.Compare(f.Field, g.Field), cmp.Compare(f.Key, g.Key), cmp.Compare(f.Value, g.Value), cmp.Compare(f.Note, g.Note))
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
	for _, f := range c.found {
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
