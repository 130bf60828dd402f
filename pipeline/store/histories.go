package store

import (
	"context"
	"iter"
)

// historyPage is how many results are read at a time.
const historyPage = 1000

// Histories walks the results of each company, those of one together, by rising
// ИНН, then day. What it yields is valid until the next is asked for.
func Histories(ctx context.Context, s Results) iter.Seq2[[]Result, error] {
	return func(yield func([]Result, error) bool) {
		var one []Result
		for after := (ResultKey{}); ; {
			page, err := s.ResultsAfter(ctx, after, historyPage)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range page {
				if len(one) > 0 && one[0].INN != page[i].INN {
					if !yield(one, nil) {
						return
					}
					one = one[:0]
				}
				one = append(one, page[i])
			}
			if len(page) < historyPage {
				if len(one) > 0 {
					yield(one, nil)
				}
				return
			}
			after = page[len(page)-1].Key()
		}
	}
}
