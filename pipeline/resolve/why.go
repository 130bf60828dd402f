package resolve

import (
	"context"
	"fmt"
	"slices"

	"obzvon/pipeline/resolve/evidence"
)

const (
	// candidatesKept is how many companies are shown for one listing.
	candidatesKept = 3
	// rivalWithin is by how many thousandths of log-odds the second company may
	// weigh less than the first to be as good: one chance in twenty.
	rivalWithin = 3000
)

// explain says why a listing stayed alone.
func (g *group) explain(ctx context.Context, m *member) (*outcome, error) {
	out := &outcome{}
	var reason Reason
	switch {
	case len(m.last.close) > 0:
		reason, out.Why = undecided(&m.last)
	case len(m.denied) > 0:
		return g.explainDenied(ctx, m)
	case m.last.top != nil:
		reason, out.Why = tooLittle(m.last.top)
	default:
		reason, out.Why = g.notFound(m)
	}
	out.Reason, out.Why = string(reason), shortened(out.Why)
	out.Candidates = m.last.candidates()
	return out, nil
}

// undecided is for listings that may be somebody's.
func undecided(j *judgement) (Reason, string) {
	best := j.close[0]
	if j.outcome != evidence.Review {
		return tooLittle(&best)
	}
	if len(j.close) > 1 {
		other := j.close[1]
		if best.weighed.Weight-other.weighed.Weight < rivalWithin && best.strongest().Kind != "" && other.strongest().Kind != "" {
			return betweenTwo(best, other)
		}
	}
	if e, ok := best.against(classNumber); ok {
		return ReasonOtherOGRN, fmt.Sprintf("Совпадает: %s, но %s у этой компании другой.", best.agreeing(), said(e.Kind, ""))
	}
	return ReasonClose, fmt.Sprintf("Похожа на одну компанию, но не наверняка (%s): совпадает %s%s.", Percent(best.probability), best.agreeing(), best.butNot())
}

// betweenTwo is for listings that two companies, or more, have claims to.
func betweenTwo(a, b candidateOf) (Reason, string) {
	first, second := a.strongest(), b.strongest()
	switch {
	case classOf(first.Kind) == className && classOf(second.Kind) == className:
		return ReasonNamesakes, fmt.Sprintf("Несколько компаний подходят почти одинаково, совпадает %s.", a.agreeing())
	case first.Kind == second.Kind && first.Value == second.Value:
		return ReasonShared, upperFirst(said(first.Kind, first.Value)) + ": у нескольких компаний одно и то же."
	}
	return ReasonConflict, fmt.Sprintf("Данные карточки указывают на разные компании: %s — %s; %s — %s.",
		said(first.Kind, first.Value), a.firm.name, said(second.Kind, second.Value), b.firm.name)
}

// tooLittle is for listings that are rather nobody's.
func tooLittle(best *candidateOf) (Reason, string) {
	if e, ok := best.against(classNumber); ok {
		return ReasonOtherOGRN, said(e.Kind, "") + " другой, чем у компании, на которую карточка похожа."
	}
	first := best.strongest()
	if first.Kind == "" {
		return ReasonWeak, whyWeak
	}
	_, elsewhere := best.against(classPlace)
	if classOf(first.Kind) == className && (elsewhere || !best.agrees(classPlace)) {
		return ReasonOtherCity, fmt.Sprintf("Совпадает только %s, а город другой или неизвестен.", said(first.Kind, first.Value))
	}
	return ReasonWeak, fmt.Sprintf("Совпадает слишком мало: %s%s.", best.agreeing(), best.butNot())
}

// explainDenied is for listings of which nothing is left but what people
// denied.
func (g *group) explainDenied(ctx context.Context, m *member) (*outcome, error) {
	j, err := g.weigh(ctx, m, m.denied)
	if err != nil {
		return nil, err
	}
	out := &outcome{Reason: string(ReasonUnknown), Why: whyUnknown}
	switch {
	case j.outcome != evidence.None:
		out.Reason, out.Why = string(ReasonDenied), whyDenied
		out.Candidates = j.candidates()
	case m.last.top != nil:
		reason, why := tooLittle(m.last.top)
		out.Reason, out.Why = string(reason), shortened(why)
	}
	return out, nil
}

// notFound is for listings for which the index knows no company.
func (g *group) notFound(m *member) (Reason, string) {
	if len(m.party.Tokens()) == 0 {
		return ReasonBare, whyBare
	}
	name, contact := false, false
	for _, t := range m.party.Tokens() {
		if !g.carried[t.Hash].common {
			continue
		}
		switch t.Kind {
		case evidence.KindPhone, evidence.KindDomain, evidence.KindMailbox, evidence.KindNumber:
			contact = true
		case evidence.KindName, evidence.KindWord, evidence.KindSound, evidence.KindPerson:
			name = true
		case evidence.KindAddress: // a business centre's
		}
	}
	switch {
	case contact:
		return ReasonShared, whyShared
	case name:
		return ReasonCommonName, whyCommonName
	}
	return ReasonUnknown, whyUnknown
}

// candidates are those worth showing, as they are kept.
func (j *judgement) candidates() []candidate {
	var out []candidate
	for _, c := range j.close {
		out = append(out, candidate{
			INN: string(c.inn), Name: c.firm.name, City: c.firm.city,
			Probability: c.probability, Evidence: piecesOf(c.weighed.Evidence),
		})
	}
	return slices.Clip(out)
}
