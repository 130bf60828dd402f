package b2bcenter

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// fullPage is how many notices a page has that has another behind it.
const fullPage = 20

// pull is one reading.
type pull struct {
	source   *Source
	req      pipeline.Request
	yield    func(pipeline.Batch, error) bool
	rows     int64
	believed bool // the whole market was seen to have notices after an empty page
}

func (p *pull) all(ctx context.Context) error {
	first, at, err := p.source.begin(p.req.Cursor)
	if err != nil {
		return err
	}
	keywords := p.source.options.Keywords
	for i := first; i < len(keywords); i++ {
		at.keyword = keywords[i]
		for !at.over {
			if p.req.Progress != nil {
				p.req.Progress(pipeline.Progress{Unit: at.unit(), Rows: p.rows})
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if at, err = p.page(ctx, at); err != nil {
				return err
			}
		}
		at = place{page: 1}
	}
	return nil
}

func (p place) unit() string { return p.keyword + separator + strconv.Itoa(p.from) }

// page reads a page and tells where the next one is.
func (p *pull) page(ctx context.Context, at place) (place, error) {
	end := place{keyword: at.keyword, over: true}
	a, err := p.source.service.Ask(ctx, call(at.keyword, at.from))
	if errors.Is(err, ErrEmpty) {
		if err := p.believe(ctx, at, err); err != nil {
			return at, err
		}
		return end, p.emit(pipeline.Batch{Unit: at.unit()}, end)
	}
	if err != nil {
		return at, fmt.Errorf("%s: %w", at.unit(), err)
	}
	l, err := parsePage(a.Body)
	if err != nil {
		return at, fmt.Errorf("%s: %w", at.unit(), err)
	}
	name := told(l.rows)
	if at.page > 1 && (name == at.first || name == at.last) {
		return end, nil // the site has begun again
	}
	b, fresh := p.take(l.rows, at)
	next := place{keyword: at.keyword, from: at.from + len(l.rows), page: at.page + 1, first: at.first, last: name}
	if next.first == "" {
		next.first = name
	}
	if len(l.rows) < fullPage || !fresh {
		next = end
	} else if next.page > p.source.options.Pages {
		b.Gaps = append(b.Gaps, pipeline.Gap{Unit: b.Unit, Detail: fmt.Sprintf("%d pages are read, and there may be more: raise pages or lower days_back", at.page)})
		next = end
	}
	return next, p.emit(b, next)
}

// believe tells an honest empty page from a refusal: the whole market is never empty,
// and neither are some keywords.
func (p *pull) believe(ctx context.Context, at place, empty error) error {
	if at.page == 1 && slices.Contains(p.source.options.Always, at.keyword) {
		return fmt.Errorf("%s: there are always notices of it: %w", at.unit(), empty)
	}
	if p.believed {
		return nil
	}
	c := call("", 0)
	c.Once = true
	if _, err := p.source.service.Ask(ctx, c); err != nil {
		return fmt.Errorf("%s is empty, and the whole market: %w", at.unit(), err)
	}
	p.believed = true
	return nil
}

// take reads the rows of a page. fresh = one of them is of the days that are asked for,
// or does not say.
func (p *pull) take(rows []notice, at place) (b pipeline.Batch, fresh bool) {
	today := company.DateOf(p.req.Now)
	since := today - company.Date(p.source.options.DaysBack)
	b.Unit = at.unit()
	n, held, about := &b.Counts, map[string]bool{}, false
	for i := range rows {
		n.Declared++
		n.Read++
		about = about || rows[i].speaksOf(at.keyword)
		fresh = fresh || !rows[i].day().Known() || rows[i].day() >= since
		obs, f := p.source.observe(&rows[i], at.keyword, since, today, b.Unit)
		switch {
		case f != nil:
			n.Quarantined++
			b.Rejects = append(b.Rejects, pipeline.Reject{
				Unit: b.Unit, Row: n.Read, Reason: f.reason, Detail: f.detail, Raw: members.Clip(rows[i].raw, pipeline.RawLimit-len("…")),
			})
		case obs == nil || held[obs.Key]:
			n.NotWanted++
		default:
			n.Taken++
			held[obs.Key] = true
			b.Observations = append(b.Observations, *obs)
		}
	}
	if !about && at.page == 1 {
		b.Gaps = append(b.Gaps, pipeline.Gap{Unit: b.Unit, Detail: fmt.Sprintf("none of the %d notices speaks of «%s»: the site may have ignored the question", len(rows), at.keyword)})
	}
	return b, fresh
}

func (p *pull) emit(b pipeline.Batch, next place) error {
	today := company.DateOf(p.req.Now)
	b.Release, b.Cursor = pipeline.Release{ID: today.String(), Date: today}, next.String()
	p.rows += b.Counts.Read
	if !p.yield(b, nil) {
		return errStopped
	}
	return nil
}
