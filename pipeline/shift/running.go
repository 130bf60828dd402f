package shift

import (
	"context"
	"slices"
	"time"

	"obzvon/pipeline/night"
)

// running is a night that goes on, with what its status is made of.
type running struct {
	Running

	part  part
	unit  string    // of fetching: a fetch has parts that are counted by themselves
	first int64     // how much was done when counting began
	moved time.Time // and when that was
	stop  context.CancelCauseFunc
	leave func() // the gate
}

// part is what a report tells the time of: a pull with its fetching.
type part struct {
	stage  night.Stage
	source string
}

func partOf(e night.Event) part {
	if e.Stage == night.StageFetch {
		return part{night.StagePull, e.Source}
	}
	return part{e.Stage, e.Source}
}

// on takes progress of the night.
func (k *Keeper) on(e night.Event) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	r := k.running
	if r == nil {
		return // a word that came after the end
	}
	if p := partOf(e); p != r.part {
		r.close(now)
		r.part, r.Since = p, now
		if !r.ended(p) {
			k.o.Log.Info("working", "stage", string(e.Stage), "name", e.Source)
		}
	}
	unit := ""
	if e.Stage == night.StageFetch {
		unit = e.Unit
	}
	if e.Stage != r.Stage || unit != r.unit || e.Done < r.first || r.moved.Before(r.Since) {
		r.first, r.moved, r.unit = e.Done, now, unit
	}
	r.Stage, r.Source, r.Unit, r.Done, r.Total, r.Rows = e.Stage, e.Source, e.Unit, e.Done, e.Total, e.Rows
	k.changes()
}

// close adds the part in hand to those that have ended. An enricher and the scoring
// of whom it asks next take turns: their times are summed.
func (r *running) close(now time.Time) {
	if r.part == (part{}) {
		return
	}
	seconds := now.Sub(r.Since).Seconds()
	for i := range r.Ended {
		if e := &r.Ended[i]; (part{e.Stage, e.Source}) == r.part {
			e.Seconds += seconds
			return
		}
	}
	r.Ended = append(r.Ended, night.StageTime{Stage: r.part.stage, Source: r.part.source, Seconds: seconds})
}

// ended tells a part that has ended, perhaps for a while.
func (r *running) ended(p part) bool {
	return slices.ContainsFunc(r.Ended, func(e night.StageTime) bool { return part{e.Stage, e.Source} == p })
}

// over clears what the night itself showed, for the steps that follow.
func (r *running) over(now time.Time) {
	r.close(now)
	r.part, r.Stage, r.Source, r.Unit, r.Done, r.Total, r.Rows = part{}, "", "", "", 0, 0, 0
}
