package resolve

import (
	"context"
	"errors"
	"reflect"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

func TestWorkersDecideNothing(t *testing.T) {
	defer goleak.VerifyNone(t)
	base := newRegistry(20_000, 2000)
	var decisions []store.Decision
	for i, o := range base.listings {
		if i%50 == 0 {
			inn := company.INN(strconv.Itoa(base.number(i * 7)))
			decisions = append(decisions, store.Decision{ID: store.ObservationID{Source: o.Source, Key: o.Key}, INN: inn, Same: i%100 == 0, At: time.Unix(1, 0)})
		}
	}
	var want Result
	for _, workers := range []int{1, 8, 2, 8} {
		m := NewExact(testConfig())
		m.workers = workers
		got, err := m.Match(t.Context(), base, decisions)
		if err != nil {
			t.Fatal(err)
		}
		if len(want.Joins) == 0 {
			want = got
		}
		if len(got.Joins) < 500 || len(got.Unresolved) < 500 || !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers: %d joins and %d unresolved, not those of one worker", workers, len(got.Joins), len(got.Unresolved))
		}
	}
}

// The whole scan comes to the same as one that dismisses
// nothing by bytes.
func TestScanAgainstSieveless(t *testing.T) {
	base := newRegistry(5000, 3000)
	e := NewExact(testConfig())
	want, err := e.Match(t.Context(), base, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := newMatching(e, nil)
	if err := m.readListings(t.Context(), base); err != nil {
		t.Fatal(err)
	}
	l := newLooker(m, nil)
	for after := company.INN(""); ; {
		page, err := base.Dossiers(t.Context(), after, pageSize)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		m.closed = newMarks(m.tokens.len()) // nor leaves out what is settled
		m.merge(l.page(page))
		after = page[len(page)-1].INN
	}
	if err := m.rounds(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := m.result(); len(got.Joins) < 500 || !reflect.DeepEqual(got, want) {
		t.Errorf("without the sieve %d joins and %d unresolved, with it %d and %d", len(got.Joins), len(got.Unresolved), len(want.Joins), len(want.Unresolved))
	}
}

// Of what a token leads to only so many are kept,
// and those that people name.
func TestFirmsAreBounded(t *testing.T) {
	var base []company.Observation
	for i := range 2000 {
		inn := validINN(i)
		base = append(base, obs("rsmp", string(inn), inn, fShort, `ООО "АЛЬТАИР"`, fCity, "Пермь", fPhone, "+79070000001"))
	}
	base = append(base, obs("2gis", "L", "", fBrand, "Альтаир", fCity, "Пермь", fPhone, "+79070000001"))
	last := validINN(1999)
	for _, named := range []bool{false, true} {
		var decisions []store.Decision
		if named {
			decisions = []store.Decision{{ID: store.ObservationID{Source: "2gis", Key: "other"}, INN: last, Same: true}}
		}
		s := open(t, base...)
		m := newMatching(NewExact(testConfig()), decisions)
		if err := m.readListings(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		if err := m.readCompanies(t.Context(), s, 4); err != nil {
			t.Fatal(err)
		}
		_, kept := m.firmOf[last]
		if want := keptFirms + len(decisions); len(m.firms) != want || kept != named {
			t.Errorf("%d firms are kept, want %d; the one that people name: %v, want %v", len(m.firms), want, kept, named)
		}
	}
}

// failing breaks the base after so many pages, or cancels the context.
type failing struct {
	*registry
	pages  atomic.Int64
	cancel context.CancelFunc
}

func (f *failing) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	if f.pages.Add(-1) < 0 {
		if f.cancel == nil {
			return nil, errDisk
		}
		f.cancel()
	}
	return f.registry.Dossiers(ctx, after, limit)
}

func TestScanEndsWithItsGoroutines(t *testing.T) {
	defer goleak.VerifyNone(t)
	for _, pages := range []int64{0, 1, 5, 15} {
		base := &failing{registry: newRegistry(10_000, 500)}
		base.pages.Store(pages)
		if _, err := NewExact(testConfig()).Match(t.Context(), base, nil); !errors.Is(err, errDisk) {
			t.Errorf("disk gone after %d pages: %v", pages, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		base = &failing{registry: base.registry, cancel: cancel}
		base.pages.Store(pages)
		if _, err := NewExact(testConfig()).Match(ctx, base, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d pages: %v", pages, err)
		}
	}
}

// Without listings no company is read.
func TestNoListingsNoScan(t *testing.T) {
	base := &failing{registry: newRegistry(1000, 0)}
	if res, err := NewExact(testConfig()).Match(t.Context(), base, nil); err != nil || len(res.Joins)+len(res.Unresolved) != 0 {
		t.Errorf("%+v, %v", res, err)
	}
}
