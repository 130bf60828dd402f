package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"obzvon/config"
	"obzvon/exports/web/analyst"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// contest holds everybody's place by two files against each other, in one pass over
// the rows. Both files match companies to segments alike.
type contest struct {
	scorers [2]*score.Scorer // before, after
	tops    [2][3]*score.Top
	lists   [2][3]*score.Top // of those that the newest list could have taken
	scales  [2][3]scale
	moved   []moved
	fresh   func(company.INN) bool // never issued before the newest list
}

// moved is a company whose points change.
type moved struct {
	inn   company.INN
	total [2]score.Points
}

func (m *moved) by() score.Points { return max(m.total[0]-m.total[1], m.total[1]-m.total[0]) }

// compare puts the largest change first, then the better, then the lesser ИНН.
func (m *moved) compare(o *moved) int {
	return cmp.Or(cmp.Compare(o.by(), m.by()), cmp.Compare(max(o.total[0], o.total[1]), max(m.total[0], m.total[1])), cmp.Compare(m.inn, o.inn))
}

// contest fills in who enters and leaves, and who moves most.
func (h *house) contest(ctx context.Context, seen *sight, other *config.Segments, out *analyst.Preview) error {
	c := &contest{}
	for i, segments := range []*config.Segments{h.segments, other} {
		scorer, err := h.judge(ctx, seen, segments)
		if err != nil {
			return err
		}
		c.scorers[i] = scorer
	}
	list, err := h.newestList(ctx)
	if err != nil {
		return err
	}
	sizes, err := c.prepare(ctx, h, list)
	if err != nil {
		return err
	}
	if err := eachScored(ctx, h, c.add); err != nil {
		return err
	}
	n := namer{h: h, seen: seen, contest: c}
	for i := range 3 {
		title := fmt.Sprintf("Первые %d приоритета %d", topSize, i+1)
		if err := n.compare(ctx, &c.tops, []int{i}, analyst.TopMove{Title: title, Size: topSize}, out); err != nil {
			return err
		}
	}
	if sizes > 0 {
		top := analyst.TopMove{
			Title: "Новые компании в списке на день", Size: sizes,
			Note: fmt.Sprintf("Оценка: в последнем списке (%s) новых %d; кто занял бы эти места по баллам. Общие телефоны и часы звонка здесь не учтены, повторные звонки от баллов не зависят.", list.Day.Russian(), sizes),
		}
		if err := n.compare(ctx, &c.lists, []int{0, 1, 2}, top, out); err != nil {
			return err
		}
	}
	c.keepLargest()
	for i := range c.moved {
		line, err := n.line(ctx, c.moved[i].inn)
		if err != nil {
			return err
		}
		out.Movers = append(out.Movers, line)
	}
	return nil
}

// prepare makes the tops; it tells how many new companies the newest list has.
func (c *contest) prepare(ctx context.Context, h *house, list *calllist.List) (fresh int, err error) {
	var sizes [3]int
	here := map[company.INN]bool{}
	if list != nil {
		for i := range list.Rows {
			e := &list.Rows[i]
			if e.Pool == calllist.PoolNew && e.Row.Priority >= 1 && e.Row.Priority <= 3 {
				sizes[e.Row.Priority-1]++
				fresh++
				here[e.Row.INN] = true
			}
		}
	}
	owners, err := h.store.Owners(ctx)
	if err != nil {
		return 0, fmt.Errorf("read who was on a list: %w", err)
	}
	c.fresh = func(inn company.INN) bool {
		_, issued := owners[inn]
		return here[inn] || !issued
	}
	for side := range 2 {
		for i := range 3 {
			c.tops[side][i], c.lists[side][i], c.scales[side][i] = score.NewTop(topSize), score.NewTop(sizes[i]), newScale()
		}
	}
	return fresh, nil
}

func (c *contest) add(row *score.Row) {
	var res [2]score.Result
	for side, s := range c.scorers {
		res[side] = s.Score(row)
		if r := &res[side]; r.Lead() {
			i := r.Priority - 1
			c.tops[side][i].Add(r)
			c.scales[side][i].add(r.Total)
			if r.Dialable() && c.fresh(r.INN()) {
				c.lists[side][i].Add(r)
			}
		}
	}
	if res[0].Lead() && res[1].Lead() && res[0].Total != res[1].Total {
		c.moved = append(c.moved, moved{row.INN(), [2]score.Points{res[0].Total, res[1].Total}})
		if len(c.moved) == 100*namedMost {
			c.keepLargest()
		}
	}
}

func (c *contest) keepLargest() {
	slices.SortFunc(c.moved, func(a, b moved) int { return a.compare(&b) })
	c.moved = c.moved[:min(len(c.moved), namedMost)]
}

// namer tells of companies what moved them.
type namer struct {
	h       *house
	seen    *sight
	contest *contest
}

// compare tells who is in one of two tops and not in the other.
func (n *namer) compare(ctx context.Context, tops *[2][3]*score.Top, priorities []int, top analyst.TopMove, out *analyst.Preview) error {
	var sides [2][]company.INN
	for side := range 2 {
		for _, i := range priorities {
			results := tops[side][i].Results()
			for r := range results {
				sides[side] = append(sides[side], results[r].INN())
			}
		}
	}
	if len(sides[0])+len(sides[1]) == 0 {
		return nil
	}
	var err error
	if top.Entered, top.EnteredAll, err = n.only(ctx, sides[1], sides[0]); err != nil {
		return err
	}
	if top.Left, top.LeftAll, err = n.only(ctx, sides[0], sides[1]); err != nil {
		return err
	}
	out.Tops = append(out.Tops, top)
	return nil
}

// only names those of one side that are not on the other.
func (n *namer) only(ctx context.Context, here, there []company.INN) (named []analyst.Mover, all int, err error) {
	known := map[company.INN]bool{}
	for _, inn := range there {
		known[inn] = true
	}
	for _, inn := range here {
		if known[inn] {
			continue
		}
		if all++; all > namedMost {
			continue
		}
		line, err := n.line(ctx, inn)
		if err != nil {
			return nil, 0, err
		}
		named = append(named, line)
	}
	return named, all, nil
}

// line tells of one company where it stands by both files, and why.
func (n *namer) line(ctx context.Context, inn company.INN) (analyst.Mover, error) {
	m := analyst.Mover{INN: inn}
	row, err := rowOf(ctx, n.h, inn)
	if errors.Is(err, store.ErrNotFound) { // gone meanwhile
		return m, n.seen.name(ctx, &m)
	}
	if err != nil {
		return m, err
	}
	for side, to := range []*analyst.Place{&m.From, &m.To} {
		res := n.contest.scorers[side].Score(&row)
		if !res.Lead() {
			continue
		}
		to.Priority, to.Points = res.Priority, int64(res.Total)
		to.Place, _ = n.contest.scales[side][res.Priority-1].place(res.Total)
	}
	m.Why = n.contest.reasons(&row)
	return m, n.seen.name(ctx, &m)
}

// reasons are the contributions that change most: «Сезон закупок +4». Of the
// company the row knows all that points are made of.
func (c *contest) reasons(row *score.Row) []string {
	nobody := &company.Company{INN: row.INN()}
	type change struct {
		title string
		by    score.Points
	}
	var all []change
	at := map[string]int{}
	for side, sign := range []score.Points{-1, 1} {
		for _, g := range c.scorers[side].Explain(row, nobody).Groups {
			for i := range g.Contributions {
				line := &g.Contributions[i]
				key, title := g.ID+" "+line.Signal, line.Title
				if line.Signal == score.OverCap {
					title = "предел группы «" + g.Title + "»"
				}
				n, known := at[key]
				if !known {
					n = len(all)
					at[key], all = n, append(all, change{title: title})
				}
				all[n].by += sign * line.Points
			}
		}
	}
	all = slices.DeleteFunc(all, func(c change) bool { return c.by == 0 })
	slices.SortStableFunc(all, func(a, b change) int { return cmp.Compare(max(b.by, -b.by), max(a.by, -a.by)) })
	var out []string
	for _, c := range all[:min(len(all), reasonMost)] {
		out = append(out, c.title+" "+c.by.Signed())
	}
	return out
}
