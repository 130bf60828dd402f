package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Execute reads a program of any bytes as writes to a store, over so few
// keys, ИНН, values and days that they meet often. Two implementations that
// execute the same program must hold the same (Dump).
func Execute(ctx context.Context, s store.Store, program []byte) error {
	p := machine{ctx: ctx, s: s, program: program}
	for len(p.program) > 0 {
		var err error
		switch p.below(22) {
		case 0, 1:
			err = p.commit()
		case 2, 3, 4:
			err = p.replace()
		case 5, 6:
			err = p.replaceAnnex()
		case 7:
			err = p.replaceJoins()
		case 8:
			err = p.decide()
		case 9:
			err = p.replaceRows()
		case 10:
			err = p.patchRows()
		case 11:
			err = p.look()
		case 12:
			err = p.s.DropEvents(p.ctx, p.day())
		case 13:
			err = p.replaceIndex()
		case 14, 15:
			err = p.patchIndex()
		case 16:
			err = p.s.Touch(p.ctx, p.owners())
		case 17:
			err = p.settle()
		case 18:
			err = p.claim()
		case 19:
			err = p.erase()
		case 20:
			err = p.eraseHits()
		case 21:
			err = p.results()
		}
		if err != nil && !errors.Is(err, errKilled) {
			return err
		}
	}
	return nil
}

type machine struct {
	ctx     context.Context
	s       store.Store
	program []byte
	mark    uint64 // of the rows when they were looked at last
	settled uint64 // the mark of the index then
}

// below takes a byte of the program as a number below n, 0 at its end.
func (p *machine) below(n int) int {
	if len(p.program) == 0 {
		return 0
	}
	b := p.program[0]
	p.program = p.program[1:]
	return int(b) % n
}

func (p *machine) day() company.Date { return monday + company.Date(p.below(3)) }

func (p *machine) source() string { return []string{"a", "ab", "b"}[p.below(3)] }

func (p *machine) inn() company.INN {
	if n := p.below(5); n > 0 {
		return INN(n)
	}
	return ""
}

func (p *machine) key() string {
	if n := p.below(8); n < 5 {
		return string(INN(n + 1))
	}
	return "k" + strconv.Itoa(p.below(3))
}

// observations have distinct rising keys.
func (p *machine) observations(source string) []company.Observation {
	var out []company.Observation
	for range p.below(7) {
		o := observe(source, p.key(), p.inn(), "city="+[]string{"Пермь", "Омск", ""}[p.below(3)])
		o.Facts[0].Note = []string{"", "склад"}[p.below(2)]
		if p.below(2) == 1 {
			o.Add(company.FieldPhone, fmt.Sprintf("+790700000%02d", p.below(3)))
		}
		o.Sort()
		out = append(out, o)
	}
	slices.SortStableFunc(out, func(a, b company.Observation) int { return idOf(a).Compare(idOf(b)) })
	return slices.CompactFunc(out, func(a, b company.Observation) bool { return a.Key == b.Key })
}

func (p *machine) commit() error {
	source := p.source()
	obs := p.observations(source)
	slices.Reverse(obs)
	c := store.Commit{Source: source, Day: p.day(), Batch: batchOf(p.below(4), obs...), Visits: p.visits()}
	_, err := p.s.Commit(p.ctx, c)
	if errors.Is(err, store.ErrKind) {
		return nil
	}
	return err
}

func (p *machine) replace() error {
	source := p.source()
	return p.release(store.Replacement{Source: source}, p.observations(source))
}

// replaceAnnex now and then takes a source that is no annex.
func (p *machine) replaceAnnex() error {
	source := []string{"a+", "z", "z", "b"}[p.below(4)]
	var obs []company.Observation
	for n := range 6 {
		if v := p.below(4); v > 0 {
			obs = append(obs, firm(source, n, fmt.Sprintf("headcount:2025=%d", v)))
		}
	}
	return p.release(store.Replacement{Source: source, Annex: true}, obs)
}

func (p *machine) release(r store.Replacement, obs []company.Observation) error {
	r.Day, r.Release.Whole, r.Silent = p.day(), p.below(3) > 0, p.below(5) == 0
	seq := each(obs...)
	if p.below(4) == 0 {
		seq = failing(errKilled, obs...)
	}
	_, err := p.s.Replace(p.ctx, r, packed(seq))
	if errors.Is(err, store.ErrKind) {
		return nil
	}
	return err
}

func (p *machine) replaceJoins() error {
	byID := map[store.ObservationID]store.Join{}
	for range p.below(6) {
		id := store.ObservationID{Source: p.source(), Key: p.key()}
		byID[id] = store.Join{ID: id, INN: INN(p.below(5)), Evidence: []store.Evidence{{Kind: "phone", Weight: int64(p.below(2))}}}
	}
	var joins []store.Join
	for _, j := range byID {
		joins = append(joins, j)
	}
	slices.SortFunc(joins, func(a, b store.Join) int { return a.ID.Compare(b.ID) })
	return p.s.ReplaceJoins(p.ctx, []byte{byte('0' + p.below(3))}, each(joins...))
}

func (p *machine) decide() error {
	return p.s.Decide(p.ctx, store.Decision{
		ID:  store.ObservationID{Source: p.source(), Key: p.key()},
		INN: INN(p.below(5)), Same: p.below(2) == 1, By: "анна", At: noon.Add(time.Duration(p.below(3)) * time.Hour),
	})
}

func (p *machine) rows() []store.ScoreRow {
	var rows []store.ScoreRow
	for n := range 6 {
		if v := p.below(3); v > 0 {
			rows = append(rows, store.ScoreRow{INN: INN(n), Data: []byte{byte(v)}})
		}
	}
	return rows
}

func (p *machine) replaceRows() error {
	return p.s.ReplaceRows(p.ctx, strconv.Itoa(p.below(3)), p.mark, each(p.rows()...))
}

func (p *machine) patchRows() error {
	rows := p.rows()
	for i := range rows {
		rows[i].Data = rows[i].Data[p.below(2):]
	}
	seq := each(rows...)
	if p.below(4) == 0 {
		seq = failing(errKilled, rows...)
	}
	return p.s.PatchRows(p.ctx, p.mark, seq)
}

func (p *machine) look() error {
	rows, err := p.s.RowState(p.ctx)
	if err != nil {
		return err
	}
	index, err := p.s.IndexState(p.ctx)
	p.mark, p.settled = rows.Mark, index.Mark
	return err
}
