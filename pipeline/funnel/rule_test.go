package funnel

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What people read must be what the program does: the table of the docs is held
// to the rules, row by row.
func TestRulesAreThoseOfTheDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/outcomes.md")
	if err != nil {
		t.Fatal(err)
	}
	stages := map[string]Stage{
		"lead": StageLead, "prospect": StageProspect, "offer": StageOffer, "trial": StageTrial,
		"contract": StageContract, "repeat": StageRepeat, "out": StageOut,
	}
	var listed []string
	for _, row := range regexp.MustCompile(`(?m)^\| ([А-Я].*?) \| ([a-z]+) \| (yes|no) \|`).FindAllStringSubmatch(string(text), -1) {
		rule, ok := RuleOf(row[1])
		if !ok {
			t.Errorf("the docs have «%s», the rules do not", row[1])
			continue
		}
		listed = append(listed, row[1])
		if want, known := stages[row[2]]; !known || rule.Stage != want {
			t.Errorf("%s: stage %q in the docs, %v in the rules", row[1], row[2], rule.Stage)
		}
		if rule.Answered != (row[3] == "yes") {
			t.Errorf("%s: answered %q in the docs, %v in the rules", row[1], row[3], rule.Answered)
		}
	}
	if !slices.Equal(listed, Outcomes()) {
		t.Errorf("the docs list %q, the drop-down %q", listed, Outcomes())
	}
}

func TestRulesAgreeWithThemselves(t *testing.T) {
	for _, outcome := range Outcomes() {
		r, ok := RuleOf(outcome)
		if !ok || r.Outcome != outcome {
			t.Errorf("no rule of %q", outcome)
		}
		if out := r.Stage == StageOut; out != (r.then == thenNever) || out == r.Next {
			t.Errorf("%s: out %v, next contact %v, then %d", outcome, out, r.Next, r.then)
		}
		if r.Decided && !r.Answered {
			t.Errorf("%s: decided by nobody", outcome)
		}
		if client := r.Stage == StageContract || r.Stage == StageRepeat; client != (r.then == thenClient) {
			t.Errorf("%s: a client by its stage: %v", outcome, client)
		}
	}
	for _, unknown := range []string{"", "недозвон", "Недозвон ", "Sale"} {
		if _, ok := RuleOf(unknown); ok {
			t.Errorf("%q has a rule", unknown)
		}
	}
}

func TestTitlesAreForPeople(t *testing.T) {
	var seen []string
	for s := StageLead; s <= StageOut; s++ {
		seen = append(seen, "stage "+s.Title())
	}
	for b := BandNew; b <= BandClient; b++ {
		seen = append(seen, "band "+b.Title())
	}
	for i, title := range seen {
		if strings.HasSuffix(title, " ") || slices.Contains(seen[:i], title) {
			t.Errorf("%q is empty or names two things", title)
		}
	}
	if Stage(99).Title() != "" || Band(99).Title() != "" {
		t.Error("what is none has a name")
	}
}
