package store

import "obzvon/pipeline"

// GapsKept is how many gaps of a pull are kept; more are only counted.
const GapsKept = 1000

// Begun returns the state of a pull that starts: what names it stays, what
// counts it is cleared.
func (p Pull) Begun() Pull {
	return Pull{
		Source: p.Source, Day: p.Day, Fingerprint: p.Fingerprint, Decoder: p.Decoder,
		Started: p.Started, Release: p.Release, Filter: p.Filter, Mixed: p.Mixed, Last: p.Last,
	}
}

// Note adds a batch, and what writing it changed.
func (p *Pull) Note(batch pipeline.Batch, delta Delta) {
	p.Counts = p.Counts.Add(batch.Counts)
	p.Delta = p.Delta.Add(delta)
	room := min(len(batch.Gaps), max(0, GapsKept-len(p.Gaps)))
	p.Gaps, p.GapsMore = append(p.Gaps, batch.Gaps[:room]...), p.GapsMore+len(batch.Gaps)-room
	p.Cursor = batch.Cursor
	if batch.Release != (pipeline.Release{}) && batch.Release.Date >= p.Release.Date {
		p.Release = batch.Release
	}
}

// End marks the pull as ended.
func (p *Pull) End(end PullEnd) {
	p.Ended, p.Complete, p.Error = end.At, end.Complete, end.Error
	p.Delta = p.Delta.Add(end.Delta)
	if end.Complete {
		p.Mixed = false
		p.Last = CompletePull{Ended: end.At, Filter: p.Filter, Release: p.Release, Counts: p.Counts}
	}
}
