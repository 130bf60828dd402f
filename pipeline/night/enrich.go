package night

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// enrichBatch is how many companies an enricher is asked for at once; what it
// answers commits together.
const enrichBatch = 200

// enrichAll asks each enricher for the companies that lack what it could add.
// It tells whether anything was added. A failing enricher is reported and
// never ends the night.
func (n *Night) enrichAll(ctx context.Context, v *view, r *Report) (added bool, err error) {
	began := n.Clock()
	defer func() { r.took(StageEnrich, "", began, n.Clock()) }()
	for _, e := range n.Enrichers {
		report := EnrichReport{Name: e.Section.Name}
		if n.late(r) {
			report.Error = lateText
			r.Enrich = append(r.Enrich, report)
			continue
		}
		bounded, stop := n.bounded(ctx, r)
		delta, err := n.enrichOne(bounded, r.Day, e, v, &report)
		late := bounded.Err() != nil
		stop()
		switch {
		case ctx.Err() != nil:
			return added, context.Cause(ctx)
		case late && (errors.Is(err, context.DeadlineExceeded) || err == nil):
			report.Error = lateText
		case errors.Is(err, store.ErrObservation):
			report.Error = err.Error() // what the store refuses, the enricher has made
		case err != nil:
			return added, fmt.Errorf("enrich by %s: %w", e.Section.Name, err)
		}
		r.Enrich = append(r.Enrich, report)
		added = added || delta.New+delta.Changed > 0
	}
	return added, nil
}

const lateText = "the deadline came before the end"

func (n *Night) enrichOne(ctx context.Context, day company.Date, e Enricher, v *view, report *EnrichReport) (delta store.Delta, err error) {
	name := e.Section.Name
	err = n.Store.BeginPull(ctx, store.Pull{Source: name, Day: day, Decoder: e.Enricher.Describe().Decoder, Started: n.Clock()})
	if err != nil {
		return delta, err
	}
	asked := make([]company.Company, 0, enrichBatch)
	flush := func() error {
		d, err := n.ask(ctx, day, e, asked, report)
		delta = delta.Add(d)
		asked = asked[:0]
		return err
	}
	for d, err := range v.all(ctx) {
		if err != nil {
			return delta, err
		}
		c := v.company(d)
		if !e.Enricher.Lacks(&c) {
			continue
		}
		if asked = append(asked, c); len(asked) == enrichBatch {
			if err := flush(); err != nil {
				return delta, err
			}
		}
	}
	if err := flush(); err != nil {
		return delta, err
	}
	return delta, n.Store.EndPull(ctx, name, store.PullEnd{At: n.Clock(), Complete: report.Error == "", Error: report.Error})
}

// ask commits the answers of one batch, also those that came before the
// deadline cut it: they may have been paid for. An enricher's own error goes
// into the report and stops it for this night.
func (n *Night) ask(ctx context.Context, day company.Date, e Enricher, asked []company.Company, report *EnrichReport) (store.Delta, error) {
	if len(asked) == 0 || report.Error != "" {
		return store.Delta{}, nil
	}
	batch := pipeline.Batch{Unit: "enrich"}
	for answer, err := range e.Enricher.Enrich(ctx, n.Clock(), asked) {
		if err != nil {
			report.Error = err.Error()
			break
		}
		report.Asked++
		batch.Counts = batch.Counts.Add(pipeline.Counts{Declared: 1, Read: 1})
		if !answer.Found {
			batch.Counts.NotWanted++
			continue
		}
		report.Found++
		batch.Counts.Taken++
		batch.Observations = append(batch.Observations, answer.Observation)
	}
	n.progress(Event{Stage: StageEnrich, Source: e.Section.Name, Done: report.Asked})
	return n.Store.Commit(context.WithoutCancel(ctx), store.Commit{Source: e.Section.Name, Day: day, Batch: batch})
}
