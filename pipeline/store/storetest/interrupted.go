package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// releaseSize is more than the batches of an implementation under test should
// be, so that a cut falls between them, too.
const releaseSize = 300

// first and second are two whole releases of one source: of every seven firms
// one goes, one comes, two change.
func first() []company.Observation {
	var out []company.Observation
	for n := range releaseSize {
		if n%7 != 3 {
			out = append(out, firm("rsmp", n, "city=Пермь", fmt.Sprintf("headcount:2025=%d", n)))
		}
	}
	return out
}

func second() []company.Observation {
	var out []company.Observation
	for n := range releaseSize {
		switch n % 7 {
		case 1:
		case 2:
			out = append(out, firm("rsmp", n, "city=Омск", fmt.Sprintf("headcount:2025=%d", n)))
		case 5:
			out = append(out, observe("rsmp", string(INN(n)), INN(n+releaseSize), "city=Пермь"))
		default:
			out = append(out, firm("rsmp", n, "city=Пермь", fmt.Sprintf("headcount:2025=%d", n)))
		}
	}
	return out
}

var errKilled = errors.New("killed")

var interruptedTests = []test{
	{"a sequence that breaks, then repeated", func(t *testing.T, open Open) {
		interrupt(t, open, func(s store.Store, cut int) error {
			_, err := s.Replace(t.Context(), wholeRelease("rsmp", tuesday), packed(failing(errKilled, second()[:cut]...)))
			return err
		}, errKilled)
	}},
	{"a context that ends, then repeated", func(t *testing.T, open Open) {
		interrupt(t, open, func(s store.Store, cut int) error {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			_, err := s.Replace(ctx, wholeRelease("rsmp", tuesday), packed(cancelAt(cut, cancel, second())))
			return err
		}, context.Canceled)
	}},
	{"a context that ends after the last, then repeated", func(t *testing.T, open Open) {
		interrupt(t, open, func(s store.Store, _ int) error {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			_, err := s.Replace(ctx, wholeRelease("rsmp", tuesday), packed(cancelAt(len(second()), cancel, second())))
			return err
		}, context.Canceled)
	}},
	{"a release that breaks, then another one", func(t *testing.T, open Open) {
		s, want := open(t), open(t)
		for _, each := range []store.Store{s, want} {
			replace(t, each, "rsmp", monday, true, first()...)
		}
		_, err := s.Replace(t.Context(), wholeRelease("rsmp", tuesday), packed(failing(errKilled, second()...)))
		if !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		// The broken one must leave no mark of what it had found missing.
		replace(t, s, "rsmp", tuesday, true, first()...)
		sameStore(t, s, want)
	}},
	{"an annex, then repeated", func(t *testing.T, open Open) {
		annexed := func(city string) (out []company.Observation) {
			for n := range releaseSize {
				if n%5 != len(city)%5 {
					out = append(out, firm("fns", n, "city="+city))
				}
			}
			return out
		}
		begin := func() store.Store {
			s := open(t)
			replace(t, s, "rsmp", monday, true, first()...)
			settle(t, s)
			return s
		}
		want := begin()
		replaceAnnex(t, want, "fns", monday, annexed("Омск")...)
		replaceAnnex(t, want, "fns", tuesday, annexed("Пермь")...)
		if len(annexEvents(t, want)) == 0 || len(staleRows(t, want)) == 0 {
			t.Fatal("nothing to lose")
		}
		for _, cut := range []int{0, 1, 100, 200} {
			s := begin()
			for i, city := range []string{"Омск", "Пермь"} {
				day := monday + company.Date(i)
				_, err := s.Replace(t.Context(), annexOf("fns", day), packed(failing(errKilled, annexed(city)[:cut]...)))
				if !errors.Is(err, errKilled) {
					t.Fatal(err)
				}
				replaceAnnex(t, s, "fns", day, annexed(city)...)
			}
			sameStore(t, s, want)
		}
	}},
	{"joins", func(t *testing.T, open Open) {
		for _, cut := range []int{0, 1, 50, 99} {
			s, want := open(t), open(t)
			for _, each := range []store.Store{s, want} {
				replaceJoins(t, each, joinsOf(100, 1)...)
			}
			if err := s.ReplaceJoins(t.Context(), nil, failing(errKilled, joinsOf(100, 2)[:cut]...)); !errors.Is(err, errKilled) {
				t.Fatalf("error %v, want that of the sequence", err)
			}
			for _, each := range []store.Store{s, want} {
				replaceJoins(t, each, joinsOf(100, 2)[20:]...)
			}
			sameStore(t, s, want)
		}
	}},
	{"score rows", func(t *testing.T, open Open) {
		for _, cut := range []int{0, 1, 50, 99} {
			s, want := open(t), open(t)
			for _, each := range []store.Store{s, want} {
				replaceRows(t, each, "one", rowsOf(100, 1)...)
			}
			if err := s.ReplaceRows(t.Context(), "two", 0, failing(errKilled, rowsOf(100, 2)[:cut]...)); !errors.Is(err, errKilled) {
				t.Fatalf("error %v, want that of the sequence", err)
			}
			same(t, "tag", rowState(t, s).Tag, "")
			same(t, "rows", len(must(s.Rows(t.Context(), "", 1000))(t)), 100)
			for _, each := range []store.Store{s, want} {
				replaceRows(t, each, "two", rowsOf(100, 2)[20:]...)
			}
			sameStore(t, s, want)
		}
	}},
}

// interrupt loads one release, breaks the next at several places, repeats it
// and compares with a store where it never broke.
func interrupt(t *testing.T, open Open, broken func(s store.Store, cut int) error, wantErr error) {
	t.Helper()
	want := open(t)
	replace(t, want, "rsmp", monday, true, first()...)
	settle(t, want)
	replace(t, want, "rsmp", tuesday, true, second()...)
	for _, cut := range []int{0, 1, 2, releaseSize / 3, releaseSize / 2, len(second())} {
		s := open(t)
		replace(t, s, "rsmp", monday, true, first()...)
		settle(t, s)
		if err := broken(s, cut); !errors.Is(err, wantErr) {
			t.Fatalf("cut at %d: error %v, want %v", cut, err, wantErr)
		}
		replace(t, s, "rsmp", tuesday, true, second()...)
		sameStore(t, s, want)
	}
}

// cancelAt yields values and cancels before the one at the given place, or
// after the last.
func cancelAt[T any](at int, cancel func(), values []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for i, v := range values {
			if i == at {
				cancel()
			}
			if !yield(v, nil) {
				return
			}
		}
		cancel()
	}
}

func sameStore(t *testing.T, got, want store.Store) {
	t.Helper()
	same(t, "store", must(Dump(t.Context(), got))(t), must(Dump(t.Context(), want))(t))
}

func joinsOf(n, weight int) []store.Join {
	out := make([]store.Join, 0, n)
	for i := range n {
		out = append(out, store.Join{
			ID: store.ObservationID{Source: "2gis", Key: fmt.Sprintf("%05d", i)}, INN: INN(i % 9),
			Evidence: []store.Evidence{{Kind: "phone", Value: fmt.Sprintf("+7907%07d", i), Weight: int64(weight)}},
		})
	}
	return out
}

func rowsOf(n, fill int) []store.ScoreRow {
	out := make([]store.ScoreRow, 0, n)
	for i := range n {
		out = append(out, store.ScoreRow{INN: INN(i), Data: []byte{byte(i), byte(fill)}})
	}
	return out
}
