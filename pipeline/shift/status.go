package shift

import (
	"context"
	"iter"
	"slices"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/night"
)

// Status is what goes on and what comes next, at one moment.
type Status struct {
	At    time.Time
	Zone  *time.Location // the seller's, for showing moments
	Night *Running       // nil = none of the keeper's
	Other *gate.Pass     // a night or an erasure that somebody else runs; nil = none
	Next  *Turn          // nil = the schedule is off
	Text  string         // what comes next and why, in Russian
	Last  *Outcome       // the last night that ended, here or before the server began; nil = none ever did
}

// Running is a night that goes on.
type Running struct {
	Turn     Turn
	Who      string
	Request  night.Request
	Began    time.Time
	Stage    night.Stage // "" = not begun, or the steps after the night
	Source   string
	Unit     string
	Done     int64 // as in night.Event
	Total    int64
	Rows     int64
	Since    time.Time         // when the stage began
	Left     time.Duration     // of the stage, estimated; 0 = not known
	NightEnd time.Time         // of the night, by what the last one took; zero = not known
	Ended    []night.StageTime // what has ended so far
	Step     string            // the step after the night that goes on
	Stopping string            // who asked for its end
}

// readEvery is how often one reader is given a new status at most.
const readEvery = 250 * time.Millisecond

// Watch yields the status now and whenever it has changed. A slow reader gets the
// newest one and never keeps the night waiting. It ends with ctx and with the
// keeper.
func (k *Keeper) Watch(ctx context.Context) iter.Seq[Status] {
	return func(yield func(Status) bool) {
		for {
			s, changed, shut := k.look()
			if ctx.Err() != nil || !yield(s) || shut || !k.calm(ctx) {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	}
}

// calm waits until the next status may be given.
func (k *Keeper) calm(ctx context.Context) bool {
	timer, stop := k.o.Wall.After(readEvery)
	defer stop()
	select {
	case <-timer:
		return true
	case <-ctx.Done():
		return false
	}
}

// Status is what goes on now.
func (k *Keeper) Status() Status {
	s, _, _ := k.look()
	return s
}

// look gives the status, and what is closed when it changes.
func (k *Keeper) look() (s Status, changed <-chan struct{}, shut bool) {
	now := k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	s = Status{At: now, Zone: k.rota.zone, Last: k.last}
	if k.running != nil {
		s.Night = k.running.shown(now, k.last)
	} else if p, held := k.o.Gate.Holder(); held {
		s.Other = &p
	}
	if next, ok := k.coming(now); ok {
		s.Next = &next
	}
	s.Text = k.text(s)
	k.watched = true
	return s, k.changed, k.phase == phaseShut
}

// changes wakes those who watch. k.mu is held.
func (k *Keeper) changes() {
	if k.watched {
		close(k.changed)
		k.changed, k.watched = make(chan struct{}), false
	}
}

// text says in Russian what comes next and why. k.mu is held.
func (k *Keeper) text(s Status) string {
	switch {
	case s.Night != nil && s.Night.Stopping != "":
		return "ночь останавливается"
	case s.Night != nil:
		return "идёт ночь"
	case s.Next == nil:
		return "расписание выключено: список составляют вручную"
	case s.Other != nil && !s.Next.At.After(s.At):
		return "ночь ждёт, пока закончится другая работа (" + s.Other.What + ")"
	}
	return k.today(s) + s.Next.Text(k.rota.zone)
}

// today says why nothing begins today where that is not plain. k.mu is held.
func (k *Keeper) today(s Status) string {
	today := company.DateOf(s.At.In(k.rota.zone))
	switch {
	case s.Next.Why != WhyClock || s.Next.Try > 1:
		return ""
	case !k.rota.calendar.Workday(today):
		return "сегодня выходной; "
	case k.last != nil && k.last.Err == nil && k.last.Turn.Day >= today:
		return "список на " + k.last.Turn.Day.Russian() + " готов; "
	case !s.At.Before(k.rota.over(today)):
		return "рабочий день кончился; "
	}
	return ""
}

// shown is a copy with what is estimated.
func (r *running) shown(now time.Time, last *Outcome) *Running {
	out := r.Running
	out.Ended = slices.Clone(r.Ended)
	if came := r.Done - r.first; came > 0 && r.Total > r.Done {
		out.Left = time.Duration(float64(now.Sub(r.moved)) * float64(r.Total-r.Done) / float64(came))
	}
	out.NightEnd = r.end(now, out.Left, last)
	return &out
}

// end is when the night should end: what the last one spent on what has not begun
// yet, after what is left of the stage in hand.
func (r *running) end(now time.Time, left time.Duration, last *Outcome) time.Time {
	if last == nil || last.Report == nil || len(last.Report.Stages) == 0 || r.Step != "" {
		return time.Time{}
	}
	seconds := 0.0
	for _, s := range last.Report.Stages {
		switch of := (part{s.Stage, s.Source}); {
		case of == r.part:
			seconds += max(left.Seconds(), s.Seconds-now.Sub(r.Since).Seconds(), 0)
		case !r.ended(of):
			seconds += s.Seconds
		}
	}
	return now.Add(time.Duration(seconds * float64(time.Second)))
}
