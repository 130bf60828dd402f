package night

import (
	"context"
	"errors"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// answering gathers answers and commits them some at a time.
type answering struct {
	night  *Night
	source string
	day    company.Date
	report *EnrichReport
	handed *handed

	batch  pipeline.Batch
	visits []store.Visit
	keys   map[string]bool
	delta  store.Delta
}

// take keeps an answer.
func (s *answering) take(ctx context.Context, a pipeline.Answer) error {
	if a.Found && s.keys[a.Observation.Key] {
		if err := s.flush(ctx); err != nil { // keys of a batch are distinct
			return err
		}
	}
	s.report.take(&a, s.handed.back(a.ID))
	if a.Outcome != "" {
		s.report.Outcomes[a.Outcome]++
	}
	s.batch.Counts = s.batch.Counts.Add(pipeline.Counts{Declared: 1, Read: 1})
	s.visits = append(s.visits, store.Visit{Source: s.source, ID: a.ID, Day: s.day, Again: a.Again, Memory: a.Memory})
	if a.Found {
		s.batch.Counts.Taken++
		s.batch.Observations = append(s.batch.Observations, a.Observation)
		if s.keys == nil {
			s.keys = map[string]bool{}
		}
		s.keys[a.Observation.Key] = true
	} else {
		s.batch.Counts.NotWanted++
	}
	s.night.progress(Event{Stage: StageEnrich, Source: s.source, Done: s.report.Asked})
	if len(s.visits) < answersKept {
		return nil
	}
	return s.flush(ctx)
}

// flush commits what was gathered, also after the deadline.
func (s *answering) flush(ctx context.Context) error {
	if len(s.visits) == 0 {
		return nil
	}
	s.batch.Unit = "enrich"
	all := store.Commit{Source: s.source, Day: s.day, Batch: s.batch, Visits: s.visits}
	s.batch, s.visits, s.keys = pipeline.Batch{}, nil, nil
	d, err := s.night.Store.Commit(context.WithoutCancel(ctx), all)
	if errors.Is(err, store.ErrObservation) {
		return s.singly(ctx, all)
	}
	s.delta = s.delta.Add(d)
	return err
}

// singly keeps of a refused batch what can be kept: one answer that the
// enricher got wrong does not cost the others. It is told as the enricher's
// error.
func (s *answering) singly(ctx context.Context, all store.Commit) error {
	parts := []store.Commit{{Visits: all.Visits}}
	for i := range all.Batch.Observations {
		parts = append(parts, store.Commit{Batch: pipeline.Batch{Observations: all.Batch.Observations[i : i+1]}})
	}
	parts[0].Batch.Counts = all.Batch.Counts
	for _, c := range parts {
		c.Source, c.Day, c.Batch.Unit = all.Source, all.Day, all.Batch.Unit
		d, err := s.night.Store.Commit(context.WithoutCancel(ctx), c)
		s.delta = s.delta.Add(d)
		switch {
		case errors.Is(err, store.ErrObservation):
			s.report.Error = err.Error()
		case err != nil:
			return err
		}
	}
	return nil
}
