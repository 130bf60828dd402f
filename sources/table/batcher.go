package table

import (
	"slices"

	"obzvon/pipeline"
)

// batcher gathers the rows of one table into batches.
type batcher struct {
	pull     *pull
	index    int // of the input
	sheet    *sheet
	observer observer
	gather   *gathering
	skip     int64 // rows up to this one were committed before
	batch    pipeline.Batch
	last     int64 // row
}

func newBatcher(p *pull, index int, sh *sheet, g *gathering) *batcher {
	b := &batcher{
		pull: p, index: index, sheet: sh, gather: g,
		observer: observer{source: p.source.name, input: sh.input.Name, date: sh.date, persons: p.req.Persons, now: p.req.Now},
	}
	b.fresh()
	return b
}

func (b *batcher) fresh() {
	b.batch = pipeline.Batch{
		Unit:    shownName(b.sheet.input, b.sheet.name),
		Release: pipeline.Release{ID: b.sheet.input.Name, Date: b.sheet.date},
	}
}

// row takes the next row. Rows committed before are not counted again, but
// those of repeated keys still take part in the folding.
func (b *batcher) row(rec record, done int64) error {
	x, v, why := identify(rec, &b.sheet.layout, &b.pull.source.set)
	old := rec.row <= b.skip
	if v == taken {
		b.take(&x, old)
	}
	if old {
		return nil
	}
	b.last = rec.row
	c := &b.batch.Counts
	c.Declared++
	c.Read++
	switch v {
	case taken:
		c.Taken++
	case notWanted:
		c.NotWanted++
	case rejected:
		c.Quarantined++
		b.batch.Rejects = append(b.batch.Rejects, pipeline.Reject{
			Unit: b.batch.Unit, Row: rec.row, Reason: why.reason, Detail: why.detail, Raw: b.raw(rec),
		})
	}
	if c.Read < batchRows || c.Taken > 0 && len(b.batch.Observations) == 0 {
		return nil // a batch that takes rows has something to show for them
	}
	b.progress(done)
	return b.flush(cursor{b.index, b.last})
}

// raw is the row for the quarantine, without named people where they may not
// be collected. A row that could not be cut into cells is kept as it came.
func (b *batcher) raw(rec record) string {
	people := b.sheet.layout.byRole[roleHeadName]
	if b.observer.persons || len(people) == 0 || rec.fault != nil {
		return rec.text()
	}
	rec.raw, rec.cells = "", slices.Clone(rec.cells)
	for _, col := range people {
		if col < len(rec.cells) && rec.cells[col] != "" {
			rec.cells[col] = "…"
		}
	}
	return rec.text()
}

func (b *batcher) take(x *listing, old bool) {
	if !b.gather.waits(x.key) {
		if !old {
			b.batch.Observations = append(b.batch.Observations, b.observer.observe(x))
		}
		return
	}
	if o, whole := b.gather.add(b.observer.observe(x)); whole && !old {
		b.batch.Observations = append(b.batch.Observations, o)
	}
}

func (b *batcher) progress(done int64) {
	b.pull.rowsRead += b.batch.Counts.Read
	if b.pull.req.Progress != nil {
		b.pull.req.Progress(pipeline.Progress{
			Unit: b.batch.Unit, Done: b.pull.before + done, Total: b.pull.total, Rows: b.pull.rowsRead,
		})
	}
}

func (b *batcher) flush(next cursor) error {
	b.batch.Cursor = next.String()
	out := b.batch
	b.fresh()
	return b.pull.emit(out)
}

// cut notes the rows that a damaged table does not give.
func (b *batcher) cut(d *damageError) {
	b.batch.Counts.Declared += d.unread
	b.batch.Counts.Unread += d.unread
	b.batch.Gaps = append(b.batch.Gaps, pipeline.Gap{Unit: b.batch.Unit, Detail: d.Error(), Unread: d.unread})
}

// finish yields what is left, and for a table without rows a batch that says
// so.
func (b *batcher) finish() error {
	b.batch.Observations = append(b.batch.Observations, b.gather.rest()...)
	b.progress(inputSize(b.sheet.input))
	return b.flush(cursor{input: b.index + 1})
}
