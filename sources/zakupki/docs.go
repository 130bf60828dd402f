package zakupki

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/fetch/service"
)

// orders are the questions of a round, the newest day first.
func (s *Source) orders(day company.Date) []order {
	var out []order
	for back := 1; back <= s.options.DaysBack; back++ {
		for _, d := range s.options.documents() {
			subsystem, kind, _ := strings.Cut(d, "/")
			for _, region := range plain(s.options.Regions) {
				out = append(out, order{region: region, subsystem: subsystem, kind: kind, day: day - company.Date(back)})
			}
		}
	}
	return out
}

// docs asks the service for one region, type of document and day after the other.
func (p *pull) docs() error {
	day, last, err := p.begin()
	if err != nil {
		return err
	}
	orders := p.source.orders(day)
	names := make([]string, len(orders))
	for i, o := range orders {
		names[i] = o.String()
	}
	from, err := after(names, last)
	if err != nil {
		return err
	}
	for i := from; i < len(orders); i++ {
		p.progress(names[i], i, len(orders))
		if err := p.ctx.Err(); err != nil {
			return err
		}
		g := p.gather(names[i])
		if err := p.order(g, orders[i], i == from); err != nil {
			return err
		}
		if err := p.emit(g.done(releaseOf(day), day.String()+separator+names[i])); err != nil {
			return err
		}
	}
	return nil
}

// order reads the archives of one question. What the service does not understand or
// no longer has is a gap; any other failure ends the pull. So is what the calls of a day
// do not reach for, though the day began with this question: it would be asked for ever.
func (p *pull) order(g *gatherer, o order, first bool) error {
	a, err := p.source.question(p.ctx, o, p.req.Now)
	if errors.Is(err, service.ErrAsk) {
		g.gap(g.unit, err.Error(), 0)
		return nil
	}
	if err != nil {
		return err
	}
	for i, address := range a.archives {
		call, err := archiveCall(p.source.base, address)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%s, archive %d", g.unit, i+1)
		got, err := p.source.again(p.ctx, call)
		switch {
		case errors.Is(err, pipeline.ErrNotFound):
			g.gap(name, "the archive is gone", 0)
			continue
		case errors.Is(err, service.ErrBudget) && first:
			g.gap(name, fmt.Sprintf("the calls of a day do not reach for all %d archives of the question: raise calls_a_day", len(a.archives)), 0)
			return nil
		case err != nil:
			return err
		}
		if err := g.archive(p.ctx, name, bytes.NewReader(got.Body), int64(len(got.Body))); err != nil {
			if p.ctx.Err() != nil {
				return p.ctx.Err()
			}
			g.gap(name, err.Error(), 0)
		}
	}
	return nil
}

// question asks one question of the service.
func (s *Source) question(ctx context.Context, o order, now time.Time) (answer, error) {
	got, err := s.again(ctx, service.Call{
		Method: http.MethodPost, Path: docsPath, Body: o.envelope(now),
		Type: "text/xml; charset=utf-8", Accept: "text/xml", Once: true,
	})
	if err != nil {
		return answer{}, err
	}
	return parseAnswer(got.Body)
}

// downTimes is how often a call is made that the service fails to answer. A refusal
// is not tried again.
const downTimes = 3

func (s *Source) again(ctx context.Context, c service.Call) (*service.Answer, error) {
	for n := 1; ; n++ {
		a, err := s.service.Ask(ctx, c)
		if n == downTimes || !errors.Is(err, service.ErrDown) || ctx.Err() != nil {
			return a, err
		}
	}
}

func (s *Source) probeDocs(ctx context.Context) (string, error) {
	now := s.now()
	o := s.orders(company.DateOf(now))[0]
	got, err := s.service.Ask(ctx, service.Call{
		Method: http.MethodPost, Path: docsPath, Body: o.envelope(now),
		Type: "text/xml; charset=utf-8", Accept: "text/xml", Once: true,
	})
	if err != nil {
		return "", err
	}
	a, err := parseAnswer(got.Body)
	return fmt.Sprintf("the token is accepted: %d archives of %s/%s in region %s on %s", len(a.archives), o.subsystem, o.kind, o.region, o.day), err
}
