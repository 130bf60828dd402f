package storetest

import (
	"strconv"
	"strings"

	"obzvon/pipeline/store"
)

// erase erases some of the observations that programs write.
func (p *machine) erase() error {
	var ids []store.ObservationID
	for range p.below(6) {
		ids = append(ids, store.ObservationID{Source: p.source(), Key: p.key()}, store.ObservationID{Source: p.source(), Key: p.visitID()})
	}
	return p.s.EraseObservations(p.ctx, ids)
}

// eraseHits erases events and rejected rows by a digit that they hold.
func (p *machine) eraseHits() error {
	digit := strconv.Itoa(p.below(10))
	hit := func(text string) bool { return strings.HasSuffix(text, digit) }
	if p.below(2) == 0 {
		_, err := p.s.EraseRejects(p.ctx, hit)
		return err
	}
	_, err := p.s.EraseEventsWith(p.ctx, hit)
	return err
}

// results writes results and marks, and takes some away.
func (p *machine) results() error {
	by := map[store.ResultKey]*store.Result{}
	var results []store.Result
	for range p.below(5) {
		r := store.Result{
			INN: INN(p.below(5)), Day: p.day(), List: []string{"", "l"}[p.below(2)], File: strconv.Itoa(p.below(3)),
			Row: p.below(4), Outcome: []string{"", "Недозвон", "Контракт"}[p.below(3)],
		}
		if p.below(4) > 0 {
			results = append(results, r)
			continue
		}
		if by[r.Key()] = nil; p.below(2) == 0 {
			by[r.Key()] = &r
		}
	}
	if _, err := p.s.PutResults(p.ctx, results); err != nil {
		return err
	}
	mark := store.Mark{INN: INN(p.below(3)), Kind: []store.MarkKind{store.MarkPin, store.MarkTarget}[p.below(2)], Value: strconv.Itoa(p.below(3))}
	if err := p.s.PutMarks(p.ctx, []store.Mark{mark}); err != nil {
		return err
	}
	return p.s.ReplaceResults(p.ctx, by)
}
