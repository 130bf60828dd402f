package intake

import (
	"slices"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

// checkHour remarks on an agreed hour, which is Moscow's, at which nobody is there
// any more: at the company, by its own clock, or of the callers.
func (t *taking) checkHour(r *reading) {
	if r.next.at == 0 || t.Firm == (calllist.Hours{}) {
		return
	}
	moscow := clock(r.next.at) + " по Москве — "
	if local, ok := company.ZoneOf(r.place.region, r.place.city); ok {
		if there := ofDay(r.next.at - calllist.Moscow(r.next.day, local)); !within(there, t.Firm) {
			r.remark(moscow + "у них " + clock(there) + ", а звоним с " + clock(t.Firm.From) + " до " + clock(t.Firm.Until) +
				" их времени: уточните час и впишите московское время")
			return
		}
	}
	i := slices.IndexFunc(t.Managers, func(m config.Manager) bool { return m.ID == r.manager })
	if i < 0 || t.Managers[i].Until == "" {
		return
	}
	m := &t.Managers[i]
	hours := calllist.Hours{From: m.From.Minutes(), Until: m.Until.Minutes()}
	shift := calllist.Moscow(r.next.day, t.Zone)
	if !within(ofDay(r.next.at-shift), hours) {
		r.remark(moscow + "вне часов работы менеджера (" + clock(ofDay(hours.From+shift)) + "–" + clock(ofDay(hours.Until+shift)) +
			" по Москве): уточните час")
	}
}

func within(at int, h calllist.Hours) bool { return h.From <= at && at < h.Until }

// ofDay brings minutes into the day.
func ofDay(minutes int) int { return ((minutes % dayMinutes) + dayMinutes) % dayMinutes }
