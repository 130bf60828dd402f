package funnel

import (
	"cmp"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// Conflict is two files that say different things of one call.
type Conflict struct {
	Won, Lost store.Result
	Columns   []string // of the call list, what they differ in
}

// Standing returns the results of one company that count, rising by day, and
// names those that contradict them. For one list the file that was saved later
// wins, at the same moment the one with the greater digest. A file that has no
// outcome takes none away: it stands beside the last that has one, if it was
// saved after that. Of what plain tables say of one day, each outcome is one
// call, and none if a list tells of it too.
func Standing(results []store.Result) (stand []store.Result, conflicts []Conflict) {
	by, conflicts := standing(results)
	stand = make([]store.Result, len(by))
	for i, r := range by {
		stand[i] = *r
	}
	return stand, conflicts
}

func standing(results []store.Result) (stand []*store.Result, conflicts []Conflict) {
	all := make([]*store.Result, len(results))
	for i := range results {
		all[i] = &results[i]
	}
	if len(all) == 1 {
		return all, nil
	}
	slices.SortFunc(all, func(a, b *store.Result) int { return cmp.Or(byClaim(a, b), bySaved(a, b)) })
	all = slices.CompactFunc(all, func(a, b *store.Result) bool { return a.Key() == b.Key() })
	stand = make([]*store.Result, 0, len(all))
	for len(all) > 0 {
		n := 1
		for n < len(all) && byClaim(all[0], all[n]) == 0 {
			n++
		}
		stand, conflicts = settle(stand, conflicts, all[:n])
		all = all[n:]
	}
	slices.SortFunc(stand, func(a, b *store.Result) int { return cmp.Or(cmp.Compare(a.Day, b.Day), bySaved(a, b)) })
	return onceTold(stand, conflicts)
}

// byClaim is 0 for results that speak of the same call: those of one list, and
// of plain tables those with the same day and outcome. One that only says that the
// company is a client speaks of no call.
func byClaim(a, b *store.Result) int {
	if c := strings.Compare(a.List, b.List); c != 0 || a.List != "" {
		return c
	}
	return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.Outcome, b.Outcome), cmp.Compare(undated(a), undated(b)))
}

// undated is 1 for a row of a table of clients without days, to order them.
func undated(r *store.Result) int {
	if rule, _ := RuleOf(r.Outcome); onlyClient(r, rule) {
		return 1
	}
	return 0
}

// bySaved orders files by when they were saved. What comes after the digest
// only matters where a store has broken its promise of one result for a key.
func bySaved(a, b *store.Result) int {
	if c := a.Saved.Compare(b.Saved); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.List, b.List), cmp.Compare(a.Day, b.Day),
		cmp.Compare(a.Row, b.Row), strings.Compare(a.Outcome, b.Outcome))
}

// settle decides between results of one call, which rise by when they were
// saved: the last with an outcome stands, and the last of all.
func settle(stand []*store.Result, conflicts []Conflict, claims []*store.Result) ([]*store.Result, []Conflict) {
	last := claims[len(claims)-1]
	won := last
	for i := len(claims) - 1; i >= 0; i-- {
		if claims[i].Outcome != "" {
			won = claims[i]
			break
		}
	}
	for _, lost := range claims[:len(claims)-1] {
		if lost != won {
			conflicts = contest(conflicts, won, lost, false)
		}
	}
	if won != last {
		conflicts = contest(conflicts, last, won, true)
		stand = append(stand, won)
	}
	return append(stand, last), conflicts
}

// onceTold drops what a plain table says of a call that a list tells of too.
// Its argument rises by day.
func onceTold(stand []*store.Result, conflicts []Conflict) ([]*store.Result, []Conflict) {
	kept := stand[:0:0]
	for first := 0; first < len(stand); {
		end := first + 1
		for end < len(stand) && stand[end].Day == stand[first].Day {
			end++
		}
		day := stand[first:end]
		for _, r := range day {
			i := slices.IndexFunc(day, func(o *store.Result) bool { return o.List != "" && o.Outcome == r.Outcome })
			if r.List == "" && r.Outcome != "" && i >= 0 {
				conflicts = contest(conflicts, day[i], r, false)
				continue
			}
			kept = append(kept, r)
		}
		first = end
	}
	return kept, conflicts
}

// contest names what one result says otherwise than another. When both stand,
// what one leaves empty is no contradiction.
func contest(conflicts []Conflict, won, lost *store.Result, both bool) []Conflict {
	type contact struct {
		day company.Date
		at  int
	}
	written := strings.Contains(won.Comment, lost.Comment) // written on is no contradiction
	var columns []string
	for _, c := range []struct {
		column string
		differ bool
	}{
		{"Менеджер", otherwise(won.Manager, lost.Manager, both)},
		{"Результат", otherwise(won.Outcome, lost.Outcome, both)},
		{"Следующий контакт", otherwise(contact{won.Next, won.NextAt}, contact{lost.Next, lost.NextAt}, both)},
		{"Комментарий", !written && otherwise(won.Comment, lost.Comment, both)},
		{"Согласие", otherwise(won.Consent, lost.Consent, both)},
		{"Сумма (₽)", otherwise(won.Amount, lost.Amount, both)},
		{"Телефон", otherwise(strings.Join(won.Phones, " "), strings.Join(lost.Phones, " "), both)},
		{"ЛПР", otherwise(won.Person, lost.Person, both)},
		{"Должность ЛПР", otherwise(won.Post, lost.Post, both)},
		{"E-mail", otherwise(won.Email, lost.Email, both)},
	} {
		if c.differ {
			columns = append(columns, c.column)
		}
	}
	if len(columns) == 0 {
		return conflicts
	}
	return append(conflicts, Conflict{Won: *won, Lost: *lost, Columns: columns})
}

// otherwise tells whether what the lost cell holds is not in the other.
func otherwise[T comparable](won, lost T, both bool) bool {
	var empty T
	return lost != empty && won != lost && (won != empty || !both)
}
