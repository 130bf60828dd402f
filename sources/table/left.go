package table

import (
	"context"
	"errors"
	"fmt"
)

// Left reads all inputs and counts the rows that are not wanted by the reason,
// in plain English: "foreign phones only", "not a company: parking". The
// counts add up to NotWanted of a pull. Inputs that cannot be read are in the
// error, the others in the counts.
func (s *Source) Left(ctx context.Context) (map[string]int64, error) {
	counts := map[string]int64{}
	var failed []error
	p := &pull{source: s, ctx: ctx}
	for _, in := range s.inputs {
		sh, err := s.open(in)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		err = p.rows(sh, func(rec record, _ int64) error {
			if x, v, _ := identify(rec, &sh.layout, &s.set); v == notWanted {
				counts[x.left]++
			}
			return nil
		})
		if err := errors.Join(err, sh.grid.Close()); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", in.Name, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return counts, errors.Join(failed...)
}
