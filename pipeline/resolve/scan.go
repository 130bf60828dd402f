package resolve

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// job is a page on its way: to any worker, and in the order of the pages to
// the one that merges.
type job struct {
	page  []store.Dossier
	finds chan finds // has room for the answer
}

// readCompanies goes once through all companies and keeps those that share a
// token with a listing. The base is read in one goroutine while workers look at
// the pages before; what they find is merged page by page. What workers leave
// out because the merging was fast would change nothing, so the outcome does
// not depend on who is faster.
func (m *matching) readCompanies(ctx context.Context, base Base, workers int) error {
	if m.tokens.len() == 0 {
		return nil
	}
	m.closed = newMarks(m.tokens.len())
	sieve := newSieve(m.tokens, m.closed)
	jobs, order := make(chan *job), make(chan *job, 2*workers) // bounds the pages in memory
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(order)
		defer close(jobs)
		return readPages(ctx, base, jobs, order)
	})
	for range workers {
		g.Go(func() error {
			l := newLooker(m, sieve)
			for j := range jobs {
				j.finds <- l.page(j.page)
			}
			return nil
		})
	}
	g.Go(func() error { return m.mergeAll(ctx, order) })
	return g.Wait()
}

func readPages(ctx context.Context, base Base, jobs, order chan<- *job) error {
	var after company.INN
	for {
		page, err := base.Dossiers(ctx, after, pageSize)
		if err != nil {
			return fmt.Errorf("read companies after %q: %w", after, err)
		}
		if len(page) == 0 {
			return nil
		}
		after = page[len(page)-1].INN
		j := &job{page: page, finds: make(chan finds, 1)}
		for _, to := range []chan<- *job{order, jobs} {
			select {
			case to <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

func (m *matching) mergeAll(ctx context.Context, order <-chan *job) error {
	for j := range order {
		select {
		case f := <-j.finds:
			m.merge(f)
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
