package egrul

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// worker reads files.
type worker struct {
	source  *Source
	request pipeline.Request
}

// Read implements members.Worker.
func (w *worker) Read(u members.Unit, r io.Reader) (pipeline.Batch, int64, error) {
	c := &collector{
		source: w.source.name, unit: u.Name, options: w.source.options, request: w.request,
		batch: pipeline.Batch{Release: w.source.release(u)}, found: map[registration]*finding{},
	}
	root, err := c.read(r)
	if err == nil {
		c.finish(root)
	}
	return c.batch, root.declared, err
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

// read returns the root element as far as the file comes to it.
func (c *collector) read(r io.Reader) (envelope, error) {
	d, err := newDecoder(r, usual())
	if err != nil {
		return envelope{}, err
	}
	err = d.decode(func(doc *document) {
		if c.issued == 0 {
			c.issued = cmp.Or(d.root.issued, members.DateIn(d.root.id), c.batch.Release.Date)
		}
		c.take(doc)
	})
	return d.root, err
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
	date := members.DateOf(doc.of.shared().Extracted)
	c.latest = max(c.latest, date)
	inn, err := doc.of.number()
	ended, _ := doc.of.end()
	switch {
	case err == nil:
		c.note(registration{inn, members.Clip(strings.TrimSpace(doc.of.registration()), 40)}, doc, cmp.Or(date, c.issued))
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
		raw = members.Clip(doc.of.tag(), pipeline.RawLimit-len("…"))
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
	c.batch.Release.Date = cmp.Or(root.issued, c.latest, members.DateIn(root.id), c.batch.Release.Date)
}
