package main

import (
	"context"
	"fmt"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// keepersNow says whose each company is by what people settled and by the lists.
type keepersNow struct {
	house  *house
	issued map[company.INN]string // by the list that had it last
	marks  map[company.INN]map[store.MarkKind]store.Mark
}

// keeper is whose a company is.
type keeper struct {
	manager string      // id; "" = nobody's
	mark    *store.Mark // that settled it; nil = the lists did
}

func (k keeper) pinned() bool { return k.mark != nil && k.mark.Kind == store.MarkPin }

func (h *house) keepersNow(ctx context.Context) (keepersNow, error) {
	k := keepersNow{house: h, marks: map[company.INN]map[store.MarkKind]store.Mark{}}
	var err error
	if k.issued, err = h.store.Owners(ctx); err != nil {
		return k, fmt.Errorf("read the managers of companies: %w", err)
	}
	marks, err := h.marksOf(ctx, "")
	if err != nil {
		return k, err
	}
	for _, m := range marks {
		if k.marks[m.INN] == nil {
			k.marks[m.INN] = map[store.MarkKind]store.Mark{}
		}
		k.marks[m.INN][m.Kind] = m
	}
	return k, nil
}

// of is whose a company is: a pin comes before what was given, and that before the
// lists.
func (k *keepersNow) of(inn company.INN) keeper {
	for _, kind := range []store.MarkKind{store.MarkPin, store.MarkManager} {
		if m, ok := k.marks[inn][kind]; ok {
			return keeper{manager: m.Value, mark: &m}
		}
	}
	return keeper{manager: k.issued[inn]}
}

// why says by what it is his.
func (k *keepersNow) why(own keeper) string {
	switch {
	case own.mark != nil && own.pinned():
		return "закрепил " + own.mark.By + ", " + k.house.dayHour(own.mark.At)
	case own.mark != nil:
		return "отдал " + own.mark.By + ", " + k.house.dayHour(own.mark.At)
	case own.manager != "":
		return "по спискам"
	}
	return ""
}

// all are the ИНН that are somebody's.
func (k *keepersNow) all(yield func(company.INN) bool) {
	for inn := range k.issued {
		if !yield(inn) {
			return
		}
	}
	for inn := range k.marks {
		if _, listed := k.issued[inn]; !listed && !yield(inn) {
			return
		}
	}
}
