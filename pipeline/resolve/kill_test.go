package resolve

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

var errKill = errors.New("killed")

// mortal dies after so many writes; an entry of the index is one.
type mortal struct {
	Store
	left *int
}

func (m mortal) spend() error {
	if *m.left <= 0 {
		return errKill
	}
	*m.left--
	return nil
}

// until passes a sequence on until the store dies.
func until[T any](m mortal, seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for one, err := range seq {
			if err == nil {
				err = m.spend()
			}
			if !yield(one, err) || err != nil {
				return
			}
		}
		if err := m.spend(); err != nil {
			var none T
			yield(none, err)
		}
	}
}

func (m mortal) Touch(ctx context.Context, owners []store.Owner) error {
	if err := m.spend(); err != nil {
		return err
	}
	return m.Store.Touch(ctx, owners)
}

func (m mortal) Settle(ctx context.Context, mark uint64) error {
	if err := m.spend(); err != nil {
		return err
	}
	return m.Store.Settle(ctx, mark)
}

func (m mortal) ReplaceIndex(ctx context.Context, tag string, mark uint64, seq iter.Seq2[store.Entry, error]) error {
	return m.Store.ReplaceIndex(ctx, tag, mark, until(m, seq))
}

func (m mortal) PatchIndex(ctx context.Context, seq iter.Seq2[store.Entry, error]) error {
	return m.Store.PatchIndex(ctx, until(m, seq))
}

func (m mortal) ReplaceJoins(ctx context.Context, note []byte, seq iter.Seq2[store.Join, error]) error {
	return m.Store.ReplaceJoins(ctx, note, until(m, seq))
}

// A run may be killed at any write, again and again, with the world changing
// in between: the next that ends comes to the same as one from scratch.
func TestKilledAnywhere(t *testing.T) {
	kills, ended := 0, 0
	for seed := range uint64(40) {
		w := newWorld(1000+seed, 8, 14)
		rng := rand.New(rand.NewPCG(seed, 3))
		s := w.anew(t)
		for range 12 {
			for range rng.IntN(3) {
				w.change(t, s)
			}
			for range 1 + rng.IntN(2) {
				v, o := w.view(s)
				left := rng.IntN(60)
				if rng.IntN(3) > 0 {
					left = rng.IntN(12)
				}
				_, err := Run(t.Context(), mortal{v, &left}, testModel(), o)
				switch {
				case errors.Is(err, errKill):
					kills++
				case err != nil:
					t.Fatal(err)
				default:
					ended++
				}
			}
			v, o := w.view(s)
			got := stateOf(t, s, v, o)
			fresh := w.anew(t)
			v, o = w.view(fresh)
			if diff := differ(got, stateOf(t, fresh, v, o)); diff != "" {
				t.Fatalf("seed %d: %s", seed, diff)
			}
		}
	}
	if kills < 200 || ended < 100 {
		t.Errorf("%d killed, %d not", kills, ended)
	}
}

// Whatever read fails first, the error comes out and nothing hangs.
func TestErrorsOfTheStore(t *testing.T) {
	w := newWorld(5, 8, 14)
	for _, changed := range []bool{false, true} {
		s := w.anew(t)
		if changed {
			once(t, s)
			commit(t, s, firmOf(1, fShort, "ООО Дуб", fPhone, "+79070000001"), card("new", fPhone, "+79070000001"))
		}
		for n := 0; ; n++ {
			left := n
			_, err := Run(t.Context(), unreadable{s, &left}, testModel(), Options{ReviewAtMost: 10, Workers: 1})
			if err == nil {
				if n < 15 {
					t.Errorf("done after %d reads", n)
				}
				break
			}
			if !errors.Is(err, errKill) {
				t.Fatalf("after %d reads: %v", n, err)
			}
		}
	}
}

// unreadable fails from the nth read on.
type unreadable struct {
	store.Store
	left *int
}

func (u unreadable) fail(what string) error {
	if *u.left <= 0 {
		return fmt.Errorf("%s: %w", what, errKill)
	}
	*u.left--
	return nil
}

func (u unreadable) Decisions(ctx context.Context) ([]store.Decision, error) {
	if err := u.fail("Decisions"); err != nil {
		return nil, err
	}
	return u.Store.Decisions(ctx)
}

func (u unreadable) JoinsNote(ctx context.Context) ([]byte, error) {
	if err := u.fail("JoinsNote"); err != nil {
		return nil, err
	}
	return u.Store.JoinsNote(ctx)
}

func (u unreadable) IndexState(ctx context.Context) (store.IndexState, error) {
	if err := u.fail("IndexState"); err != nil {
		return store.IndexState{}, err
	}
	return u.Store.IndexState(ctx)
}

func (u unreadable) WithoutINN(ctx context.Context, after store.ObservationID, limit int) ([]company.Observation, error) {
	if err := u.fail("WithoutINN"); err != nil {
		return nil, err
	}
	return u.Store.WithoutINN(ctx, after, limit)
}

func (u unreadable) Get(ctx context.Context, id store.ObservationID) (company.Observation, error) {
	if err := u.fail("Get"); err != nil {
		return company.Observation{}, err
	}
	return u.Store.Get(ctx, id)
}

func (u unreadable) Dossier(ctx context.Context, inn company.INN) (store.Dossier, error) {
	if err := u.fail("Dossier"); err != nil {
		return store.Dossier{}, err
	}
	return u.Store.Dossier(ctx, inn)
}

func (u unreadable) Dossiers(ctx context.Context, after company.INN, limit int) ([]store.Dossier, error) {
	if err := u.fail("Dossiers"); err != nil {
		return nil, err
	}
	return u.Store.Dossiers(ctx, after, limit)
}

func (u unreadable) StaleOwners(ctx context.Context, after store.Owner, limit int) ([]store.Owner, error) {
	if err := u.fail("StaleOwners"); err != nil {
		return nil, err
	}
	return u.Store.StaleOwners(ctx, after, limit)
}

func (u unreadable) Entries(ctx context.Context, owners []store.Owner) ([]store.Entry, error) {
	if err := u.fail("Entries"); err != nil {
		return nil, err
	}
	return u.Store.Entries(ctx, owners)
}

func (u unreadable) ListingEntries(ctx context.Context, after store.ObservationID, limit int) ([]store.Entry, error) {
	if err := u.fail("ListingEntries"); err != nil {
		return nil, err
	}
	return u.Store.ListingEntries(ctx, after, limit)
}

func (u unreadable) Carriers(ctx context.Context, tokens []uint64, limit int) ([]store.Carriers, error) {
	if err := u.fail("Carriers"); err != nil {
		return nil, err
	}
	return u.Store.Carriers(ctx, tokens, limit)
}

// Settings that are changed and changed back, each time killed once the index
// was made anew: the note of the first run must not pass for that index's.
func TestKilledBetweenSettings(t *testing.T) {
	w := newWorld(9, 8, 14)
	first, second := Options{ReviewAtMost: 100, Basis: "first"}, Options{ReviewAtMost: 100, Basis: "second"}
	fresh := w.anew(t)
	want := stateOf(t, fresh, fresh, first)
	for left := range 60 {
		s := w.anew(t)
		stateOf(t, s, s, first)
		for _, o := range []Options{second, first} {
			budget := left
			if _, err := Run(t.Context(), mortal{s, &budget}, testModel(), o); err != nil && !errors.Is(err, errKill) {
				t.Fatal(err)
			}
		}
		if diff := differ(stateOf(t, s, s, first), want); diff != "" {
			t.Fatalf("killed after %d writes: %s", left, diff)
		}
	}
}
