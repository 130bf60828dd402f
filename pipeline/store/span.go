package store

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"obzvon/pipeline/company"
)

// spanPage is how many dossiers of a span are read at a time: what a page holds
// beyond the end of a span was read for nothing.
const spanPage = 250

// Span is a part of all ИНН: those after After and before Until, which is ""
// for the last one.
type Span struct{ After, Until company.INN }

// Spans cuts all ИНН into parts that several goroutines can walk at a time: by
// their first two digits, the region that gave the number; the regions of most
// companies, Moscow with a sixth of all first, by three.
func Spans() []Span {
	var out []Span
	cut := func(at string) {
		if len(out) > 0 {
			out[len(out)-1].Until = company.INN(at)
		}
		out = append(out, Span{After: company.INN(at)})
	}
	for region := range 100 {
		at := fmt.Sprintf("%02d", region)
		switch at {
		case "00":
			cut("")
		case "23", "50", "66", "77", "78":
			for third := range 10 {
				cut(at + strconv.Itoa(third))
			}
		default:
			cut(at)
		}
	}
	return out
}

// Companies reads dossiers. Observations are one.
type Companies interface {
	Dossiers(ctx context.Context, after company.INN, limit int) ([]Dossier, error)
}

// Pages walks the dossiers of the span, page by page. An error is final.
func (s Span) Pages(ctx context.Context, from Companies) iter.Seq2[[]Dossier, error] {
	return func(yield func([]Dossier, error) bool) {
		for after := s.After; ; {
			page, err := from.Dossiers(ctx, after, spanPage)
			if err != nil {
				yield(nil, err)
				return
			}
			last := len(page) < spanPage
			for n := len(page); n > 0 && s.Until != "" && page[n-1].INN >= s.Until; n-- {
				page, last = page[:n-1], true
			}
			if len(page) > 0 {
				after = page[len(page)-1].INN
				if !yield(page, nil) {
					return
				}
			}
			if last {
				return
			}
		}
	}
}
