package intake

import (
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// unprovenConsent is what to say of a consent that nothing stands behind: whoever
// calls has to prove it (38-ФЗ, ст. 18, ч. 1). Where nobody answered, nobody agreed.
func unprovenConsent(r *reading) string {
	if r.consent != store.ConsentGiven || r.comment != "" && !nobodyAnswered(r.outcome) {
		return ""
	}
	text := "согласие без доказательства: напишите в комментарии, кто и когда согласился"
	if nobodyAnswered(r.outcome) {
		text = "«" + r.outcome + "» и согласие «да»: " + text
	}
	return text
}

// nobodyAnswered tells the results of calls in which nobody could agree.
func nobodyAnswered(outcome string) bool {
	rule, known := funnel.RuleOf(outcome)
	return known && !rule.Answered
}
