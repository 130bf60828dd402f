package resolve

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"obzvon/pipeline/store"
)

// job is a span on its way: to any worker, and in the order of the spans to the
// one that merges.
type job struct {
	span  store.Span
	finds chan []finds // has room for the answer
}

// readCompanies goes once through all companies and keeps those that share a
// token with a listing. Workers read the base span by span and look at what
// they read; what they find is merged in order. What workers leave out because
// the merging was fast would change nothing, so the outcome does not depend on
// who is faster.
func (m *matching) readCompanies(ctx context.Context, base Base, workers int) error {
	if m.tokens.len() == 0 {
		return nil
	}
	m.closed = newMarks(m.tokens.len())
	sieve := newSieve(m.tokens, m.closed)
	jobs, order := make(chan *job), make(chan *job, 2*workers) // bounds the finds in memory
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(order)
		defer close(jobs)
		return giveSpans(ctx, jobs, order)
	})
	for range workers {
		g.Go(func() error {
			l := newLooker(m, sieve)
			for j := range jobs {
				all, err := l.span(ctx, base, j.span)
				if err != nil {
					return err
				}
				j.finds <- all
			}
			return nil
		})
	}
	g.Go(func() error { return m.mergeAll(ctx, order) })
	return g.Wait()
}

func giveSpans(ctx context.Context, jobs, order chan<- *job) error {
	for _, span := range store.Spans() {
		j := &job{span: span, finds: make(chan []finds, 1)}
		for _, to := range []chan<- *job{order, jobs} {
			select {
			case to <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return nil
}

// span looks at the companies of a span.
func (l *looker) span(ctx context.Context, base Base, span store.Span) ([]finds, error) {
	var all []finds
	for page, err := range span.Pages(ctx, base) {
		if err != nil {
			return nil, fmt.Errorf("read companies after %q: %w", span.After, err)
		}
		if f := l.page(page); len(f.found) > 0 {
			all = append(all, f)
		}
	}
	return all, nil
}

func (m *matching) mergeAll(ctx context.Context, order <-chan *job) error {
	for j := range order {
		select {
		case all := <-j.finds:
			for _, f := range all {
				m.merge(f)
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// merge keeps the companies that a token leads to, and those that people name:
// a decision may bring them where no token did.
func (m *matching) merge(page finds) {
	hits := page.hits
	for i := range page.found {
		f := &page.found[i]
		m.addFound(f, hits[:f.hits])
		hits = hits[f.hits:]
	}
}

func (m *matching) addFound(f *find, hits []hit) {
	n := m.addNewFirm(f.firm)
	sign := m.signs.intern(0, f.sign)
	kept := m.named[f.firm.inn]
	for _, h := range hits {
		k := m.leadFor(h.mark)
		m.addFirm(k, n)
		if h.name {
			k.addCarrier(carrier{n, m.formNumber(h.form)})
		} else {
			k.addSign(sign, m.shared)
		}
		kept = kept || slices.Contains(k.firms, n)
		if k.full(h.name, m.shared) {
			m.closed.add(h.mark)
		}
	}
	if !kept {
		delete(m.firmOf, f.firm.inn)
		m.firms = m.firms[:n]
	}
}
