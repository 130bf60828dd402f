package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/night"
)

// heldValue is one value with all that say it, the best first.
type heldValue struct {
	head string // title and key, "" under a line of the same
	said []night.FactLine
	wins bool
}

// gather puts those together that say the same of one field, in the order of
// the first of each. The key of a branch is the source's own and says nothing.
func gather(facts []night.FactLine) []heldValue {
	type identity struct{ head, value string }
	at := map[identity]int{}
	var out []heldValue
	for _, f := range facts {
		if f.OfContact() || f.Field == company.FieldAddress && !f.Wins && isBranch(facts, &f) {
			continue
		}
		head := f.Title
		if f.Key != "" && f.Field != company.FieldBranch {
			head += " " + f.Key
		}
		id := identity{head, f.Value}
		n, ok := at[id]
		if !ok {
			n = len(out)
			at[id] = n
			out = append(out, heldValue{head: head})
		}
		out[n].said = append(out[n].said, f)
		out[n].wins = out[n].wins || f.Wins
	}
	for i := len(out) - 1; i > 0; i-- {
		if out[i].head == out[i-1].head {
			out[i].head = ""
		}
	}
	return out
}

// isBranch tells whether a card's address stands among the branches too.
func isBranch(facts []night.FactLine, address *night.FactLine) bool {
	return slices.ContainsFunc(facts, func(f night.FactLine) bool {
		return f.Field == company.FieldBranch && f.Value == address.Value && f.Source == address.Source && f.SourceKey == address.SourceKey
	})
}

// text is the value with its sources: «Самара — 2ГИС, 16.11.2026, по привязке,
// и ещё 4 карточки; то же: Контур.Компас, 13.11.2026».
func (v *heldValue) text() string {
	var parts []string
	cards := map[string]int{}
	for i := range v.said {
		cards[v.said[i].Source]++
	}
	for i := range v.said {
		f := &v.said[i]
		more := cards[f.Source] - 1
		if cards[f.Source] = 0; more < 0 {
			continue // named with the first of the source
		}
		note := inBrackets(f.Note)
		if len(parts) == 0 {
			note = "" // stands beside the value
		}
		parts = append(parts, sourceText(f)+note+moreCards(more))
	}
	text := v.said[0].Value + inBrackets(v.said[0].Note) + " — " + parts[0]
	if len(parts) > 1 {
		text += "; то же: " + strings.Join(parts[1:], "; ")
	}
	if !v.wins {
		text += " (уступает)"
	}
	return text
}

func sourceText(f *night.FactLine) string {
	text := f.Source
	if f.Date.Known() {
		text += ", " + f.Date.Russian()
	}
	if f.Joined {
		text += ", по привязке"
	}
	return text
}

// moreCards tells that a source says it more than once: «, и ещё 2 карточки».
func moreCards(n int) string {
	if n == 0 {
		return ""
	}
	word := "карточек"
	switch tens, ones := n%100/10, n%10; {
	case tens == 1:
	case ones == 1:
		word = "карточка"
	case ones >= 2 && ones <= 4:
		word = "карточки"
	}
	return fmt.Sprintf(", и ещё %d %s", n, word)
}

func writeFacts(w io.Writer, facts []night.FactLine) {
	fmt.Fprintln(w, "\nЧто известно и откуда:")
	for _, v := range gather(facts) {
		fmt.Fprintf(w, "  %-24s %s\n", v.head, v.text())
	}
}

func writeContacts(w io.Writer, contacts []night.ContactLine) {
	if len(contacts) == 0 {
		return
	}
	fmt.Fprintln(w, "\nКого спросить:")
	for i := range contacts {
		fmt.Fprintf(w, "  %s\n", contacts[i].Text())
	}
}
