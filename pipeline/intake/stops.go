package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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

// sourcedStop is a stop with the row that asks for it.
type sourcedStop struct {
	store.Stop
	row *reading
}

// stopReason is why nobody of the row may be called any more, "" = no reason.
func (r *reading) stopReason() string {
	if r.outcome == funnel.DoNotCall || r.consent == store.ConsentRefused {
		return calllist.StopRefused
	}
	return ""
}

// stopsOf are the entries of the stop list that a row asks for: the ИНН and every
// number of the company. One whose company is not known has its numbers stopped,
// as a client's too.
func (t *taking) stopsOf(ctx context.Context, f *file, r *reading) ([]sourcedStop, error) {
	reason := r.stopReason()
	if reason == "" && r.inn == "" && r.isClient() {
		reason = calllist.StopClient
	}
	if reason == "" {
		return nil, nil
	}
	var values []store.Stop
	if r.inn != "" {
		values = append(values, store.Stop{Kind: store.StopINN, Value: string(r.inn)})
	}
	numbers, err := t.numbersOf(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, n := range numbers {
		values = append(values, store.Stop{Kind: store.StopPhone, Value: n})
	}
	out := make([]sourcedStop, len(values))
	for i, s := range values {
		s.Reason, s.Note, s.By, s.At = reason, stopNote+r.stopWords(f), cmp.Or(r.manager, "?"), r.day.Time()
		out[i] = sourcedStop{s, r}
	}
	return out, nil
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

// numbersOf are all numbers of the row, E.164: those of the frozen list, those
// that it showed and those that it shows now. Of a company that was not on the
// list they are those that are known of it.
func (t *taking) numbersOf(ctx context.Context, r *reading) ([]string, error) {
	var out []string
	if r.entry != nil {
		out = slices.Clone(r.entry.Phones)
	}
	for _, title := range []string{heading.TitlePhone, heading.TitlePhones} {
		out = r.addNumbers(out, r.issued[title])
		out = r.addNumbers(out, r.cells[title])
	}
	if r.entry != nil || r.inn == "" {
		return out, nil
	}
	d, err := t.Store.Dossier(ctx, r.inn)
	if errors.Is(err, store.ErrNotFound) {
		return out, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the numbers of %s: %w", r.inn, err)
	}
	for _, o := range d.Observations {
		for _, fact := range o.Facts {
			if n := withoutExt(fact.Value); (fact.Field == company.FieldPhone || fact.Field == company.FieldContactPhone) && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out, nil
}

// stopChanges tells which stops are new, and which take the place of a later one.
func (t *taking) stopChanges(asked []sourcedStop) (fresh, better []store.Stop) {
	for _, s := range asked {
		k := stopKey{s.Kind, s.Value, s.Reason}
		stands, there := t.stops[k]
		switch {
		case !there:
			fresh = append(fresh, s.Stop)
		case strings.HasPrefix(stands.Note, stopNote) && compareStops(s.Stop, stands) < 0:
			i := slices.IndexFunc(fresh, func(o store.Stop) bool { return (stopKey{o.Kind, o.Value, o.Reason}) == k })
			if i >= 0 {
				fresh[i] = s.Stop
			} else {
				better = append(slices.DeleteFunc(better, func(o store.Stop) bool { return (stopKey{o.Kind, o.Value, o.Reason}) == k }), s.Stop)
			}
		default:
			continue
		}
		t.stops[k] = s.Stop
	}
	return fresh, better
}

func compareStops(a, b store.Stop) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.By, b.By), cmp.Compare(a.Note, b.Note))
}
