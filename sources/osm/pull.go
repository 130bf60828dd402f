package osm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// ErrCursor is a cursor that this source did not give out.
var ErrCursor = errors.New("not a cursor of these questions or files")

// pull is one reading.
type pull struct {
	source *Source
	req    pipeline.Request
	yield  func(pipeline.Batch, error) bool
	rows   int64
}

// asked asks the interpreter, a tag in a region at a time.
func (p *pull) asked(ctx context.Context) error {
	questions := p.source.questions()
	first := 0
	if p.req.Cursor != "" {
		for i, q := range questions {
			if q.unit() == p.req.Cursor {
				first = i + 1
			}
		}
		if first == 0 {
			return fmt.Errorf("%q: %w", p.req.Cursor, ErrCursor)
		}
	}
	for i := first; i < len(questions); i++ {
		q := questions[i]
		p.progress(q.unit())
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := p.source.service.Ask(ctx, q.call("out center tags;"))
		if err != nil {
			return fmt.Errorf("%s: %w", q.unit(), err)
		}
		g := p.gather(q.unit(), q.region)
		var h header
		err = readElements(bytes.NewReader(a.Body), &h, func(raw []byte) error {
			g.raw = append(g.raw, raw)
			return nil
		})
		if err != nil {
			return fmt.Errorf("%s: %w", q.unit(), err)
		}
		if err := p.emit(g.done(h.Base, q.unit())); err != nil {
			return err
		}
	}
	return nil
}

func (p *pull) progress(unit string) {
	if p.req.Progress != nil {
		p.req.Progress(pipeline.Progress{Unit: unit, Rows: p.rows})
	}
}

func (p *pull) emit(b pipeline.Batch) error {
	p.rows += b.Counts.Read
	if !p.yield(b, nil) {
		return errStopped
	}
	return nil
}

// gatherer makes one batch of objects.
type gatherer struct {
	observer observer
	now      company.Date
	raw      [][]byte
	row      int64 // of the first of them in its unit, less one
	batch    pipeline.Batch
}

func (p *pull) gather(unit, region string) *gatherer {
	return &gatherer{
		observer: observer{source: p.source.name, tags: p.source.tags, region: region, persons: p.req.Persons},
		now:      company.DateOf(p.req.Now), batch: pipeline.Batch{Unit: unit},
	}
}

// done reads the objects that were gathered. base is the map's date, if it says.
func (g *gatherer) done(base company.Date, cursor string) pipeline.Batch {
	day := base
	if !day.Known() {
		day = g.now
	}
	g.observer.date = day
	g.batch.Release, g.batch.Cursor = pipeline.Release{ID: day.String(), Date: day}, cursor
	held, n := map[string]bool{}, &g.batch.Counts
	for i, raw := range g.raw {
		n.Declared++
		n.Read++
		obs, f := g.observer.observe(raw, g.batch.Unit)
		switch {
		case f != nil:
			n.Quarantined++
			g.batch.Rejects = append(g.batch.Rejects, pipeline.Reject{
				Unit: g.batch.Unit, Row: g.row + int64(i) + 1, Reason: f.reason, Detail: f.detail,
				Raw: members.Clip(string(raw), pipeline.RawLimit-len("…")),
			})
		case obs == nil || held[obs.Key]:
			n.NotWanted++
		default:
			n.Taken++
			held[obs.Key] = true
			g.batch.Observations = append(g.batch.Observations, *obs)
		}
	}
	return g.batch
}

// countOf reads the answer to "out count;": one element with the total among its tags.
func countOf(body []byte) (string, error) {
	total := ""
	err := readElements(bytes.NewReader(body), &header{}, func(raw []byte) error {
		var x element
		if json.Unmarshal(raw, &x) == nil && x.Type == "count" {
			total = x.Tags["total"]
		}
		return nil
	})
	if err == nil && total == "" {
		err = errElements
	}
	return total, err
}
