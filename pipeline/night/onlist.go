package night

import (
	"context"
	"errors"
	"fmt"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/score"
	"obzvon/pipeline/store"
)

// onList says why a company is or is not on the day's list.
func (p *presenter) onList(ctx context.Context, res *score.Result, e *score.Explanation, stops *calllist.StopSet) (string, error) {
	data, err := p.List(ctx, p.day)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Sprintf("Список на %s ещё не выпущен. %s", p.day.Russian(), e.Verdict), nil
	}
	if err != nil {
		return "", err
	}
	list, err := calllist.Decode(data)
	if err != nil {
		return "", err
	}
	for _, entry := range list.Rows {
		switch {
		case entry.Row.INN != res.INN():
		case stops.Stopped(entry):
			return fmt.Sprintf("Была в списке на %s, строка %d; снята: %s", p.day.Russian(), entry.Row.Number, e.Verdict), nil
		default:
			return fmt.Sprintf("В списке на %s: строка %d, звонит %s.", p.day.Russian(), entry.Row.Number, entry.Row.Manager), nil
		}
	}
	if text, err := p.whyLater(ctx, res.INN()); err != nil || text != "" {
		return text, err
	}
	if !res.Lead() {
		return fmt.Sprintf("Нет в списке на %s: %s", p.day.Russian(), e.Verdict), nil
	}
	c, err := p.candidate(ctx, res)
	if err != nil {
		return "", err
	}
	reason := ""
	switch {
	case len(c.Phones) == 0:
		reason = calllist.SkipNoPhone
	case c.Row.LocalTime == "":
		reason = calllist.SkipNoZone
	case len(c.Windows) == 0:
		reason = calllist.SkipNoWindow
	default:
		return p.whyBelow(ctx, res, c, list)
	}
	return fmt.Sprintf("Нет в списке на %s: %s.", p.day.Russian(), calllist.ReasonText(reason)), nil
}

// whyBelow is for a lead that could be called and is not on the list.
func (p *presenter) whyBelow(ctx context.Context, res *score.Result, c calllist.Candidate, list *calllist.List) (string, error) {
	if mix := p.night.mix(p.day); mix[res.Priority-1] == 0 {
		return fmt.Sprintf("Нет в списке на %s: приоритет %d на этом этапе стратегии ещё не открыт.", p.day.Russian(), res.Priority), nil
	}
	for _, entry := range list.Rows {
		for _, phone := range entry.Phones {
			for _, own := range c.Phones {
				if phone == own {
					return fmt.Sprintf("Нет в списке на %s: тот же телефон у «%s», строка %d.", p.day.Russian(), entry.Row.Company, entry.Row.Number), nil
				}
			}
		}
	}
	better, total := 0, 0
	err := p.night.eachRow(ctx, func(row *score.Row) error {
		if other := p.scorer.Score(row); other.Lead() && other.Priority == res.Priority {
			total++
			if other.Compare(res) < 0 {
				better++
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	if c.Turn.Due.Known() {
		return fmt.Sprintf("Нет в списке на %s: %s с %s.", p.day.Russian(), calllist.ReasonText(calllist.SkipQueue), c.Turn.Due.Russian()), nil
	}
	switch reason := fullReason(list, c); reason {
	case "":
		return fmt.Sprintf("Нет в списке на %s: когда его выпускали, она ещё не подходила; будет в следующем.", p.day.Russian()), nil
	case calllist.SkipOwner:
		return fmt.Sprintf("Нет в списке на %s: %s.", p.day.Russian(), calllist.ReasonText(reason)), nil
	}
	return fmt.Sprintf("Нет в списке на %s: по баллам она %d-я из %d в приоритете %d, до неё очередь не дошла.",
		p.day.Russian(), better+1, total, res.Priority), nil
}

// fullReason tells whether those who could call a company have no room left.
func fullReason(l *calllist.List, c calllist.Candidate) string {
	room := map[string]int{}
	for _, m := range l.Managers {
		room[m.ID] = m.Dials
	}
	for _, e := range l.Rows {
		room[e.Row.ManagerID]--
	}
	if _, shares := c.Windows[c.Keeper.Manager]; shares && room[c.Keeper.Manager] <= 0 {
		return calllist.SkipOwner
	}
	for id := range c.Windows {
		if room[id] > 0 {
			return ""
		}
	}
	return calllist.SkipNorm
}
