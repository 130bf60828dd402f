package calllist

import (
	"fmt"
	"slices"
	"strings"

	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// Usable leaves out the numbers that somebody dialled and found wrong.
func Usable(phones []company.Phone, bad []string) []company.Phone {
	return slices.DeleteFunc(slices.Clone(phones), func(p company.Phone) bool { return slices.Contains(bad, p.E164) })
}

// lastComment is how much of a comment a row shows, in letters.
const lastComment = 120

// LastText says what came of the last call: «Недозвон 18.11, попытка 2», with what
// the manager wrote.
func LastText(p *funnel.Progress) string {
	last := &p.Last
	if last.Outcome == "" {
		return ""
	}
	text := last.Outcome
	if last.Day.Known() {
		text += " " + last.Day.Russian()[:5]
	}
	if rule, ok := funnel.RuleOf(last.Outcome); ok && !rule.Answered && p.Attempt > 2 {
		text += fmt.Sprintf(", попытка %d", p.Attempt-1)
	}
	if last.NextAt > 0 && last.Next.Known() {
		text += fmt.Sprintf(", договорились на %s %02d:%02d", last.Next.Russian()[:5], last.NextAt/60, last.NextAt%60)
	}
	if comment := Shorten(last.Comment); comment != "" {
		text += ": " + comment
	}
	return text
}

// Shorten puts a comment into one line that a row can show.
func Shorten(comment string) string {
	comment = strings.Join(strings.Fields(comment), " ")
	letters := []rune(comment)
	if len(letters) > lastComment {
		return strings.TrimSpace(string(letters[:lastComment])) + "…"
	}
	return comment
}
