package night

import "obzvon/pipeline/score"

// ReachReport tells what each step of the night added to what can be called:
// of all leads those with a number, and those of whom it is known whom to ask
// for, by the first step that gave it. So it is the same in every run that
// ends in the same state.
type ReachReport struct {
	Leads  int64      `json:"leads"`
	Phones StepReport `json:"phones"` // leads with a number that a person can dial
	Buyers StepReport `json:"buyers"` // leads of whom it is known whom to ask for
}

// StepReport counts leads by the step that added.
type StepReport struct {
	Sources  int64 `json:"sources"`  // what sources give under the company's ИНН
	Matching int64 `json:"matching"` // what listings without ИНН give that were joined
	Asking   int64 `json:"asking"`   // what enrichers found out
}

// All is the sum.
func (s StepReport) All() int64 { return s.Sources + s.Matching + s.Asking }

func (r *ReachReport) add(row *score.Row) {
	r.Leads++
	r.Phones.add(row.Origin, score.OriginPhoneSource, score.OriginPhoneJoined, score.OriginPhoneAsked)
	r.Buyers.add(row.Origin, score.OriginBuyerSource, score.OriginBuyerJoined, score.OriginBuyerAsked)
}

func (s *StepReport) add(o, source, joined, asked score.Origin) {
	switch {
	case o&source != 0:
		s.Sources++
	case o&joined != 0:
		s.Matching++
	case o&asked != 0:
		s.Asking++
	}
}
