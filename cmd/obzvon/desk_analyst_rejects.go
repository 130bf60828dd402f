package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"obzvon/config"
	"obzvon/exports/web/analyst"
	"obzvon/pipeline"
	"obzvon/pipeline/store"
)

// eachReject gives every row of a source's last pull that could not be used.
func eachReject(ctx context.Context, s store.Store, source string, do func(*pipeline.Reject)) error {
	const page = 1000
	for after := 0; ; after += page {
		rows, err := s.Rejects(ctx, source, after, page)
		if err != nil {
			return fmt.Errorf("read quarantined rows of %s: %w", source, err)
		}
		for i := range rows {
			do(&rows[i])
		}
		if len(rows) < page {
			return nil
		}
	}
}

// count is the quarantine of one source, with the rows that pick takes.
func (d *analystDesk) quarantineOf(ctx context.Context, h *house, section config.Section, pick func(*pipeline.Reject)) (analyst.Quarantine, error) {
	q := analyst.Quarantine{Source: section.Name, Title: h.sourceTitle(section)}
	p, err := h.store.Pull(ctx, section.Name)
	if errors.Is(err, store.ErrNotFound) {
		return q, errors.Join(analyst.ErrNone, err)
	}
	if err != nil {
		return q, fmt.Errorf("read the state of %s: %w", section.Name, err)
	}
	q.Read = p.Started
	counts := map[pipeline.Reason]int{}
	err = eachReject(ctx, h.store, section.Name, func(r *pipeline.Reject) {
		q.Total++
		counts[r.Reason]++
		pick(r)
	})
	for reason, n := range maps.All(counts) {
		q.Reasons = append(q.Reasons, analyst.ReasonCount{Reason: reason, Count: n})
	}
	slices.SortFunc(q.Reasons, func(a, b analyst.ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return q, err
}

// Quarantine counts the rows that could not be used.
func (d *analystDesk) Quarantine(ctx context.Context) ([]analyst.Quarantine, error) {
	h := d.live()
	var out []analyst.Quarantine
	for _, s := range h.config.Sections(config.Sources) {
		q, err := d.quarantineOf(ctx, h, s, func(*pipeline.Reject) {})
		if errors.Is(err, analyst.ErrNone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if q.Total > 0 {
			out = append(out, q)
		}
	}
	return out, nil
}

// Rejects pages through those of a source.
func (d *analystDesk) Rejects(ctx context.Context, source, reason string, page, size int) (*analyst.Rejects, error) {
	h := d.live()
	sections := h.config.Sections(config.Sources)
	at := slices.IndexFunc(sections, func(s config.Section) bool { return s.Name == source })
	if at < 0 {
		return nil, analyst.ErrNone
	}
	var rows []pipeline.Reject
	total, first := 0, (page-1)*size
	q, err := d.quarantineOf(ctx, h, sections[at], func(r *pipeline.Reject) {
		if reason != "" && string(r.Reason) != reason {
			return
		}
		if total >= first && total < first+size {
			rows = append(rows, *r)
		}
		total++
	})
	if err != nil {
		return nil, err
	}
	out := &analyst.Rejects{Quarantine: q, Pages: analyst.Pages{Page: page, Size: size, Total: total}, Rows: rows}
	if clamped := out.Pages.Clamp(); clamped != out.Pages {
		return d.Rejects(ctx, source, reason, clamped.Page, size)
	}
	return out, nil
}
