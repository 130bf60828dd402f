package night

import (
	"context"
	"fmt"

	"obzvon/config"
	"obzvon/pipeline/company"
	"obzvon/pipeline/erasure"
	"obzvon/pipeline/store"
)

// retain takes away contacts of people at companies that nobody ever reached, once
// they have been kept for personal_data.retention_months: what enrichers and
// managers said of them, and what issued lists and results show. It tells in how
// many places. It comes before what managers wrote is told, which is made of the
// results.
func (n *Night) retain(ctx context.Context, day company.Date) (int, error) {
	months := n.Config.PersonalData.RetentionMonths
	if months == 0 {
		return 0, nil
	}
	reached := map[company.INN]bool{}
	cadence := n.cadence()
	for results, err := range store.Histories(ctx, n.Store) {
		if err != nil {
			return 0, fmt.Errorf("read who was reached: %w", err)
		}
		if p := cadence.Fold(results[0].INN, results); p.Reached {
			reached[p.INN] = true
		}
	}
	r := erasure.Retention{
		Store: n.Store, Sources: n.namers(), Day: day, Before: monthsBefore(day, months),
		Journal: n.Journal, Reached: func(inn company.INN) bool { return reached[inn] },
	}
	return r.Run(ctx)
}

// namers are the sections that may name people: enrichers, those that are switched
// off too, and the managers.
func (n *Night) namers() []string {
	names := []string{config.ManagerSource}
	for name := range n.enricherNames() {
		names = append(names, name)
	}
	return names
}

// monthsBefore is the day so many months before a day; what that month is too short
// for counts into the next.
func monthsBefore(day company.Date, months int) company.Date {
	return company.DateOf(day.Time().AddDate(0, -months, 0))
}
