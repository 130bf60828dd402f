package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/config"
	"obzvon/exports/web/analyst"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

const (
	topSize    = 50 // how many leads of a priority count as its top
	namedMost  = 15 // of those that enter or leave, and of those that move most
	reasonMost = 3  // signals named for one company
)

// Preview tells what a trial would change.
func (d *analystDesk) Preview(ctx context.Context, t analyst.Trial) (*analyst.Preview, error) {
	h := d.live()
	other, err := h.tried(t)
	if err != nil {
		return nil, err
	}
	state, err := h.store.RowState(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the state of the rows: %w", err)
	}
	if state.Tag == "" {
		return nil, analyst.ErrUnscored
	}
	p, err := h.night.Preview(ctx, other, 0, score.Limits{Top: topSize, Examples: namedMost})
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	out := previewShown(p)
	seen, err := h.sight(ctx)
	if err != nil {
		return nil, err
	}
	if other.MatchTag() != h.segments.MatchTag() {
		return out, d.overall(ctx, seen, p, out)
	}
	return out, h.contest(ctx, seen, other, out)
}

// tried is the segments file of a trial.
func (h *house) tried(t analyst.Trial) (*config.Segments, error) {
	if t.Sent != nil {
		return config.ParseSegments(t.Name, t.Sent)
	}
	name, data, err := segmentsInUse(h)
	if err != nil {
		return nil, err
	}
	if data, err = config.RewriteSegments(name, data, t.Change); err != nil {
		return nil, err
	}
	return config.ParseSegments(name, data)
}

func previewShown(p *score.Preview) *analyst.Preview {
	out := &analyst.Preview{
		Companies: p.Companies, Before: sideShown(&p.Before), After: sideShown(&p.After), Top: topSize,
		Up: p.Changed.Up, Down: p.Changed.Down, Same: p.Changed.Same, Resegmented: p.Changed.Segment, NewCodes: p.NewCodes,
	}
	for _, m := range p.Moves {
		out.Moves = append(out.Moves, analyst.Move{From: standingText(m.From), To: standingText(m.To), Count: m.Count})
	}
	before := map[string]score.SegmentCount{}
	for _, l := range p.Before.Lines {
		before[l.ID] = l
	}
	for _, l := range p.After.Lines {
		was := before[l.ID]
		delete(before, l.ID)
		out.Segments = append(out.Segments, analyst.SegmentMove{
			Title: l.Title, PriorityBefore: was.Priority, PriorityAfter: l.Priority, Before: was.Leads, After: l.Leads,
		})
	}
	for _, l := range p.Before.Lines {
		if _, gone := before[l.ID]; gone {
			out.Segments = append(out.Segments, analyst.SegmentMove{Title: l.Title, PriorityBefore: l.Priority, Before: l.Leads})
		}
	}
	return out
}

func sideShown(s *score.Side) analyst.Side {
	return analyst.Side{Hash: s.Segments, Leads: s.Leads, Outside: s.Outside, Vetoed: s.Vetoed, Bands: s.Bands}
}

func standingText(s score.Standing) string {
	switch s {
	case score.StandingOutside:
		return "вне сегментов"
	case score.StandingVetoed:
		return "не звоним"
	}
	return "приоритет " + string(s)
}

// overall names who enters and leaves the top where other codes or words make every
// company be matched anew: the rows of the night do not serve both files.
func (d *analystDesk) overall(ctx context.Context, seen *sight, p *score.Preview, out *analyst.Preview) error {
	top := analyst.TopMove{
		Title: fmt.Sprintf("Первые %d", topSize), Size: topSize, EnteredAll: p.Entered.Count, LeftAll: p.Left.Count,
		Note: "В файле другие коды или слова, поэтому верх показан общий: сначала приоритет 1, затем 2 и 3.",
	}
	var err error
	for _, side := range []struct {
		from []score.Mover
		to   *[]analyst.Mover
	}{{p.Entered.Named, &top.Entered}, {p.Left.Named, &top.Left}, {p.Movers, &out.Movers}} {
		if *side.to, err = movedOf(ctx, seen, side.from); err != nil {
			return err
		}
	}
	out.Tops = []analyst.TopMove{top}
	return nil
}

func movedOf(ctx context.Context, seen *sight, movers []score.Mover) ([]analyst.Mover, error) {
	var out []analyst.Mover
	for _, m := range movers {
		line := analyst.Mover{
			INN:  m.INN,
			From: analyst.Place{Priority: priorityOf(m.From), Points: int64(m.TotalBefore)},
			To:   analyst.Place{Priority: priorityOf(m.To), Points: int64(m.TotalAfter)},
		}
		if err := seen.name(ctx, &line); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, nil
}

func priorityOf(s score.Standing) int {
	if len(s) == 1 && s[0] >= '1' && s[0] <= '3' {
		return int(s[0] - '0')
	}
	return 0
}

// name fills in what a company that moves is called.
func (s *sight) name(ctx context.Context, m *analyst.Mover) error {
	c, err := s.company(ctx, m.INN)
	if err != nil {
		return err
	}
	m.Name, m.Town = firmTitle(&c), analyst.Mask(c.Get(company.FieldCity))
	return nil
}

// rowOf is the scoring row of one company.
func rowOf(ctx context.Context, h *house, inn company.INN) (score.Row, error) {
	last := len(inn) - 1
	before := inn[:last] + company.INN(inn[last]-1) + "~" // no ИНН lies between
	rows, err := h.store.Rows(ctx, before, 1)
	if err != nil {
		return score.Row{}, fmt.Errorf("read the row of %s: %w", inn, err)
	}
	if i := slices.IndexFunc(rows, func(r store.ScoreRow) bool { return r.INN == inn }); i >= 0 {
		row, err := score.DecodeRow(rows[i].Data)
		if err != nil {
			return row, fmt.Errorf("row of %s: %w", inn, errors.Join(analyst.ErrUnscored, err))
		}
		return row, nil
	}
	return score.Row{}, fmt.Errorf("row of %s: %w", inn, store.ErrNotFound)
}
