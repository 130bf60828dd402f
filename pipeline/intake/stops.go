package intake

import (
	"cmp"
	"slices"
	"strings"

	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/intake/heading"
	"obzvon/pipeline/store"
)

// stopNote begins the notes of stops that come of results: of two that stop the
// same the earlier call's stands, so that it does not matter which file came
// first. A stop that a person wrote is left as it is.
const stopNote = "результат звонка: "

// NoManager stands in Stop.By where the file does not say who called.
const NoManager = "?"

// StopsWith ends the notes of all stops that one company's row asked for, so that
// they can be taken away together.
func StopsWith(inn company.INN) string { return ", ИНН " + string(inn) }

// stopReason is why nobody of the row may be called any more, "" = no reason.
func (r *reading) stopReason() string {
	if r.outcome == funnel.DoNotCall || r.consent == store.ConsentRefused {
		return calllist.StopRefused
	}
	return ""
}

// stopsOf are the entries of the stop list that a row asks for: the ИНН and every
// number that the row or its list names, not those that sources tell at the moment:
// what a file does must not depend on when it comes. One whose company is not known
// has its numbers stopped, as a client's too.
func stopsOf(f *file, r *reading) []store.Stop {
	reason := r.stopReason()
	if reason == "" && r.inn == "" && r.isClient() {
		reason = calllist.StopClient
	}
	if reason == "" {
		return nil
	}
	var values []store.Stop
	if r.inn != "" {
		values = append(values, store.Stop{Kind: store.StopINN, Value: string(r.inn)})
	}
	for _, n := range r.numbers() {
		values = append(values, store.Stop{Kind: store.StopPhone, Value: n})
	}
	note, who := stopNote+r.stopWords(f), cmp.Or(r.manager, f.Manager, NoManager)
	if r.inn != "" {
		note += StopsWith(r.inn)
	}
	for i := range values {
		s := &values[i]
		s.Reason, s.Note, s.By, s.At = reason, note, who, r.day.Time()
	}
	return values
}

func (r *reading) stopWords(f *file) string {
	said := "«" + r.outcome + "»"
	if r.outcome != funnel.DoNotCall && r.consent == store.ConsentRefused {
		said = "согласие «нет»"
	}
	if f.list != nil {
		return said + ", список на " + f.Day.Russian()
	}
	return said + ", таблица, " + r.day.Russian()
}

// numbers are all numbers of the row, E.164: those of the frozen list, those that
// it showed and those that it shows now.
func (r *reading) numbers() []string {
	var out []string
	if r.entry != nil {
		out = slices.Clone(r.entry.Phones)
	}
	for _, title := range []string{heading.TitlePhone, heading.TitlePhones} {
		out = r.addNumbers(out, r.issued[title])
		out = r.addNumbers(out, r.cells[title])
	}
	return out
}

// stopChanges are the stops that are new, or take the place of a later one.
func (t *taking) stopChanges(asked []store.Stop) []store.Stop {
	changes := map[stopKey]store.Stop{}
	var order []stopKey
	for _, s := range asked {
		k := stopKey{s.Kind, s.Value, s.Reason}
		stands, there := t.stops[k]
		if there && (!strings.HasPrefix(stands.Note, stopNote) || !s.Earlier(&stands)) {
			continue
		}
		if _, known := changes[k]; !known {
			order = append(order, k)
		}
		changes[k], t.stops[k] = s, s
	}
	out := make([]store.Stop, len(order))
	for i, k := range order {
		out[i] = changes[k]
	}
	return out
}
