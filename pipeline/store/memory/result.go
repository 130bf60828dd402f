package memory

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// PutResults implements store.Results.
func (s *Store) PutResults(ctx context.Context, results []store.Result) (int, error) {
	added := 0
	err := s.do(ctx, func() error {
		admitted := make([]store.Result, 0, len(results))
		for _, r := range results {
			one := store.CloneResult(r)
			if err := store.AdmitResult(&one); err != nil {
				return err
			}
			admitted = append(admitted, one)
		}
		for _, r := range admitted {
			if _, there := s.results.get(r.Key()); !there {
				s.results.put(r.Key(), r)
				added++
			}
		}
		return nil
	})
	return added, err
}

// Results implements store.Results.
func (s *Store) Results(ctx context.Context, inn company.INN) ([]store.Result, error) {
	var out []store.Result
	err := s.do(ctx, func() error {
		keys := s.results.keys()
		// None has this key, since none is without a file.
		from, _ := slices.BinarySearchFunc(keys, store.ResultKey{INN: inn, Day: math.MinInt32}, store.ResultKey.Compare)
		for _, k := range keys[from:] {
			if k.INN != inn {
				break
			}
			out = append(out, store.CloneResult(s.results.rows[k]))
		}
		return nil
	})
	return out, err
}

// ResultsAfter implements store.Results.
func (s *Store) ResultsAfter(ctx context.Context, after store.ResultKey, limit int) ([]store.Result, error) {
	var out []store.Result
	err := s.do(ctx, func() error {
		for _, k := range s.results.page(after, limit, all) {
			out = append(out, store.CloneResult(s.results.rows[k]))
		}
		return nil
	})
	return out, err
}

// ReplaceResults implements store.Results.
func (s *Store) ReplaceResults(ctx context.Context, by map[store.ResultKey]*store.Result) error {
	return s.do(ctx, func() error {
		admitted, err := store.AdmitReplacements(by)
		if err != nil {
			return err
		}
		for key, r := range admitted {
			if _, there := s.results.get(key); !there {
				continue
			}
			if r == nil {
				s.results.remove(key)
			} else {
				s.results.put(key, *r)
			}
		}
		return nil
	})
}

type markKey struct {
	inn  company.INN
	kind store.MarkKind
}

func (k markKey) compare(other markKey) int {
	return cmp.Or(cmp.Compare(k.inn, other.inn), cmp.Compare(k.kind, other.kind))
}

// PutMarks implements store.Marks.
func (s *Store) PutMarks(ctx context.Context, marks []store.Mark) error {
	return s.do(ctx, func() error {
		admitted := slices.Clone(marks)
		for i := range admitted {
			if err := store.AdmitMark(&admitted[i]); err != nil {
				return err
			}
		}
		for _, m := range admitted {
			s.marks.put(markKey{m.INN, m.Kind}, m)
		}
		return nil
	})
}

// DropMark implements store.Marks.
func (s *Store) DropMark(ctx context.Context, inn company.INN, kind store.MarkKind) error {
	return s.do(ctx, func() error {
		key := markKey{inn, kind}
		if _, there := s.marks.get(key); !there {
			return fmt.Errorf("mark %q on %q: %w", kind, inn, store.ErrNotFound)
		}
		s.marks.remove(key)
		return nil
	})
}

// Marks implements store.Marks.
func (s *Store) Marks(ctx context.Context) ([]store.Mark, error) {
	var out []store.Mark
	err := s.do(ctx, func() error {
		for _, k := range s.marks.keys() {
			out = append(out, s.marks.rows[k])
		}
		return nil
	})
	return out, err
}
