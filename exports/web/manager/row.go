package manager

import (
	"fmt"
	"strings"

	"obzvon/exports/web/page"
	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// rowView is a row of the table.
type rowView struct {
	pipeline.Row

	Class   string // of the row: how urgent it is
	Kind    string // for the filter
	Badge   string
	Done    string // for the filter: "yes", "no"
	Hook    string
	Aside   []string // what stands below the hook
	Outcome string   // "" = none yet
	Note    string   // what was written with it
	Options []option
	Card    string // address
	Save    string // address
	More    string // address of the form for all that can be said
	From    string // "card" if it stands there
	Token   string
}

// option is a result to choose.
type option struct {
	Title string
	More  string // address of its form; "" = it needs none
	Ask   string // what is asked before it is saved
	Now   bool   // it is what stands
}

func (p *pages) rowView(r *Row, day company.Date, query string) rowView {
	base := fmt.Sprintf("/lists/%s/rows/%s", day, r.INN)
	v := rowView{Row: r.Row, Save: base, Card: cardAddress(r.INN, day), Done: "no"}
	v.Class, v.Badge = look(r.State)
	v.Kind = [...]string{"agreed", "again", "new"}[kindOf(r.State)]
	hook := strings.Split(strings.TrimSpace(r.Hook), "\n")
	v.Hook, v.Aside = hook[0], hook[1:]
	if r.Result != nil {
		v.Outcome, v.Note = r.Result.Outcome, noteOf(r.Result, day)
	}
	if v.Outcome != "" {
		v.Done, v.Class = "yes", "done"
	}
	v.Options, v.More = options(base+query, v.Outcome), formAddress(base+query, -1)
	return v
}

func cardAddress(inn company.INN, day company.Date) string {
	address := "/companies/" + string(inn)
	if day.Known() {
		address += "?day=" + day.String()
	}
	return address
}

// look is the class and the word of a row's state.
func look(s pipeline.RowState) (class, badge string) {
	switch s {
	case pipeline.RowOverdue:
		return "over", "просрочено"
	case pipeline.RowPromised:
		return "due", "обещано"
	case pipeline.RowAgain:
		return "again", "повтор"
	case pipeline.RowClient:
		return "client", "клиент"
	case pipeline.RowNew:
		return "new", "новая"
	case pipeline.RowPlain:
	}
	return "", ""
}

// noteOf is what was written beside a result, in a line.
func noteOf(r *Result, day company.Date) string {
	var parts []string
	if r.Next.Known() {
		parts = append(parts, "на "+dayHour(r.Next, r.At, day))
	}
	if r.Amount > 0 {
		parts = append(parts, page.Number(r.Amount)+"\u00a0₽")
	}
	if r.Comment != "" {
		parts = append(parts, cut(r.Comment, 120))
	}
	return strings.Join(parts, ", ")
}

// options are the results in the order of the drop-down. Those of which more is to
// be said have a form of their own.
func options(base, now string) []option {
	all := funnel.Outcomes()
	out := make([]option, len(all))
	for i, o := range all {
		out[i] = option{Title: o, Now: o == now}
		if asksMore(o) {
			out[i].More = formAddress(base, i)
		}
		if o == funnel.DoNotCall {
			out[i].Ask = "Больше никогда не звонить этой компании? Она и её телефоны попадут в стоп-лист."
		}
	}
	return out
}

// formAddress is that of the form of a result, by its place among the results.
func formAddress(base string, place int) string {
	joint := "?"
	if strings.Contains(base, "?") {
		joint = "&"
	}
	return fmt.Sprintf("%s%so=%d", base, joint, place+1)
}

// asksMore tells the results of which the list wants to know more.
func asksMore(outcome string) bool {
	switch outcome {
	case funnel.CallBack, funnel.Interest, funnel.OfferSent, funnel.Trial, funnel.Contract, funnel.RepeatOrder, funnel.NotDecider:
		return true
	}
	return false
}

// cut shortens a text to so many letters, in one line.
func cut(text string, most int) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > most {
		return strings.TrimSpace(string(letters[:most])) + "…"
	}
	return string(letters)
}
