package twogis

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// question is a rubric in a place.
type question struct {
	rubric rubric
	place  place
}

func (s *Source) questions() []question {
	var out []question
	for _, r := range s.options.rubrics() {
		for _, p := range s.options.places() {
			out = append(out, question{r, p})
		}
	}
	return out
}

const itemsPath = "/3.0/items"

func (s *Source) call(q question, page int) service.Call {
	v := s.query(page)
	v.Set("rubric_id", q.rubric.id)
	q.place.set(v)
	if s.options.Branches != BranchesAll {
		v.Set("search_type", "one_branch")
	}
	return service.Call{Path: itemsPath, Query: v}
}

// network asks for all branches of a firm, which its id names within one region.
func (s *Source) network(q question, org string, page int) service.Call {
	v := s.query(page)
	v.Set("org_id", org)
	q.place.set(v)
	return service.Call{Path: itemsPath, Query: v}
}

// set says where: a question without a place is refused.
func (p place) set(v url.Values) {
	if p.region != "" {
		v.Set("region_id", p.region)
		return
	}
	v.Set("point", p.point.lon+","+p.point.lat)
	v.Set("radius", p.point.radius)
}

func (s *Source) query(page int) url.Values {
	return url.Values{
		"type": {"branch"}, "fields": {fields}, "page": {strconv.Itoa(page)}, "page_size": {strconv.Itoa(s.options.PageSize)},
	}
}

// pull is one reading.
type pull struct {
	source *Source
	req    pipeline.Request
	yield  func(pipeline.Batch, error) bool
	rows   int64
}

func (p *pull) all(ctx context.Context) error {
	questions := p.source.questions()
	first, page, err := p.source.begin(p.req.Cursor, questions)
	if err != nil {
		return err
	}
	for i := first; i < len(questions); i++ {
		for of := page; page <= of; page++ {
			if p.req.Progress != nil {
				p.req.Progress(pipeline.Progress{Unit: questions[i].unit(page), Rows: p.rows})
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if of, err = p.page(ctx, questions[i], page); err != nil {
				return err
			}
		}
		page = 1
	}
	return nil
}

// page asks for one page and tells how many there are to ask for. The networks on it
// come with it: when the budget ends among them, the page is asked again another day,
// from what was kept of it.
func (p *pull) page(ctx context.Context, q question, page int) (of int, err error) {
	found, err := p.source.ask(ctx, p.source.call(q, page))
	if err != nil {
		return 0, fmt.Errorf("%s: %w", q.unit(page), err)
	}
	g := p.gather(q, page)
	networks := g.take(found.rows)
	if p.source.options.Branches == BranchesNetworks {
		for _, org := range networks {
			if err := p.branches(ctx, g, q, org); err != nil {
				return 0, fmt.Errorf("%s: branches of firm %s: %w", q.unit(page), org, err)
			}
		}
	}
	of = p.source.pages(found, page)
	shown := int64(page-1)*int64(p.source.options.PageSize) + int64(len(found.rows))
	if missing := found.total - shown; page == of && missing > 0 {
		g.gap(fmt.Sprintf("it has %d firms and shows %d on %d pages of %d: take smaller places, or more pages if the key has them",
			found.total, shown, page, p.source.options.PageSize), missing)
	}
	day := company.DateOf(p.req.Now)
	batch := g.done(pipeline.Release{ID: day.String(), Date: day}, q.cursor(page, of))
	p.rows += batch.Counts.Read
	if !p.yield(batch, nil) {
		return 0, errStopped
	}
	return of, nil
}

// branches takes the other addresses of one firm.
func (p *pull) branches(ctx context.Context, g *gatherer, q question, org string) error {
	for page, of := 1, 1; page <= of; page++ {
		found, err := p.source.ask(ctx, p.source.network(q, org, page))
		if err != nil {
			return err
		}
		g.take(found.rows)
		of = p.source.pages(found, page)
	}
	return nil
}

func (s *Source) ask(ctx context.Context, c service.Call) (page, error) {
	a, err := s.service.Ask(ctx, c)
	if err != nil {
		return page{}, err
	}
	return parsePage(a.Body)
}

// pages is how many to ask for, as far as this one tells. A page with fewer firms than
// asked for is the last, whatever the total says.
func (s *Source) pages(found page, at int) int {
	if len(found.rows) < s.options.PageSize {
		return at
	}
	all := (found.total + int64(s.options.PageSize) - 1) / int64(s.options.PageSize)
	return max(at, int(min(all, int64(s.options.Pages))))
}

// gatherer makes one batch.
type gatherer struct {
	observer observer
	question question
	batch    pipeline.Batch
	at       map[string]int // of an observation, by its key
}

func (p *pull) gather(q question, page int) *gatherer {
	return &gatherer{
		observer: observer{source: p.source.name, date: company.DateOf(p.req.Now), persons: p.req.Persons},
		question: q, batch: pipeline.Batch{Unit: q.unit(page)}, at: map[string]int{},
	}
}

// take reads items and returns the firms that have more than one branch.
func (g *gatherer) take(rows []json.RawMessage) (networks []string) {
	n := &g.batch.Counts
	for _, raw := range rows {
		n.Declared++
		n.Read++
		x, obs, f := g.observer.observe(raw, g.question.rubric, g.batch.Unit)
		switch {
		case f != nil:
			n.Quarantined++
			g.batch.Rejects = append(g.batch.Rejects, pipeline.Reject{
				Unit: g.batch.Unit, Row: n.Read, Reason: f.reason, Detail: f.detail, Raw: cut(string(raw)),
			})
		case obs == nil:
			n.NotWanted++
		default:
			n.Taken++
			if i, ok := g.at[obs.Key]; ok {
				g.batch.Observations[i] = *obs
				continue
			}
			g.at[obs.Key] = len(g.batch.Observations)
			g.batch.Observations = append(g.batch.Observations, *obs)
			if x.Org.BranchCount > 1 && number(string(x.Org.ID)) {
				networks = append(networks, string(x.Org.ID))
			}
		}
	}
	return networks
}

func (g *gatherer) gap(detail string, unread int64) {
	g.batch.Gaps = append(g.batch.Gaps, pipeline.Gap{Unit: g.batch.Unit, Detail: detail, Unread: unread})
	g.batch.Counts.Declared += unread
	g.batch.Counts.Unread += unread
}

func (g *gatherer) done(r pipeline.Release, cursor string) pipeline.Batch {
	g.batch.Release, g.batch.Cursor = r, cursor
	return g.batch
}
