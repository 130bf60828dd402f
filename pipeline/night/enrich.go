package night

import (
	"context"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// enrichBatch is how many companies an enricher is asked for at once; what it
// answers commits together.
const enrichBatch = 200

// enrichAll asks each enricher for the leads that lack something. It tells
// whether anything was added. A failing enricher is reported and never ends
// the night.
func (n *Night) enrichAll(ctx context.Context, day company.Date, r *Report) (added bool, err error) {
	for _, e := range n.Enrichers {
		report := EnrichReport{Name: e.Section.Name}
		stageCtx, stop := n.untilDeadline(ctx, day)
		delta, storeErr := n.enrichOne(stageCtx, day, e, &report)
		stop()
		if ctx.Err() != nil {
			return added, context.Cause(ctx)
		}
		if stageCtx.Err() == context.DeadlineExceeded {
			report.Error, storeErr = "the deadline came before the end", nil
		}
		if storeErr != nil {
			return added, fmt.Errorf("enrich by %s: %w", e.Section.Name, storeErr)
		}
		r.Enrich = append(r.Enrich, report)
		added = added || delta.New+delta.Changed > 0
	}
	return added, nil
}

func (n *Night) enrichOne(ctx context.Context, day company.Date, e Enricher, report *EnrichReport) (delta store.Delta, err error) {
	asked := make([]company.Company, 0, enrichBatch)
	flush := func() error {
		d, err := n.ask(ctx, day, e, asked, report)
		delta = delta.Add(d)
		asked = asked[:0]
		return err
	}
	for d, err := range n.dossiers(ctx) {
		if err != nil {
			return delta, err
		}
		c := company.Derive(d.INN, d.Observations, n.trust())
		if !e.Enricher.Lacks(&c) {
			continue
		}
		if asked = append(asked, c); len(asked) == enrichBatch {
			if err := flush(); err != nil {
				return delta, err
			}
		}
	}
	return delta, flush()
}

// ask commits the answers of one batch. An enricher's own error goes into the
// report and stops it for this night.
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
	return n.Store.Commit(ctx, store.Commit{Source: e.Section.Name, Day: day, Batch: batch})
}
