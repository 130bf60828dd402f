package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"obzvon/config"
	"obzvon/exports/web/analyst"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// census is every company scored and counted.
type census struct {
	of     censusOf
	leads  int64
	lines  []analyst.Segment // counts by segment, in the order of the file
	bands  [score.Bands][3]int64
	scales [3]scale
}

// censusOf names what a census counts: it stands while none of that changes.
type censusOf struct {
	hash  string
	day   company.Date
	rows  store.RowState
	stops int
	since time.Time // of the newest stop
}

// scale counts leads of one priority by their points, so that a place is found
// without sorting them.
type scale []int32

func newScale() scale { return make(scale, 100*score.Point+1) }

func (s scale) add(total score.Points) { s[min(max(total, 0), 100*score.Point)]++ }

// place is that of a lead with so many points, from 1; equals share the best. All is
// how many there are.
func (s scale) place(total score.Points) (place, all int) {
	for points, n := range s {
		all += int(n)
		if score.Points(points) > total {
			place += int(n)
		}
	}
	return place + 1, all
}

// eachScored gives every scoring row. Without whole ones it is ErrUnscored.
func eachScored(ctx context.Context, h *house, do func(*score.Row)) error {
	state, err := h.store.RowState(ctx)
	if err != nil {
		return fmt.Errorf("read the state of the rows: %w", err)
	}
	if state.Tag == "" {
		return analyst.ErrUnscored
	}
	const page = 10000
	var row score.Row
	for after := company.INN(""); ; {
		rows, err := h.store.Rows(ctx, after, page)
		if err != nil {
			return fmt.Errorf("read scoring rows: %w", err)
		}
		for i := range rows {
			if err := row.UnmarshalBinary(rows[i].Data); err != nil {
				return fmt.Errorf("row of %s: %w", rows[i].INN, errors.Join(analyst.ErrUnscored, err))
			}
			do(&row)
		}
		if len(rows) < page {
			return nil
		}
		after = rows[len(rows)-1].INN
	}
}

// judge scores by a segments file, as of the next list's day.
func (h *house) judge(ctx context.Context, seen *sight, segments *config.Segments) (*score.Scorer, error) {
	day, err := night.NextDay(h.config, h.night.Clock())
	if err != nil {
		return nil, err
	}
	list, err := h.store.StopList(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stop list: %w", err)
	}
	stops := calllist.NewStopSet(list)
	named, err := h.night.Stopped(ctx, list)
	if err != nil {
		return nil, fmt.Errorf("find whom the stop list names by a contact: %w", err)
	}
	for i := range named {
		stops.Learn(score.ContactsOf(&named[i]))
	}
	return score.New(segments, score.Options{
		Today: day, SellerRegion: string(h.config.Seller.Region), Exclusions: stops, Releases: score.NewReleases(seen.standings),
	})
}

// census counts all companies, or gives the count that stands.
func (d *analystDesk) census(ctx context.Context, h *house) (*census, error) {
	of := censusOf{hash: h.segments.Hash()}
	var err error
	if of.day, err = night.NextDay(h.config, h.night.Clock()); err != nil {
		return nil, err
	}
	if of.rows, err = h.store.RowState(ctx); err != nil {
		return nil, fmt.Errorf("read the state of the rows: %w", err)
	}
	stops, err := h.store.StopList(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the stop list: %w", err)
	}
	of.stops = len(stops)
	for i := range stops {
		if stops[i].At.After(of.since) {
			of.since = stops[i].At
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock() // who asks meanwhile waits for the same count
	if d.last != nil && d.last.of == of {
		return d.last, nil
	}
	seen, err := h.sight(ctx)
	if err != nil {
		return nil, err
	}
	scorer, err := h.judge(ctx, seen, h.segments)
	if err != nil {
		return nil, err
	}
	c, err := take(ctx, h, scorer)
	if err != nil {
		return nil, err
	}
	c.of, d.last = of, c
	return c, nil
}

// take scores everybody.
func take(ctx context.Context, h *house, scorer *score.Scorer) (*census, error) {
	c := &census{lines: make([]analyst.Segment, len(h.segments.Segments))}
	for i := range c.scales {
		c.scales[i] = newScale()
	}
	err := eachScored(ctx, h, func(row *score.Row) {
		res := scorer.Score(row)
		if !res.Lead() {
			return
		}
		c.leads++
		c.lines[res.Segment].Leads++
		if res.Dialable() {
			c.lines[res.Segment].Dialable++
		}
		c.bands[score.BandOf(res.Total)][res.Priority-1]++
		c.scales[res.Priority-1].add(res.Total)
	})
	return c, err
}

// countWeights puts the counts beside the segments; before the first night there
// are none.
func (d *analystDesk) countWeights(ctx context.Context, h *house, w *analyst.Weights) error {
	c, err := d.census(ctx, h)
	if errors.Is(err, analyst.ErrUnscored) {
		return nil
	}
	if err != nil {
		return err
	}
	w.Scored, w.Day, w.Leads = true, c.of.day, c.leads
	for i, b := range c.bands {
		w.Bands = append(w.Bands, analyst.Band{From: 10 * i, To: 10*i + 10, ByPriority: b})
	}
	list, err := h.newestList(ctx)
	if err != nil {
		return err
	}
	listed := map[string]int64{}
	if list != nil {
		w.ListDay = list.Day
		for i := range list.Rows {
			listed[list.Rows[i].Row.Segment]++
		}
	}
	for i := range w.Segments {
		s := &w.Segments[i]
		s.Leads, s.Dialable, s.Listed = c.lines[i].Leads, c.lines[i].Dialable, listed[s.Title]
	}
	return nil
}

// newestList is the list that was issued last; nil = none was.
func (h *house) newestList(ctx context.Context) (*calllist.List, error) {
	days, err := h.store.ListDays(ctx)
	if err != nil || len(days) == 0 {
		return nil, err
	}
	data, err := h.store.List(ctx, days[len(days)-1])
	if err != nil {
		return nil, fmt.Errorf("read the list of %s: %w", days[len(days)-1], err)
	}
	return calllist.Decode(data)
}
