package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

func lastRun(ctx context.Context, s store.Runs, h *house) finding {
	day, err := night.NextDay(h.config, time.Now())
	if err != nil {
		return finding{What: "last run", Detail: err.Error()}
	}
	if today, err := s.Run(ctx, day); err == nil && today.Error != "" {
		return brokenOff(&today)
	}
	run, err := s.LastCompleted(ctx, day+1)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return finding{What: "last run", OK: true, Detail: "none yet: obzvon run makes the first list"}
	case err != nil:
		return finding{What: "last run", Detail: err.Error(), Advice: "restore a backup"}
	}
	return judgeRun(&run)
}

// brokenOff is a run that ended before its end.
func brokenOff(run *store.Run) finding {
	f := finding{What: "last run", Detail: fmt.Sprintf("for %s ended before its end: %s", run.Day, run.Error), Advice: "mend that and run again"}
	if why, cut := cutBy(run.Error); cut {
		f.Detail = fmt.Sprintf("for %s was %s", run.Day, why)
		f.Advice = "run it again: it goes on"
	}
	if run.Completed {
		f.OK, f.Warn = true, true
		f.Detail += "; the list of an earlier run of that day stands"
	}
	return f
}

// judgeRun says why a run fell short and, by what did, where to look.
func judgeRun(run *store.Run) finding {
	f := finding{What: "last run", OK: run.Exit == exitDone, Detail: fmt.Sprintf("for %s, ended %s with %d", run.Day, run.Ended.Format("2006-01-02 15:04"), run.Exit)}
	if f.OK {
		return f
	}
	f.Advice = "obzvon sources tells which source fell short"
	var r night.Report
	if err := json.Unmarshal(run.Report, &r); err != nil || len(r.Short) == 0 {
		return f // the report of another version
	}
	f.Detail += ": " + r.Short[0]
	if n := len(r.Short) - 1; n > 0 {
		f.Detail += fmt.Sprintf("; and %d more", n)
	}
	failed, cut := 0, 0
	for _, e := range r.Enrich {
		if _, is := cutBy(e.Error); is {
			cut++
		} else if e.Error != "" {
			failed++
		}
	}
	short := func(s night.SourceReport) bool { return s.State.Short() || s.State == night.StateOff }
	switch {
	case slices.ContainsFunc(r.Sources, short):
	case cut == len(r.Short):
		f.OK, f.Warn = true, true
		f.Advice = "nothing is lost, the next night asks for others; to get through in one, set run.deadline later, or budget under enrich lower"
	case failed > 0:
		f.Advice = "obzvon sources tells which enricher failed"
	default:
		f.Advice = "mend that and run again"
	}
	return f
}
