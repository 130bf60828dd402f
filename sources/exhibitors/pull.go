package exhibitors

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/members"
)

// slice is how many exhibitors are committed together: so many cards are asked again at
// most when a budget ends among them, unless they were kept.
const slice = 20

// pull is one reading.
type pull struct {
	source *Source
	req    pipeline.Request
	yield  func(pipeline.Batch, error) bool
	rows   int64
}

func (p *pull) all(ctx context.Context) error {
	at, err := begin(p.req.Cursor)
	if err != nil {
		return err
	}
	for ; at.page < p.source.options.Pages; at.page, at.row = at.page+1, 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		firms, err := p.list(ctx, at.page)
		if err != nil {
			return err
		}
		name := told(firms)
		if at.page > 0 && len(firms) == 0 {
			return p.believe(ctx)
		}
		if at.page > 0 && (name == at.first || name == at.last) {
			return nil
		}
		if at.page == 0 {
			at.first = name
		}
		if err := p.page(ctx, firms, &at); err != nil {
			return err
		}
		at.last = name
		if !p.source.layout.paged() {
			return nil
		}
	}
	return nil
}

// list reads a page of the list. Beyond the last there may be no page at all.
func (p *pull) list(ctx context.Context, page int) ([]firm, error) {
	a, err := p.source.service.Ask(ctx, p.source.listCall(page))
	if page > 0 && errors.Is(err, pipeline.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("page %d of the list: %w", page+1, err)
	}
	read := p.source.layout.parseList
	if page == 0 {
		read = p.source.first
	}
	firms, err := read(a.Body)
	if err != nil {
		return nil, fmt.Errorf("page %d of the list: %w", page+1, err)
	}
	return firms, nil
}

// believe tells the end of the list from a refusal in its place, such as a page with a
// picture: the first page shows somebody still.
func (p *pull) believe(ctx context.Context) error {
	c := p.source.listCall(0)
	c.Once = true
	a, err := p.source.service.Ask(ctx, c)
	if err == nil {
		_, err = p.source.first(a.Body)
	}
	if err != nil {
		return fmt.Errorf("a page of the list is empty, and the first one: %w", err)
	}
	return nil
}

// page takes what is left of a page, a slice at a time.
func (p *pull) page(ctx context.Context, firms []firm, at *place) error {
	for at.row < len(firms) {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := min(at.row+slice, len(firms))
		b, err := p.slice(ctx, firms[at.row:to], strconv.Itoa(at.page+1), int64(at.row))
		if err != nil {
			return err
		}
		last := at.page+1 == p.source.options.Pages && to == len(firms) && p.source.layout.paged()
		if last {
			b.Gaps = append(b.Gaps, pipeline.Gap{Unit: b.Unit, Detail: fmt.Sprintf("%d pages are read, and there may be more: raise pages", at.page+1)})
		}
		at.row = to
		day := company.DateOf(p.req.Now)
		b.Release, b.Cursor = pipeline.Release{ID: day.String(), Date: day}, at.String()
		p.rows += b.Counts.Read
		if p.req.Progress != nil {
			p.req.Progress(pipeline.Progress{Unit: b.Unit, Rows: p.rows})
		}
		if !p.yield(b, nil) {
			return errStopped
		}
	}
	return nil
}

// slice makes a batch of some exhibitors.
func (p *pull) slice(ctx context.Context, firms []firm, page string, done int64) (pipeline.Batch, error) {
	b := pipeline.Batch{Unit: p.source.options.Fair + ", page " + page}
	held := map[string]bool{}
	asked, empty := 0, 0
	for i := range firms {
		f := firms[i]
		said, err := p.card(ctx, &f)
		if err != nil {
			return b, err
		}
		if said != unasked {
			asked++
		}
		if said == silent {
			empty++
		}
		p.take(&b, &f, done+int64(i)+1, held)
	}
	if asked >= slice/2 && empty == asked {
		return b, fmt.Errorf("%w: %d cards in a row say nothing", service.ErrLayout, asked)
	}
	return b, nil
}

// saying is what a card gave.
type saying int

const (
	unasked saying = iota
	silent
	telling
)

// card adds what the card of an exhibitor says. One that is gone says nothing.
func (p *pull) card(ctx context.Context, f *firm) (saying, error) {
	s := p.source
	if !s.options.Cards || s.layout.Card == (Fields{}) || f.name == "" || abroad(f.country) {
		return unasked, nil
	}
	c, ok := s.cardCall(f.link)
	if !ok {
		return unasked, nil
	}
	a, err := s.service.Ask(ctx, c)
	if errors.Is(err, pipeline.ErrNotFound) {
		return unasked, nil
	}
	if err != nil {
		return unasked, fmt.Errorf("card %s: %w", c.Path, err)
	}
	more, err := s.layout.parseCard(a.Body)
	if err != nil {
		return unasked, fmt.Errorf("card %s: %w", c.Path, err)
	}
	if !more.says() {
		return silent, nil
	}
	if more.name != "" && company.ParseName(more.name).Key() != company.ParseName(f.name).Key() {
		f.doubt = fmt.Sprintf("the card is of %q", more.name)
		return telling, nil
	}
	f.add(&more)
	return telling, nil
}

// add takes what a card says beyond the row; the list's name and link stay.
func (f *firm) add(more *firm) {
	for _, p := range [][2]*string{
		{&f.country, &more.country}, {&f.city, &more.city}, {&f.address, &more.address}, {&f.hall, &more.hall}, {&f.stand, &more.stand},
	} {
		if *p[1] != "" {
			*p[0] = *p[1]
		}
	}
	f.rubrics = append(f.rubrics, more.rubrics...)
	f.phones = append(f.phones, more.phones...)
	f.emails = append(f.emails, more.emails...)
	f.sites = append(f.sites, more.sites...)
}

// take counts one exhibitor once.
func (p *pull) take(b *pipeline.Batch, f *firm, row int64, held map[string]bool) {
	b.Counts.Declared++
	b.Counts.Read++
	obs, wrong := p.source.observe(f, &p.req, b.Unit)
	switch {
	case wrong != nil:
		b.Counts.Quarantined++
		b.Rejects = append(b.Rejects, pipeline.Reject{
			Unit: b.Unit, Row: row, Reason: wrong.reason, Detail: wrong.detail,
			Raw: members.Clip(line(fmt.Sprintf("%+v", *f)), pipeline.RawLimit-len("…")),
		})
	case obs == nil || held[obs.Key]:
		b.Counts.NotWanted++
	default:
		b.Counts.Taken++
		held[obs.Key] = true
		b.Observations = append(b.Observations, *obs)
	}
}
