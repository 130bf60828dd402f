package night

import (
	"context"

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
	s.report.Asked++
	if a.Outcome != "" {
		s.report.Outcomes[a.Outcome]++
	}
	s.batch.Counts = s.batch.Counts.Add(pipeline.Counts{Declared: 1, Read: 1})
	s.visits = append(s.visits, store.Visit{Source: s.source, ID: a.ID, Day: s.day, Again: a.Again, Memory: a.Memory})
	if a.Found {
		s.report.Found++
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
	d, err := s.night.Store.Commit(context.WithoutCancel(ctx), store.Commit{Source: s.source, Day: s.day, Batch: s.batch, Visits: s.visits})
	s.delta = s.delta.Add(d)
	s.batch, s.visits, s.keys = pipeline.Batch{}, nil, nil
	return err
}
