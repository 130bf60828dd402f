package funnel

// Rule is what a result means.
type Rule struct {
	Outcome  string
	Stage    Stage // that it shows
	Answered bool  // by a person
	Decided  bool  // says where the company stands; otherwise it was an attempt, and what stood before stands
	Next     bool  // «Следующий контакт» is followed
	Order    bool  // «Сумма» is that of an order
	then     then
}

// then is how the day of the next call is found.
type then int8

const (
	thenRetry    then = iota // spaced, then a rest
	thenNumber               // the next number at once
	thenCallBack             // the day agreed, moved so often at most
	thenRefusal              // a long rest
	thenNever                // no call
	thenInterest             // spaced, without end
	thenOffer                // spaced, so often
	thenTrial                // spaced, without end
	thenClient               // the days of onboarding
)

// rules are the table of docs/outcomes.md, in the order of the drop-down.
var rules = [...]Rule{
	{Outcome: NoAnswer, Stage: StageLead, Next: true, then: thenRetry},
	{Outcome: NotDecider, Stage: StageLead, Answered: true, Next: true, then: thenRetry},
	{Outcome: CallBack, Stage: StageProspect, Answered: true, Decided: true, Next: true, then: thenCallBack},
	{Outcome: NotInterested, Stage: StageLead, Answered: true, Decided: true, Next: true, then: thenRefusal},
	{Outcome: NotOurs, Stage: StageOut, Answered: true, Decided: true, then: thenNever},
	{Outcome: DoNotCall, Stage: StageOut, Answered: true, Decided: true, then: thenNever},
	{Outcome: NoSuchNumber, Stage: StageLead, Next: true, then: thenNumber},
	{Outcome: Interest, Stage: StageProspect, Answered: true, Decided: true, Next: true, then: thenInterest},
	{Outcome: OfferSent, Stage: StageOffer, Answered: true, Decided: true, Next: true, then: thenOffer},
	{Outcome: Trial, Stage: StageTrial, Answered: true, Decided: true, Next: true, Order: true, then: thenTrial},
	{Outcome: Contract, Stage: StageContract, Answered: true, Decided: true, Next: true, Order: true, then: thenClient},
	{Outcome: RepeatOrder, Stage: StageRepeat, Answered: true, Decided: true, Next: true, Order: true, then: thenClient},
}

// client tells a result that only a client has.
func (r *Rule) client() bool { return r.Stage == StageContract || r.Stage == StageRepeat }

// RuleOf returns the rule of a result; false if the drop-down does not have it.
func RuleOf(outcome string) (Rule, bool) {
	if outcome == "" {
		return Rule{}, false
	}
	for i := range rules {
		if rules[i].Outcome == outcome {
			return rules[i], true
		}
	}
	return Rule{}, false
}

// Outcomes lists the results in the order of the drop-down.
func Outcomes() []string {
	all := make([]string, len(rules))
	for i := range rules {
		all[i] = rules[i].Outcome
	}
	return all
}
