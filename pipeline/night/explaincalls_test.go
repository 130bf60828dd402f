package night_test

import (
	"strings"
	"testing"

	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/night"
	"obzvon/pipeline/store"
)

// A line of a call says what was said of consent, on which day, to whom, and from
// which file that is known; its comment is the proof.
func TestCallLineTellsConsent(t *testing.T) {
	l := night.CallLine{Day: company.NewDate(2026, 11, 23), Outcome: funnel.Interest, Manager: "Первый Менеджер", File: "a.xlsx"}
	for _, c := range []struct{ consent, comment, want string }{
		{"", "", "23.11.2026  Интерес (Первый Менеджер, a.xlsx)"},
		{store.ConsentGiven, "снабженец, устно", "23.11.2026  Интерес, согласие дано, доказательство: снабженец, устно (Первый Менеджер, a.xlsx)"},
		{store.ConsentGiven, "", "23.11.2026  Интерес, согласие дано, без доказательства (Первый Менеджер, a.xlsx)"},
		{store.ConsentRefused, "просили\nне звонить", "23.11.2026  Интерес, в согласии отказано: просили не звонить (Первый Менеджер, a.xlsx)"},
	} {
		l.Consent, l.Comment = c.consent, c.comment
		if got := l.Text(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Explain shows the consent that a result holds.
func TestExplainTellsConsent(t *testing.T) {
	w := newWorld(t)
	w.run(t)
	b := w.shelf.last(t)
	row := b.Calls[0]
	w.say(t, b, row, store.Result{Outcome: funnel.Interest, Consent: store.ConsentGiven, Comment: "секретарь, в разговоре"})
	answers, err := w.night.Explain(t.Context(), string(row.INN), 0)
	if err != nil {
		t.Fatal(err)
	}
	if calls := answers[0].Calls; len(calls) != 1 || !strings.Contains(calls[0].Text(), "согласие дано, доказательство: секретарь, в разговоре") {
		t.Errorf("%+v", calls)
	}
}
