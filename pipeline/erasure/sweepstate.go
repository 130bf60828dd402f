package erasure

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func (s *Sweep) lists(ctx context.Context) error {
	change := func(day company.Date, data []byte) ([]byte, error) {
		l, err := calllist.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("list of %s: %w", day, err)
		}
		targets := len(l.Targets)
		rows := s.Forgotten.list(l)
		if rows == 0 && len(l.Targets) == targets {
			return nil, nil
		}
		s.count.Rows += max(rows, 1)
		return l.Encode()
	}
	if !s.Dry {
		return s.Store.RewriteLists(ctx, change)
	}
	days, err := s.Store.ListDays(ctx)
	for i := 0; i < len(days) && err == nil; i++ {
		var data []byte
		if data, err = s.Store.List(ctx, days[i]); err == nil {
			_, err = change(days[i], data)
		}
	}
	return err
}

func (s *Sweep) runs(ctx context.Context) error {
	var failed error
	err := s.Store.RewriteRuns(ctx, func(r store.Run) (store.Run, bool) {
		report, err := s.Forgotten.redactJSON(r.Report)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("report of %s: %w", r.Day, err))
			return r, false
		}
		said := s.Forgotten.Redact(r.Error)
		if said == r.Error && bytes.Equal(report, r.Report) {
			return r, false
		}
		r.Error, r.Report = said, report
		s.count.Runs++
		return r, !s.Dry
	})
	return errors.Join(err, failed)
}

func (s *Sweep) results(ctx context.Context) error {
	for after := (store.ResultKey{}); ; {
		some, err := s.Store.ResultsAfter(ctx, after, page)
		if err != nil {
			return err
		}
		by := map[store.ResultKey]*store.Result{}
		for i := range some {
			r := store.CloneResult(some[i])
			switch s.Forgotten.result(&r) {
			case goes:
				by[some[i].Key()] = nil
			case changes:
				by[some[i].Key()] = &r
			case stays:
			}
		}
		s.count.Results += len(by)
		if len(by) > 0 && !s.Dry {
			if err := s.Store.ReplaceResults(ctx, by); err != nil {
				return err
			}
		}
		if len(some) < page {
			break
		}
		after = some[len(some)-1].Key()
	}
	return s.owners(ctx)
}

// owners are the managers of companies that were on a list.
func (s *Sweep) owners(ctx context.Context) error {
	all, err := s.Store.Owners(ctx)
	if err != nil {
		return err
	}
	for inn := range all {
		if s.Dry || !s.Forgotten.Sole(inn) {
			continue
		}
		if err := s.Store.EraseOwner(ctx, inn); err != nil {
			return err
		}
	}
	return nil
}

// held is the reason of a stop that stands while the same is written anew, so that
// no kill can leave nobody stopped.
const held = "forget"

func (s *Sweep) stops(ctx context.Context) error {
	all, err := s.Store.StopList(ctx)
	if err != nil {
		return err
	}
	for _, was := range all {
		now := s.Forgotten.stop(was)
		if now == was {
			continue
		}
		s.count.Stops++
		if s.Dry {
			continue
		}
		if err := s.putStop(ctx, was, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sweep) putStop(ctx context.Context, was, now store.Stop) error {
	same := now.Kind == was.Kind && now.Value == was.Value
	meanwhile := now
	meanwhile.Reason = held
	if same {
		if _, err := s.Store.AddStops(ctx, []store.Stop{meanwhile}); err != nil {
			return err
		}
	} else if _, err := s.Store.AddStops(ctx, []store.Stop{now}); err != nil {
		return err
	}
	if err := s.Store.RemoveStop(ctx, was.Kind, was.Value, was.Reason); err != nil {
		return err
	}
	if !same {
		return nil
	}
	if _, err := s.Store.AddStops(ctx, []store.Stop{now}); err != nil {
		return err
	}
	return s.Store.RemoveStop(ctx, now.Kind, now.Value, held)
}

func (s *Sweep) marks(ctx context.Context) error {
	all, err := s.Store.Marks(ctx)
	if err != nil {
		return err
	}
	for _, m := range all {
		was := m
		sole := s.Forgotten.Sole(m.INN)
		changed := s.Forgotten.mark(&m)
		if !sole && !changed {
			continue
		}
		s.count.Marks++
		switch {
		case s.Dry:
		case sole:
			err = s.Store.DropMark(ctx, was.INN, was.Kind)
		default:
			err = s.Store.PutMarks(ctx, []store.Mark{m})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
