package night

import (
	"context"
	"encoding/json"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// spending is how much of a service's budget had been spent before it was asked.
type spending struct{ before int64 }

func newSpending(ctx context.Context, e Enricher) (spending, error) {
	if e.Spent == nil {
		return spending{}, nil
	}
	before, _, err := e.Spent(ctx)
	if err != nil {
		return spending{}, fmt.Errorf("read what %s has spent: %w", e.Section.Name, err)
	}
	return spending{before}, nil
}

// bill says what asking has cost and what is left. Answers that a service gave from
// those it keeps cost nothing, so the price of all asks is the most it can be.
func (n *Night) bill(ctx context.Context, e Enricher, s spending, day company.Date, report *EnrichReport) error {
	ctx = context.WithoutCancel(ctx)
	d := e.Enricher.Describe()
	report.Cost = report.Asked * d.Cost
	if d.Metered {
		claimed, err := n.Store.Claimed(ctx, e.Section.Name, day)
		if err != nil {
			return fmt.Errorf("read for whom %s was asked: %w", e.Section.Name, err)
		}
		left := max(int64(e.Section.Budget)-claimed, 0)
		report.AsksLeft = &left
	}
	if e.Spent == nil {
		return nil
	}
	today, left, err := e.Spent(ctx)
	if err != nil {
		return fmt.Errorf("read what %s has spent: %w", e.Section.Name, err)
	}
	if report.Calls = max(today-s.before, 0); report.Calls == 0 {
		report.Cost = 0
	}
	if left >= 0 {
		report.CallLeft = &left
	}
	return nil
}

// enriched adds what became of an enricher, with what earlier runs for the day
// brought.
func (r *Report) enriched(e EnrichReport) {
	e.Night = e.add(r.before[e.Name])
	r.Enrich = append(r.Enrich, e)
}

// recall reads from the ledger what earlier runs for the day brought. A report of
// another version of the program says nothing.
func (r *Report) recall(run store.Run) {
	var last Report
	if len(run.Report) == 0 || json.Unmarshal(run.Report, &last) != nil {
		return
	}
	r.before = map[string]Gain{}
	for _, e := range last.Enrich {
		r.before[e.Name] = e.Night
	}
}

// figures are the lines of «Сводка» on those who were asked within a budget. Those
// that only reckon are asked in each run anew.
func (r *Report) figures() []pipeline.Figure {
	var out []pipeline.Figure
	for _, e := range r.Enrich {
		if !e.Metered || e.Night.Asked == 0 {
			continue
		}
		out = append(out, pipeline.Figure{Title: "Спрошено: " + e.Title, Value: e.Night.Asked, Note: e.Night.text()})
	}
	return out
}

// text says in Russian what asking brought.
func (g *Gain) text() string {
	text := fmt.Sprintf("ответы с пользой: %d", g.Found)
	if fields := g.Fields(); fields != "" {
		text += "; новое: " + fields
	}
	if g.Poison > 0 {
		text += fmt.Sprintf("; ответы о чужих компаниях, не взяты: %d", g.Poison)
	}
	if g.Cost > 0 {
		text += fmt.Sprintf("; не дороже %s ₽", roublesText(g.Cost))
	}
	return text
}

// roublesText writes kopecks as roubles: «12», «12,50».
func roublesText(kopecks int64) string {
	if kopecks%100 == 0 {
		return thousands(kopecks / 100)
	}
	return fmt.Sprintf("%s,%02d", thousands(kopecks/100), kopecks%100)
}
