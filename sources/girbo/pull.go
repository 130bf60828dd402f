package girbo

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

const searchPath = "/advanced-search/organizations/search"

func searchCall(query string, page, rows int) service.Call {
	return service.Call{Path: searchPath, Query: url.Values{
		"query": {query}, "page": {strconv.Itoa(page - 1)}, "size": {strconv.Itoa(rows)},
	}}
}

// pull is one reading.
type pull struct {
	source *Source
	req    pipeline.Request
	yield  func(pipeline.Batch, error) bool
	rows   int64
	empty  int // prefixes without companies, one after the other
}

func (p *pull) all(ctx context.Context) error {
	at, err := p.source.options.begin(p.req.Cursor)
	if err != nil {
		return err
	}
	for at.prefix != "" {
		p.progress(at)
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if at, err = p.page(ctx, at); err != nil {
			return err
		}
	}
	return nil
}

// page reads one page and tells the next. A prefix of which not all can be had is not
// read: those that are one digit longer come in its place.
func (p *pull) page(ctx context.Context, at place) (next place, err error) {
	f, err := p.search(ctx, at)
	if err != nil {
		return at, fmt.Errorf("%s: %w", unitOf(at), err)
	}
	o := p.source.options
	if at.pages == 0 {
		if f.total > p.source.reach && len(at.prefix) < innDigits {
			return place{prefix: at.prefix + "0", page: 1}, nil
		}
		at.pages = int((min(f.total, p.source.reach) + int64(o.Rows) - 1) / int64(o.Rows))
	}
	b, err := p.batch(ctx, at, f)
	if err != nil {
		return at, err
	}
	p.rows += b.Counts.Read
	if !p.yield(b, nil) {
		return at, errStopped
	}
	return o.next(at), nil
}

// search asks for a page. What answers emptily is not believed at once: see witnessed.
func (p *pull) search(ctx context.Context, at place) (found, error) {
	c := searchCall(at.prefix, at.page, p.source.options.Rows)
	f, kept, err := p.source.ask(ctx, c)
	if err != nil {
		return found{}, err
	}
	if len(f.rows) > 0 {
		p.empty = 0
		return f, nil
	}
	if at.page > 1 || f.total > 0 {
		return found{}, ErrEmptied
	}
	if kept { // when the site has had enough of us, too
		c.Once = true
		if f, _, err = p.source.ask(ctx, c); err != nil || len(f.rows) > 0 {
			return f, err
		}
	}
	return f, p.witnessed(ctx, at.prefix)
}

// emptyTrust is how many empty prefixes are believed on one witness.
const emptyTrust = 10

// witnessed asks for what cannot be empty, the first digits of a region, when a row of
// empty prefixes begins and now and then within it.
func (p *pull) witnessed(ctx context.Context, prefix string) error {
	p.empty++
	if p.empty%emptyTrust != 1 {
		return nil
	}
	c := searchCall(prefix[:2], 1, 1)
	c.Once = true
	f, _, err := p.source.ask(ctx, c)
	if err == nil && f.total == 0 {
		err = ErrEmptied
	}
	return err
}

func (p *pull) batch(ctx context.Context, at place, f found) (pipeline.Batch, error) {
	day := company.DateOf(p.req.Now)
	b := pipeline.Batch{Unit: unitOf(at), Release: pipeline.Release{ID: day.String(), Date: day}, Cursor: at.cursor()}
	g := gatherer{source: p.source, req: p.req, prefix: at.prefix, batch: &b, seen: map[string]bool{}}
	for i, raw := range f.rows {
		g.row(int64(i)+1, raw)
	}
	n := &b.Counts
	n.Read = int64(len(f.rows))
	n.Declared = max(n.Read, min(int64(p.source.options.Rows), f.total-int64(at.page-1)*int64(p.source.options.Rows)))
	if n.Unread = n.Declared - n.Read; n.Unread > 0 {
		b.Gaps = append(b.Gaps, pipeline.Gap{Unit: b.Unit, Detail: "the page has fewer companies than it declares", Unread: n.Unread})
	}
	if at.page == at.pages && f.total > p.source.reach {
		b.Gaps = append(b.Gaps, pipeline.Gap{Unit: b.Unit, Detail: fmt.Sprintf("it has %d companies, of which only %d can be had", f.total, p.source.reach)})
	}
	return b, p.reports(ctx, &b)
}

func unitOf(at place) string { return "ИНН " + at.prefix + ", page " + strconv.Itoa(at.page) }

func (p *pull) progress(at place) {
	if p.req.Progress != nil {
		done, total := p.source.options.done(at.prefix)
		p.req.Progress(pipeline.Progress{Unit: unitOf(at), Done: done, Total: total, Rows: p.rows})
	}
}

// cut keeps as much of a row as is kept, in whole letters.
func cut(raw []byte) string {
	if len(raw) > pipeline.RawLimit {
		raw = raw[:pipeline.RawLimit]
	}
	return strings.ReplaceAll(strings.ToValidUTF8(string(raw), ""), "\x00", "")
}
