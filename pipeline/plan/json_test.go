package plan_test

import (
	"encoding/json"
	"testing"

	"obzvon/pipeline/funnel"
)

// document is what `report --json` prints: keys that people's scripts read, so none
// is renamed. Stages, months and lines are as many as there are; one of each is
// shown here.
const document = `{
  "until": "2026-11-10", "start": "2026-11-02", "month": 1, "from": "2026-11-02", "year_from": "2026-11-02", "empty": false,
  "work": [{"manager": "a", "name": "Анна", "days": 6, "norm": 60, "dials": 1, "contacts": 1, "offers": 1}],
  "days": [{"day": "2026-11-10", "manager": "a", "name": "Анна", "norm": 10, "dials": 1, "contacts": 1}],
  "stages": [{"id": "contacts", "title": "Контакты: ответил человек", "count": 1, "from": 100, "to": 150, "due_by": 28}],
  "months": [{"month": 1, "from": "2026-11-02", "dials": 1, "revenue": 30000, "spent": 100000,
    "counts": {"contacts": 1, "qualified": 1, "offers": 1, "trials": 1, "contracts": 1, "repeats": 0}}],
  "conversions": [{"title": "Из звонка в КП", "goal": 0.03, "at_most": 0.05, "month": {"of": 1, "got": 1}, "year": {"of": 1, "got": 1}}],
  "money": {"clients": 1, "won": 1, "revenue_month": 30000, "revenue": 30000, "orders": 1, "unpriced": 0, "average_order": 30000,
    "repeat_share": 0, "ltv": 30000, "cac": 100000, "old_clients": 0, "old_revenue_month": 0, "old_revenue": 0,
    "milestones": [{"month": 3, "by": "2027-02-01", "clients": 15, "clients_forecast": 10, "revenue": 0, "average_order": 0,
      "repeat_share": 0.8, "ltv": 0, "cac": 0}]},
  "by_segment": [{"name": "Автосервисные сети", "dials": 1, "companies": 1, "contacts": 1, "qualified": 1, "offers": 1, "contracts": 1}],
  "by_source": [{"name": "2ГИС", "dials": 1, "companies": 1, "contacts": 1, "qualified": 1, "offers": 1, "contracts": 1}],
  "by_tenth": [{"name": "2", "dials": 1, "companies": 1, "contacts": 1, "qualified": 1, "offers": 1, "contracts": 1}],
  "by_pool": [{"name": "случайные", "dials": 1, "companies": 1, "contacts": 1, "qualified": 1, "offers": 1, "contracts": 1}],
  "forecast": {"days": 6, "left": 15, "dials_a_day": 0.16666666666666666,
    "month": {"contacts": 4, "qualified": 4, "offers": 4, "trials": 4, "contracts": 4, "repeats": 0}}
}`

func TestJSON(t *testing.T) {
	c, seg := settings(t)
	c.Managers = c.Managers[:1]
	s := fill(t, []said{{1, 8, funnel.Contract, "a", 30_000}})
	issue(t, s, date(t, start), nil) // managers are at work from here on
	r := computeBy(t, s, c, seg, "2026-11-10")
	r.Days, r.Stages, r.Conversions = r.Days[len(r.Days)-1:], r.Stages[:1], r.Conversions[:1]
	r.BySource, r.Money.Milestones = r.BySource[:1], r.Money.Milestones[:1]
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := canonical(t, data), canonical(t, []byte(document)); got != want {
		t.Errorf("prints\n%s\nwant\n%s", got, want)
	}
}

// canonical is a document with its keys in order.
func canonical(t *testing.T, data []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
