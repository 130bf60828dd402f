package release

import "obzvon/pipeline"

// whole tells which release the batches add up to.
type whole struct {
	release pipeline.Release
	seen    bool
	gaps    bool
}

// add notes a batch. Of two releases together neither is whole: a firm that
// only the older one holds would stay for ever, one that only the newer lacks
// would go.
func (w *whole) add(b pipeline.Batch) {
	w.gaps = w.gaps || len(b.Gaps) > 0
	same := !w.seen || w.release.ID == b.Release.ID
	is := b.Release.Whole && !w.gaps && same && (!w.seen || w.release.Whole)
	if b.Release.Date >= w.release.Date {
		w.release = b.Release
	}
	w.release.Whole, w.seen = is, true
}
