package intake

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// conflicts names where the files taken contradict others, or one another.
func (t *taking) conflicts(ctx context.Context) ([]Conflict, error) {
	var out []Conflict
	for _, inn := range slices.Sorted(maps.Keys(t.touched)) {
		results, err := t.Store.Results(ctx, inn)
		if err != nil {
			return nil, fmt.Errorf("read results of %s: %w", inn, err)
		}
		_, found := funnel.Standing(results)
		for _, c := range found {
			if t.digests[c.Won.File] || t.digests[c.Lost.File] {
				out = append(out, t.conflict(&c))
			}
		}
	}
	return out, nil
}

func (t *taking) conflict(c *funnel.Conflict) Conflict {
	out := Conflict{
		INN: c.Won.INN, Company: t.touched[c.Won.INN], Stands: sideOf(&c.Won), Lost: sideOf(&c.Lost), Columns: c.Columns,
	}
	why := "сохранён позже"
	if !c.Won.Saved.After(c.Lost.Saved) {
		why = "сохранены одновременно, выбран один из двух"
	}
	if c.Won.List != c.Lost.List {
		why = "список важнее таблицы"
	}
	who := strings.TrimSpace(out.Company + " ИНН " + string(out.INN))
	out.Text = fmt.Sprintf("%s, %s: действует %s (%s); не действует %s; различаются: %s",
		who, c.Won.Day.Russian(), t.sideText(&out.Stands), why, t.sideText(&out.Lost), strings.Join(c.Columns, ", "))
	inn := string(c.Won.INN)
	if _, stopped := t.stops[stopKey{store.StopINN, inn, calllist.StopRefused}]; stopped && refuses(&c.Lost) && !refuses(&c.Won) {
		out.Text += "; в стоп-листе компания остаётся, ей не звоним; если запрет записан по ошибке, снимите его с ИНН и с номеров, записанных с ним: " +
			"obzvon stop remove " + inn + " --with-phones"
	}
	return out
}

func refuses(r *store.Result) bool {
	return r.Outcome == funnel.DoNotCall || r.Consent == store.ConsentRefused
}

func sideOf(r *store.Result) Side {
	return Side{File: r.FileName, Row: r.Row, Saved: r.Saved, Outcome: r.Outcome}
}

func (t *taking) sideText(s *Side) string {
	return fmt.Sprintf("«%s» из %s, строка %d, сохранён %s", cmp.Or(s.Outcome, "без результата"), s.File, s.Row, t.clockText(s.Saved))
}

func (t *taking) clockText(at time.Time) string { return at.In(t.Zone).Format("02.01.2006 15:04") }
