package night

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// Issued returns the list of a day as it was frozen, less the rows that the stop
// list names by now, also by a contact that is known since. It ranks nothing, so
// it may be asked for at each look. store.ErrNotFound if the day has none.
func (n *Night) Issued(ctx context.Context, day company.Date) (*calllist.List, error) {
	list, err := n.listOf(ctx, day)
	if err != nil {
		return nil, fmt.Errorf("read the list of %s: %w", day, err)
	}
	stops, err := n.stopsOf(ctx, list)
	if err != nil {
		return nil, fmt.Errorf("hold the list of %s against the stop list: %w", day, err)
	}
	list, _ = list.Without(stops.Stopped)
	return list, nil
}

// stopsOf is the stop list with those companies of a list that it names by a
// contact: stops without the way through all companies.
func (n *Night) stopsOf(ctx context.Context, list *calllist.List) (*calllist.StopSet, error) {
	all, err := n.Store.StopList(ctx)
	if err != nil {
		return nil, err
	}
	set := calllist.NewStopSet(all)
	if !set.ByContact() {
		return set, nil
	}
	v, err := n.view(ctx)
	if err != nil {
		return nil, err
	}
	for i := range list.Rows {
		if err := v.learn(ctx, set, list.Rows[i].Row.INN); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// learn tells a stop list what is known of a company.
func (v *view) learn(ctx context.Context, set *calllist.StopSet, inn company.INN) error {
	d, err := v.Dossier(ctx, inn)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read company %s: %w", inn, err)
	}
	c := v.company(d)
	set.Learn(score.ContactsOf(&c))
	return nil
}

// Handout is the part of a day's book that a manager gets: his calls and «Как
// заполнять», as a night writes them, without ranking anything.
// store.ErrNotFound if the day has no list, ErrNoManager if he has no part in it.
func (n *Night) Handout(ctx context.Context, day company.Date, manager string) (*pipeline.Book, error) {
	list, err := n.Issued(ctx, day)
	if err != nil {
		return nil, err
	}
	b := n.cover(list)
	known := false
	for _, m := range list.Managers {
		known = known || m.ID == manager
	}
	for _, r := range list.BookRows() {
		if r.ManagerID == manager {
			b.Calls = append(b.Calls, r)
		}
	}
	if !known && len(b.Calls) == 0 {
		return nil, fmt.Errorf("hand out the list of %s to %q: %w", day, manager, ErrNoManager)
	}
	return b, nil
}

// ErrNoManager is that a list has nothing of a manager.
var ErrNoManager = errors.New("the list has no such manager")

// cover is a book of a list without any sheet that rests on a ranking, and without
// calls.
func (n *Night) cover(list *calllist.List) *pipeline.Book {
	return &pipeline.Book{
		ListID: list.ID, Version: bookVersion, Date: list.Day, Issued: list.Issued, Seller: n.Config.Seller.Name,
		Sample: n.Sample, ConfigHash: list.ConfigHash, BaseHash: n.Segments.Hash(), Managers: list.Managers,
		Outcomes: funnel.Outcomes(), Guide: calllist.Guide(n.Config, n.Segments, list),
	}
}

// Book is the whole book of a day that has a list, as Export writes it, for whoever
// lays it out himself. Like Export it settles and ranks, so it must not go on
// beside a night; it issues nothing. store.ErrNotFound if the day has no list.
func (n *Night) Book(ctx context.Context, day company.Date) (*pipeline.Book, error) {
	if _, err := n.Store.List(ctx, day); err != nil {
		return nil, fmt.Errorf("read the list of %s: %w", day, err)
	}
	binder := &binder{}
	alone := *n
	alone.Progress = nil // whoever watches a night is not to take this for one
	alone.Exporters = []Exporter{{Exporter: binder}}
	alone.Exporters[0].Section.Name = "page"
	if _, err := alone.Export(ctx, Request{Day: day}); err != nil {
		return nil, err
	}
	return binder.book, nil
}

// binder is an exporter that only keeps the book.
type binder struct{ book *pipeline.Book }

// Describe implements pipeline.Exporter.
func (*binder) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{Name: "page", Title: "Вся книга", Kind: pipeline.KindExport, Open: true, Decoder: 1}
}

// Export implements pipeline.Exporter.
func (b *binder) Export(_ context.Context, book *pipeline.Book) ([]pipeline.Artefact, error) {
	b.book = book
	return []pipeline.Artefact{{Title: "Вся книга", Rows: len(book.Calls)}}, nil
}
